"""Under which names the service may be asked, and that it does not stand open by mistake."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.errors import PROBLEM_TYPE
from api.hosts import HostNames, is_loopback
from api.serving import open_listener, serve, serve_on
from api.settings import ApiSettings, load_api_settings
from dateline.errors import SettingsError
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fake_reader import FakeReader

HERE = [
    "127.0.0.1",
    "127.0.0.1:8000",
    "localhost",
    "LOCALHOST:8000",
    "[::1]",
    "[::1]:80",
    "127.9.9.9",
]
REBOUND = ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example"]
BROKEN = ["", ":8000", "a b", "[::1", "localhost:80:80", "127.0.0.1@evil.example", "localhost:x"]


def status(app: Any, host: str) -> int:
    with TestClient(app) as client:
        return client.get("/v1/search", headers={"Host": host}).status_code


@pytest.mark.parametrize("host", HERE)
def test_the_loopback_answers_to_its_own_names(host: str, reader: FakeReader) -> None:
    assert status(create_app(ApiSettings(), reader), host) == 200


@pytest.mark.parametrize("host", [*REBOUND, *BROKEN, "10.0.0.5", "[2001:db8::1]"])
def test_a_name_that_a_stranger_pointed_here_gets_no_answer(host: str, reader: FakeReader) -> None:
    with TestClient(create_app(ApiSettings(), reader)) as client:
        for path in ("/v1/search", "/health", "/docs"):
            answer = client.get(path, headers={"Host": host})
            assert answer.status_code == answer.json()["status"] == 421
            assert answer.json()["code"] == "host_not_allowed"
            assert "DATELINE_ALLOWED_HOSTS" in answer.json()["detail"]
            assert answer.headers["content-type"] == PROBLEM_TYPE


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("archive.desk.example", 200),
        ("Archive.Desk.Example.:443", 200),
        ("a.lab.example", 200),
        ("a.b.lab.example", 200),
        ("127.0.0.1:8000", 200),  # whoever looks after the service from inside
        ("lab.example", 421),
        ("evillab.example", 421),
        ("desk.example", 421),
        ("archive.desk.example.evil.example", 421),
        ("10.0.0.5", 421),
    ],
)
def test_allowed_names_are_these_and_those_below_a_star(
    host: str, code: int, reader: FakeReader
) -> None:
    settings = ApiSettings.model_validate({"allowed_hosts": "archive.desk.example, *.lab.example"})

    assert status(create_app(settings, reader), host) == code


def test_beyond_the_loopback_every_address_and_the_machines_own_name_will_do() -> None:
    for bound in ("0.0.0.0", "::", "10.0.0.5"):
        names = HostNames.of(bound, ())
        for host in ("10.0.0.5:8000", "[2001:db8::1]:8000", "127.0.0.1", socket.gethostname()):
            assert names.hold(host), (bound, host)
        for host in [*REBOUND, *BROKEN]:
            assert not names.hold(host), (bound, host)
    assert HostNames.of("archive.desk.example", ()).hold("archive.desk.example:80")
    assert HostNames.of("127.0.0.1", ("*",)).hold("evil.example"), "who writes a star wants it so"


@pytest.mark.parametrize(
    "value", ["https://desk.example", "desk.example:80", "a b", "*desk.example", "a.*.b", "x/"]
)
def test_a_name_that_is_none_is_a_setting_at_fault(value: str) -> None:
    with pytest.raises(SettingsError, match="DATELINE_ALLOWED_HOSTS"):
        load_api_settings(allowed_hosts=value)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.5", False),
        ("::ffff:10.0.0.5", False),
        ("desk.example", False),
        ("localhost.desk.example", False),
        ("2130706433", False),
    ],
)
def test_what_is_the_loopback(host: str, local: bool) -> None:
    assert is_loopback(host) is local


@pytest.fixture
def never_runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    begun: list[str] = []
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: begun.append("run"))
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: begun.append("run"))
    return begun


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "desk.example"])
def test_beyond_the_loopback_nothing_starts_without_keys_and_both_ways_out_are_said(
    host: str, never_runs: list[str]
) -> None:
    with pytest.raises(SettingsError) as caught:
        serve(ApiSettings(host=host))

    assert "dateline keys add" in str(caught.value)
    assert "--without-keys" in str(caught.value)
    assert "DATELINE_WITHOUT_KEYS=1" in str(caught.value)
    assert not never_runs


def test_a_listener_beyond_the_loopback_is_seen_whatever_the_settings_say(
    never_runs: list[str],
) -> None:
    with open_listener("0.0.0.0", 0) as listener, pytest.raises(SettingsError, match="keys add"):
        serve_on(listener, ApiSettings(host="127.0.0.1"), SearchSettings(), lambda: None)
    assert not never_runs


@pytest.mark.parametrize(
    "given", [{"host": "127.0.0.1"}, {"host": "0.0.0.0", "without_keys": True}]
)
def test_at_home_or_told_to_it_starts(given: dict[str, Any], never_runs: list[str]) -> None:
    serve(ApiSettings(**given))

    assert never_runs == ["run"]


def test_keys_that_cannot_be_read_stop_the_start(tmp_path: Path, never_runs: list[str]) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        serve(ApiSettings(host="0.0.0.0", api_keys_file=tmp_path / "nowhere"))
    assert not never_runs


def test_keys_and_no_keys_contradict_each_other(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="contradict"):
        load_api_settings(api_keys_file=tmp_path / "keys", without_keys=True)


def test_what_is_written_blank_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEYS_FILE", "WITHOUT_KEYS", "ALLOWED_HOSTS", "CORS_ORIGINS"):
        monkeypatch.setenv(f"DATELINE_{name}", "")

    assert load_api_settings() == ApiSettings()


def test_however_it_was_started_nobody_from_elsewhere_comes_in_unasked(reader: FakeReader) -> None:
    """As under `uvicorn api.main:app --host 0.0.0.0`, which asks nobody."""
    heads = {"Host": "127.0.0.1"}
    with TestClient(create_app(ApiSettings(), reader), "http://10.0.0.5:8000") as client:
        answer = client.get("/v1/search", headers=heads)
    assert answer.status_code == 403
    assert answer.json()["code"] == "no_keys"
    assert "dateline keys add" in answer.json()["detail"]

    told = ApiSettings(without_keys=True)
    with TestClient(create_app(told, reader), "http://10.0.0.5:8000") as client:
        assert client.get("/v1/search", headers=heads).status_code == 200
