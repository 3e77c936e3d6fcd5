"""The engine's exceptions into our error tree.

tantivy raises ValueError for nearly everything, and a fault inside it as PanicException, which is
no Exception: it must not pass through a server that lives on.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dateline.errors import EngineBlocked, EngineError, EngineFault, EngineRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

_PANIC = "PanicException"
_FULL = ("no space left", "disk is full", "quota exceeded")
_LONGEST = 300


@contextmanager
def engine_errors() -> Iterator[None]:
    """Inside this block every exception of tantivy and SQLite leaves as one of ours."""
    try:
        yield
    except (ValueError, RuntimeError, OSError, sqlite3.Error) as error:
        raise translate(error) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise translate(error) from error


def translate(error: BaseException) -> EngineError:
    """The error of ours that says the same as this exception."""
    said = f"the embedded engine failed: {type(error).__name__}: {_shorten(str(error))}"
    if _is_full(error):
        return EngineBlocked(
            f"no room is left for the archive: {_shorten(str(error))}",
            hint="free disk space and run the same ingest again: what is written is recognised",
        )
    if isinstance(error, PermissionError) or getattr(error, "sqlite_errorcode", 0) in _REFUSALS:
        return EngineRefused(
            f"the archive's folder refuses: {_shorten(str(error))}",
            hint="give this user the right to write in DATELINE_DATA_DIR",
        )
    return EngineFault(said, hint="if it comes again, ingest anew into another DATELINE_DATA_DIR")


_REFUSALS = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN})


_NO_ROOM = frozenset({sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE})
"""What SQLite says of a full disk where it does not say that it is full; to read, too, it needs a
little room."""


def _is_full(error: BaseException) -> bool:
    if getattr(error, "sqlite_errorcode", 0) in _NO_ROOM:
        return True
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return True
    return any(sign in str(error).casefold() for sign in _FULL)


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
