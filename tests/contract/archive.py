"""An archive under test: a reader and a writer of one engine, asked without await."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contract.documents import with_originals

from dateline.search.parsing import parse_query
from dateline.search.queries import FacetQuery, Filters, SearchQuery

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable
    from typing import Self, TypeVar

    from dateline.documents import ArticleDocument, Original
    from dateline.search.base import Reader, Writer
    from dateline.search.results import ArchiveStatus, FacetAnswer, SearchResults, Written

    T = TypeVar("T")

FILTERS = frozenset(Filters.__slots__)


def question(q: str = "", **given: Any) -> SearchQuery:
    """A SearchQuery of what a person would send: sorted by relevance when words are asked for."""
    filters = Filters(**{name: given.pop(name) for name in list(given) if name in FILTERS})
    values: dict[str, Any] = {"sort": "relevance" if q else "newest", "highlight": bool(q)}
    return SearchQuery(parsed=parse_query(q), filters=filters, **(values | given))


class Archive:
    """A reader and a writer over the same documents."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self.reader = reader
        self.writer = writer
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.reader.close())
        self._runner.close()
        self.writer.close()

    def run(self, asked: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(asked)

    def fill(self, documents: Iterable[ArticleDocument]) -> list[Written]:
        written = self.writer.write(*with_originals(documents))
        self.writer.refresh()
        return written

    def search(self, q: str = "", **given: Any) -> SearchResults:
        return self.run(self.reader.search(question(q, **given)))

    def ids(self, q: str = "", **given: Any) -> set[str]:
        return {
            hit.id for hit in self.search(q, **{"page_size": 100, "match": "all", **given}).hits
        }

    def walk(self, **given: Any) -> list[list[str]]:
        """The ids of every page, following the cursor to the end."""
        asked = question(**given)
        pages = []
        for _ in range(10_000):
            found = self.run(self.reader.search(asked))
            pages.append([hit.id for hit in found.hits])
            if found.next_cursor is None:
                return pages
            asked = replace(asked, cursor=found.next_cursor)
        raise AssertionError("the walk does not end")

    def facets(self, *fields: Any, q: str = "", **given: Any) -> FacetAnswer:
        own = {name: given.pop(name) for name in ("prefix", "size", "offset") if name in given}
        return self.run(self.reader.facet_values(FacetQuery(question(q, **given), fields, **own)))

    def scan(self, q: str = "", **given: Any) -> list[ArticleDocument]:
        async def walk() -> list[ArticleDocument]:
            return [each async for each in self.reader.scan(question(q, **given))]

        return self.run(walk())

    def get(self, document_id: str) -> ArticleDocument:
        return self.run(self.reader.get(document_id))

    def original(self, document_id: str) -> Original:
        return self.run(self.reader.original(document_id))

    def originals(self) -> list[Original]:
        async def walk() -> list[Original]:
            return [each async for each in self.reader.scan_originals()]

        return self.run(walk())

    def status(self) -> ArchiveStatus:
        return self.run(self.reader.status())
