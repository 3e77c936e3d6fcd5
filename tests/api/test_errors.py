from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_reader import FakeReader, Unforeseen

from api.errors import PROBLEM_TYPE, TABLE, problem_of, status_and_code
from dateline import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient


def walk(kind: type[errors.DatelineError]) -> Iterator[type[errors.DatelineError]]:
    yield kind
    for below in kind.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from walk(below)


EVERY_CLASS = sorted(walk(errors.DatelineError), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", EVERY_CLASS, ids=lambda kind: kind.__name__)
def test_every_error_class_has_its_row_and_answers_it(
    kind: type[errors.DatelineError], client: TestClient, reader: FakeReader
) -> None:
    reader.failure = kind("the thing is broken", hint="mend it")
    status, code = TABLE[kind]

    answer = client.get("/v1/search")
    problem = answer.json()

    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert problem["code"] == code
    assert problem["detail"] == "the thing is broken; mend it"


def test_codes_are_unique() -> None:
    codes = [code for _, code in TABLE.values()]

    assert len(codes) == len(set(codes))


def test_a_class_without_a_row_answers_like_the_class_above_it() -> None:
    assert status_and_code(Unforeseen("never heard of it")) == TABLE[errors.DatelineError]


def test_a_busy_engine_says_when_to_come_back(client: TestClient, reader: FakeReader) -> None:
    reader.failure = errors.EngineOverloaded("too many searches", hint="try again")

    assert int(client.get("/v1/search").headers["retry-after"]) > 0


def test_a_password_in_an_address_is_not_repeated() -> None:
    error = errors.EngineRefused("https://elastic:hunter2@search.example:9200 refuses the key")

    assert "hunter2" not in str(problem_of(error))
    assert "search.example:9200" in problem_of(error)["detail"]


def test_a_query_error_says_where(client: TestClient) -> None:
    fault = client.get("/v1/search", params={"q": 'storm "over the'}).json()["errors"][0]

    assert fault["where"] == "q"
    assert fault["position"] == 6
    assert fault["hint"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("POST", "/v1/search", 405), ("GET", "/v1/search/", 404)],
)
def test_refusals_of_the_framework_have_the_same_shape(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)

    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert "/docs" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "led_to"),
    [
        ("/search", "did you mean /v1/search?"),
        ("/v1/serch", "did you mean /v1/search?"),
        ("/v1/organizations", "did you mean /v1/organisations?"),
        ("/v1/search/", "leave out the slash at its end"),
        ("/v1/articles/The%20Post:1/summary/", "leave out the slash at its end"),
    ],
)
def test_an_address_that_is_nearly_ours_is_led_to_it(
    client: TestClient, path: str, led_to: str
) -> None:
    assert client.get(path).json()["detail"].endswith(led_to)


@pytest.mark.parametrize("path", ["/v1/facets", "/robots.txt", "/v1/article/x"])
def test_an_address_like_none_of_ours_is_led_nowhere(client: TestClient, path: str) -> None:
    assert client.get(path).json()["detail"].endswith("/docs lists every address")


def test_the_bare_address_leads_to_the_page(client: TestClient) -> None:
    answer = client.get("/", follow_redirects=False)

    assert answer.status_code == 307
    assert answer.headers["location"] == "docs"
    assert client.get("/").text.startswith("<!doctype html>")


def test_a_method_that_is_not_taken_is_told_which_are(client: TestClient) -> None:
    assert client.post("/v1/search").headers["allow"] == "GET"


def test_a_body_too_large_has_the_same_shape(client: TestClient) -> None:
    answer = client.post("/v1/summaries", json={"text": "word " * 300_000})

    assert answer.status_code == answer.json()["status"] == 413
    assert answer.headers["content-type"] == PROBLEM_TYPE


def test_our_own_fault_tells_nothing_of_itself(client: TestClient, reader: FakeReader) -> None:
    reader.failure = RuntimeError("token=s3cr3t")

    answer = client.get("/v1/search")

    assert answer.status_code == answer.json()["status"] == 500
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert "s3cr3t" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "failure",
    [
        errors.EngineUnavailable("nobody answers at http://engine:9200", hint="start it"),
        errors.IndexNotReady("there is no archive yet", hint="run dateline ingest"),
        errors.EngineBlocked("the engine is read-only", hint="free some disk space"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_with_the_engine_down_the_service_lives_and_says_why_it_is_not_ready(
    client: TestClient, reader: FakeReader, failure: Exception
) -> None:
    reader.failure = failure

    assert client.get("/health").json() == {"status": "ok"}
    for path in ("/ready", "/v1/search", "/v1/status", "/v1/people"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.json()["detail"] == str(failure)
    reader.failure = None
    assert client.get("/ready").json()["status"] == "ready"
