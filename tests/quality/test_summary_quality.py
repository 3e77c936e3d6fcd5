"""Summaries of real articles: exact golds for three, and a floor against human summaries.

The golds (golds/summaries.json) hold SHA-256 hashes of the sentences, per article and kind of
summary, in text order: nothing of the articles' text is kept here.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tarfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.documents import CleanArticle, Run, Sentence, TracedText
from dateline.summaries import (
    SUMMARIZERS,
    Summary,
    SummaryOptions,
    count_words,
    rank_sentences,
    summarize_stored,
    take_sentences,
)
from dateline.text.cleaning import clean_article
from dateline.text.sentences import split_sentences, summarizable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    article = clean_article(TracedText(text, (Run(0, 0, len(text)),)), None)
    assert isinstance(article, CleanArticle)
    text = article.text.text
    spans = split_sentences(text, article.body_start)
    eligible = summarizable(text, spans, truncated=article.truncated)
    ranks = rank_sentences([text[span.start : span.end] for span in spans], eligible)
    return text, [Sentence(s.start, s.end, rank) for s, rank in zip(spans, ranks, strict=True)]


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


def read_human_summaries(corpora: Path) -> list[tuple[str, str]]:
    with tarfile.open(corpora / "human-summaries-199.tar.xz") as archive:

        def read(name: str) -> str:
            file = archive.extractfile(f"human-summaries/{name}")
            assert file is not None
            return file.read().decode()

        rows = csv.DictReader(io.StringIO(read("cnndm_train_sample_100.csv")))
        pairs = [(row["article"], row["highlights"]) for row in rows]
        texts, summaries = read("realsumm_src.txt"), read("realsumm_ref.txt")
    pairs += zip(texts.splitlines(), summaries.splitlines(), strict=True)
    return [(clear(text), clear(summary)) for text, summary in pairs]


def clear(text: str) -> str:
    return " ".join(re.sub(r"</?t>", " ", text).split())


def rouge_1(candidate: str, reference: str) -> float:
    """F1 of single words, without stemming (Lin 2004)."""
    ours, theirs = (Counter(re.findall(r"[a-z0-9]+", t.lower())) for t in (candidate, reference))
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def score(
    articles: Sequence[tuple[list[str], str]], choose: Callable[[list[str]], Sequence[int]]
) -> float:
    chosen = [(" ".join(sents[i] for i in choose(sents)), human) for sents, human in articles]
    return 100 * sum(rouge_1(text, human) for text, human in chosen) / len(chosen)


def test_the_default_is_nearer_to_human_summaries_than_the_lead(corpora: Path) -> None:
    articles = [
        ([text[span.start : span.end] for span in split_sentences(text, 0)], human)
        for text, human in read_human_summaries(corpora)
    ]

    def ours(sentences: list[str]) -> Sequence[int]:
        ranks = rank_sentences(sentences, [True] * len(sentences))
        ranked = {number: rank for number, rank in enumerate(ranks) if rank is not None}
        order = sorted(ranked, key=ranked.__getitem__)
        return take_sentences(order, lambda number: count_words(sentences[number]))

    def lead(sentences: list[str]) -> Sequence[int]:
        order = range(len(sentences))
        return take_sentences(order, lambda number: count_words(sentences[number]))

    ours_score, lead_score = score(articles, ours), score(articles, lead)
    three_score = score(articles, lambda sentences: range(len(sentences))[:3])
    print(f"ROUGE-1: ours {ours_score:.2f}, lead {lead_score:.2f}, 3 first {three_score:.2f}")  # noqa: T201
    assert len(articles) >= 199
    assert ours_score >= 37.0
    assert ours_score >= lead_score
    assert ours_score >= three_score + 2
