"""`dateline keys` as it is typed, and the service that asks for what it made."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import servers
from typer.testing import CliRunner

from dateline import cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*arguments: str, code: int = 0) -> Any:
    answer = CliRunner().invoke(cli.app, ["keys", *arguments])
    assert answer.exit_code == code, answer.output
    return answer


def test_a_token_stands_alone_on_standard_output_once(tmp_path: Path) -> None:
    made = call("add", "desk", "--role", "read", "--role", "ingest", "--file", "keys.txt")
    token = made.stdout.strip()

    assert token.startswith("dateline_")
    assert token not in made.stderr
    assert "DATELINE_API_KEYS_FILE=keys.txt dateline serve" in made.stderr
    assert token not in (tmp_path / "keys.txt").read_text()
    assert ((tmp_path / "keys.txt").stat().st_mode & 0o777) == 0o600
    for arguments in (("list",), ("list", "--json"), ("revoke", "desk")):
        assert token not in call(*arguments, "--file", "keys.txt").output


def test_a_program_is_answered_in_json() -> None:
    made = json.loads(call("add", "desk", "--role", "read", "--file", "k", "--json").stdout)
    assert made["name"] == "desk"
    assert made["roles"] == ["read"]
    (listed,) = json.loads(call("list", "--file", "k", "--json").stdout)
    assert listed.keys() == {"name", "roles", "created"}
    assert json.loads(call("revoke", "desk", "--file", "k", "--json").stdout)["revoked"] == 1
    assert json.loads(call("list", "--file", "k", "--json").stdout) == []


def test_the_file_may_come_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_API_KEYS_FILE", "from-environment.txt")
    call("add", "desk", "--role", "read")
    assert "desk  read  since" in call("list").stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("list",), "give --file"),
        (("list", "--file", "nowhere.txt"), "cannot be read"),
        (("revoke", "desk", "--file", "nowhere.txt"), "cannot be read"),
        (("add", "desk", "--role", "read", "--file", "no/where/keys"), "cannot be written"),
        (("add", "a b", "--role", "read", "--file", "keys"), "malformed"),
        (("add", "desk", "--role", "rule", "--file", "keys"), "rule"),
        (("add", "desk", "--file", "keys"), "role"),
        (("elasticsearch", "list"), "DATELINE_ELASTICSEARCH_URL"),
        (("elasticsearch", "add", "api", "--role", "king"), "king"),
    ],
)
def test_a_mistake_is_told_and_is_code_2(arguments: tuple[str, ...], complaint: str) -> None:
    assert complaint in call(*arguments, code=2).stderr


def test_two_keys_added_at_the_same_time_are_both_there() -> None:
    command = [sys.executable, "-m", "dateline.cli", "keys", "add", "--role", "read"]
    started = [
        subprocess.Popen([*command, "--file", "keys.txt", f"desk{number}"], stdout=subprocess.PIPE)
        for number in range(4)
    ]
    for each in started:
        each.communicate()
        assert each.returncode == 0
    assert len(json.loads(call("list", "--file", "keys.txt", "--json").stdout)) == 4


def start(port: int, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """The service at an engine that nobody runs."""
    engine = f"http://127.0.0.1:{servers.free_port()}"
    environment = os.environ | {"DATELINE_ELASTICSEARCH_URL": engine} | more
    return subprocess.Popen(
        [sys.executable, "-m", "dateline.cli", "serve", "--port", str(port), *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_beyond_the_loopback_the_command_ends_with_one_line_and_code_2(host: str) -> None:
    with start(servers.free_port(), "--host", host) as service:
        said, _ = service.communicate(timeout=60)
    assert service.returncode == 2
    (line,) = said.splitlines()
    assert "dateline keys add" in line
    assert "--without-keys" in line


def test_a_port_that_is_taken_is_told_in_one_line_and_code_2() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        start(taken.getsockname()[1], "--host", "127.0.0.1") as service,
    ):
        said, _ = service.communicate(timeout=60)
    assert service.returncode == 2
    assert said.splitlines()[-1].startswith("dateline: the service cannot listen at 127.0.0.1")
    assert "--port" in said.splitlines()[-1]


def ask(port: int, token: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        "GET", "/v1/people?q=verysecret", headers={"Authorization": f"Bearer {token}"}
    )
    status = connection.getresponse().status
    connection.close()
    return status


@contextmanager
def answering(port: int, service: subprocess.Popen[str]) -> Iterator[None]:
    with service:
        try:
            for _ in range(600):
                if service.poll() is not None:
                    pytest.fail(f"it did not start: {service.communicate()[0]}")
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield
        finally:
            service.terminate()


def test_a_running_service_takes_new_keys_drops_revoked_ones_and_logs_names_alone() -> None:
    port = servers.free_port()
    first = call("add", "desk", "--role", "read", "--file", "keys.txt").stdout.strip()
    service = start(port, "--host", "0.0.0.0", DATELINE_API_KEYS_FILE="keys.txt")
    with answering(port, service):
        assert ask(port, first) == 503, "let in; the engine is away"
        assert ask(port, "dateline_nonsense") == 401
        second = call("add", "city", "--role", "ingest", "--file", "keys.txt").stdout.strip()
        call("revoke", "desk", "--file", "keys.txt")
        time.sleep(1.1)  # it looks once a second
        assert ask(port, first) == 401
        assert ask(port, second) == 403
        service.terminate()
        log, _ = service.communicate(timeout=60)
    assert '(desk) - "GET /v1/people HTTP/1.1" 503' in log
    assert '(city) - "GET /v1/people HTTP/1.1" 403' in log
    assert not any(each in log for each in (first, second, "dateline_nonsense", "verysecret"))


def test_told_to_it_serves_everybody() -> None:
    port = servers.free_port()
    with answering(port, start(port, "--host", "0.0.0.0", "--without-keys")):
        assert ask(port, "") == 503
