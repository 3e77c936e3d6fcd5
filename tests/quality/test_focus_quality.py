"""A floor for summaries with a focus; `measure_focus` prints the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quality.measure_focus import SENTENCES, judge_all

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.corpora


def test_of_two_sentences_about_a_focus_nine_in_ten_are_what_a_reader_takes(corpora: Path) -> None:
    judged = judge_all(corpora)
    verdicts = [verdict for pair in judged for verdict in pair.verdicts]
    assert len(judged) == 40
    assert sum(verdicts) >= 0.9 * SENTENCES * len(judged), "a sentence that is not given is wrong"
