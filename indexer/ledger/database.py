"""The ledger's file: its tables, its transactions, and its faults as errors of ours."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from dateline.errors import EngineBlocked, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAYOUT = 1
_PATIENCE = 60.0
"""Seconds to wait for another indexer of this folder; its transactions last milliseconds."""
_LOOK_EVERY = 0.05
_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_SHUT = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS articles (
    location TEXT NOT NULL, content_hash TEXT NOT NULL, id TEXT NOT NULL,
    outcome TEXT, code TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
    revision INTEGER, pipeline TEXT NOT NULL, run INTEGER NOT NULL, at TEXT NOT NULL, turn INTEGER,
    PRIMARY KEY (location, content_hash)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS articles_by_id ON articles (id);
CREATE TABLE IF NOT EXISTS runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL,
    started_at TEXT NOT NULL, ended_at TEXT, process INTEGER NOT NULL, machine TEXT NOT NULL,
    pipeline TEXT NOT NULL, accepted INTEGER NOT NULL DEFAULT 0,
    indexed INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
    unusable INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    CHECK (accepted >= indexed + unchanged + unusable + rejected + withdrawn));
CREATE TABLE IF NOT EXISTS turns (last INTEGER NOT NULL);
INSERT INTO turns SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM turns);
PRAGMA user_version = {LAYOUT};
COMMIT;
"""  # noqa: S608 - a number of ours


def open_database(path: Path) -> sqlite3.Connection:
    """Open the file, made where it is missing. Raises SettingsError when that cannot be."""
    with ledger_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    _let_readers_in(connection)
    connection.execute("PRAGMA synchronous = FULL")  # what is accepted outlives a power cut
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    if layout == 0:
        connection.executescript(_TABLES)
    elif layout != LAYOUT:
        raise SettingsError(
            f"the ledger {path} has layout {layout}, this program needs {LAYOUT}",
            hint="use the program that made it, or move it away: the next ingest begins a new one",
        )


def _let_readers_in(connection: sqlite3.Connection) -> None:
    """Readers and the writer do not wait from now on; for this alone SQLite itself never waits."""
    patience = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > patience:
                raise
            time.sleep(_LOOK_EVERY)
        else:
            return


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction, on the disk when the block is left, nothing of it after a fault."""
    with ledger_faults(path):
        connection.execute("BEGIN IMMEDIATE")  # a later upgrade could not wait for its turn
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk has ended the transaction by itself
                connection.execute("ROLLBACK")
            raise


@contextmanager
def ledger_faults(path: Path) -> Iterator[None]:
    """Inside this block the faults of file and disk leave as errors of ours."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        raise _translate(error, path) from error


def _translate(error: Exception, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _FULL:
        return EngineBlocked(
            f"the ledger {path} cannot be written: {error}",
            hint="free disk space, then give the same command again: nothing accepted is lost",
        )
    if code == sqlite3.SQLITE_BUSY:
        return EngineBlocked(
            f"another program keeps the ledger {path} for itself",
            hint="end it, then give the same command again",
        )
    if code in _SHUT or isinstance(error, OSError):
        return SettingsError(
            f"the ledger {path} cannot be opened: {getattr(error, 'strerror', None) or error}",
            hint="set DATELINE_DATA_DIR to a folder that this user may write in",
        )
    return SettingsError(
        f"the ledger {path} is damaged: {error}",
        hint="move it away: the next ingest begins a new one and recognises what is there",
    )
