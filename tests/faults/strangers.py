"""Servers that are not what they should be, for a test to point Dateline at."""

from __future__ import annotations

import socket
import socketserver
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Semaphore, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import servers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OTHER_PRODUCT = (
    "application/json",
    b'{"name": "n", "version": {"distribution": "opensearch", "number": "3.1.0"}}',
)
"""A relative of Elasticsearch: the same protocol, without the product's header."""
WEB_PAGE = ("text/html", b"<!doctype html><title>It works</title>")
BANNER = b"220 mail.example ESMTP\r\n"


@contextmanager
def serving(kind: str, body: bytes) -> Iterator[str]:
    """A server that answers every request so; its URL."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815 - the names are the base class's

        def log_message(self, *_: object) -> None: ...

    with _running(ThreadingHTTPServer(("127.0.0.1", servers.free_port()), Answer)) as url:
        yield url


@contextmanager
def greeting(banner: bytes) -> Iterator[str]:
    """A server that speaks first, and no HTTP; a URL that leads there."""

    class Greet(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.sendall(banner)

    place = ("127.0.0.1", servers.free_port())
    with _running(socketserver.ThreadingTCPServer(place, Greet)) as url:
        yield url


@contextmanager
def holding(url: str) -> Iterator[tuple[str, Event, Semaphore]]:
    """A way to a server that can be held up.

    Gives its URL, the event that lets requests through, and a semaphore that counts those held.
    """
    there = urlsplit(url)
    passing, held = Event(), Semaphore(0)
    passing.set()

    class Hold(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection((there.hostname or "", there.port or 80)) as far:
                back = Thread(target=_pass_on, args=(far, self.request, lambda: None))
                back.start()
                _pass_on(self.request, far, self._wait)
                back.join()

        def _wait(self) -> None:
            if not passing.is_set():
                held.release()
                passing.wait()

    place = ("127.0.0.1", servers.free_port())
    with _running(socketserver.ThreadingTCPServer(place, Hold)) as near:
        try:
            yield near, passing, held
        finally:
            passing.set()


def _pass_on(near: socket.socket, far: socket.socket, wait: Callable[[], None]) -> None:
    """Pass bytes on until one side is done; `wait` is called before each piece."""
    with suppress(OSError):
        while piece := near.recv(65_536):
            wait()
            far.sendall(piece)
    with suppress(OSError):
        far.shutdown(socket.SHUT_WR)


@contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[str]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
