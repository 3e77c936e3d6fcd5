"""Summaries of real articles: exact golds for three, and a floor against human summaries.

The golds (golds/summaries.json) hold SHA-256 hashes of the sentences, per article and kind of
summary, in text order: nothing of the articles' text is kept here.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from quality.measure_summaries import compare, gain_over_lead, plain, resample
from quality.summary_texts import read_human_summaries, read_sentences, with_our_noise

from dateline.summaries import (
    SUMMARIZERS,
    Summary,
    SummaryOptions,
    count_words,
    summarize_stored,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.documents import Sentence

pytestmark = pytest.mark.corpora

GOLDS = json.loads((Path(__file__).parent / "golds" / "summaries.json").read_text("utf-8"))
KINDS = {
    "default": SummaryOptions(),
    "focus=Lukashenko": SummaryOptions(focus="Lukashenko"),
    "focus=Prigozhin": SummaryOptions(focus="Prigozhin"),
    "words=20": SummaryOptions(words=20),
}


def read_article(corpora: Path, name: str) -> tuple[str, list[Sentence]]:
    text = (corpora / "articles" / name).read_text("utf-8")
    article, sentences = read_sentences(text)
    return article.text.text, sentences


def hash_sentences(summary: Summary) -> list[str]:
    return [sha256(sentence.text.encode()).hexdigest() for sentence in summary.sentences]


@pytest.mark.parametrize("name", GOLDS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_summary_is_the_one_a_reader_accepted(corpora: Path, name: str, kind: str) -> None:
    text, sentences = read_article(corpora, name)
    assert hash_sentences(summarize_stored(text, sentences, KINDS[kind])) == GOLDS[name][kind]


@pytest.mark.parametrize("name", GOLDS)
def test_the_default_is_2_to_4_sentences_ended_by_the_one_that_reaches_55_words(
    corpora: Path, name: str
) -> None:
    text, sentences = read_article(corpora, name)
    summary = summarize_stored(text, sentences)
    ranked = sorted(summary.sentences, key=lambda s: sentences[s.position].rank)
    assert 2 <= len(ranked) <= 4
    assert 55 <= summary.words <= 90
    assert summary.words - count_words(ranked[-1].text) < 55


@pytest.mark.parametrize("name", GOLDS)
@pytest.mark.parametrize("summarizer", SUMMARIZERS[2:])
def test_a_classic_differs_from_the_default_and_says_its_name(
    corpora: Path, name: str, summarizer: str
) -> None:
    text, sentences = read_article(corpora, name)
    classic = summarize_stored(text, sentences, SummaryOptions(summarizer=summarizer))
    assert classic.method == f"sumy-{summarizer}"
    assert hash_sentences(classic) != hash_sentences(summarize_stored(text, sentences))


def test_a_focus_gives_sentences_that_hold_it_or_says_that_there_is_none(corpora: Path) -> None:
    found = {}
    for name in GOLDS:
        text, sentences = read_article(corpora, name)
        summary = summarize_stored(text, sentences, SummaryOptions(focus="lukashenko"))
        assert all("Lukashenko" in sentence.text for sentence in summary.sentences)
        found[name] = bool(summary.sentences)
        assert found[name] != bool(summary.note)
    assert found == {name: name != "putin-left-moscow.txt" for name in GOLDS}


@pytest.mark.parametrize("noise", [plain, with_our_noise])
def test_the_default_is_nearer_to_human_summaries_than_the_lead(
    corpora: Path, noise: Callable[[str, str], str]
) -> None:
    """The first 100 articles, half of all; `measure_summaries` reads them all."""
    compared = compare(read_human_summaries(corpora)[:100], noise)
    gains = [gain_over_lead(each) for each in compared]
    assert resample(gains)[0] > 0
    assert sum(each.ours.one for each in compared) >= 0.365 * len(compared)
