"""On real articles: every stored sentence is found again, word for word, in what came in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from unit.test_pipeline import Finder

from dateline.documents import RawArticle, Span
from dateline.text.spans import original_span
from indexer.building import Identity
from indexer.identity import find_id, hash_content
from indexer.pipeline import Job, Made, Rules, make_batch
from indexer.sources import SourceOptions, iter_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2023, 6, 24, tzinfo=UTC)


def make_first(path: Path, count: int) -> list[Made]:
    options = SourceOptions()
    articles = (a for a in iter_articles([path], options) if isinstance(a, RawArticle))
    jobs = [
        Job(a, Identity(find_id(a), hash_content(a.original, a.options), "1", NOW))
        for a in islice(articles, count)
    ]
    return make_batch(jobs, Rules(100_000), Finder())


def iter_pairs(made: Made) -> Iterator[tuple[str, str]]:
    """Each sentence of a document, and the stretch of the decoded original it maps to."""
    assert made.document is not None
    original = made.original.content.decode(made.original.encoding, "replace")
    for sentence in made.document.sentences:
        place = original_span(made.original.span_map, Span(sentence.start, sentence.end))
        assert place is not None
        there = original[place.start : place.end]
        is_json = made.original.media_type == "application/json"
        yield (
            made.document.text[sentence.start : sentence.end],
            json.loads(f'"{there}"') if is_json else there,
        )


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "fewest"), [("articles", 50), ("yahoo-finance-2017.json.xz", 1000)]
)
def test_every_sentence_is_found_again_in_the_original(
    corpora: Path, name: str, fewest: int
) -> None:
    pairs = [pair for made in make_first(corpora / name, 60) for pair in iter_pairs(made)]
    assert len(pairs) >= fewest
    assert [pair for pair in pairs if pair[0].split() != pair[1].split()] == []


@pytest.mark.corpora
def test_the_same_articles_make_the_same_documents(corpora: Path) -> None:
    path = corpora / "yahoo-finance-2017.json.xz"
    assert make_first(path, 20) == make_first(path, 20)
