"""The Writer over Elasticsearch: originals first, then documents, an answer for each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from dateline.errors import EngineFault
from dateline.search.elastic.bulk import BulkLoop, delete_action
from dateline.search.elastic.client import connect_writer
from dateline.search.elastic.drafts import Draft, send_drafts
from dateline.search.elastic.errors import engine_errors
from dateline.search.elastic.held import (
    find_original,
    iter_documents,
    iter_evidence,
    iter_held,
    iter_originals,
    read_stored,
)
from dateline.search.elastic.lifecycle import ensure_index
from dateline.search.elastic.pairs import Pairs
from dateline.search.elastic.patience import Patience, Server
from dateline.search.elastic.records import Records, hold
from dateline.search.elastic.replacing import Lifecycle
from dateline.search.elastic.status import ENGINE, compile_status, read_status
from dateline.search.elastic.walking import read_by_ids, refresh
from dateline.search.storing import (
    NO_REVISION,
    WITHDRAWN_REVISION,
    mark_withdrawn,
    store_run,
)
from mappings import ARTICLES, ORIGINALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from elasticsearch import Elasticsearch

    from dateline.documents import ArticleDocument, Original
    from dateline.search.elastic.replacing import ElasticReplacement
    from dateline.search.results import (
        ArchiveStatus,
        Evidence,
        Held,
        Replaced,
        RunReport,
        Stored,
        Written,
    )
    from dateline.search.settings import SearchSettings
    from mappings import MappingName


class ElasticWriter:
    """Writes to Elasticsearch; one owner. Connects at the first call."""

    engine = ENGINE

    def __init__(
        self,
        settings: SearchSettings,
        *,
        client: Elasticsearch | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._settings = settings
        self._given = client
        self._patience = patience or Patience()

    @cached_property
    def _server(self) -> Server:
        return Server(self._given or connect_writer(self._settings), self._patience)

    @property
    def _records(self) -> Records:
        return Records(self._server, self._settings.originals)

    @property
    def _lifecycle(self) -> Lifecycle:
        return Lifecycle(self._server, self._settings, self._records)

    @cached_property
    def _loop(self) -> BulkLoop:
        return BulkLoop(self._server.client, patience=self._patience)

    def prepare(self) -> None:
        """Make sure that the indices exist with our mapping. Raises IndexNotReady on a mismatch."""
        client, replicas = self._server.client, self._settings.replicas
        with engine_errors():
            # a wrong server answers the checks below without saying why
            self._server.ask(client.info)
        ensure_index(client, self._settings.originals, ORIGINALS, replicas)
        ensure_index(client, self._settings.index, ARTICLES, replicas)
        self._lifecycle.mend()

    def stored(self, document_ids: Sequence[str]) -> Mapping[str, Stored]:
        """What is known of these ids, from the originals; one request per call.

        One that says "indexed" is left out unless its document is there: the process that was to
        write it was killed, and it must be written again.
        """
        if not document_ids:
            return {}
        return read_stored(self._server, self._settings, document_ids)

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """Originals first, then documents; see `Pairs.write`."""
        pairs = Pairs(self._loop, self._settings.index, self._settings.originals)
        return pairs.write(originals, documents)

    def record_run(self, report: RunReport) -> None:
        """Keep what one ingest did, beside the originals."""
        draft = Draft(uuid4().hex, store_run(report), NO_REVISION)
        (written,) = self._send([draft], self._settings.originals, ORIGINALS)
        if written.outcome == "rejected":
            raise EngineFault(f"the run report was not kept: {written.reason}")

    def withdraw(self, document_id: str, reason: str, *, anew: bool = False) -> str:
        """Out of search at once; the original stays, marked; see `Writer.withdraw`."""
        stored = find_original(self._server, self._settings, document_id)
        marked = mark_withdrawn(stored, reason, anew=anew)
        draft = Draft(document_id, marked, WITHDRAWN_REVISION)
        (kept,) = self._send([draft], self._settings.originals, ORIGINALS)
        if kept.outcome == "rejected":
            raise EngineFault(f"the withdrawal of {document_id} was not kept: {kept.reason}")
        # there or not: the server remembers the version, and refuses a document on its way
        alias = self._settings.index
        self._loop.send([delete_action(alias, document_id, WITHDRAWN_REVISION)])
        self.refresh()
        return str(marked["reason"])

    def delete(self, document_ids: Sequence[str]) -> int:
        """Remove documents from search, originals untouched; how many were there."""
        if not document_ids:
            return 0
        alias = self._settings.index
        found = read_by_ids(self._server, index=alias, ids=list(document_ids), source=False)
        there = {each["_id"]: each["_version"] for each in found if each["found"]}
        self._loop.send([delete_action(alias, each, version) for each, version in there.items()])
        return len(there)

    def refresh(self) -> None:
        """Make all that was written visible to readers."""
        refresh(self._server, self._settings.index, self._settings.originals)

    def iter_held(self) -> Iterator[Held]:
        """What is held of every id, ordered by id, without any text."""
        self.refresh()
        return iter_held(self._server, self._settings)

    def iter_originals(self, document_ids: Sequence[str] | None = None) -> Iterator[Original]:
        """All originals ordered by id, or those of these ids that are there."""
        self.refresh()
        return iter_originals(self._server, self._settings.originals, document_ids)

    def iter_documents(
        self, document_ids: Sequence[str] | None = None
    ) -> Iterator[ArticleDocument]:
        """All documents ordered by id, or those of these ids that are there."""
        self.refresh()
        return iter_documents(self._server, self._settings.index, document_ids)

    def iter_evidence(self) -> Iterator[Evidence]:
        """The evidence of every original, ordered by id, without its content."""
        self.refresh()
        return iter_evidence(self._server, self._settings.originals)

    def keep_record(self, key: str, body: Mapping[str, Any]) -> None:
        """Keep a JSON object of the archive's own beside the originals, in place of the last."""
        with engine_errors():
            self._records.keep(key, body)

    def read_record(self, key: str) -> Mapping[str, Any] | None:
        """What `keep_record` kept under this key last; None where nothing was."""
        with engine_errors():
            return self._records.read(key)

    def hold(self, task: str) -> AbstractContextManager[None]:
        """Be the only one at this task on this archive. Raises EngineBlocked."""
        return hold(self._records, task, sleep=self._patience.pause)

    def replace(self, *, originals: bool) -> ElasticReplacement:
        """Begin an empty index beside the one in force. Raises EngineBlocked."""
        return self._lifecycle.replace(originals=originals)

    def rebuild(self) -> Replaced:
        """The stored documents into a new index of today's mapping, put in force."""
        return self._lifecycle.rebuild()

    def rollback(self) -> Replaced:
        """The index before the last replacement in force again. Raises IndexNotReady."""
        return self._lifecycle.rollback()

    def status(self) -> ArchiveStatus:
        """What is in the archive."""
        settings = self._settings
        with engine_errors():
            served = self._server.client.info()
            answer = self._server.client.msearch(
                searches=compile_status(settings.index, settings.originals)
            )
        return read_status(settings.index, str(served["version"]["number"]), answer["responses"])

    def close(self) -> None:
        """Let go of connections."""
        if "_loop" in self.__dict__:
            self._loop.close()
        if "_server" in self.__dict__:
            self._server.client.close()

    def _send(self, drafts: Sequence[Draft], alias: str, mapping: MappingName) -> list[Written]:
        return send_drafts(self._loop, drafts, alias, mapping)
