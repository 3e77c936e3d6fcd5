"""Two indexers at once on one archive: both finish, and the archive is as after one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
import servers
from faults.archives import Place, check_alike, check_ledger
from faults.records import write_records
from promises import ENDURANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROUNDS = 5 if ENDURANCE else 1
RECORDS = 1_000 if ENDURANCE else 200


@pytest.fixture(params=["embedded", "elasticsearch", "elasticsearch, a data folder each"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """One archive, as each of two indexers sees it."""
    if request.param == "embedded":
        yield Place(tmp_path / "one"), Place(tmp_path / "one")
        return
    url = request.getfixturevalue("elasticsearch_url")
    index = f"test-{uuid.uuid4().hex[:12]}"
    other = "two" if "each" in request.param else "one"
    yield Place(tmp_path / "one", url, index), Place(tmp_path / other, url, index)
    servers.delete_indices(url, index)


@pytest.mark.promise(
    "two indexers at once, with one data folder or one each",
    "both finish, on the embedded engine one after the other; the archive is as after one run",
)
def test_two_indexers_at_once_make_the_archive_of_one(
    pair: tuple[Place, Place], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    files = [write_records(tmp_path / name, RECORDS) for name in ("a.jsonl", "b.jsonl")]
    files.append(write_records(tmp_path / "c.jsonl", RECORDS // 2))
    undisturbed = Place(tmp_path / "undisturbed")
    assert undisturbed.run("ingest", *files).returncode == 3
    for _ in range(ROUNDS):
        one, two = pair
        with one.start("ingest", *files) as first, two.start("ingest", *files[::-1]) as second:
            for each in (first, second):
                _, told = each.communicate(timeout=300)
                assert each.returncode == 3, told
        check_alike(one, undisturbed, record_property)
        for place in dict.fromkeys(place.data for place in pair):
            check_ledger(Place(place, one.url, one.index))
