"""What every answer carries, and what it never does."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.logs import hide_queries
from api.settings import ApiSettings

if TYPE_CHECKING:
    from fake_reader import FakeReader

SAFETY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
PATHS = ["/v1/search", "/v1/search?x=1", "/nowhere", "/health", "/openapi.json"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_names_the_engine_and_is_safe(client: TestClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["x-dateline-engine"] == "fake"
    assert {name: headers.get(name) for name in SAFETY} == SAFETY


def test_a_decent_request_id_is_kept_and_any_other_replaced(client: TestClient) -> None:
    def answered(given: str) -> str:
        return str(client.get("/health", headers={"X-Request-ID": given}).headers["x-request-id"])

    assert answered("desk-7.A_b") == "desk-7.A_b"
    assert answered("<script>") != "<script>"
    assert answered("x" * 65) != "x" * 65
    assert answered("") != answered("")


def test_big_answers_are_compressed_for_those_who_take_it(
    client: TestClient, reader: FakeReader
) -> None:
    reader.documents *= 4
    big, small = "/v1/search?page_size=100&fields=title,text,summary,url", "/health"

    assert client.get(big).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get(big, headers={"Accept-Encoding": ""}).headers
    assert "content-encoding" not in client.get(small).headers


def test_no_other_web_page_may_ask_unless_a_setting_says_so(reader: FakeReader) -> None:
    origin = {"Origin": "https://desk.example"}
    closed = TestClient(create_app(ApiSettings(), reader))
    opened = TestClient(create_app(ApiSettings(cors_origins=("https://desk.example",)), reader))

    with closed, opened:
        assert "access-control-allow-origin" not in closed.get("/health", headers=origin).headers
        answer = opened.get("/health", headers=origin).headers
        stranger = opened.get("/health", headers={"Origin": "https://evil.example"}).headers

    assert answer["access-control-allow-origin"] == "https://desk.example"
    assert "Link" in answer["access-control-expose-headers"]
    assert "access-control-allow-origin" not in stranger


def test_origins_are_read_from_a_comma_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CORS_ORIGINS", "https://a.example, https://b.example")

    assert ApiSettings().cors_origins == ("https://a.example", "https://b.example")


def test_the_access_log_holds_no_search_term() -> None:
    hide_queries()
    log = logging.getLogger("uvicorn.access")
    arguments = ("127.0.0.1:5", "GET", "/v1/search?q=secret", "1.1", 200)
    record = log.makeRecord(log.name, logging.INFO, "", 0, '%s - "%s %s" %s %d', arguments, None)

    log.filter(record)

    assert "secret" not in record.getMessage()
    assert "/v1/search" in record.getMessage()


def test_a_given_reader_is_left_open(reader: FakeReader) -> None:
    with TestClient(create_app(ApiSettings(), reader)) as client:
        client.get("/health")

    assert not reader.closed


@pytest.mark.parametrize("path", [*PATHS, "/docs", "/docs/assets/start.js", "/v1/articles/x"])
def test_head_is_answered_as_get_without_the_body(client: TestClient, path: str) -> None:
    asked, told = client.get(path), client.head(path)

    assert (told.status_code, told.content) == (asked.status_code, b"")
    for name in ("content-type", "content-length"):
        assert told.headers.get(name) == asked.headers.get(name)


def test_head_of_an_address_that_takes_post_only_is_405(client: TestClient) -> None:
    assert client.head("/v1/summaries").status_code == 405
