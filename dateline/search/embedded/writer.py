"""The Writer over the embedded engine: originals first, then documents, one commit per call."""

from __future__ import annotations

from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any

from tantivy import Occur, Query

from dateline.errors import DocumentNotFound
from dateline.search.embedded.archive import folder_of
from dateline.search.embedded.errors import engine_errors
from dateline.search.embedded.held import (
    iter_documents,
    iter_evidence,
    iter_held,
    iter_originals,
)
from dateline.search.embedded.lifecycle import ensure_index
from dateline.search.embedded.locks import task_lock, writer_lock
from dateline.search.embedded.originals import Originals
from dateline.search.embedded.pairs import Pairs
from dateline.search.embedded.replacing import EmbeddedReplacement, begin_swap, roll_back
from dateline.search.embedded.status import ENGINE, read_status
from dateline.search.refusals import is_id
from dateline.search.storing import (
    WITHDRAWN_REVISION,
    empty_original,
    mark_withdrawn,
    store_original,
    store_run,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.documents import ArticleDocument, Original
    from dateline.search.embedded.archive import Snapshot
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


class EmbeddedWriter:
    """Writes to the archive in the data folder; one owner. Takes the lock at the first write.

    The engine's own writer may not be touched by two threads at once, so calls take turns.
    """

    engine = ENGINE

    def __init__(self, settings: SearchSettings) -> None:
        self._settings = settings
        self._folder = folder_of(settings)
        self._originals = Originals(lambda: self._folder.originals)
        self._pairs = Pairs(self._folder.current, self._originals)
        self._lock = writer_lock(self._folder)
        self._turn = RLock()

    def prepare(self) -> None:
        """Make sure that the archive exists with our mapping and our words.

        An index of another version is built anew from itself; what a killed process left half done
        is ended. Raises IndexNotReady for another mapping, EngineBlocked for a second writer.
        """
        with self._turn, engine_errors():
            self._lock.take()
            self._originals.create()
            ensure_index(self._folder)
            self._pairs.remove(self._originals.withdrawn())

    def stored(self, document_ids: Sequence[str]) -> Mapping[str, Stored]:
        """What is known of these ids, from the originals.

        One that says "indexed" is left out unless its document is there: the process that was to
        write it was killed, and it must be written again.
        """
        with engine_errors():
            known = self._originals.known([each for each in document_ids if is_id(each)])
            snapshot = self._pairs.watched.snapshot()
            return {
                key: each
                for key, each in known.items()
                if each.outcome != "indexed" or _is_there(snapshot, key, each)
            }

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """Originals first, then documents; see `Pairs.write`."""
        with self._turn, engine_errors():
            self._lock.take()
            return self._pairs.write(originals, documents)

    def record_run(self, report: RunReport) -> None:
        """Keep what one ingest did, beside the originals."""
        with self._turn, engine_errors():
            self._lock.take()
            self._originals.record_run(store_run(report))

    def withdraw(self, document_id: str, reason: str, *, anew: bool = False) -> str:
        """Out of search at once; the original stays, marked; see `Writer.withdraw`."""
        with self._turn, engine_errors():
            self._lock.take()
            stored = self._find_original(document_id) if is_id(document_id) else None
            if stored is None:
                raise DocumentNotFound(
                    f"no article has the id {document_id}", hint="take ids from search answers"
                )
            marked = mark_withdrawn(stored, reason, anew=anew)
            self._originals.keep([(marked, WITHDRAWN_REVISION)])
            self._pairs.remove([document_id])
            return str(marked["reason"])

    def delete(self, document_ids: Sequence[str]) -> int:
        """Remove documents from search, originals untouched; how many were there."""
        with self._turn, engine_errors():
            self._lock.take()
            return self._pairs.remove(document_ids)

    def refresh(self) -> None:
        """Nothing to do: what was written is on the disk, and readers look there each time."""

    def iter_held(self) -> Iterator[Held]:
        """What is held of every id, ordered by id, without any text."""
        with engine_errors():
            yield from iter_held(self._pairs.watched.snapshot(), self._originals)

    def iter_originals(self, document_ids: Sequence[str] | None = None) -> Iterator[Original]:
        """All originals ordered by id, or those of these ids that are there."""
        with engine_errors():
            yield from iter_originals(self._originals, document_ids)

    def iter_documents(
        self, document_ids: Sequence[str] | None = None
    ) -> Iterator[ArticleDocument]:
        """All documents ordered by id, or those of these ids that are there."""
        with engine_errors():
            yield from iter_documents(self._pairs.watched.snapshot(), document_ids)

    def iter_evidence(self) -> Iterator[Evidence]:
        """The evidence of every original, ordered by id, without its content."""
        with engine_errors():
            yield from iter_evidence(self._originals)

    def keep_record(self, key: str, body: Mapping[str, Any]) -> None:
        """Keep a JSON object of the archive's own beside the originals, in place of the last."""
        with self._turn, engine_errors():
            self._lock.take()
            self._originals.keep_record(key, body)

    def read_record(self, key: str) -> Mapping[str, Any] | None:
        """What `keep_record` kept under this key last; None where nothing was."""
        with engine_errors():
            return self._originals.read_record(key)

    @contextmanager
    def hold(self, task: str) -> Iterator[None]:
        """Be the only one at this task on this archive. Raises EngineBlocked."""
        with engine_errors():
            lock = task_lock(self._folder, task)
            lock.take()
        try:
            yield
        finally:
            lock.release()

    def replace(self, *, originals: bool) -> EmbeddedReplacement:
        """Begin an empty index beside the one in force. Raises EngineBlocked."""
        with self._turn, engine_errors():
            self._lock.take()
            swap = begin_swap(self._folder, self._pairs, originals=originals)
            return EmbeddedReplacement(swap, self._turn)

    def rebuild(self) -> Replaced:
        """The stored documents into a new index of today's mapping, put in force."""
        with self._turn, self.replace(originals=False) as new:
            new.copy_all()
            return new.put_in_force(self._pairs.watched.snapshot().size)

    def rollback(self) -> Replaced:
        """The index before the last replacement in force again. Raises IndexNotReady."""
        with self._turn, engine_errors():
            self._lock.take()
            return roll_back(self._folder, self._pairs)

    def status(self) -> ArchiveStatus:
        """What is in the archive."""
        with engine_errors():
            snapshot = self._pairs.watched.snapshot()
            return read_status(self._settings.index, snapshot, self._originals)

    def close(self) -> None:
        """Let merges end, and the next writer come."""
        with self._turn, engine_errors():
            self._pairs.close()
            self._lock.release()

    def _find_original(self, document_id: str) -> dict[str, Any] | None:
        """The stored form of an original; an empty one for a document that has none."""
        found = self._originals.read(document_id)
        if found is not None:
            return found[0]
        snapshot = self._pairs.watched.snapshot()
        address = snapshot.find(document_id)
        return None if address is None else store_original(empty_original(snapshot.read(address)))


def _is_there(snapshot: Snapshot, document_id: str, known: Stored) -> bool:
    facts = (
        ("id", document_id),
        ("content_hash", known.content_hash),
        ("pipeline", known.pipeline),
    )
    terms = (Query.term_query(snapshot.schema, *fact, "basic") for fact in facts)
    return snapshot.count(Query.boolean_query([(Occur.Must, term) for term in terms])) > 0
