"""API keys: a text file under the newsroom's own hand, one key a line, each as a hash.

    desk    read         sha256:9f86d0…  2026-11-28
    feeder  ingest       sha256:60303a…  2026-11-28    # the night desk's machine

A token is 256 random bits: nobody guesses one, so a plain SHA-256 hides it as well as a slow hash
would. Slow hashes protect what people think up, and would cost every request a tenth of a second.
"""

import hashlib
import hmac
import logging
import os
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Literal, cast, get_args

from dateline.errors import SettingsError
from dateline.search.secret_files import KEY_NAME, alone, check_key_name, write_secret

Role = Literal["read", "ingest"]
ROLES: tuple[Role, ...] = get_args(Role)
PREFIX = "dateline_"
"""Begins every token, so that a token that strayed is known for one."""
LOOKED = 1.0
"""Seconds between two looks at the file."""
_SHAPE = "write: name, roles, sha256:…, date; `dateline keys add` writes such a line"
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_HEADING = "# API keys of Dateline: name, roles, hash of the token, day of making\n"
_COLUMNS = 4
log = logging.getLogger("uvicorn.error")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """Who may come in, what for, and the hash by which the token is known."""

    name: str
    roles: frozenset[Role]
    digest: str
    created: date


def parse_keys(text: str, place: str) -> dict[str, ApiKey]:
    """The keys of a file, by name.

    Raises SettingsError, which names `place` and line and repeats nothing of what stands there.
    """
    keys: dict[str, ApiKey] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if key := _parse_line(line, f"{place}, line {number}"):
            if key.name in keys:
                raise SettingsError(
                    f"{place}, line {number}: a second key of one name", hint="rename one of them"
                )
            keys[key.name] = key
    return keys


def make_token() -> str:
    """A new token, of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_token(token: str) -> str:
    """What is kept of a token."""
    return f"sha256:{hashlib.sha256(token.encode()).hexdigest()}"


def find_key(token: str, keys: Collection[ApiKey]) -> ApiKey | None:
    """The key of a token, compared with every one of them in the same time."""
    digest = digest_token(token)
    found = None
    for key in keys:
        if hmac.compare_digest(key.digest, digest):
            found = key
    return found


def read_keys(path: Path) -> dict[str, ApiKey]:
    """The keys of the file at `path`, by name. Raises SettingsError."""
    return parse_keys(_read_text(path), str(path))


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SettingsError(
            f"the API keys in {path} cannot be read: {reason}",
            hint="`dateline keys add` makes the file; DATELINE_API_KEYS_FILE names it",
        ) from None


def add_key(path: Path, name: str, roles: Collection[str]) -> str:
    """Write a new key into the file, which is made if it is not there; its token, shown once.

    Raises SettingsError: the name is taken or malformed, or the file is.
    """
    check_key_name(name)
    token = make_token()
    with alone(path):
        text = _read_text(path) if path.exists() else _HEADING
        if name in parse_keys(text, str(path)):
            raise SettingsError(
                f"{path} has a key {name} already",
                hint=f"choose another name, or `dateline keys revoke {name}`",
            )
        line = f"{name}\t{','.join(sorted(set(roles)))}\t{digest_token(token)}\t{_today()}\n"
        write_secret(path, text + ("" if text.endswith("\n") or not text else "\n") + line)
    return token


def revoke_key(path: Path, name: str) -> None:
    """Take a key's line out of the file; all others stay as they are. Raises SettingsError."""
    with alone(path):
        if name not in read_keys(path):
            raise SettingsError(f"{path} has no key of that name", hint="see `dateline keys list`")
        lines = path.read_text("utf-8").splitlines(keepends=True)
        write_secret(path, "".join(line for line in lines if line.split()[:1] != [name]))


class KeyRing:
    """The keys in force: those of the file as it is now, looked at once a second at most.

    A file that breaks while the service runs changes nothing, and one line in the log says so.
    """

    def __init__(self, path: Path) -> None:
        """Raises SettingsError: the file is broken, or holds no key."""
        self._path = path
        self._seen = _fingerprint(path)
        self._keys: Mapping[str, ApiKey] = read_keys(path)
        self._looked = monotonic()
        self._lock = Lock()
        if not self._keys:
            raise SettingsError(f"{path} holds no API key", hint="`dateline keys add` makes one")

    def find(self, token: str) -> ApiKey | None:
        """The key of a token; None for one that is not, or no longer, in force."""
        self._look()
        return find_key(token, self._keys.values())

    def _look(self) -> None:
        with self._lock:
            if monotonic() - self._looked < LOOKED:
                return
            self._looked = monotonic()
            now = _fingerprint(self._path)
            if now == self._seen:
                return
            self._seen = now
            try:
                self._keys = read_keys(self._path)
            except SettingsError as error:
                log.error("%s; the API keys read before stay in force", error)  # noqa: TRY400  # one line
            else:
                log.info("API keys were read anew: %s", ", ".join(self._keys) or "none")


def _parse_line(line: str, place: str) -> ApiKey | None:
    columns = line.partition("#")[0].split()
    if not columns:
        return None
    if len(columns) != _COLUMNS:
        raise SettingsError(f"{place}: there are {len(columns)} columns, not 4", hint=_SHAPE)
    name, roles, digest, created = columns
    known = frozenset(roles.split(","))
    if not KEY_NAME.fullmatch(name):
        raise SettingsError(f"{place}: column 1 is no name", hint=_SHAPE)
    if not known <= set(ROLES):
        raise SettingsError(f"{place}: column 2 holds other roles than read and ingest")
    if not _HASH.fullmatch(digest):
        raise SettingsError(f"{place}: column 3 is no hash", hint=_SHAPE)
    return ApiKey(name, cast("frozenset[Role]", known), digest, _parse_day(created, place))


def _parse_day(text: str, place: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"{place}: column 4 is no day", hint=_SHAPE) from None


def _fingerprint(path: Path) -> tuple[int, ...]:
    """Changes whenever the file does."""
    try:
        found = os.stat(path)  # noqa: PTH116  # a plain call on the way of every request
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _today() -> date:
    return datetime.now(UTC).date()
