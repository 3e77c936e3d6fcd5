"""Who may come in: the doors that a request passes before any route sees it. Plain ASGI."""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Self

from fastapi import APIRouter
from starlette.datastructures import Headers
from starlette.routing import Route, compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import build_problem, respond
from api.hosts import HostNames, is_loopback
from api.keys import ApiKey, KeyRing, Role
from api.settings import ApiSettings
from dateline.errors import SettingsError

asker: ContextVar[str] = ContextVar("asker", default="")
"""The name of the key of this request, for the log."""
WAYS_IN = (
    "make a key with `dateline keys add NAME --role read` and name its file in "
    "DATELINE_API_KEYS_FILE, or let everybody in with --without-keys (DATELINE_WITHOUT_KEYS=1)"
)
_CHALLENGE = 'Bearer realm="dateline"'
_LONGEST = 200
"""Characters of a token; ours have 52."""
_FIRST: Role = "read"
_OPENED = ("/", "/docs", "/docs/assets/{path:path}", "/openapi.json")


@dataclass(frozen=True, slots=True)
class Rooms:
    """Which role each address asks for; None: open to all. An address of no room asks for read."""

    plain: Mapping[str, Role | None]
    patterns: Sequence[tuple[re.Pattern[str], Role | None]]

    @classmethod
    def of(cls, routers: Mapping[Role | None, Iterable[APIRouter]]) -> Self:
        """The rooms behind these routers; the docs page is open."""
        roles: dict[str, Role | None] = dict.fromkeys(_OPENED)
        for role, rooms in routers.items():
            for router in rooms:
                roles |= {each.path: role for each in router.routes if isinstance(each, Route)}
        return cls(
            {path: role for path, role in roles.items() if "{" not in path},
            [(compile_path(path)[0], role) for path, role in roles.items() if "{" in path],
        )

    def role_of(self, path: str) -> Role | None:
        """The role that this address asks for."""
        if path in self.plain:
            return self.plain[path]
        return next((role for shape, role in self.patterns if shape.fullmatch(path)), _FIRST)


def open_ring(settings: ApiSettings) -> KeyRing | None:
    """The keys that are asked for; None where everybody may come in. Raises SettingsError."""
    return KeyRing(settings.api_keys_file) if settings.api_keys_file else None


def check_open(settings: ApiSettings, host: str) -> None:
    """Raises SettingsError where others than this machine's users could come in unasked."""
    if settings.api_keys_file is None and not settings.without_keys and not is_loopback(host):
        raise SettingsError(f"at {host} others can reach this service unasked", hint=WAYS_IN)


class HostDoor:
    """Refuses a request under a name that nobody allowed."""

    def __init__(self, app: ASGIApp, names: HostNames) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with 421."""
        if scope["type"] == "http" and not self.names.hold(Headers(scope=scope).get("host", "")):
            problem = build_problem(
                421,
                "host_not_allowed",
                "this service is not asked under this host name; whoever runs it can allow the "
                "name in DATELINE_ALLOWED_HOSTS",
            )
            await respond(problem)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class LocalDoor:
    """Without keys: refuses what comes from elsewhere, however the service was started.

    `dateline serve` does not even start then; uvicorn's own command does not ask us.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with 403."""
        reached = scope.get("server") or ("localhost", None)
        if scope["type"] == "http" and reached[1] is not None and not is_loopback(reached[0]):
            problem = build_problem(403, "no_keys", f"this service has no API keys yet; {WAYS_IN}")
            await respond(problem)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class KeyDoor:
    """Asks for a key whose roles reach, before a route sees the request or its body is read."""

    def __init__(self, app: ASGIApp, ring: KeyRing, rooms: Rooms) -> None:
        self.app = app
        self.ring = ring
        self.rooms = rooms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with 401 or 403."""
        role = self.rooms.role_of(scope["path"]) if scope["type"] == "http" else None
        if role is None:
            await self.app(scope, receive, send)
            return
        token = _read_token(Headers(scope=scope))
        key = self.ring.find(token) if token else None
        if key is None:
            await _ask_for_key(bool(token))(scope, receive, send)
            return
        asker.set(key.name)
        if role not in key.roles:
            await _refuse_role(key, role)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class KeyNamer(logging.Filter):
    """Adds the name of the key, never its token, to uvicorn's access records."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, the first column with the name behind it."""
        name = asker.get()
        if name and isinstance(record.args, tuple) and record.args:
            record.args = (f"{record.args[0]} ({name})", *record.args[1:])
        return True


def name_askers() -> None:
    """Name the keys in uvicorn's access log."""
    access = logging.getLogger("uvicorn.access")
    if not any(isinstance(each, KeyNamer) for each in access.filters):
        access.addFilter(KeyNamer())


def _read_token(headers: Headers) -> str:
    """The token of the one Authorization header; empty where there is none that we understand."""
    given = headers.getlist("authorization")
    kind, _, token = given[0].strip().partition(" ") if len(given) == 1 else ("", "", "")
    token = token.strip()
    return token if kind.casefold() == "bearer" and len(token) <= _LONGEST else ""


def _ask_for_key(given: bool) -> ASGIApp:
    said = "this key is not, or no longer, in force" if given else "this needs a key"
    problem = build_problem(
        401,
        "key_needed",
        f"{said}; send the header `Authorization: Bearer TOKEN` with a token from whoever runs "
        "this service (`dateline keys add` makes one)",
    )
    challenge = f'{_CHALLENGE}, error="invalid_token"' if given else _CHALLENGE
    return respond(problem, {"WWW-Authenticate": challenge})


def _refuse_role(key: ApiKey, role: Role) -> ASGIApp:
    problem = build_problem(
        403,
        "key_role",
        f"the key {key.name} may {' and '.join(sorted(key.roles))}, this needs the role {role}; "
        f"ask whoever runs this service for a key with it (`dateline keys add NAME --role {role}`)",
    )
    challenge = f'{_CHALLENGE}, error="insufficient_scope", scope="{role}"'
    return respond(problem, {"WWW-Authenticate": challenge})
