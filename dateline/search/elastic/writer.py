"""The Writer over Elasticsearch: originals first, then documents, an answer for each."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from elasticsearch import NotFoundError

from dateline.errors import DocumentNotFound, EngineFault
from dateline.search.elastic.bulk import BulkLoop, delete_action
from dateline.search.elastic.client import connect_writer
from dateline.search.elastic.drafts import Draft, send_drafts
from dateline.search.elastic.errors import engine_errors
from dateline.search.elastic.lifecycle import ensure_index
from dateline.search.elastic.status import ENGINE, compile_status, read_status
from dateline.search.results import Stored
from dateline.search.storing import store_document, store_original, store_run
from mappings import ARTICLES, ORIGINALS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from elasticsearch import Elasticsearch

    from dateline.documents import ArticleDocument, Original
    from dateline.search.results import ArchiveStatus, RunReport, Written
    from dateline.search.settings import SearchSettings
    from mappings import MappingName

_NO_REVISION = 0
"""Of an original whose article was refused: it never takes the place of one that was not."""
_KNOWN = ["content_hash", "pipeline", "outcome", "kind"]


class ElasticWriter:
    """Writes to Elasticsearch; one owner. Connects at the first call."""

    engine = ENGINE

    def __init__(
        self,
        settings: SearchSettings,
        *,
        client: Elasticsearch | None = None,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._settings = settings
        self._given = client
        self._sleep, self._jitter = sleep, jitter

    @cached_property
    def _client(self) -> Elasticsearch:
        return self._given or connect_writer(self._settings)

    @cached_property
    def _loop(self) -> BulkLoop:
        return BulkLoop(self._client, sleep=self._sleep, jitter=self._jitter)

    def prepare(self) -> None:
        """Make sure that the indices exist with our mapping. Raises IndexNotReady on a mismatch."""
        with engine_errors():
            self._client.info()  # a wrong server answers the checks below without saying why
        ensure_index(self._client, self._settings.originals, ORIGINALS)
        ensure_index(self._client, self._settings.index, ARTICLES)

    def stored(self, document_ids: Sequence[str]) -> Mapping[str, Stored]:
        """What is known of these ids, from the originals; one request per call."""
        if not document_ids:
            return {}
        with engine_errors():
            answer = self._client.mget(
                index=self._settings.originals, ids=list(document_ids), source_includes=_KNOWN
            )
        return {
            each["_id"]: _read_stored(each["_source"])
            for each in answer["docs"]
            if each.get("found")
        }

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """Originals first, then documents; one answer per document, in order.

        An original without a document records an article that was refused; should the engine
        refuse to keep even that, its answer follows those of the documents.
        """
        revisions = {document.id: document.revision for document in documents}
        kept = self._keep(originals, revisions)
        lost = {written.id: written for written in kept if written.outcome == "rejected"}
        sendable = [document for document in documents if document.id not in lost]
        drafts = [Draft(each.id, store_document(each), each.revision) for each in sendable]
        sent = self._send(drafts, self._settings.index, ARTICLES)
        self._mark_rejected(originals, sent, revisions)
        return _in_order(documents, sent, lost)

    def record_run(self, report: RunReport) -> None:
        """Keep what one ingest did, beside the originals."""
        draft = Draft(uuid4().hex, store_run(report), _NO_REVISION)
        (written,) = self._send([draft], self._settings.originals, ORIGINALS)
        if written.outcome == "rejected":
            raise EngineFault(f"the run report was not kept: {written.reason}")

    def withdraw(self, document_id: str, reason: str) -> None:
        """Out of search at once; the original stays, marked. Raises DocumentNotFound."""
        try:
            with engine_errors():
                found = self._client.get(index=self._settings.originals, id=document_id)
        except EngineFault as fault:
            if not isinstance(fault.__cause__, NotFoundError):
                raise
            raise DocumentNotFound(
                f"no article has the id {document_id}", hint="take ids from search answers"
            ) from None
        marked = {**found["_source"], "outcome": "withdrawn", "code": "withdrawn", "reason": reason}
        # the same revision: the mark is no newer copy of the article
        self._send(
            [Draft(document_id, marked, found["_version"])], self._settings.originals, ORIGINALS
        )
        self.delete([document_id])
        self.refresh()

    def delete(self, document_ids: Sequence[str]) -> int:
        """Remove documents from search, originals untouched; how many were there."""
        if not document_ids:
            return 0
        alias = self._settings.index
        with engine_errors():
            answer = self._client.mget(index=alias, ids=list(document_ids), source=False)
        there = {each["_id"]: each["_version"] for each in answer["docs"] if each.get("found")}
        self._loop.send([delete_action(alias, each, version) for each, version in there.items()])
        return len(there)

    def refresh(self) -> None:
        """Make all that was written visible to readers."""
        with engine_errors():
            self._client.indices.refresh(index=[self._settings.index, self._settings.originals])

    def status(self) -> ArchiveStatus:
        """What is in the archive."""
        settings = self._settings
        with engine_errors():
            served = self._client.info()
            answer = self._client.msearch(
                searches=compile_status(settings.index, settings.originals)
            )
        return read_status(settings.index, str(served["version"]["number"]), answer["responses"])

    def close(self) -> None:
        """Let go of connections."""
        if "_loop" in self.__dict__:
            self._loop.close()
        if "_client" in self.__dict__:
            self._client.close()

    def _send(self, drafts: Sequence[Draft], alias: str, mapping: MappingName) -> list[Written]:
        return send_drafts(self._loop, drafts, alias, mapping)

    def _mark_rejected(
        self, originals: Sequence[Original], sent: Sequence[Written], revisions: Mapping[str, int]
    ) -> None:
        """The original says "rejected" where the engine refused its document."""
        reasons = {written.id: written.reason for written in sent if written.outcome == "rejected"}
        marked = [
            replace(each, outcome="rejected", code="engine", reason=reasons[each.id])
            for each in originals
            if each.id in reasons
        ]
        self._keep(marked, revisions)

    def _keep(self, originals: Sequence[Original], revisions: Mapping[str, int]) -> list[Written]:
        drafts = [
            Draft(each.id, store_original(each), revisions.get(each.id, _NO_REVISION))
            for each in originals
        ]
        return self._send(drafts, self._settings.originals, ORIGINALS)


def _in_order(
    documents: Sequence[ArticleDocument], sent: Sequence[Written], lost: Mapping[str, Written]
) -> list[Written]:
    """An answer per document, then those for originals that stood alone and were not kept."""
    answers = iter(sent)
    ordered = [lost[each.id] if each.id in lost else next(answers) for each in documents]
    alone = lost.keys() - {each.id for each in documents}
    return ordered + [written for key, written in lost.items() if key in alone]


def _read_stored(source: Mapping[str, Any]) -> Stored:
    return Stored(
        content_hash=source.get("content_hash", ""),
        pipeline=source.get("pipeline", ""),
        outcome=source.get("outcome", ""),
    )
