"""Files to documents through every stage, without an engine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.building import Identity
from indexer.entities.finder import open_finder
from indexer.pipeline import Job, Rules, make_batch
from indexer.sources import Refusal, SourceOptions, iter_articles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dateline.documents import ArticleDocument

Trip = list[tuple[str, "ArticleDocument | None"]]
"""Where each article lies, and its document if it became one."""


def travel(paths: Sequence[Path]) -> tuple[Trip, list[str]]:
    """What becomes of every article at or below `paths`, and where files were refused."""
    found = list(iter_articles(paths, SourceOptions()))
    articles = [each for each in found if not isinstance(each, Refusal)]
    jobs = [
        Job(each, Identity(str(number), "", "", datetime.now(UTC)))
        for number, each in enumerate(articles)
    ]
    made = make_batch(jobs, Rules(max_characters=100_000), open_finder())
    places = (article.location for article in articles)
    documents = list(zip(places, (each.document for each in made), strict=True))
    return documents, [each.location for each in found if isinstance(each, Refusal)]
