"""Who is at work on an archive: one writer at a time, and one at each task."""

from __future__ import annotations

import os
import socket
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from dateline.errors import EngineBusy
from dateline.search.embedded.errors import engine_errors

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.search.embedded.archive import Folder


class Lock:
    """Held by one process; the system lets it go when that process ends.

    It is SQLite's lock on an empty database: one that every system knows, that children do not
    inherit, and that no killed process leaves behind. `holder` is the file in which it says who.
    """

    def __init__(self, path: Path, what: str) -> None:
        self._path = path
        self._what = what
        self._connection: sqlite3.Connection | None = None

    def take(self) -> None:
        """Hold the lock from now on.

        Raises EngineBusy, which names the holder, and EngineError where none can be taken.
        """
        if self._connection is not None:
            return
        with engine_errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._lock()
            self._holder.write_bytes(orjson.dumps(_ourselves()))

    def _lock(self) -> sqlite3.Connection:
        lock = sqlite3.connect(self._path, timeout=0, check_same_thread=False)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise EngineBusy(
                f"another program {self._what}: {self._read_holder()}",
                hint="wait until it is done, or end it",
            ) from error
        return lock

    def release(self) -> None:
        """Let the next one come."""
        if self._connection is not None:
            self._holder.unlink(missing_ok=True)
            self._connection.close()
            self._connection = None

    @property
    def _holder(self) -> Path:
        return self._path.with_suffix(".json")

    def _read_holder(self) -> str:
        try:
            known = orjson.loads(self._holder.read_bytes())
        except (FileNotFoundError, ValueError):
            return "a process that has not said its name"
        return f"process {known['process']} on {known['machine']}, since {known['since']}"


def writer_lock(folder: Folder) -> Lock:
    """The lock of the one writer of an archive."""
    return Lock(folder.lock, f"writes to {folder.path}")


def task_lock(folder: Folder, task: str) -> Lock:
    """The lock of the one who is at a task on an archive."""
    return Lock(folder.path / "tasks" / f"{task}.sqlite", f"is at {task} on {folder.path}")


def _ourselves() -> dict[str, Any]:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"process": os.getpid(), "machine": socket.gethostname(), "since": since}
