"""Real Elasticsearch servers for a test run: one of our own, or one that is already there."""

from __future__ import annotations

import base64
import json
import os
import random
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOL = Path(__file__).resolve().parent.parent / "tools" / "elasticsearch"
FOLDER = "dateline-tests-"
MISSING = "no Elasticsearch"

# a proxy named in the environment must never see what goes to the loopback
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def run_tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run tools/elasticsearch to its end."""
    command = [sys.executable, str(TOOL), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as tool:
        try:
            stdout, stderr = tool.communicate()
        except KeyboardInterrupt:
            tool.terminate()  # it takes a half-started server down with it
            tool.wait()
            raise
    return subprocess.CompletedProcess(command, tool.returncode, stdout, stderr)


def ask(url: str, method: str = "GET", body: Any = None, ca: Path | None = None) -> Any:
    """The JSON that the server answers; `url` may carry `user:password@`; `ca`: whom to trust."""
    parts = urlsplit(url)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        bare, content, {"Content-Type": "application/json"}, method=method
    )
    if parts.username:
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        token = base64.b64encode(credentials.encode()).decode()
        request.add_header("Authorization", f"Basic {token}")
    with (_trusting(ca) if ca else _opener).open(request, timeout=30) as answer:
        return json.load(answer)


def _trusting(ca: Path) -> urllib.request.OpenerDirector:
    context = ssl.create_default_context(cafile=str(ca))
    return urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
    )


def missing(reason: str) -> None:
    """Skip the test that asked, or fail it where skipping is forbidden."""
    if os.environ.get("DATELINE_TEST_REQUIRE_ELASTICSEARCH") == "1":
        pytest.fail(f"{MISSING}, and this run requires it: {reason}", pytrace=False)
    pytest.skip(f"{MISSING}: {reason}")


@contextmanager
def given(url: str) -> Iterator[str]:
    """A server that is already there; named and not answering is a mistake, never a skip."""
    try:
        ask(url)
    except OSError as error:
        name = urlsplit(url).hostname
        pytest.fail(f"DATELINE_TEST_ELASTICSEARCH_URL: {name} does not answer: {error}")
    yield url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Own:
    """A server of this run's own: where it answers (several nodes: with commas), its folder."""

    url: str
    data: Path
    flags: tuple[str, ...] = ()

    def pids(self) -> list[int | None]:
        """The process of each node, None where it does not run."""
        told = run_tool("status", "--data", str(self.data)).stdout.splitlines()
        nodes = [line for line in told if line.startswith(("http", "none runs"))]
        found = [line.partition("  pid ")[2].split() for line in nodes]
        return [int(words[0]) if words else None for words in found]

    def kill(self, node: int = 0) -> None:
        """End one node outright."""
        pid = self.pids()[node]
        assert pid, "it does not run"
        os.kill(pid, signal.SIGKILL)
        _wait_until_free(urlsplit(self.url.split(",")[node]).port or 0)

    def start(self) -> None:
        """Start what does not run, at the address it had."""
        port = str(urlsplit(self.url.partition(",")[0]).port)
        started = run_tool("start", *self.flags, "--port", port, "--data", str(self.data))
        assert started.returncode == 0, started.stderr


@dataclass(frozen=True, slots=True)
class Secured(Own):
    """A server that speaks https and asks for a password; `url` carries none."""

    user: str = "dateline"

    @property
    def folder(self) -> Path:
        """Where its authority's certificate and key lie."""
        return self.data / "security"

    @property
    def ca(self) -> Path:
        """Whom to trust."""
        return self.folder / "ca.crt"

    @property
    def password(self) -> str:
        """The superuser's."""
        return (self.folder / "password").read_text("ascii")

    @property
    def superuser_url(self) -> str:
        """The address with user and password in it."""
        return self.url.replace("https://", f"https://{self.user}:{self.password}@")

    def ask(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """What it answers the superuser."""
        return ask(f"{self.superuser_url}{path}", method, body, self.ca)


@contextmanager
def own(version: str) -> Iterator[str]:
    """A server of this run's own on a free port, ended and wiped with the run."""
    with owned("--version", version, port=0) as server:
        yield server.url


@contextmanager
def secured() -> Iterator[Secured]:
    """A server of this run's own with https and a password."""
    with owned("--security", port=free_port()) as server:
        yield Secured(server.url, server.data, server.flags)


@contextmanager
def owned(*flags: str, port: int) -> Iterator[Own]:
    """A server started with these flags, ended and wiped at the end of the block."""
    _sweep()
    data = tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-")
    Path(data).chmod(0o755)  # root's server runs as another user
    with _ended_in_order():
        try:
            started = run_tool("start", *flags, "--port", str(port), "--data", data)
            if started.returncode:
                missing((started.stderr.strip().splitlines() or ["no reason given"])[-1])
            yield Own(started.stdout.strip(), Path(data), flags)
        finally:
            run_tool("stop", "--data", data)
            shutil.rmtree(data, ignore_errors=True)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """A polite kill ends the run like Ctrl-C, so that the server goes down with it."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _sweep() -> None:
    """End the servers of test runs that were killed outright."""
    for data in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        owner = data.name.removeprefix(FOLDER).partition("-")[0]
        if owner.isdecimal() and not _alive(int(owner)):
            run_tool("stop", "--data", str(data))
            shutil.rmtree(data, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _wait_until_free(port: int) -> None:
    """Return when the system has taken a killed server's port from it."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return
        time.sleep(0.05)
    raise AssertionError(f"port {port} is still taken")


def free_port() -> int:
    """A free port that the system gives to nobody by itself.

    A client that keeps knocking at a dead server in the system's own range may be given that very
    port, and then talks to itself on it.
    """
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port among a hundred")


def delete_indices(url: str, prefix: str) -> None:
    """Delete every index whose name begins with `prefix`, each by its own name."""
    listed = ask(f"{url}/_cat/indices/{prefix}*?format=json&h=index&expand_wildcards=all")
    for name in [row["index"] for row in listed]:
        ask(f"{url}/{name}?ignore_unavailable=true", method="DELETE")
