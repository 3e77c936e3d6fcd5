"""A Reader over a few documents in memory: enough to state facts about HTTP, none about search."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.documents import ArticleDocument, Mention, Original, Sentence
from dateline.errors import CursorError, DatelineError, DocumentNotFound, DocumentWithdrawn
from dateline.search.queries import STORED_FIELD, FacetField, FacetQuery, Filters, SearchQuery
from dateline.search.results import (
    ArchiveStatus,
    Bar,
    Facet,
    FacetAnswer,
    FacetValue,
    Highlight,
    Hit,
    Resolution,
    RunReport,
    SearchResults,
    Segment,
    Total,
)
from dateline.search.storing import store_document

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DAY = datetime(2022, 9, 27, tzinfo=UTC)
BODY = (
    "A first sentence stands here with seven more words. "
    "A second sentence names Ada Byron and goes on. "
    "A third one closes the piece without a name."
)
TITLE = "A title <b>of</b> five words"


def make_document(number: int) -> ArticleDocument:
    text = f"{TITLE}\n\n{BODY}"
    start = len(TITLE) + 2
    first, second = text.index(" A second"), text.index(" A third")
    return ArticleDocument(
        id=f"The Post:{number}",
        title=TITLE,
        title_source="text",
        text=text,
        body_start=start,
        language="en",
        content_hash="c0ffee",
        revision=1,
        pipeline="1",
        word_count=26,
        source="The Post",
        url=f"https://post.example/{number}",
        published_at=DAY,
        date_precision="day",
        date_source="text",
        indexed_at=datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC),
        people=("Ada Byron",),
        mentions=(Mention("person", "Ada Byron", "Ada Byron", *_span(text, "Ada Byron")),),
        sentences=(
            Sentence(start, first, 1),
            Sentence(first + 1, second, 0),
            Sentence(second + 1, len(text), 2),
        ),
        summary=text[first + 1 : second],
        summary_method="dateline-centroid-mmr/2",
    )


def _span(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def make_original(**changes: object) -> Original:
    original = Original(
        id="The Post:1",
        content=BODY.encode(),
        location="posts/1.txt",
        media_type="text/plain",
        encoding="utf-8",
        content_hash="c0ffee",
        pipeline="1",
        outcome="indexed",
        received_at=DAY,
    )
    return replace(original, **changes)  # type: ignore[arg-type]  # a test's own keywords


@dataclass
class FakeReader:
    """Answers every search with its documents, page by page, and keeps the questions it was asked.

    `failure` is raised by everything but `close`; `withdrawn` ids answer as such; `changes` replace
    fields of the search answer.
    """

    documents: tuple[ArticleDocument, ...] = field(
        default_factory=lambda: tuple(make_document(number) for number in range(1, 26))
    )
    engine: str = "fake"
    capabilities: frozenset[str] = frozenset()
    failure: Exception | None = None
    withdrawn: frozenset[str] = frozenset()
    originals: dict[str, Original] = field(default_factory=dict)
    changes: dict[str, object] = field(default_factory=dict)
    asked: list[SearchQuery] = field(default_factory=list)
    asked_facets: list[FacetQuery] = field(default_factory=list)
    closed: bool = False

    async def search(self, query: SearchQuery) -> SearchResults:
        self._fail()
        self.asked.append(query)
        start = self._start(query)
        end = start + query.page_size
        found = self._matching(query.filters)
        more = query.page_size > 0 and end < len(found)
        by_date = query.sort != "relevance"
        results = SearchResults(
            hits=tuple(self._hit(query, each) for each in found[start:end]),
            total=Total(len(found)),
            facets={name: self._facet(name) for name in query.facets},
            histogram=(Bar(DAY, DAY.replace(day=28), len(found)),),
            next_cursor=f"at{end}" if more and by_date else None,
            next_page=query.page + 1 if more else None,
            warnings=query.parsed.warnings,
            resolved={
                "person": tuple(
                    Resolution(asked, ("Ada Byron",), wider=(("Ada Byron Lovelace", 2),))
                    for asked in query.filters.person
                )
            },
        )
        return replace(results, **self.changes)  # type: ignore[arg-type]  # likewise

    async def facet_values(self, query: FacetQuery) -> FacetAnswer:
        self._fail()
        self.asked_facets.append(query)
        facets = {name: self._facet(name) for name in query.fields}
        end = query.offset + query.size
        cut = {
            name: replace(each, values=each.values[query.offset : end])
            for name, each in facets.items()
        }
        return FacetAnswer(facets=cut)

    async def get(self, document_id: str) -> ArticleDocument:
        self._fail()
        self._refuse_withdrawn(document_id)
        for document in self.documents:
            if document.id == document_id:
                return document
        raise DocumentNotFound(f"no article has the id {document_id}", hint="search for it")

    async def original(self, document_id: str) -> Original:
        self._fail()
        self._refuse_withdrawn(document_id)
        if document_id in self.originals:
            return self.originals[document_id]
        raise DocumentNotFound(f"no article has the id {document_id}", hint="search for it")

    async def scan(self, query: SearchQuery) -> AsyncIterator[ArticleDocument]:
        self.asked.append(query)
        for document in self.documents:
            yield document

    async def ping(self) -> str:
        self._fail()
        return "1.2.3"

    async def status(self) -> ArchiveStatus:
        self._fail()
        return ArchiveStatus(
            engine="fake",
            engine_version="1.2.3",
            index="articles",
            articles=len(self.documents),
            undated=0,
            first_published=DAY,
            last_published=DAY,
            sources=(FacetValue("The Post", "The Post", len(self.documents)),),
            languages=(FacetValue("en", "en", len(self.documents)),),
            originals=len(self.documents) + 1,
            refused={"unusable:empty": 1},
            withdrawn=0,
            last_run=RunReport(DAY, DAY, {"indexed": 25}, {"unusable:empty": 1}, "1"),
            pipelines={"1": len(self.documents)},
        )

    async def close(self) -> None:
        self.closed = True

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure

    def _refuse_withdrawn(self, document_id: str) -> None:
        if document_id in self.withdrawn:
            raise DocumentWithdrawn(f"{document_id} was withdrawn", reason="a court said so")

    def _matching(self, filters: Filters) -> list[ArticleDocument]:
        """Of all filters only those that list the reprints of an article narrow."""
        return [
            each
            for each in self.documents
            if filters.reprint_group in (None, each.reprint_group) and each.id != filters.exclude_id
        ]

    def _start(self, query: SearchQuery) -> int:
        if query.cursor is None:
            return (query.page - 1) * query.page_size
        if not query.cursor.startswith("at"):
            raise CursorError("this cursor is damaged", hint="leave it out")
        return int(query.cursor.removeprefix("at"))

    def _hit(self, query: SearchQuery, document: ArticleDocument) -> Hit:
        segments = (Segment("A ", hit=False), Segment("title", hit=True))
        stored = store_document(document)
        wanted = query.fields or tuple(stored)
        return Hit(
            id=document.id,
            stored={name: value for name, value in stored.items() if name in wanted},
            score=1.5 if query.sort == "relevance" else None,
            highlights=(Highlight("title", segments),) if query.highlight else (),
            reprint_count=self._others(document.reprint_group),
        )

    def _others(self, group: str | None) -> int:
        return sum(each.reprint_group == group for each in self.documents) - 1 if group else 0

    def _facet(self, name: FacetField) -> Facet:
        stored = [store_document(each).get(STORED_FIELD[name]) for each in self.documents]
        values = [
            value
            for each in stored
            for value in (each if isinstance(each, (list, tuple)) else [each])
        ]
        counts = {value: values.count(value) for value in values if value}
        best = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
        return Facet(
            values=tuple(FacetValue(value, value, count) for value, count in best),
            distinct=Total(len(best)),
            missing=stored.count(None),
        )


class Unforeseen(DatelineError):
    """An error class that the table does not know by name."""
