"""The seam between us and an engine: two protocols, values in, values out.

Limits (sizes, clauses, windows) live above it, so that every engine is equally safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType
    from typing import Any, Self

    from dateline.documents import ArticleDocument, Original
    from dateline.search.queries import FacetQuery, SearchQuery
    from dateline.search.results import (
        ArchiveStatus,
        Evidence,
        FacetAnswer,
        Held,
        Replaced,
        RunReport,
        SearchResults,
        Stored,
        Written,
    )

MAX_WINDOW = 10_000
"""Hits that can be reached by page number."""
MAX_PAGE_SIZE = 100
MAX_FACET_SIZE = 100


class Reader(Protocol):
    """Asks; never writes. All methods raise EngineError when the engine does not answer."""

    @property
    def engine(self) -> str:
        """The engine's name: "elasticsearch" or "embedded"."""

    @property
    def capabilities(self) -> frozenset[str]:
        """Tier-2 verbs that this engine offers beyond the protocol."""

    async def search(self, query: SearchQuery) -> SearchResults:
        """Hits, total, facets, histogram in one answer. Raises CursorError."""

    async def facet_values(self, query: FacetQuery) -> FacetAnswer:
        """Values of facet fields under the same filters."""

    async def get(self, document_id: str) -> ArticleDocument:
        """The stored document. Raises DocumentNotFound, DocumentWithdrawn."""

    async def original(self, document_id: str) -> Original:
        """What came in. Raises DocumentNotFound, DocumentWithdrawn."""

    def scan(self, query: SearchQuery) -> AsyncIterator[ArticleDocument]:
        """Every matching document once, ordered by id, whatever the page and sort of the query."""

    def scan_originals(self) -> AsyncIterator[Original]:
        """Every original once, ordered by id: refused and withdrawn ones too, no run reports."""

    async def ping(self) -> str:
        """The engine's version when it is fit for searches. Raises EngineError, IndexNotReady."""

    async def status(self) -> ArchiveStatus:
        """What is in the archive."""

    async def close(self) -> None:
        """Let go of connections."""


class Writer(Protocol):
    """Writes; one owner. Methods raise EngineError when the engine does not do its part."""

    @property
    def engine(self) -> str:
        """The engine's name: "elasticsearch" or "embedded"."""

    def prepare(self) -> None:
        """Make sure that the indices exist with our mapping. Raises IndexNotReady on a mismatch."""

    def stored(self, document_ids: Sequence[str]) -> Mapping[str, Stored]:
        """What is known of these ids, from the originals; one request per call."""

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """Originals first, then documents; one answer per document, in order.

        An original without a document records an article that was refused.
        """

    def record_run(self, report: RunReport) -> None:
        """Keep what one ingest did, beside the originals."""

    def withdraw(self, document_id: str, reason: str, *, anew: bool = False) -> str:
        """Out of search at once; the original stays, marked. The reason that it has now.

        What was withdrawn before keeps its first reason, unless it is to be given `anew`. Raises
        DocumentNotFound.
        """

    def delete(self, document_ids: Sequence[str]) -> int:
        """Remove documents from search, originals untouched; how many were there."""

    def refresh(self) -> None:
        """Make all that was written visible to readers."""

    def iter_held(self) -> Iterator[Held]:
        """What is held of every id, ordered by id, without any text; sees what was written."""

    def iter_originals(self, document_ids: Sequence[str] | None = None) -> Iterator[Original]:
        """All originals ordered by id, or those of these ids that are there; no run reports."""

    def iter_documents(
        self, document_ids: Sequence[str] | None = None
    ) -> Iterator[ArticleDocument]:
        """All documents ordered by id, or those of these ids that are there."""

    def iter_evidence(self) -> Iterator[Evidence]:
        """The evidence of every original, ordered by id, without its content."""

    def keep_record(self, key: str, body: Mapping[str, Any]) -> None:
        """Keep a JSON object of the archive's own beside the originals, in place of the last."""

    def read_record(self, key: str) -> Mapping[str, Any] | None:
        """What `keep_record` kept under this key last; None where nothing was."""

    def hold(self, task: str) -> AbstractContextManager[None]:
        """Be the only one at this task on this archive, on whatever machine.

        Raises EngineBlocked, which names the holder. A holder that was killed is followed within a
        minute.
        """

    def replace(self, *, originals: bool) -> Replacement:
        """Begin an empty index beside the one in force, and one of originals if asked.

        Sweeps what a killed replacement left behind. Raises EngineBlocked when one is under way.
        """

    def rebuild(self) -> Replaced:
        """The stored documents into a new index of today's mapping, put in force."""

    def rollback(self) -> Replaced:
        """The index before the last replacement in force again, with what was written since.

        Raises IndexNotReady when there is none.
        """

    def status(self) -> ArchiveStatus:
        """What is in the archive."""

    def close(self) -> None:
        """Let go of connections."""


class Replacement(Protocol):
    """An index beside the one in force; no reader and no other writer sees it yet.

    Leaving the block without `put_in_force` discards it.
    """

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """As `Writer.write`, into the new index. Withdrawn originals stay withdrawn."""

    def put_in_force(self, expected: int | None = None) -> Replaced:
        """Swap at one stroke, for readers and writers alike; the old index stays for a rollback.

        What others wrote or withdrew since the beginning is carried over, before and after the
        swap; run reports and records come along. Raises EngineFault, and swaps nothing, when the
        new index does not hold `expected` documents (those of this replacement's own writes that
        were accepted).
        """

    def __enter__(self) -> Self:
        """The replacement itself."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Discard what was not put in force."""
