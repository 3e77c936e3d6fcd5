"""The Reader over Elasticsearch: one request a page.

A second one only to widen or to resolve a name, and one more where hits have reprints.
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any

from elasticsearch import NotFoundError

from dateline.errors import DocumentNotFound, DocumentWithdrawn, EngineFault
from dateline.search.asking import may_widen
from dateline.search.elastic.access import Access
from dateline.search.elastic.answers import read_extent, read_members
from dateline.search.elastic.asking import begin, revise
from dateline.search.elastic.compiler import (
    compile_facets,
    compile_groups,
    compile_originals_scan,
    compile_scan,
    compile_search,
)
from dateline.search.elastic.lifecycle import check_mappings
from dateline.search.elastic.reading import archive_of, read_facets, read_results
from dateline.search.elastic.status import ENGINE, compile_status, read_status
from dateline.search.elastic.walking import check_whole
from dateline.search.refusals import is_id
from dateline.search.reprints import (
    MAX_STRETCHES,
    go_on,
    join_pages,
    seek_groups,
    settle_reprints,
)
from dateline.search.storing import ORIGINAL_KIND, read_document, read_original
from mappings import ARTICLES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from elasticsearch import AsyncElasticsearch

    from dateline.documents import ArticleDocument, Original
    from dateline.search.asking import Extent
    from dateline.search.elastic.compiler import Body, Conditions
    from dateline.search.gate import Deadline
    from dateline.search.queries import FacetQuery, SearchQuery
    from dateline.search.results import ArchiveStatus, FacetAnswer, SearchResults
    from dateline.search.settings import SearchSettings

EXTENT_LIVES = 60.0
"""Seconds for which the archive's first and last date are remembered, for `interval=auto`."""
SCAN_SIZE = 500
ORIGINALS_SCAN_SIZE = 100
"""Fewer: an original may be of any size."""
_NOBODY = "no article has the id"


class ElasticReader:
    """Asks Elasticsearch, never writes. Connects at the first question."""

    engine = ENGINE
    capabilities: frozenset[str] = frozenset()

    def __init__(
        self, settings: SearchSettings, *, client: AsyncElasticsearch | None = None
    ) -> None:
        self._settings = settings
        self._access = Access(settings, client)
        self._timeout_ms = int(settings.search_timeout * 1000)
        self._extent: tuple[float, Extent] | None = None

    async def search(self, query: SearchQuery) -> SearchResults:
        """Hits, total, facets, histogram in one answer. Raises CursorError, EngineError."""
        started, deadline = perf_counter(), self._access.deadline()
        found = await self._search(query, deadline)
        for _ in range(1, MAX_STRETCHES):
            further = go_on(query, found)
            if further is None:
                break
            found = join_pages(found, await self._search(further, deadline))
        return replace(found, took_ms=_milliseconds_since(started))

    async def facet_values(self, query: FacetQuery) -> FacetAnswer:
        """Values of facet fields under the same filters."""
        started = perf_counter()
        counted = _quiet(query.query)
        under = begin(counted, None, self._timeout_ms)
        raw, under = await self._put(counted, under, lambda asked: compile_facets(query, asked))
        return read_facets(raw, query, under, _milliseconds_since(started))

    async def get(self, document_id: str) -> ArticleDocument:
        """The stored document. Raises DocumentNotFound, DocumentWithdrawn."""
        stored = await self._fetch(self._settings.index, document_id)
        if stored is None:
            await self._refuse_missing(document_id)
            raise DocumentNotFound(f"{_NOBODY} {document_id}", hint="take ids from search answers")
        return read_document(stored)

    async def original(self, document_id: str) -> Original:
        """What came in. Raises DocumentNotFound, DocumentWithdrawn."""
        stored = await self._refuse_missing(document_id)
        if stored is None:
            raise DocumentNotFound(f"{_NOBODY} {document_id}", hint="take ids from search answers")
        return read_original(stored)

    async def scan(self, query: SearchQuery) -> AsyncIterator[ArticleDocument]:
        """Every matching document once, ordered by id; nothing is kept open at the engine."""
        under = await self._settle(query)
        after: tuple[str, ...] | None = None
        while True:
            raw = check_whole(await self._ask(compile_scan(query, under, SCAN_SIZE, after)))
            hits = raw["hits"]["hits"]
            for hit in hits:
                yield read_document(hit["_source"])
            if len(hits) < SCAN_SIZE:
                return
            after = tuple(hits[-1]["sort"])

    async def scan_originals(self) -> AsyncIterator[Original]:
        """Every original once, ordered by id: refused and withdrawn ones too, no run reports."""
        after: tuple[str, ...] | None = None
        while True:
            body = compile_originals_scan(ORIGINALS_SCAN_SIZE, after)
            raw = check_whole(await self._ask(body, self._settings.originals))
            hits = raw["hits"]["hits"]
            for hit in hits:
                yield read_original(hit["_source"])
            if len(hits) < ORIGINALS_SCAN_SIZE:
                return
            after = tuple(hits[-1]["sort"])

    async def ping(self) -> str:
        """The engine's version when it is fit for searches. Raises EngineError, IndexNotReady."""
        alias = self._settings.index
        async with self._access.enter() as client:
            served = await client.info()
            found = await client.indices.get_mapping(index=alias)
        check_mappings(alias, ARTICLES, found.body)
        return str(served["version"]["number"])

    async def status(self) -> ArchiveStatus:
        """What is in the archive."""
        settings = self._settings
        version = await self.ping()
        searches = compile_status(settings.index, settings.originals)
        async with self._access.enter() as client:
            answer = await client.msearch(searches=searches)
        return read_status(settings.index, version, answer["responses"])

    async def close(self) -> None:
        """Let go of connections."""
        await self._access.close()

    async def _search(self, query: SearchQuery, deadline: Deadline) -> SearchResults:
        under = begin(query, self._known_extent(), self._timeout_ms)
        raw, under = await self._put(
            query, under, lambda asked: compile_search(query, asked), deadline
        )
        found = read_results(raw, query, under)
        return await self._settle_reprints(query, under, found, deadline)

    async def _put(
        self,
        query: SearchQuery,
        under: Conditions,
        compiled: Callable[[Conditions], Body],
        deadline: Deadline | None = None,
    ) -> tuple[Mapping[str, Any], Conditions]:
        """Put the question, and once more if the first answer shows what it should have asked."""
        deadline = deadline or self._access.deadline()
        raw = await self._ask(compiled(under), deadline=deadline)
        archive = archive_of(raw)
        if under.extent:
            self._remember(archive)
        under, again = revise(query, under, archive)
        if again:
            raw = await self._ask(compiled(under), deadline=deadline)
        return raw, under

    async def _settle_reprints(
        self, query: SearchQuery, under: Conditions, found: SearchResults, deadline: Deadline
    ) -> SearchResults:
        """The answer with its reprints counted or collapsed; asks only where a hit has any."""
        sought = seek_groups(query, found.hits)
        if sought is None:
            return settle_reprints(query, found, None)
        body = compile_groups(query, under, sought)
        known = read_members(await self._ask(body, deadline=deadline))
        return settle_reprints(query, found, known)

    async def _settle(self, query: SearchQuery) -> Conditions:
        """What names mean and how words count, for a walk; asked only where it may matter."""
        quiet = _quiet(query)
        under = begin(quiet, None, self._timeout_ms)
        if not under.look_up and not may_widen(query):
            return under
        _, under = await self._put(quiet, under, lambda asked: compile_search(quiet, asked))
        return under

    async def _ask(
        self, body: Body, alias: str = "", deadline: Deadline | None = None
    ) -> Mapping[str, Any]:
        deadline = deadline or self._access.deadline()
        async with self._access.enter(deadline) as client:
            left = int(deadline.left() * 1000)
            answer = await client.search(
                index=alias or self._settings.index,
                body={**body, "timeout": f"{min(self._timeout_ms, left)}ms"},
                # one shard is asked as ever; with more, word counts are gathered first
                search_type="dfs_query_then_fetch",
            )
        raw: Mapping[str, Any] = answer.body
        return raw

    async def _fetch(self, index: str, document_id: str) -> Mapping[str, Any] | None:
        if not is_id(document_id):
            return None
        try:
            async with self._access.enter() as client:
                answer = await client.get(index=index, id=document_id)
        except EngineFault as fault:
            if isinstance(fault.__cause__, NotFoundError):
                return None
            raise
        source: Mapping[str, Any] = answer["_source"]
        return source

    async def _refuse_missing(self, document_id: str) -> Mapping[str, Any] | None:
        """The stored original, None without one. Raises DocumentWithdrawn."""
        stored = await self._fetch(self._settings.originals, document_id)
        if stored is None or stored["kind"] != ORIGINAL_KIND:
            return None
        if stored["outcome"] == "withdrawn":
            reason = stored.get("reason", "")
            raise DocumentWithdrawn(f"article {document_id} was withdrawn: {reason}", reason=reason)
        return stored

    def _known_extent(self) -> Extent | None:
        if self._extent is None or monotonic() - self._extent[0] > EXTENT_LIVES:
            return None
        return self._extent[1]

    def _remember(self, archive: Mapping[str, Any]) -> None:
        extent = read_extent(archive)
        self._extent = (monotonic(), extent) if extent else None


def _quiet(query: SearchQuery) -> SearchQuery:
    """The same question with nothing but its total asked for."""
    return replace(
        query, page_size=0, page=1, cursor=None, facets=(), interval=None, highlight=False
    )


def _milliseconds_since(started: float) -> int:
    return round((perf_counter() - started) * 1000)
