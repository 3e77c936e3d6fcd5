"""An archive in memory that keeps what an engine keeps, and can be killed between two steps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.errors import DocumentNotFound
from dateline.search.results import Held, RunReport, Stored, Written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.documents import ArticleDocument, Original


class Killed(BaseException):
    """The process is gone: nothing of ours runs any more."""


@dataclass
class MemoryArchive:
    """`dies_at` names the step at which the process dies; it is asked once."""

    documents: dict[str, ArticleDocument] = field(default_factory=dict)
    originals: dict[str, Original] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    reports: list[RunReport] = field(default_factory=list)
    written: int = 0
    refuses: str = "\x00"
    dies_at: str = ""
    engine: str = "embedded"

    def prepare(self) -> None:
        pass

    def _step(self, name: str) -> None:
        if self.dies_at == name:
            self.dies_at = ""
            raise Killed(name)

    def stored(self, document_ids: Sequence[str]) -> Mapping[str, Stored]:
        self._step("accepted")
        known = {key: self.originals[key] for key in document_ids if key in self.originals}
        return {key: self._stored(each) for key, each in known.items() if self._is_whole(each)}

    def _stored(self, each: Original) -> Stored:
        return Stored(each.content_hash, each.pipeline, each.outcome)

    def _is_whole(self, original: Original) -> bool:
        document = self.documents.get(original.id)
        there = document is not None and document.content_hash == original.content_hash
        return original.outcome != "indexed" or there

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        assert len({each.id for each in originals}) == len(originals)
        self._step("making")
        revisions = {each.id: each.revision for each in documents}
        for each in originals:
            revision = revisions.get(each.id, 0)
            if revision >= self.revisions.get(each.id, 0):
                self.originals[each.id], self.revisions[each.id] = each, revision
                self.written += 1
        self._step("between")
        answers = [self._write(each) for each in documents]
        self._step("written")
        return answers

    def _write(self, document: ArticleDocument) -> Written:
        before = self.documents.get(document.id)
        if self.refuses in document.text:
            marked = replace(self.originals[document.id], outcome="rejected", code="engine")
            self.originals[document.id] = marked
            return Written(document.id, "rejected", "the engine says no")
        if before is not None and before.revision > document.revision:
            return Written(document.id, "newer_there")
        self.documents[document.id] = document
        self.written += 1
        return Written(document.id, "written")

    def record_run(self, report: RunReport) -> None:
        self.reports.append(report)

    def refresh(self) -> None:
        pass

    def withdraw(self, document_id: str, reason: str, *, anew: bool = False) -> str:
        if document_id not in self.originals:
            raise DocumentNotFound(f"no article has the id {document_id}")
        if self.originals[document_id].outcome == "withdrawn" and not anew:
            return self.originals[document_id].reason
        self.originals[document_id] = replace(
            self.originals[document_id], outcome="withdrawn", code="withdrawn", reason=reason
        )
        self.documents.pop(document_id, None)
        return reason

    def delete(self, document_ids: Sequence[str]) -> int:
        return sum(self.documents.pop(each, None) is not None for each in document_ids)

    def iter_held(self) -> Iterator[Held]:
        for key in sorted(self.originals.keys() | self.documents.keys()):
            original, document = self.originals.get(key), self.documents.get(key)
            yield Held(
                key,
                self._stored(original) if original else None,
                Stored(document.content_hash, document.pipeline, "indexed") if document else None,
                self.revisions.get(key, 0),
                document.revision if document else 0,
            )

    def iter_originals(self, document_ids: Sequence[str] | None = None) -> Iterator[Original]:
        wanted = self.originals.keys() if document_ids is None else document_ids
        return (self.originals[key] for key in sorted(wanted) if key in self.originals)

    def iter_documents(
        self, document_ids: Sequence[str] | None = None
    ) -> Iterator[ArticleDocument]:
        wanted = self.documents.keys() if document_ids is None else document_ids
        return (self.documents[key] for key in sorted(wanted) if key in self.documents)
