"""Whether a run lives: its lock is SQLite's own on a small file, gone with its process.

A process number would say less: in a container every indexer is process 1.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def lock_path(folder: Path, run: int) -> Path:
    """Where the lock of a run lies."""
    return folder / f"run-{run}.lock"


def take_lock(path: Path) -> sqlite3.Connection:
    """Hold the lock until the connection is closed or the process ends."""
    lock = sqlite3.connect(path, timeout=5, isolation_level=None)
    lock.execute("PRAGMA journal_mode = MEMORY")  # no second file that a kill would leave behind
    lock.execute("BEGIN EXCLUSIVE")
    return lock


def is_held(path: Path) -> bool:
    """Whether some process holds the lock; asking takes nothing from anyone."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            return True
    return False


def remove_lock(path: Path) -> None:
    """Take a lock's file away, as far as the system lets us."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
