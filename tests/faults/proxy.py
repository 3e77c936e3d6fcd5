"""A proxy between us and a real server that can do to a request whatever a network does.

One fault is in force at a time and may be changed while requests come: `proxy.fault = latency(.5)`.
A fault is a function of one exchange; `healthy` passes it on.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import servers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    Fault = Callable[["Exchange"], None]

_PASSED_ON = ("content-type", "accept", "authorization", "x-opaque-id")
_SLICE = 0.02
"""Seconds between two looks whether the caller has hung up."""
_RESET = struct.pack("ii", 1, 0)
_UPSTREAM_PATIENCE = 120.0


class HungUpError(Exception):
    """The caller did not wait for the answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the caller."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> Any:
        return json.loads(self.body)

    def with_json(self, value: Any) -> Answer:
        return Answer(self.status, json.dumps(value).encode(), self.headers)


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that came through the door."""

    at: float
    kind: str
    body: bytes


class Exchange(BaseHTTPRequestHandler):
    """One connection of a caller; `body` and `kind` are those of the request at hand."""

    protocol_version = "HTTP/1.1"
    server: Proxy  # type: ignore[assignment]  # it is not asked for what a server does
    body: bytes = b""
    kind: str = ""

    def setup(self) -> None:
        super().setup()
        self._upstream = HTTPConnection(self.server.upstream, timeout=_UPSTREAM_PATIENCE)

    def finish(self) -> None:
        self._upstream.close()
        with suppress(OSError):
            super().finish()

    def handle(self) -> None:
        with suppress(OSError, HTTPException, HungUpError, ValueError):
            super().handle()

    def exchange(self) -> None:
        """Take the request in and do with it what the fault in force says."""
        self.body = self.rfile.read(int(self.headers.get("content-length", 0)))
        parts = [part for part in self.path.partition("?")[0].split("/") if part.startswith("_")]
        self.kind = parts[-1] if parts else self.command
        self.server.note(Seen(time.monotonic(), self.kind, self.body))
        self.server.fault(self)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = exchange  # noqa: N815 - names of http.server

    def forward(self, body: bytes | None = None) -> Answer:
        """What the real server answers."""
        headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
        self._upstream.request(
            self.command, self.path, self.body if body is None else body, headers
        )
        given = self._upstream.getresponse()
        kept = {
            name: value
            for name, value in given.getheaders()
            if name.lower() in {"content-type", "x-elastic-product"}
        }
        return Answer(given.status, given.read(), kept)

    def answer(self, answer: Answer) -> None:
        """Give the caller this answer, whole."""
        self.wfile.write(self.head_of(answer) + answer.body)

    def head_of(self, answer: Answer) -> bytes:
        lines = [f"HTTP/1.1 {answer.status} told"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        lines.append(f"content-length: {len(answer.body)}")
        return "\r\n".join([*lines, "", ""]).encode()

    def pause(self, seconds: float) -> None:
        """Wait; a caller that hangs up meanwhile is noted, and the exchange is over."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self.connection], [], [], min(left, _SLICE))
            if ready and not self.connection.recv(1, socket.MSG_PEEK):
                self.server.abandoned += 1
                raise HungUpError

    def reset(self) -> None:
        """Cut the connection as a crashed machine does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.rfile.close()  # both hold the socket open
        self.wfile.close()
        self.connection.close()
        raise HungUpError

    def log_message(self, *given: object) -> None: ...


class Proxy:
    """Listens on a port of its own in front of the server at `url`; a context manager."""

    def __init__(self, url: str) -> None:
        self.upstream = urlsplit(url).netloc.rpartition("@")[2]
        self.port = servers.free_port()
        self.fault: Fault = healthy
        self.seen: list[Seen] = []
        self.abandoned = 0
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def secret_url(self) -> str:
        """The same with a password that nobody may ever print."""
        return f"http://somebody:{SECRET}@127.0.0.1:{self.port}"

    def note(self, seen: Seen) -> None:
        self.seen.append(seen)

    def count(self, since: float = 0.0, kind: str | None = None) -> int:
        """Requests after a moment of the monotonic clock."""
        return sum(each.at >= since and kind in {None, each.kind} for each in tuple(self.seen))

    def busiest_minute(self, since: float = 0.0) -> int:
        """The most requests within any 60 seconds after a moment."""
        times = [each.at for each in tuple(self.seen) if each.at >= since]
        return max((sum(at <= each < at + 60 for each in times) for at in times), default=0)

    def listen(self) -> None:
        """Open the door, again after `refuse`."""
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=256)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def refuse(self) -> None:
        """Nobody listens any more, and those who are connected are cut off."""
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes who waits in accept
            self._listener.close()
            self._listener = None
        for each in tuple(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self.listen()
        return self

    def __exit__(self, *error: object) -> None:
        self.refuse()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):  # the door was closed
            while True:
                connection, address = listener.accept()
                given = (connection, address)
                threading.Thread(target=self._converse, args=given, daemon=True).start()

    def _converse(self, connection: socket.socket, address: object) -> None:
        self._open.add(connection)
        with connection, suppress(OSError):
            Exchange(connection, address, self)  # type: ignore[arg-type]  # see its `server`
        self._open.discard(connection)


SECRET = "k0tka-53cr3t"


def healthy(exchange: Exchange) -> None:
    exchange.answer(exchange.forward())


def black_hole(exchange: Exchange) -> None:
    """Taken in, never answered."""
    exchange.pause(3600)


def lose_reply(exchange: Exchange) -> None:
    """Done by the server, and the answer is lost on its way."""
    exchange.forward()
    exchange.reset()


def reset_amid(exchange: Exchange) -> None:
    """Half of an answer, then a cut."""
    answer = exchange.forward()
    exchange.wfile.write(exchange.head_of(answer) + answer.body[: len(answer.body) // 2])
    exchange.wfile.flush()
    exchange.reset()


def latency(seconds: float) -> Fault:
    def late(exchange: Exchange) -> None:
        exchange.pause(seconds)
        healthy(exchange)

    return late


def trickle(bytes_per_second: int) -> Fault:
    def drop_by_drop(exchange: Exchange) -> None:
        answer = exchange.forward()
        whole = exchange.head_of(answer) + answer.body
        step = max(bytes_per_second // 20, 1)
        for start in range(0, len(whole), step):
            exchange.wfile.write(whole[start : start + step])
            exchange.pause(0.05)

    return drop_by_drop


def refusing(status: int, kind: str, retry_after: int | None = None) -> Fault:
    """Every request gets this status."""
    headers = {"content-type": "application/json", "x-elastic-product": "Elasticsearch"}
    if retry_after is not None:
        headers["retry-after"] = str(retry_after)
    cause = {"type": kind, "reason": "told by the proxy"}
    body = json.dumps({"error": {**cause, "root_cause": [cause]}, "status": status}).encode()
    return lambda exchange: exchange.answer(Answer(status, body, headers))


def sometimes(fault: Fault, every: int, kind: str | None = None) -> Fault:
    """The fault at every so-manieth request (of a kind), the others pass."""
    met = iter(range(10**9))

    def choose(exchange: Exchange) -> None:
        meant = kind in {None, exchange.kind} and next(met) % every == 0
        (fault if meant else healthy)(exchange)

    return choose


def after(requests: int, fault: Fault, kind: str = "_bulk") -> Fault:
    """So many requests of a kind pass; from the next one on all requests meet the fault."""
    met = iter(range(10**9))
    begun = threading.Event()

    def choose(exchange: Exchange) -> None:
        if exchange.kind == kind and next(met) >= requests:
            begun.set()
        (fault if begun.is_set() else healthy)(exchange)

    return choose
