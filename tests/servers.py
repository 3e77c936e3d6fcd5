"""Real Elasticsearch servers for a test run: one of our own, or one that is already there."""

from __future__ import annotations

import base64
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager
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


def ask(url: str, method: str = "GET", body: object = None) -> Any:
    """The JSON that the server answers; `url` may carry `user:password@`, `body` goes as JSON."""
    parts = urlsplit(url)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    given = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(bare, method=method, data=given)
    request.add_header("Content-Type", "application/json")
    if parts.username:
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        token = base64.b64encode(credentials.encode()).decode()
        request.add_header("Authorization", f"Basic {token}")
    with _opener.open(request, timeout=30) as answer:
        return json.load(answer)


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


@contextmanager
def own(version: str) -> Iterator[str]:
    """A server of this run's own on a free port, ended and wiped with the run."""
    _sweep()
    data = tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-")
    Path(data).chmod(0o755)  # root's server runs as another user
    with _ended_in_order():
        try:
            arguments = ["--version", version, "--port", "0", "--data", data]
            started = run_tool("start", *arguments)
            if started.returncode:
                missing((started.stderr.strip().splitlines() or ["no reason given"])[-1])
            yield started.stdout.strip()
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
