"""Outcomes on their way: into the ledger first, then to whoever listens; every one is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.documents import Outcome
from indexer.ledger import Settlement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dateline.documents import OutcomeKind
    from dateline.search.results import Written
    from indexer.ledger import Account, Copy
    from indexer.pipeline import Made

    Tell = Callable[[Outcome, Made | None], None]

REFUSED = frozenset({"unusable", "rejected"})


@dataclass(slots=True)
class Outcomes:
    """Of one run. Without an account nothing is kept; `tell` hears each outcome once."""

    account: Account | None
    tell: Tell
    counts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    _known: list[tuple[Settlement, Made | None]] = field(default_factory=list)

    def add(self, outcome: Outcome, content_hash: str, made: Made | None = None) -> None:
        """Note what became of a copy; nobody is told before `settle`."""
        document = made.document if made else None
        revision = document.revision if document else None
        self._known.append((Settlement(outcome, content_hash, revision), made))

    def settle(self) -> None:
        """Into the ledger at one stroke, then told and counted."""
        known, self._known = self._known, []
        if self.account is not None:
            self.account.settle([settlement for settlement, _ in known])
        for settlement, made in known:
            self._count(settlement.outcome)
            self.tell(settlement.outcome, made)

    def _count(self, outcome: Outcome) -> None:
        self.counts[outcome.kind] += 1
        if outcome.kind in REFUSED:
            self.refusals[f"{outcome.kind}:{outcome.code}"] += 1


def read_outcome(made: Made, kind: OutcomeKind | None = None, code: str | None = None) -> Outcome:
    """What became of an article as its original says, or as `kind` and `code` do."""
    original = made.original
    return Outcome(
        kind or original.outcome,
        original.location,
        original.id,
        original.code if code is None else code,
        original.reason,
    )


def is_rejected(made: Made, answers: Mapping[str, Written]) -> bool:
    """Whether the engine refused an article that was written."""
    answer = answers.get(made.original.id)
    return answer is not None and answer.outcome == "rejected"


def read_answer(made: Made, answers: Mapping[str, Written]) -> Outcome:
    """What became of an article that was written, by what the engine said of its id."""
    answer = answers.get(made.original.id)
    if answer and is_rejected(made, answers):
        return replace(read_outcome(made, "rejected", "engine"), reason=answer.reason)
    if answer and answer.outcome == "newer_there" and made.document:
        return read_outcome(made, "unchanged", "newer_there")
    return read_outcome(made)


def repeat_outcome(first: Outcome, copy: Copy) -> Outcome:
    """What becomes of another copy of the same bytes: refused alike, else there already."""
    if first.kind in REFUSED:
        return replace(first, location=copy.location)
    return Outcome("unchanged", copy.location, copy.id, "repeated")
