"""One article made into a document, with names found without the entity model."""

from __future__ import annotations

from datetime import UTC, datetime

from faults.quick import NameFinder

from dateline.documents import ArticleDocument, RawArticle
from dateline.search.results import Evidence
from indexer.building import Identity
from indexer.identity import find_id, hash_content
from indexer.knowledge.values import NOTHING_KNOWN, Facts, Knowledge, read_facts
from indexer.pipeline import Job, Made, Rules, make_batch
from indexer.sources import SourceOptions
from indexer.sources.texts import read_text

NOW = datetime(2023, 6, 24, tzinfo=UTC)


def make(text: str, known: Knowledge = NOTHING_KNOWN, source: str | None = "Post") -> Made:
    article = read_text(text.encode(), "a.txt", SourceOptions(source=source), "text/plain")
    assert isinstance(article, RawArticle)
    digest = hash_content(article.original, article.options)
    job = Job(article, Identity(find_id(article), digest, "1", NOW))
    return make_batch([job], Rules(100_000, known), NameFinder())[0]


def document(made: Made) -> ArticleDocument:
    assert made.document is not None
    return made.document


def facts(made: Made) -> Facts:
    original = made.original
    found = read_facts(Evidence(original.id, original.outcome, original.source, original.evidence))
    assert found is not None
    return found
