"""What can be measured in a few seconds: dates on their labels, places in sentences of ours.

The floors are a little under what was measured; `make quality` measures the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quality.measure_dates import figures as measure_dates
from quality.measure_places import HALVES, judge, read_sentences

from indexer.entities import open_finder

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES_RIGHT = {"develop": 53, "held out": 45}


def test_places_in_context_are_those_that_a_reader_takes() -> None:
    sentences = read_sentences()
    right = judge(open_finder(), sentences)
    for half in HALVES:
        count = sum(ok for ok, each in zip(right, sentences, strict=True) if each.half == half)
        assert count >= SENTENCES_RIGHT[half], half


def test_there_are_sixty_sentences_and_half_of_them_were_not_looked_at() -> None:
    sentences = read_sentences()
    assert len({each.text for each in sentences}) >= 60
    assert sum(each.half == "held out" for each in sentences) * 2 >= len(sentences)
    for each in sentences:
        assert each.wanted.isdisjoint(each.refused), each.text


@pytest.mark.corpora
def test_a_publication_date_is_right_or_absent(corpora: Path) -> None:
    figures = {figure.measure: figure.value for figure in measure_dates(corpora)}
    assert figures["precision"] >= 0.99
    assert figures["precision of the day"] == 1.0
    assert figures["recall"] >= 0.95
