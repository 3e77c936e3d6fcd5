"""Files that hold a secret, or the hash of one: read with care, written whole or not at all."""

from __future__ import annotations

import logging
import os
import re
import stat
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 10_000
"""Characters; whatever is longer is no secret of ours."""
_OTHERS = stat.S_IRGRP | stat.S_IROTH
KEY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
"""What a key may be called, an API's or a server's."""
log = logging.getLogger("dateline")


def read_secret(path: Path, setting: str) -> str:
    """The one line that a file holds. Raises SettingsError, which names the setting.

    A file that others may read is read all the same, and said to be so on standard error.
    """
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_LONGEST + 1).strip()
            mode = os.fstat(file.fileno()).st_mode
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SettingsError(
            f"{setting} names {path}, which cannot be read: {reason}",
            hint="create the file, let this user read it, or unset the variable",
        ) from None
    if not text or len(text) > _LONGEST or len(text.splitlines()) != 1:
        raise SettingsError(
            f"{setting} names {path}, which does not hold one line", hint="put the secret alone in"
        )
    if mode & _OTHERS:
        log.warning("dateline: %s: other users may read %s; chmod 600 it", setting, path)
    return text


def write_secret(path: Path, text: str) -> None:
    """Put a text in a file that only its owner may read: at one stroke, in place of what was there.

    A file that is there keeps its owner, where we may give it. Raises SettingsError.
    """
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # mode 0600
        written = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                _keep_owner(target, file.fileno())
                os.fsync(file.fileno())
            written.replace(target)
        finally:
            written.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from None


def check_key_name(name: str) -> None:
    """Raises SettingsError unless a key may be called so."""
    if not KEY_NAME.fullmatch(name):
        raise SettingsError(
            "the key's name is malformed", hint="use letters, digits and . _ @ -, at most 64"
        )


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only one that changes files in this file's folder. Raises SettingsError."""
    if sys.platform == "win32":  # a folder cannot be locked there
        yield
        return
    import fcntl  # noqa: PLC0415  # not there on Windows

    try:
        folder = os.open(path.resolve().parent, os.O_RDONLY)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _keep_owner(target: Path, handle: int) -> None:
    if sys.platform == "win32":
        return
    with suppress(FileNotFoundError, PermissionError):
        before = target.stat()
        os.fchown(handle, before.st_uid, before.st_gid)


def _unwritable(path: Path, error: OSError) -> SettingsError:
    return SettingsError(
        f"{path} cannot be written: {error.strerror}",
        hint="name a file in a folder that is there and that this user may write to",
    )
