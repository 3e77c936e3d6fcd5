"""One run's account in the ledger: accepts copies, settles them, ends."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.ledger.database import ledger_faults, writing
from indexer.ledger.locks import lock_path, remove_lock
from indexer.ledger.rows import COLUMNS, read_entry
from indexer.ledger.values import KINDS, QUIET_CODES, is_superseded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import Self

    from indexer.ledger.values import Copy, Entry, RunState, Settlement

_ACCEPT = """
INSERT INTO articles (location, content_hash, id, pipeline, run, at)
VALUES (:location, :content_hash, :id, :pipeline, :run, :at)
ON CONFLICT (location, content_hash) DO UPDATE SET run = :run, at = :at WHERE outcome IS NULL
"""
_SETTLE = """
UPDATE articles SET id = :id, outcome = :outcome, code = :code, reason = :reason,
    revision = coalesce(:revision, revision), pipeline = :pipeline, run = :run, at = :at,
    turn = CASE WHEN :outcome = 'indexed' OR turn IS NULL THEN :turn ELSE turn END
WHERE location = :location AND content_hash = :content_hash AND (
    outcome IS NULL OR :outcome = 'indexed'
    OR :outcome = 'unchanged' AND outcome <> 'unchanged' AND (NOT :quiet OR outcome <> 'indexed')
    OR :outcome <> 'unchanged' AND (outcome, code, reason, id, pipeline)
        IS NOT (:outcome, :code, :reason, :id, :pipeline))
"""
"""What a later run says again changes nothing: a folder read every day costs no writing."""
_ADDED = ", ".join(f"{kind} = {kind} + ?" for kind in KINDS)
_COUNT = f"UPDATE runs SET {_ADDED} WHERE number = ?"  # noqa: S608 - our own words
_MANY = 500


class Account:
    """One run's. Short transactions, so that several indexers share one ledger.

    Leaving the block ends the run: "ended", "interrupted" by the keyboard, else "stopped".
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        run: int,
        pipeline: str,
        lock: sqlite3.Connection,
    ) -> None:
        self._connection, self._path, self._lock = connection, path, lock
        self._pipeline = pipeline
        self.run = run

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        interrupted = kind is not None and issubclass(kind, KeyboardInterrupt)
        self.end("interrupted" if interrupted else "stopped" if kind else "ended")

    def accept(self, copies: Sequence[Copy]) -> None:
        """Promise that each of these will have its outcome; on the disk when this returns."""
        now = _now()
        rows = [
            {
                "location": copy.location,
                "content_hash": copy.content_hash,
                "id": copy.id,
                "pipeline": self._pipeline,
                "run": self.run,
                "at": now,
            }
            for copy in copies
        ]
        with writing(self._connection, self._path) as connection:
            connection.executemany(_ACCEPT, rows)
            connection.execute(
                "UPDATE runs SET accepted = accepted + ? WHERE number = ?", (len(rows), self.run)
            )

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """Say what became of copies that were accepted; all at one stroke."""
        if not settlements:
            return
        now, counts = _now(), Counter(each.outcome.kind for each in settlements)
        with writing(self._connection, self._path) as connection:
            (last,) = connection.execute(
                "UPDATE turns SET last = last + ? RETURNING last", (len(settlements),)
            ).fetchone()
            first = last - len(settlements) + 1
            rows = (self._row(each, first + place, now) for place, each in enumerate(settlements))
            connection.executemany(_SETTLE, rows)
            connection.execute(_COUNT, (*(counts[kind] for kind in KINDS), self.run))

    def find_superseded(self, copies: Iterable[tuple[Copy, str]]) -> set[Copy]:
        """Those copies that were followed by the one whose hash stands beside them.

        See `is_superseded`; asked only of copies of which the archive holds another one.
        """
        asked = list(copies)
        ids = sorted({copy.id for copy, _ in asked})
        entries = [each for start in range(0, len(ids), _MANY) for each in self._of(ids, start)]
        return {
            copy
            for copy, archived in asked
            if is_superseded(
                [each for each in entries if each.id == copy.id],
                copy,
                archived,
                self._pipeline,
                self.run,
            )
        }

    def end(self, state: RunState = "ended") -> None:
        """Close the account; what it has not settled stays pending."""
        with writing(self._connection, self._path) as connection:
            connection.execute(
                "UPDATE runs SET state = ?, ended_at = ? WHERE number = ?",
                (state, _now(), self.run),
            )
        self._lock.close()
        remove_lock(lock_path(self._path.parent, self.run))

    def _of(self, ids: Sequence[str], start: int) -> list[Entry]:
        some = ids[start : start + _MANY]
        places = ", ".join("?" * len(some))
        asked = f"SELECT {COLUMNS} FROM articles WHERE id IN ({places})"  # noqa: S608 - places only
        with ledger_faults(self._path):
            return [read_entry(row) for row in self._connection.execute(asked, some)]

    def _row(self, settlement: Settlement, turn: int, now: str) -> dict[str, object]:
        outcome = settlement.outcome
        return {
            "location": outcome.location,
            "content_hash": settlement.content_hash,
            "id": outcome.id,
            "outcome": outcome.kind,
            "code": outcome.code,
            "reason": outcome.reason,
            "revision": settlement.revision,
            "quiet": outcome.code in QUIET_CODES,
            "pipeline": self._pipeline,
            "run": self.run,
            "at": now,
            "turn": turn,
        }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
