"""Reuters-21578 as documents: really cleaned, with the collection's own labels as names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.documents import Entities, Place, RawArticle
from indexer.building import Identity
from indexer.identity import find_id, hash_content
from indexer.pipeline import Job, Rules, make_batch
from indexer.sources import SourceOptions, iter_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dateline.documents import ArticleDocument
    from indexer.entities.finder import EntityText

STORIES = "reuters21578-sgml.tar.xz"
_RULES = Rules(max_characters=1_000_000)
_MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
_UNDATED = 40
"""Every so many-th story is stored without its date, so that undated ones are met too."""


def iter_documents(corpora: Path) -> Iterator[ArticleDocument]:
    """The stories that have a body, each as a document; no language model is asked."""
    for number, article in enumerate(iter_articles([corpora / STORIES], SourceOptions())):
        document = _make(article) if isinstance(article, RawArticle) else None
        if document is not None:
            yield document if number % _UNDATED else _without_date(document)


def _make(article: RawArticle) -> ArticleDocument | None:
    labels = Labels(article.original.decode("latin-1"))
    digest = hash_content(article.original, article.options)
    identity = Identity(find_id(article), digest, "1", _MOMENT)
    (made,) = make_batch([Job(article, identity)], _RULES, labels)
    if made.document is None:
        return None
    return replace(made.document, source=labels.source, indexed_at=None)


def _without_date(document: ArticleDocument) -> ArticleDocument:
    return replace(document, published_at=None, date_precision="none", date_source="none")


class Labels:
    """The labels of one story, in the place of an entity model."""

    def __init__(self, story: str) -> None:
        self._story = story
        split = re.search(r'LEWISSPLIT="([^"]*)"', story)
        self.source = f"Reuters {split[1].lower()}" if split else None

    def find(self, texts: Sequence[EntityText]) -> list[Entities]:
        """People, places and organisations as the indexers of the collection named them."""
        places = tuple(Place(name, name, name[:2].upper(), 0, 0) for name in self._names("PLACES"))
        people, bodies = self._names("PEOPLE"), self._names("ORGS")
        return [Entities(people=people, places=places, organisations=bodies) for _ in texts]

    def _names(self, tag: str) -> tuple[str, ...]:
        found = re.search(rf"<{tag}>(.*?)</{tag}>", self._story, re.DOTALL)
        listed = re.findall(r"<D>([^<]*)</D>", found[1]) if found else []
        return tuple(dict.fromkeys(name.replace("-", " ").title() for name in listed))
