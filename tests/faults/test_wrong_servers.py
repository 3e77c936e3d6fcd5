"""A server that is not the one we need, or does not know us: one line says what to do."""

from __future__ import annotations

import base64
import ssl
import time
import uuid
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import servers
from elasticsearch_server import certificates
from faults import quick, strangers
from faults.archives import Place, check_alike, check_ledger
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.settings import ApiSettings
from dateline import cli
from indexer import running

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

PASSWORD = "pa55word-of-nobody"
KEY = base64.b64encode(b"key-of-nobody:s3cret-of-nobody").decode()
SECRETS = (PASSWORD, KEY, "s3cret-of-nobody")
LOOPBACK = ("DNS:localhost", "IP:127.0.0.1")
PATIENCE = 30.0
"""Seconds in which a server takes a new certificate, and we take the server again."""


@contextmanager
def certified(server: servers.Secured, names: tuple[str, ...], days: int) -> Iterator[None]:
    """Let the server show another certificate inside the block."""
    renew(server, names, days)
    try:
        yield
    finally:
        renew(server, LOOPBACK, 30)


def renew(server: servers.Secured, names: tuple[str, ...], days: int) -> None:
    """Give the server another certificate, and wait until it shows it."""
    authority = certificates.make_authority(server.folder)
    certificates.issue(authority, server.data / "conf", names, days)
    wanted = (server.data / "conf" / "http.crt").read_text("ascii").split()
    place, end = urlsplit(server.url), time.monotonic() + PATIENCE
    while ssl.get_server_certificate((place.hostname or "", place.port or 0)).split() != wanted:
        assert time.monotonic() < end, "the server keeps its old certificate"
        time.sleep(0.1)


class Wrong:
    """The ways in which a server can be wrong, each made when it is asked for."""

    def __init__(self, request: pytest.FixtureRequest, stack: ExitStack) -> None:
        self._request, self._stack = request, stack

    @property
    def _server(self) -> servers.Secured:
        server: servers.Secured = self._request.getfixturevalue("secured_elasticsearch")
        return server

    @property
    def _ours(self) -> dict[str, str]:
        """Settings that lead to a server that knows us."""
        return {"elasticsearch_url": self._server.superuser_url, "ca_certs": str(self._server.ca)}

    def another_major(self) -> dict[str, str]:
        url = self._request.getfixturevalue("elasticsearch_8_url")
        return {"elasticsearch_url": url.replace("://", f"://elastic:{PASSWORD}@")}

    def another_product(self) -> dict[str, str]:
        url = self._stack.enter_context(strangers.serving(*strangers.OTHER_PRODUCT))
        return {"elasticsearch_url": url, "api_key": KEY}

    def a_web_page(self) -> dict[str, str]:
        url = self._stack.enter_context(strangers.serving(*strangers.WEB_PAGE))
        return {"elasticsearch_url": url, "api_key": KEY}

    def no_http(self) -> dict[str, str]:
        url = self._stack.enter_context(strangers.greeting(strangers.BANNER))
        return {"elasticsearch_url": url, "api_key": KEY}

    def nobody(self) -> dict[str, str]:
        return {"elasticsearch_url": f"http://me:{PASSWORD}@127.0.0.1:{servers.free_port()}"}

    def unknown_authority(self) -> dict[str, str]:
        return {"elasticsearch_url": self._server.url, "api_key": KEY}

    def expired_certificate(self) -> dict[str, str]:
        self._stack.enter_context(certified(self._server, LOOPBACK, -1))
        return self._ours

    def certificate_of_another(self) -> dict[str, str]:
        self._stack.enter_context(certified(self._server, ("DNS:other.example",), 30))
        return self._ours

    def http_to_https(self) -> dict[str, str]:
        ours = self._ours
        return {**ours, "elasticsearch_url": ours["elasticsearch_url"].replace("https", "http")}

    def https_to_http(self) -> dict[str, str]:
        url = self._request.getfixturevalue("elasticsearch_url")
        return {**self._ours, "elasticsearch_url": url.replace("http:", "https:")}

    def wrong_password(self) -> dict[str, str]:
        url = self._server.url.replace("://", f"://{self._server.user}:{PASSWORD}@")
        return {**self._ours, "elasticsearch_url": url}

    def wrong_key(self) -> dict[str, str]:
        return {**self._ours, "elasticsearch_url": self._server.url, "api_key": KEY}


CASES = {
    "another_major": ("the server is Elasticsearch 8; install elasticsearch<9", 502),
    "another_product": ("is not Elasticsearch; set it to the address of", 502),
    "a_web_page": ("is not Elasticsearch; set it to the address of", 502),
    "no_http": ("the server does not speak HTTP; correct", 503),
    "nobody": ("nobody answers at DATELINE_ELASTICSEARCH_URL", 503),
    "unknown_authority": ("signed by nobody we trust; set DATELINE_CA_CERTS", 503),
    "expired_certificate": ("has expired; give the server a new one", 503),
    "certificate_of_another": ("is for another host name; write a name that it holds", 503),
    "http_to_https": ("hung up without an answer; if it speaks https, write https://", 503),
    "https_to_http": ("does not speak https; write http://", 503),
    "wrong_password": ("Elasticsearch answered 401", 502),
    "wrong_key": ("Elasticsearch answered 401", 502),
}
"""What the line says, and what a search is answered."""


@pytest.fixture
def wrong(
    request: pytest.FixtureRequest, elasticsearch_url: str, tmp_path: Path
) -> Iterator[Callable[[str], Place]]:
    """An archive at a server that is wrong in the named way."""
    with ExitStack() as stack:

        def make(name: str) -> Place:
            settings = getattr(Wrong(request, stack), name)()
            return Place(tmp_path / "data", settings.pop("elasticsearch_url"), "wrong", settings)

        yield make


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "a.txt"
    path.write_text("Harbour closed\n\nThe harbour was closed on Monday after the storm.\n")
    return str(path)


def secrets_in(told: str, place: Place) -> list[str]:
    password = urlsplit(place.url or "").password
    secrets = [*SECRETS, *([password] if password else [])]
    basic = [base64.b64encode(f"{user}:{password}".encode()).decode() for user in ("dateline",)]
    return [each for each in (*secrets, *basic) if each in told]


@pytest.mark.promise(
    "wrong server: another major or product, TLS that does not fit, wrong password or key",
    "a command ends with exit code 4 and one line that names cause and way out, no secret in it",
)
@pytest.mark.parametrize("name", CASES)
def test_a_command_says_in_one_line_what_is_wrong_with_the_server(
    wrong: Callable[[str], Place], article: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = wrong(name)
    monkeypatch.setattr(running, "open_pool", quick.open_inline)
    for command in (["ingest", article], ["status"], ["ingest", article, "--json"]):
        done = CliRunner().invoke(cli.app, command, env=place.env)
        assert done.exit_code == 4, done.output
        assert done.stdout == ""
        (line,) = done.stderr.splitlines()
        assert CASES[name][0] in line
        assert secrets_in(line, place) == []


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_of_certificates_that_is_none_is_a_mistake_of_settings(
    tmp_path: Path, content: str | None
) -> None:
    authority = tmp_path / "ca.crt"
    if content is not None:
        authority.write_text(content)
    more = {"ca_certs": str(authority)}
    done = Place(tmp_path / "data", "https://127.0.0.1:1", more=more).run("status")
    (line,) = done.stderr.splitlines()
    assert done.returncode == 2
    assert f"DATELINE_CA_CERTS: {authority} is no file of certificates" in line


@pytest.mark.promise(
    "wrong server: another major or product, TLS that does not fit, wrong password or key",
    "the API lives, is not ready and says why; a search is refused in one shape; no secret in it",
)
@pytest.mark.parametrize("name", CASES)
def test_the_service_lives_and_says_why_it_is_not_ready(
    wrong: Callable[[str], Place], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    place = wrong(name)
    line, status = CASES[name]
    with TestClient(create_app(ApiSettings(), search_settings=place.settings)) as client:
        assert client.get("/health").json() == {"status": "ok"}
        ready, search = client.get("/ready"), client.get("/v1/search?q=harbour")
    assert (ready.status_code, search.status_code) == (503, status)
    for answer in (ready, search):
        assert answer.headers["content-type"] == "application/problem+json"
        assert line in answer.json()["detail"]
    assert secrets_in(ready.text + search.text + caplog.text, place) == []


@pytest.fixture
def ours(secured_elasticsearch: servers.Secured, tmp_path: Path) -> Iterator[Place]:
    """An archive at the server with security, asked as its superuser."""
    server, index = secured_elasticsearch, f"test-{uuid.uuid4().hex[:12]}"
    more = {"ca_certs": str(server.ca)}
    yield Place(tmp_path / "archive", server.superuser_url, index, more)
    for name in server.ask(f"/{index}*/_alias"):
        server.ask(f"/{name}", "DELETE")


def with_new_key(server: servers.Secured, place: Place) -> tuple[Place, str]:
    """The archive asked with a new API key, and that key's id."""
    rights = {"names": [f"{place.index}*"], "privileges": ["all"]}
    role = {"newsroom": {"cluster": ["monitor"], "indices": [rights]}}
    body = {"name": place.index, "role_descriptors": role}
    made = server.ask("/_security/api_key", "POST", body)
    more = {**place.more, "api_key": made["encoded"]}
    return Place(place.data, server.url, place.index, more), made["id"]


def revoke(server: servers.Secured, key: str) -> None:
    gone = server.ask("/_security/api_key", "DELETE", {"ids": [key]})
    assert gone["invalidated_api_keys"] == [key]


def wait_for_growth(server: servers.Secured, index: str, command: subprocess.Popen[str]) -> None:
    """Until the ingest has written originals."""
    end = time.monotonic() + PATIENCE
    while command.poll() is None:
        with suppress(OSError):  # the index is not there yet
            if server.ask(f"/{index}-originals/_count")["count"]:
                return
        assert time.monotonic() < end, "the ingest writes nothing"


@pytest.mark.promise(
    "API key revoked in the middle of an ingest",
    "exit code 4 and one line; with a new key the same command ends as an undisturbed run",
)
def test_an_ingest_whose_key_is_revoked_stops_and_goes_on_with_another(
    secured_elasticsearch: servers.Secured,
    ours: Place,
    corpora: Path,
    record_property: Callable[[str, object], None],
) -> None:
    server = secured_elasticsearch
    arguments = ["ingest", str(corpora / "yahoo-finance-2017.json.xz")]
    place, key = with_new_key(server, ours)
    with place.start(*arguments) as command:
        wait_for_growth(server, place.index, command)
        revoke(server, key)
        stdout, stderr = command.communicate(timeout=60)
    assert command.returncode == 4, stderr
    last = stderr.splitlines()[-1]
    assert "answered 401" in last
    assert "give the same command again" in last
    assert place.more["api_key"] not in stdout + stderr
    place, _ = with_new_key(server, ours)
    assert place.run(*arguments).returncode in {0, 3}
    undisturbed = Place(ours.data.with_name("undisturbed"))
    assert undisturbed.run(*arguments).returncode in {0, 3}
    check_alike(ours, undisturbed, record_property)
    check_ledger(place)


@pytest.mark.promise(
    "API key revoked while the API answers",
    "searches are refused and the reason is told, the service lives, no secret is printed",
)
def test_a_service_whose_key_is_revoked_says_so(
    secured_elasticsearch: servers.Secured,
    ours: Place,
    article: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    place, key = with_new_key(secured_elasticsearch, ours)
    assert place.run("ingest", article).returncode == 0
    app = create_app(ApiSettings(), search_settings=place.settings)
    with TestClient(app) as client:
        assert client.get("/v1/search?q=harbour").json()["total"]["value"] == 1
        revoke(secured_elasticsearch, key)
        search, ready = client.get("/v1/search?q=harbour"), client.get("/ready")
        assert client.get("/health").status_code == 200
    assert (search.status_code, ready.status_code) == (502, 503)
    for answer in (search, ready):
        assert answer.json()["code"] == "engine_refused"
        assert "DATELINE_API_KEY" in answer.json()["detail"]
    assert place.more["api_key"] not in search.text + ready.text + caplog.text


def wait_for(client: TestClient, path: str) -> Any:
    """The answer of a path once it is 200, which it must be before long."""
    end = time.monotonic() + PATIENCE
    while (answer := client.get(path)).status_code != 200:
        assert time.monotonic() < end, answer.text
        time.sleep(0.2)
    return answer.json()


@pytest.mark.promise(
    "expired certificate, renewed while the API runs",
    "searches are refused while it is over and answered again with the new one, no restart",
)
def test_a_new_certificate_is_enough_for_the_service_to_answer_again(
    secured_elasticsearch: servers.Secured, ours: Place, article: str
) -> None:
    server = secured_elasticsearch
    assert ours.run("ingest", article).returncode == 0
    app = create_app(ApiSettings(), search_settings=ours.settings)
    with certified(server, LOOPBACK, -1), TestClient(app) as client:
        refused = [client.get("/v1/search?q=harbour").status_code for _ in range(8)]
        assert refused == [503] * 8
        renew(server, LOOPBACK, 30)
        assert wait_for(client, "/v1/search?q=harbour")["total"]["value"] == 1
        assert wait_for(client, "/ready")["status"] == "ready"
