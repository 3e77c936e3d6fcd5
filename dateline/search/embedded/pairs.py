"""Originals and their documents, written in that order into one index: an answer for each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson

from dateline.search.embedded.archive import Watched, open_index
from dateline.search.embedded.building import build_document
from dateline.search.embedded.lifecycle import HEAP, close_writer
from dateline.search.refusals import find_fault, is_id, keyword_fields
from dateline.search.results import Written
from dateline.search.storing import (
    NO_REVISION,
    WITHDRAWN_REVISION,
    store_document,
    store_original,
)
from mappings import ARTICLES, ORIGINALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from tantivy import IndexWriter

    from dateline.documents import ArticleDocument, Original
    from dateline.search.embedded.archive import Snapshot
    from dateline.search.embedded.originals import Originals
    from mappings import MappingName

    Number = Callable[[Sequence[str]], Mapping[str, int]]


class Pairs:
    """Writes into one index and one file of originals; one commit per call.

    `number` gives articles their numbers: those of the archive in force, whatever is written into.
    """

    def __init__(
        self, find_index: Callable[[], Path], originals: Originals, number: Number | None = None
    ) -> None:
        self._find_index = find_index
        self.originals = originals
        self._number = number or originals.number
        self.watched = Watched(find_index)
        self._writer: IndexWriter | None = None

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """Originals first, then documents; one answer per document, in order.

        An original without a document records an article that was refused; should not even that
        be possible, its answer follows those of the documents. A document whose original has a
        newer copy there, or was withdrawn, is not written.
        """
        refused = {
            each.id: fault
            for each in originals
            if (fault := _fault_of(store_original(each), ORIGINALS))
        }
        drafts = [store_document(each) for each in documents]
        faults = [refused.get(each["id"]) or _fault_of(each, ARTICLES) for each in drafts]
        newer = self._keep(originals, documents, faults, refused)
        sound = [
            draft
            for draft, fault in zip(drafts, faults, strict=True)
            if not fault and draft["id"] not in newer
        ]
        answers = {written.id: written for written in self.add(sound)}
        ordered = [
            Written(draft["id"], "rejected", fault)
            if fault
            else answers.get(draft["id"], Written(draft["id"], "newer_there"))
            for draft, fault in zip(drafts, faults, strict=True)
        ]
        alone = refused.keys() - {draft["id"] for draft in drafts}
        return ordered + [
            Written(key, "rejected", fault) for key, fault in refused.items() if key in alone
        ]

    def add(self, drafts: Sequence[Mapping[str, Any]]) -> list[Written]:
        """Write documents in their stored form, none over a newer one, and commit."""
        if not drafts:
            return []
        revisions = _Revisions(self.watched.snapshot())
        numbers = self._number([draft["id"] for draft in drafts])
        self.originals.note_changes([draft["id"] for draft in drafts])
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

    def remove(self, document_ids: Iterable[str]) -> int:
        """Remove documents, originals untouched; how many were there."""
        snapshot = self.watched.snapshot()
        there = [
            each
            for each in dict.fromkeys(document_ids)
            if is_id(each) and snapshot.find(each) is not None
        ]
        if there:
            self.originals.note_changes(there)
            with _Batch(self) as writer:
                for each in there:
                    writer.delete_documents_by_term("id", each)
        return len(there)

    def close(self) -> None:
        """Let merges end and the files go; the next call opens them again."""
        if self._writer is not None:
            close_writer(self._writer)
            self._writer = None
        self.watched.close()

    def open_engine(self) -> IndexWriter:
        """The engine's writer on the index."""
        if self._writer is None:
            self._writer = open_index(self._find_index()).writer(HEAP, 1)
        return self._writer

    def drop_engine(self) -> None:
        """Forget the engine's writer and all it has not committed: it may be broken."""
        broken, self._writer = self._writer, None
        if broken is not None:
            with suppress(ValueError, RuntimeError):
                broken.rollback()

    def _keep(
        self,
        originals: Sequence[Original],
        documents: Sequence[ArticleDocument],
        faults: Sequence[str | None],
        refused: Mapping[str, str],
    ) -> set[str]:
        """Keep the originals; one says "rejected" where its document cannot be written.

        It never takes the place of a good one.
        """
        reasons = {each.id: fault for each, fault in zip(documents, faults, strict=True) if fault}
        revisions = {each.id: each.revision for each in documents if each.id not in reasons}
        return self.originals.keep(
            (
                store_original(_marked(each, reasons.get(each.id))),
                WITHDRAWN_REVISION
                if each.outcome == "withdrawn"
                else revisions.get(each.id, NO_REVISION),
            )
            for each in originals
            if each.id not in refused
        )


class _Batch:
    """One commit of the engine; after a fault nothing of the batch is left."""

    def __init__(self, owner: Pairs) -> None:
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
