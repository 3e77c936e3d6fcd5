"""The Writer over the embedded engine: originals first, then documents, one commit per call."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING, Any

import orjson
from tantivy import Occur, Query

from dateline.errors import DocumentNotFound
from dateline.search.embedded.archive import Watched, folder_of, open_index
from dateline.search.embedded.building import build_document
from dateline.search.embedded.errors import engine_errors
from dateline.search.embedded.lifecycle import HEAP, WriterLock, close_writer, ensure_index
from dateline.search.embedded.originals import Originals
from dateline.search.embedded.status import ENGINE, read_status
from dateline.search.refusals import find_fault, is_id, keyword_fields
from dateline.search.results import Written
from dateline.search.storing import store_document, store_original, store_run
from mappings import ARTICLES, ORIGINALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tantivy import IndexWriter

    from dateline.documents import ArticleDocument, Original
    from dateline.search.embedded.archive import Snapshot
    from dateline.search.results import ArchiveStatus, RunReport, Stored
    from dateline.search.settings import SearchSettings
    from mappings import MappingName

_NO_REVISION = 0
"""Of an original whose article was refused: it never takes the place of one that was not."""


class EmbeddedWriter:
    """Writes to the archive in the data folder; one owner. Takes the lock at the first write.

    The engine's own writer may not be touched by two threads at once, so calls take turns.
    """

    engine = ENGINE

    def __init__(self, settings: SearchSettings) -> None:
        self._settings = settings
        self._folder = folder_of(settings)
        self._originals = Originals(self._folder.originals)
        self._watched = Watched(self._folder)
        self._lock = WriterLock(self._folder)
        self._turn = RLock()
        self._writer: IndexWriter | None = None

    def prepare(self) -> None:
        """Make sure that the archive exists with our mapping and our words.

        An index of another version is built anew from itself; what a killed process left half done
        is ended. Raises IndexNotReady for another mapping, EngineBlocked for a second writer.
        """
        with self._turn, engine_errors():
            self._lock.take()
            self._originals.create()
            ensure_index(self._folder)
            self._remove(self._originals.withdrawn())

    def stored(self, document_ids: Sequence[str]) -> Mapping[str, Stored]:
        """What is known of these ids, from the originals.

        One that says "indexed" is left out unless its document is there: the process that was to
        write it was killed, and it must be written again.
        """
        with engine_errors():
            known = self._originals.known([each for each in document_ids if is_id(each)])
            snapshot = self._watched.snapshot()
            return {
                key: each
                for key, each in known.items()
                if each.outcome != "indexed" or _is_there(snapshot, key, each)
            }

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """Originals first, then documents; one answer per document, in order.

        An original without a document records an article that was refused; should not even that
        be possible, its answer follows those of the documents.
        """
        refused = {
            each.id: fault
            for each in originals
            if (fault := _fault_of(store_original(each), ORIGINALS))
        }
        drafts = [store_document(each) for each in documents]
        faults = [refused.get(each["id"]) or _fault_of(each, ARTICLES) for each in drafts]
        with self._turn, engine_errors():
            self._lock.take()
            self._keep(originals, documents, faults, refused)
            sound = [draft for draft, fault in zip(drafts, faults, strict=True) if not fault]
            answers = iter(self._add(sound))
        ordered = [
            Written(draft["id"], "rejected", fault) if fault else next(answers)
            for draft, fault in zip(drafts, faults, strict=True)
        ]
        alone = refused.keys() - {draft["id"] for draft in drafts}
        return ordered + [
            Written(key, "rejected", fault) for key, fault in refused.items() if key in alone
        ]

    def record_run(self, report: RunReport) -> None:
        """Keep what one ingest did, beside the originals."""
        with self._turn, engine_errors():
            self._lock.take()
            self._originals.record_run(store_run(report))

    def withdraw(self, document_id: str, reason: str) -> None:
        """Out of search at once; the original stays, marked. Raises DocumentNotFound."""
        with self._turn, engine_errors():
            self._lock.take()
            found = self._originals.read(document_id) if is_id(document_id) else None
            if found is None:
                raise DocumentNotFound(
                    f"no article has the id {document_id}", hint="take ids from search answers"
                )
            stored, revision = found
            marked = {**stored, "outcome": "withdrawn", "code": "withdrawn", "reason": reason}
            # the same revision: the mark is no newer copy of the article
            self._originals.keep([(marked, revision)])
            self._remove([document_id])

    def delete(self, document_ids: Sequence[str]) -> int:
        """Remove documents from search, originals untouched; how many were there."""
        with self._turn, engine_errors():
            self._lock.take()
            return self._remove(document_ids)

    def refresh(self) -> None:
        """Nothing to do: what was written is on the disk, and readers look there each time."""

    def status(self) -> ArchiveStatus:
        """What is in the archive."""
        with engine_errors():
            return read_status(self._settings.index, self._watched.snapshot(), self._originals)

    def close(self) -> None:
        """Let merges end, and the next writer come."""
        with self._turn, engine_errors():
            if self._writer is not None:
                close_writer(self._writer)
                self._writer = None
            self._watched.close()
            self._lock.release()

    def _keep(
        self,
        originals: Sequence[Original],
        documents: Sequence[ArticleDocument],
        faults: Sequence[str | None],
        refused: Mapping[str, str],
    ) -> None:
        """Keep the originals; one says "rejected" where its document cannot be written."""
        revisions = {document.id: document.revision for document in documents}
        reasons = {each.id: fault for each, fault in zip(documents, faults, strict=True) if fault}
        self._originals.keep(
            (
                store_original(_marked(each, reasons.get(each.id))),
                revisions.get(each.id, _NO_REVISION),
            )
            for each in originals
            if each.id not in refused
        )

    def _add(self, drafts: Sequence[Mapping[str, Any]]) -> list[Written]:
        """Write documents, none over a newer one, and commit."""
        if not drafts:
            return []
        revisions = _Revisions(self._watched.snapshot())
        numbers = self._originals.number([draft["id"] for draft in drafts])
        answers: list[Written] = []
        with _Batch(self) as writer:
            for draft in drafts:
                document_id, revision = draft["id"], draft["revision"]
                if revisions.is_newer(document_id, revision):
                    answers.append(Written(document_id, "newer_there"))
                    continue
                writer.delete_documents_by_term("id", document_id)
                writer.add_document(build_document(draft, numbers[document_id]))
                answers.append(Written(document_id, "written"))
        return answers

    def _remove(self, document_ids: Iterable[str]) -> int:
        snapshot = self._watched.snapshot()
        there = [
            each
            for each in dict.fromkeys(document_ids)
            if is_id(each) and snapshot.find(each) is not None
        ]
        if there:
            with _Batch(self) as writer:
                for each in there:
                    writer.delete_documents_by_term("id", each)
        return len(there)

    def open_engine(self) -> IndexWriter:
        """The engine's writer on the index in force."""
        if self._writer is None:
            self._writer = open_index(self._folder.current()).writer(HEAP, 1)
        return self._writer

    def drop_engine(self) -> None:
        """Forget the engine's writer and all it has not committed: it may be broken."""
        broken, self._writer = self._writer, None
        if broken is not None:
            with suppress(ValueError, RuntimeError):
                broken.rollback()


class _Batch:
    """One commit of the engine; after a fault nothing of the batch is left."""

    def __init__(self, owner: EmbeddedWriter) -> None:
        self._owner = owner

    def __enter__(self) -> IndexWriter:
        self._writer = self._owner.open_engine()
        return self._writer

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._owner.drop_engine()
            return
        try:
            self._writer.commit()
        except BaseException:
            self._owner.drop_engine()
            raise


class _Revisions:
    """The revisions that are there, those of this batch included."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[str, int] = {}

    def is_newer(self, document_id: str, revision: int) -> bool:
        """Whether a newer copy than this is there; if not, this is the newest from now on."""
        there = self._known.get(document_id, self._read(document_id))
        if there is not None and there > revision:
            return True
        self._known[document_id] = revision
        return False

    def _read(self, document_id: str) -> int | None:
        address = self._snapshot.find(document_id)
        if address is None:
            return None
        (value,) = self._snapshot.searcher.fast_field_values("revision", [address])
        return None if value is None else int(value)


def _fault_of(stored: Mapping[str, Any], mapping: MappingName) -> str | None:
    fault = find_fault(stored["id"], stored, keyword_fields(mapping))
    if fault is None:
        try:
            orjson.dumps(stored)
        except TypeError as error:  # a lone surrogate, or an integer beyond 64 bits
            return f"it is no JSON: {error}"
    return fault


def _marked(original: Original, reason: str | None) -> Original:
    if reason is None:
        return original
    return replace(original, outcome="rejected", code="engine", reason=reason)


def _is_there(snapshot: Snapshot, document_id: str, known: Stored) -> bool:
    facts = (
        ("id", document_id),
        ("content_hash", known.content_hash),
        ("pipeline", known.pipeline),
    )
    terms = (Query.term_query(snapshot.schema, *fact, "basic") for fact in facts)
    return snapshot.count(Query.boolean_query([(Occur.Must, term) for term in terms])) > 0
