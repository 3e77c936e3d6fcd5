"""The ledger as a whole: opened, asked, and put right where the archive proves it wrong."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.ledger.account import Account
from indexer.ledger.database import ledger_faults, open_database, writing
from indexer.ledger.locks import is_held, lock_path, remove_lock, take_lock
from indexer.ledger.rows import COLUMNS, RUN_COLUMNS, count, read_entry, read_run
from indexer.ledger.values import KINDS, Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any, Self

    from dateline.documents import OutcomeKind
    from dateline.search.settings import SearchSettings
    from indexer.ledger.values import Entry, Run

_FILE = "ledger.sqlite"
_RESTATE = """
UPDATE articles SET id = ?, outcome = ?, code = ?, reason = ?, at = ?, turn = coalesce(turn, ?)
WHERE location = ? AND content_hash = ? AND outcome IS ?
"""
_REOPEN = """
UPDATE articles SET outcome = NULL, code = '', reason = '', turn = NULL, at = ?
WHERE location = ? AND content_hash = ?
"""
_WITHDRAW = """
UPDATE articles SET outcome = 'withdrawn', code = '', reason = :reason, at = :at
WHERE id = :id AND (
    outcome IN ('indexed', 'unchanged') OR outcome = 'withdrawn' AND reason <> :reason)
"""


class Ledger:
    """What this data folder's indexers accepted for one archive. Not for several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_database(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the ledger lies."""
        return self._path

    def begin(self, pipeline: str) -> Account:
        """Open the account of a new run; runs that were killed are marked so."""
        with writing(self._connection, self._path) as connection:
            self._mark_killed()
            run = connection.execute(
                "INSERT INTO runs (state, started_at, process, machine, pipeline)"
                " VALUES ('running', ?, ?, ?, ?) RETURNING number",
                (_now(), os.getpid(), socket.gethostname(), pipeline),
            ).fetchone()[0]
            # inside the transaction: nobody sees the run before it can be seen to live
            lock = take_lock(lock_path(self._path.parent, run))
        return Account(self._connection, self._path, run, pipeline, lock)

    def counts(self) -> Counts:
        """How many articles were accepted, and what became of them."""
        with ledger_faults(self._path):
            rows = self._connection.execute(
                "SELECT outcome, count(*) FROM articles GROUP BY outcome"
            ).fetchall()
        found = dict(rows)
        return count(sum(found.values()), {kind: found.get(kind, 0) for kind in KINDS})

    def runs(self, most: int | None = None, *, killed: bool = False) -> list[Run]:
        """The last runs, newest first: all, or those alone that were killed."""
        wanted = "WHERE state IN ('running', 'killed')" if killed else ""
        asked = f"SELECT {RUN_COLUMNS} FROM runs {wanted} ORDER BY number DESC LIMIT ?"  # noqa: S608 - our own words
        with ledger_faults(self._path):
            # those that seem killed may live: the limit is for what is left of them
            rows = self._connection.execute(asked, (-1 if killed or most is None else most,))
            found = [self._read_run(row) for row in rows]
        return [run for run in found if not killed or run.state == "killed"][:most]

    def live_runs(self) -> frozenset[int]:
        """The numbers of the runs that are at work now."""
        with ledger_faults(self._path):
            rows = self._connection.execute("SELECT number FROM runs WHERE state = 'running'")
            return frozenset(number for (number,) in rows if self._lives(number))

    def iter_entries(self) -> Iterator[Entry]:
        """All rows ordered by id, then turn, as they were at the first one."""
        with ledger_faults(self._path):
            for row in self._connection.execute(
                f"SELECT {COLUMNS} FROM articles ORDER BY id, turn"  # noqa: S608 - our own words
            ):
                yield read_entry(row)

    def ids_of(self, kind: OutcomeKind, most: int) -> list[str]:
        """The first ids whose articles ended so."""
        asked = "SELECT DISTINCT id FROM articles WHERE outcome = ? ORDER BY id LIMIT ?"
        with ledger_faults(self._path):
            return [key for (key,) in self._connection.execute(asked, (kind, most))]

    def restate(
        self,
        entry: Entry,
        kind: OutcomeKind,
        *,
        code: str = "",
        reason: str = "",
        document_id: str | None = None,
    ) -> None:
        """Settle an entry as the archive shows it, unless somebody did meanwhile.

        `document_id` is its id from now on, where that changed.
        """
        known_as = document_id or entry.id
        with writing(self._connection, self._path) as connection:
            (turn,) = connection.execute(
                "UPDATE turns SET last = last + 1 RETURNING last"
            ).fetchone()
            key = (entry.location, entry.content_hash)
            connection.execute(
                _RESTATE, (known_as, kind, code, reason, _now(), turn, *key, entry.outcome)
            )

    def reopen(self, entries: Iterable[Entry]) -> None:
        """Make entries pending again: what they promised is not in the archive."""
        with writing(self._connection, self._path) as connection:
            now = _now()
            rows = [(now, entry.location, entry.content_hash) for entry in entries]
            connection.executemany(_REOPEN, rows)

    def withdraw(self, document_id: str, reason: str) -> None:
        """Note that an article was withdrawn; said again for the same reason it changes nothing."""
        with writing(self._connection, self._path) as connection:
            connection.execute(_WITHDRAW, {"reason": reason, "at": _now(), "id": document_id})

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _mark_killed(self) -> None:
        running = self._connection.execute("SELECT number FROM runs WHERE state = 'running'")
        for (run,) in running.fetchall():
            if not self._lives(run):
                self._connection.execute(
                    "UPDATE runs SET state = 'killed' WHERE number = ?", (run,)
                )
                remove_lock(lock_path(self._path.parent, run))

    def _read_run(self, row: Sequence[Any]) -> Run:
        run = read_run(row, alive=self._lives(row[0]))
        if run.state != "killed":
            return run
        again = f"SELECT {RUN_COLUMNS} FROM runs WHERE number = ?"  # noqa: S608 - our own words
        # it may have ended since its row was read
        return read_run(self._connection.execute(again, (run.number,)).fetchone(), alive=False)

    def _lives(self, run: int) -> bool:
        return is_held(lock_path(self._path.parent, run))


def open_ledger(settings: SearchSettings) -> Ledger:
    """The ledger of the archive in force, made where there is none. Raises SettingsError."""
    return Ledger(_place(settings))


def find_ledger(settings: SearchSettings) -> Ledger | None:
    """The ledger of the archive in force; None where this data folder has none."""
    path = _place(settings)
    return Ledger(path) if path.exists() else None


def _place(settings: SearchSettings) -> Path:
    engine = "embedded" if settings.elasticsearch_url is None else "elasticsearch"
    return settings.data_dir / "ledger" / engine / settings.index / _FILE


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
