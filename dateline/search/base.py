"""The seam between us and an engine: two protocols, values in, values out.

Limits (sizes, clauses, windows) live above it, so that every engine is equally safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from dateline.documents import ArticleDocument, Original
    from dateline.search.queries import FacetQuery, SearchQuery
    from dateline.search.results import (
        ArchiveStatus,
        FacetAnswer,
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

    def withdraw(self, document_id: str, reason: str) -> None:
        """Out of search at once; the original stays, marked. Raises DocumentNotFound."""

    def delete(self, document_ids: Sequence[str]) -> int:
        """Remove documents from search, originals untouched; how many were there."""

    def refresh(self) -> None:
        """Make all that was written visible to readers."""

    def status(self) -> ArchiveStatus:
        """What is in the archive."""

    def close(self) -> None:
        """Let go of connections."""
