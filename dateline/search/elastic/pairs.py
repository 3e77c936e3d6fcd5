"""Originals and their documents, written in that order: an answer for each document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.search.elastic.drafts import Draft, send_drafts
from dateline.search.refusals import find_fault, keyword_fields
from dateline.search.storing import (
    NO_REVISION,
    WITHDRAWN_REVISION,
    store_document,
    store_original,
)
from mappings import ARTICLES, ORIGINALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.documents import ArticleDocument, Original
    from dateline.search.elastic.bulk import BulkLoop
    from dateline.search.results import Written

_KEYWORDS = keyword_fields(ARTICLES)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Writes into an index of articles and one of originals, each named by alias or directly."""

    loop: BulkLoop
    articles: str
    originals: str

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """Originals first, then documents; one answer per document, in order.

        An original without a document records an article that was refused; should the engine
        refuse to keep even that, its answer follows those of the documents. A document whose
        original has a newer copy there, or was withdrawn, is not sent; the original of one that no
        server takes comes last, and never takes the place of a good one.
        """
        drafts = [Draft(each.id, store_document(each), each.revision) for each in documents]
        unfit = {each.id for each in drafts if find_fault(each.id, each.stored, _KEYWORDS)}
        revisions = {each.id: each.revision for each in documents if each.id not in unfit}
        kept = self.keep([each for each in originals if each.id not in unfit], revisions)
        unsent = {each.id: each for each in kept if each.outcome != "written"}
        sendable = [draft for draft in drafts if draft.id not in unsent]
        sent = send_drafts(self.loop, sendable, self.articles, ARTICLES)
        self._mark_rejected(originals, sent, revisions)
        return _in_order(documents, sent, unsent)

    def keep(self, originals: Sequence[Original], revisions: Mapping[str, int]) -> list[Written]:
        """Keep originals, each at the revision of its document."""
        drafts = [
            Draft(each.id, store_original(each), _revision_of(each, revisions))
            for each in originals
        ]
        return send_drafts(self.loop, drafts, self.originals, ORIGINALS)

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
        self.keep(marked, revisions)


def _revision_of(original: Original, revisions: Mapping[str, int]) -> int:
    if original.outcome == "withdrawn":
        return WITHDRAWN_REVISION
    return revisions.get(original.id, NO_REVISION)


def _in_order(
    documents: Sequence[ArticleDocument], sent: Sequence[Written], unsent: Mapping[str, Written]
) -> list[Written]:
    """An answer per document, then those for originals that stood alone and were refused."""
    answers = iter(sent)
    ordered = [unsent[each.id] if each.id in unsent else next(answers) for each in documents]
    alone = unsent.keys() - {each.id for each in documents}
    return ordered + [
        written for key, written in unsent.items() if key in alone and written.outcome == "rejected"
    ]
