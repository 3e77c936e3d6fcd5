"""What the ledger speaks of: copies of articles, what became of them, runs, counts. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from dateline.documents import Outcome, OutcomeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

RunState = Literal["running", "ended", "interrupted", "stopped", "killed"]
"""`stopped`: the engine gave out, or a fault of ours; `killed`: gone without a word."""
KINDS: tuple[OutcomeKind, ...] = get_args(OutcomeKind)
QUIET_CODES = frozenset({"", "repeated"})
"""Of "unchanged": the archive holds these very bytes. Any other code: it holds another copy."""
_HELD = frozenset({"indexed", "unchanged"})


@dataclass(frozen=True, slots=True)
class Copy:
    """An article as it was given once: where it lay, what it was (hex), and its id."""

    location: str
    content_hash: str
    id: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a copy; `revision` is known where a document was made of it."""

    outcome: Outcome
    content_hash: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger. `outcome` None: pending.

    `turn` counts settlements: of two copies of one id the later has the higher one. `run` is the
    run that said this last, `at` when.
    """

    location: str
    content_hash: str
    id: str
    outcome: OutcomeKind | None
    code: str
    reason: str
    revision: int | None
    pipeline: str
    run: int
    at: datetime
    turn: int | None

    @property
    def is_held(self) -> bool:
        """Whether the archive held this copy, or a better one, when this was settled."""
        return self.outcome in _HELD

    def is_later_than(self, other: Entry) -> bool:
        """Whether this copy came after the other, at the same or a newer revision."""
        if self.revision is not None and other.revision is not None:
            return (self.revision, self.turn or 0) > (other.revision, other.turn or 0)
        return (self.turn or 0) > (other.turn or 0)


@dataclass(frozen=True, slots=True)
class Counts:
    """accepted = indexed + unchanged + unusable + rejected + withdrawn + pending."""

    accepted: int = 0
    indexed: int = 0
    unchanged: int = 0
    unusable: int = 0
    rejected: int = 0
    withdrawn: int = 0
    pending: int = 0

    @property
    def settled(self) -> int:
        """How many have their outcome."""
        return self.indexed + self.unchanged + self.unusable + self.rejected + self.withdrawn


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest; `counts` of a killed run stay as it left them, its pending ones too."""

    number: int
    state: RunState
    started_at: datetime
    ended_at: datetime | None
    process: int
    machine: str
    pipeline: str
    counts: Counts


def is_superseded(
    entries: Sequence[Entry], copy: Copy, archived_hash: str, pipeline: str, run: int
) -> bool:
    """Whether a copy that is given once more was followed by the one that the archive holds.

    `entries` are all rows of this id. A copy that the ledger saw settled tells nothing new: the
    archive held it, and holds another one now. It is new again where its own place held other
    bytes last (a correction taken back), where the archive's copy was written by this very run
    (then the order of the input decides), and where the archive fell back to an earlier copy.
    """
    settled = [entry for entry in entries if entry.is_held and entry.turn is not None]
    mine = _last(
        e for e in settled if (e.content_hash, e.pipeline) == (copy.content_hash, pipeline)
    )
    here = _last(entry for entry in settled if entry.location == copy.location)
    if mine is None or (here is not None and here.content_hash != copy.content_hash):
        return False
    theirs = _last(entry for entry in settled if entry.content_hash == archived_hash)
    if theirs is None:
        return True
    in_this_run = theirs.run == run and theirs.outcome == "indexed"
    return not in_this_run and theirs.is_later_than(mine)


def _last(entries: Iterable[Entry]) -> Entry | None:
    return max(entries, key=lambda entry: entry.turn or 0, default=None)
