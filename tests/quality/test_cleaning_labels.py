"""Plain-text cleaning against the labels of golds/cleaning.json: floors that may not fall.

`python -m quality.measure_cleaning CORPORA` prints all figures, by kind of text and by half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quality.scoring_cleaning import (
    JudgedText,
    drop_score,
    judge_all,
    judge_text,
    sentence_starts,
    split_share,
)

from dateline.documents import CleanArticle
from dateline.text.cleaning import clean_article
from dateline.text.spans import trace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def texts(corpora: Path) -> list[JudgedText]:
    return judge_all(corpora)


@pytest.mark.corpora
def test_hardly_a_stretch_of_an_article_is_lost(texts: list[JudgedText]) -> None:
    assert drop_score(texts).keep_recall >= 0.995


@pytest.mark.corpora
def test_most_page_furniture_is_dropped(texts: list[JudgedText]) -> None:
    assert drop_score(texts).drop_f1 >= 0.95


@pytest.mark.corpora
@pytest.mark.parametrize("held_out", [False, True])
def test_neither_half_is_much_worse_than_the_whole(
    texts: list[JudgedText], *, held_out: bool
) -> None:
    score = drop_score([text for text in texts if text.held_out is held_out])
    assert score.keep_recall >= 0.99
    assert score.drop_f1 >= 0.93


@pytest.mark.corpora
def test_lines_that_hold_two_things_are_cut_in_two(texts: list[JudgedText]) -> None:
    right, splits = split_share(texts)
    assert splits == 44
    assert right >= 33


def test_a_stretch_is_judged_by_the_share_of_its_letters_that_was_kept() -> None:
    text = "Ferry sinks off Orlen\nRead more: All about ferries\nThe crew of six was saved.\n"
    labels = [(0, ((0, "keep"),)), (1, ((0, "drop"),)), (2, ((0, "keep"),))]
    lines = judge_text(text, labels)
    assert [line.stretches[0].share for line in lines] == [1.0, 0.0, 1.0]
    assert all(line.right for line in lines)


def test_a_cut_between_two_kept_stretches_must_be_a_break() -> None:
    text = "Ferry sinks off Orlen\nThe crew was saved on Friday.The boat was old and slow.\n"
    cut = text.index("The boat") - text.index("The crew")
    assert judge_text(text, [(1, ((0, "keep"), (cut, "keep")))])[0].right
    assert not judge_text(text, [(1, ((0, "keep"), (cut + 4, "keep")))])[0].right
    article = clean_article(trace(text), None)
    assert isinstance(article, CleanArticle)
    assert article.text.text.index("The boat") in sentence_starts(article)
