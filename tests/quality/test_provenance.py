"""Every stored sentence, and every name, leads to its place in the untouched original.

By default over a seeded sample of every corpus, with the names that the model finds; with
DATELINE_ALL_CORPORA=1 over every article of them, with stretches drawn by seed in place of names.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

import pytest
from quality.provenance import Fault, decoded, find_faults, is_repair, random_spans
from unit.test_pipeline import Finder

from dateline.documents import RawArticle, Run, Span, TracedText
from indexer.building import Identity
from indexer.entities import open_finder
from indexer.identity import find_id, hash_content
from indexer.pipeline import Job, Made, Rules, make_batch
from indexer.sources import SourceOptions, iter_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from indexer.pipeline import EntityFinder

NOW = datetime(2023, 6, 24, tzinfo=UTC)
CORPORA = {
    "articles": 3,
    "yahoo-finance-2017.json.xz": 4,
    "yahoo-finance-2018.json.xz": 4,
    "bbc-news.tar.xz": 5,
    "fundus-parser-fixtures.tar": 4,
    "reuters21578-sgml.tar.xz": 6,
}
READ_AHEAD = 60
"""The sample is drawn from so many articles at the beginning of each corpus."""

BATCH, DRAWN = 32, 20


def all_asked() -> bool:
    return os.environ.get("DATELINE_ALL_CORPORA") == "1"


def iter_made(articles: Iterable[RawArticle], finder: EntityFinder) -> Iterator[Made]:
    articles = iter(articles)
    while batch := list(islice(articles, BATCH)):
        jobs = [
            Job(a, Identity(find_id(a), hash_content(a.original, a.options), "1", NOW))
            for a in batch
        ]
        yield from make_batch(jobs, Rules(1_000_000), finder)


def faults_of(made: Made, chance: Random | None = None) -> list[Fault]:
    """Of the document's sentences and names, or of stretches drawn by `chance`."""
    if made.document is None:
        return []
    document = made.document
    spans = [Span(each.start, each.end) for each in (*document.sentences, *document.mentions)]
    if chance is not None:
        spans += random_spans(document.text, chance, DRAWN)
    stored = TracedText(document.text, made.original.span_map)
    return list(find_faults(stored, decoded(made.original), spans, made.original.location))


def read_corpus(path: Path) -> Iterator[RawArticle]:
    return (each for each in iter_articles([path], SourceOptions()) if isinstance(each, RawArticle))


@pytest.mark.corpora
@pytest.mark.skipif(all_asked(), reason="DATELINE_ALL_CORPORA=1: all articles are walked instead")
def test_sentences_and_names_of_a_sample_stand_in_the_original(corpora: Path) -> None:
    sample: list[RawArticle] = []
    for name, count in CORPORA.items():
        read = list(islice(read_corpus(corpora / name), READ_AHEAD))
        sample += Random(name).sample(read, count)
    made = list(iter_made(sample, open_finder()))
    documents = [each.document for each in made if each.document is not None]
    assert len(documents) > 0.8 * len(sample)
    assert sum(len(each.mentions) for each in documents) > 200
    assert [fault for each in made for fault in faults_of(each)] == []


@pytest.mark.corpora
@pytest.mark.skipif(not all_asked(), reason="minutes: DATELINE_ALL_CORPORA=1 asks for it")
@pytest.mark.parametrize("name", CORPORA)
def test_every_sentence_of_a_corpus_stands_in_the_original(corpora: Path, name: str) -> None:
    chance = Random(name)
    made = iter_made(read_corpus(corpora / name), Finder())
    assert [fault for each in made for fault in faults_of(each, chance)] == []


def test_a_copy_that_differs_is_a_fault() -> None:
    stored = TracedText("Orlen waits", (Run(0, 0, 11),))
    found = [fault.what for fault in find_faults(stored, "Orlen walks", [Span(0, 11)], "here")]
    assert found == ["no copy"]


def test_words_that_no_run_covers_are_a_fault() -> None:
    stored = TracedText("Orlen waits", (Run(0, 0, 5),))
    found = [fault.what for fault in find_faults(stored, "Orlen waits", [Span(0, 11)], "here")]
    assert found == ["from nowhere"]


@pytest.mark.parametrize(
    ("stored", "original"),
    [(" ", "\n\t"), ("é", "\\u00e9"), ("&", "&amp;"), ("é", "Ã©"), ("é", "é")],
)
def test_declared_repairs_are_known(stored: str, original: str) -> None:
    assert is_repair(stored, original)


def test_another_word_is_no_repair() -> None:
    assert not is_repair("Sarn", "Orlen")
