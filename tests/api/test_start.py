"""The service as a process of its own: what it loads, when it answers, what its log holds."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAVY = (
    *("spacy", "sumy", "nltk", "nupunkt", "ftfy", "numpy", "py3langid", "indexer"),
    *("trafilatura", "lxml"),
)
SERVE = """
from api.serving import serve
from api.settings import ApiSettings
serve(ApiSettings())
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(root: Path, log: Path, *command: str) -> Iterator[tuple[int, int]]:
    """The service with an engine that nobody runs; its port and process."""
    port = free_port()
    environment = os.environ | {
        "DATELINE_ELASTICSEARCH_URL": f"http://127.0.0.1:{free_port()}",
        "DATELINE_PORT": str(port),
    }
    arguments = [part.replace("PORT", str(port)) for part in command]
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, *arguments], cwd=root, env=environment, stdout=output, stderr=output
        ) as service,
    ):
        try:
            wait_until_it_answers(port, service, log)
            yield port, service.pid
        finally:
            service.terminate()
            service.wait(timeout=20)


def wait_until_it_answers(port: int, service: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if service.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the service did not start:\n{log.read_text()}")


def ask(port: int, path: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service") / "log"


@pytest.fixture(scope="module")
def port(root: Path, log: Path) -> Iterator[int]:
    with started(root, log, "-c", SERVE) as (port, _):
        yield port


def test_importing_the_app_loads_no_language_library(root: Path) -> None:
    script = f"import sys, api.main; print([m for m in {HEAVY!r} if m in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "[]"


def test_without_an_engine_the_service_starts_lives_and_says_what_is_missing(port: int) -> None:
    assert ask(port, "/health")[0] == 200
    for path in ("/ready", "/v1/search", "/v1/status"):
        status, headers, body = ask(port, path)
        assert status == 503
        assert headers["content-type"] == "application/problem+json"
        assert json.loads(body)["code"] == "engine_unavailable"


def test_the_server_does_not_name_itself(port: int) -> None:
    assert "server" not in ask(port, "/health")[1]


def test_a_query_of_60_kb_is_a_422_and_a_longer_line_the_servers_own_400(port: int) -> None:
    assert ask(port, "/v1/search?q=" + "x" * 60_000)[0] == 422
    assert ask(port, "/v1/search?q=" + "x" * 70_000)[0] == 400
    assert ask(port, "/health")[0] == 200


def test_ten_thousand_brackets_are_a_422_and_the_process_lives(port: int) -> None:
    assert ask(port, "/v1/search?q=" + "(" * 10_000)[0] == 422
    assert ask(port, "/health")[0] == 200


def test_bytes_that_are_no_utf8_are_no_fault_of_ours(port: int) -> None:
    for path in ("/v1/search?q=%ff", "/v1/articles/%ff%00", "/v1/people?q=%00", "/%ff"):
        assert ask(port, path)[0] in {404, 422, 503}


def test_the_access_log_holds_no_search_term(port: int, log: Path) -> None:
    ask(port, "/v1/search?q=verysecret&plce=x")

    assert "verysecret" not in log.read_text()
    assert "GET /v1/search HTTP/1.1" in log.read_text()


def test_uvicorns_own_command_serves_the_same_without_search_terms_in_its_log(
    root: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with started(root, log, "-m", "uvicorn", "api.main:app", "--port", "PORT") as (port, _):
        assert ask(port, "/v1/search?q=verysecret")[0] == 503

    assert "verysecret" not in log.read_text()
    assert "GET /v1/search HTTP/1.1" in log.read_text()
