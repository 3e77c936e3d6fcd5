"""The Reader over the embedded engine: answers are worked out in threads, as many as cores."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property, partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from dateline.errors import DocumentNotFound, DocumentWithdrawn
from dateline.search.embedded.archive import Watched, folder_of
from dateline.search.embedded.errors import engine_errors
from dateline.search.embedded.made import engine_version
from dateline.search.embedded.originals import Originals
from dateline.search.embedded.searching import answer_facets, answer_search, list_matching
from dateline.search.embedded.status import ENGINE, read_status
from dateline.search.gate import Deadline, Gate
from dateline.search.refusals import is_id
from dateline.search.storing import read_document, read_original

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from typing import TypeVar

    from tantivy import DocAddress

    from dateline.documents import ArticleDocument, Original
    from dateline.search.embedded.archive import Snapshot
    from dateline.search.queries import FacetQuery, SearchQuery
    from dateline.search.results import ArchiveStatus, FacetAnswer, SearchResults
    from dateline.search.settings import SearchSettings

    T = TypeVar("T")

SCAN_SIZE = 500
_GRACE = 1.0
"""Seconds beyond the search's own time limit before the caller is told to come again."""


class EmbeddedReader:
    """Asks the archive in the data folder, never writes. Opens it at the first question."""

    engine = ENGINE
    capabilities: frozenset[str] = frozenset()

    def __init__(self, settings: SearchSettings) -> None:
        self._settings = settings
        self._gate = Gate(settings.concurrency)
        self._folder = folder_of(settings)
        self._watched = Watched(self._folder.current)
        self._originals = Originals(lambda: self._folder.originals)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        # more threads than cores only hurt (DECISIONS.md)
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embedded")

    async def search(self, query: SearchQuery) -> SearchResults:
        """Hits, total, facets, histogram in one answer. Raises CursorError, EngineError."""
        started = perf_counter()
        found = await self._run(lambda: answer_search(self._watched.snapshot(), query))
        return replace(found, took_ms=_milliseconds_since(started))

    async def facet_values(self, query: FacetQuery) -> FacetAnswer:
        """Values of facet fields under the same filters."""
        started = perf_counter()
        found = await self._run(lambda: answer_facets(self._watched.snapshot(), query))
        return replace(found, took_ms=_milliseconds_since(started))

    async def get(self, document_id: str) -> ArticleDocument:
        """The stored document. Raises DocumentNotFound, DocumentWithdrawn."""
        return await self._run(lambda: self._get(document_id))

    async def original(self, document_id: str) -> Original:
        """What came in. Raises DocumentNotFound, DocumentWithdrawn."""
        return await self._run(lambda: self._read_original(document_id))

    async def scan(self, query: SearchQuery) -> AsyncIterator[ArticleDocument]:
        """Every matching document once, ordered by id, as the archive was when the scan began."""
        snapshot = await self._run(self._watched.snapshot)
        addresses = await self._run(lambda: list_matching(snapshot, query))
        for start in range(0, len(addresses), SCAN_SIZE):
            some = addresses[start : start + SCAN_SIZE]
            for stored in await self._run(partial(_read_all, snapshot, some)):
                yield read_document(stored)

    async def scan_originals(self) -> AsyncIterator[Original]:
        """Every original once, ordered by id: refused and withdrawn ones too, no run reports."""
        last = ""
        while some := await self._run(partial(self._originals.read_after, last, SCAN_SIZE)):
            for stored in some:
                yield read_original(stored)
            last = some[-1]["id"]

    async def ping(self) -> str:
        """The engine's version when it is fit for searches. Raises EngineError, IndexNotReady."""
        return await self._run(self._check)

    async def status(self) -> ArchiveStatus:
        """What is in the archive."""
        return await self._run(
            lambda: read_status(self._settings.index, self._watched.snapshot(), self._originals)
        )

    async def close(self) -> None:
        """Let go of threads and files."""
        if "_threads" in self.__dict__:
            self._threads.shutdown()
        self._watched.close()

    async def _run(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        async with self._gate.enter(Deadline(self._settings.search_timeout + _GRACE)):
            return await loop.run_in_executor(self._threads, _guarded, work)

    def _check(self) -> str:
        self._watched.snapshot()
        return engine_version()

    def _get(self, document_id: str) -> ArticleDocument:
        snapshot = self._watched.snapshot()
        address = snapshot.find(document_id) if is_id(document_id) else None
        if address is None:
            self._read_original(document_id)  # it may have been withdrawn
            raise _nobody(document_id)
        return read_document(snapshot.read(address))

    def _read_original(self, document_id: str) -> Original:
        found = self._originals.read(document_id) if is_id(document_id) else None
        if found is None:
            raise _nobody(document_id)
        stored, _ = found
        if stored["outcome"] == "withdrawn":
            reason = stored.get("reason", "")
            raise DocumentWithdrawn(f"article {document_id} was withdrawn: {reason}", reason=reason)
        return read_original(stored)


def _read_all(snapshot: Snapshot, addresses: Sequence[DocAddress]) -> list[dict[str, Any]]:
    return [snapshot.read(address) for address in addresses]


def _guarded(work: Callable[[], T]) -> T:
    with engine_errors():
        return work()


def _nobody(document_id: str) -> DocumentNotFound:
    return DocumentNotFound(
        f"no article has the id {document_id}", hint="take ids from search answers"
    )


def _milliseconds_since(started: float) -> int:
    return round((perf_counter() - started) * 1000)
