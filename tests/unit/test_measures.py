"""What a measure counts, on counts made up here."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from quality import measure_entities

from indexer.entities import EntityFinder

if TYPE_CHECKING:
    import pytest


def test_a_name_that_nobody_judged_counts_as_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = {("person", "wrong"): 1, ("person", "not judged"): 2, ("place", "right"): 5}
    monkeypatch.setattr(measure_entities, "count_judged", lambda *_: (Counter(judged), 2))
    counted = measure_entities._count_wrong(Path(), EntityFinder(None))
    assert {each.measure: each.value for each in counted} == {
        "wrong people an article": 1.5,
        "wrong names of all kinds an article": 1.5,
        "names not judged an article": 1,
    }
