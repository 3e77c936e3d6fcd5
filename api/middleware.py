"""What every answer carries, whatever the route: plain ASGI, which costs nothing measurable."""

import asyncio
import re
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from dateline.search.base import Reader

SAFETY_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class AnswerHeaders:
    """Adds the engine's name, the request's id (the caller's, if it is a decent one) and safety.

    A route that sets one of these headers itself keeps its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to the head of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ours = {
            "X-Dateline-Engine": _find_engine(scope),
            "X-Request-ID": _find_request_id(scope),
            **SAFETY_HEADERS,
        }

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ours.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class HeadAnswers:
    """Answers HEAD as GET without the body (RFC 9110, 9.3.2): monitors and link checkers ask so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; what a HEAD would bring is left out."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_without_body)


class HangUps:
    """Ends the work for a caller who no longer waits: its place at the engine is free again.

    Who is answered within the moment pays for nothing but a timer.
    """

    moment = 0.1
    """Seconds before anybody looks whether the caller is still there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and watch a caller who waits long."""
        if scope["type"] != "http" or scope["method"] != "GET":  # what has a body is read by routes
            await self.app(scope, receive, send)
            return
        watch = _Watch(asyncio.current_task(), receive)
        timer = asyncio.get_running_loop().call_later(self.moment, watch.begin)
        try:
            await self.app(scope, receive, send)
        except asyncio.CancelledError:
            if not watch.gone:
                raise
        finally:
            timer.cancel()
            watch.end()


class _Watch:
    """Cancels the work when the caller hangs up."""

    def __init__(self, work: asyncio.Task[None] | None, receive: Receive) -> None:
        self.gone = False
        self._work = work
        self._receive = receive
        self._watching: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._watching = asyncio.create_task(self._look())

    def end(self) -> None:
        if self._watching is not None:
            self._watching.cancel()

    async def _look(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if self._work is not None:
            self.gone = self._work.cancel()


class BodyLimit:
    """Refuses a body of more than `most` bytes while it is read: 413 in our own shape.

    FastAPI's `max_body_size` answers in plain text, past every handler of ours.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what comes."""
        size = 0

        async def receive_counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self.most:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self.app(scope, receive_counted, send)


def _find_engine(scope: Scope) -> str:
    reader: Reader | None = getattr(scope["app"].state, "reader", None)
    return reader.engine if reader is not None else "none"


def _find_request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
