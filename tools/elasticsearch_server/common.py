"""What every part of the tool needs: its one error, its voice, its account, a lock."""

from __future__ import annotations

import fcntl
import os
import pwd
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNPRIVILEGED = "nobody"


class ServerError(Exception):
    """The tool cannot do what was asked; one line names the thing at fault and the way out."""


@dataclass(frozen=True, slots=True)
class Account:
    """The user that runs the server."""

    uid: int
    gid: int


def server_account() -> Account | None:
    """The account to run the server as: None (our own), or an unprivileged one when we are root."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise ServerError(
            f"Elasticsearch refuses to run as root and there is no user {UNPRIVILEGED!r}; "
            "run this tool as another user"
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def say(text: str) -> None:
    """Progress, on stderr: stdout carries the answer alone."""
    print(text, file=sys.stderr, flush=True)


def everyone_may_enter(folder: Path) -> bool:
    """Whether any user may enter this folder and every one above it."""
    resolved = folder.resolve()
    return all(place.stat().st_mode & 0o001 for place in (resolved, *resolved.parents))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; a second holder waits, and the system frees it when we die."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
