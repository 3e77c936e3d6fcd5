from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.errors import PROBLEM_TYPE

if TYPE_CHECKING:
    from fake_reader import FakeReader
    from starlette.testclient import TestClient

BAD = [
    ({"plce": "Berlin"}, "plce", "did you mean place?"),
    ({"pagesize": "5"}, "pagesize", "did you mean page_size?"),
    ({"pageSize": "5"}, "pageSize", "did you mean page_size?"),
    ({"query": "storm"}, "query", "did you mean q?"),
    ({"limit": "5"}, "limit", "did you mean page_size?"),
    ({"location": "Berlin"}, "location", "did you mean place?"),
    ({"date": "2022"}, "date", "did you mean from or to?"),
    ({"from-date": "2022"}, "from-date", "did you mean from?"),
    ({"format": "json"}, "format", "known are q, "),
    ({"reprints": "hide"}, "reprints", "'show' or 'collapse'"),
    ({"q": 'storm "over the'}, "q", ""),
    ({"q": "(" * 10_000}, "q", ""),
    ({"q": "*"}, "q", ""),
    ({"q": "a*"}, "q", ""),
    ({"q": "storm\x07"}, "q", ""),
    ({"q": "storm " * 10_000}, "q", ""),
    ({"q": "?!"}, "q", ""),
    ({"page_size": "-1"}, "page_size", "at least 0"),
    ({"page_size": "1000000"}, "page_size", "at most 100"),
    ({"page_size": "abc"}, "page_size", "whole number"),
    ({"page": "0"}, "page", "at least 1"),
    ({"page": "101", "page_size": "100"}, "page", "cursor"),
    ({"from": "2022-10-01", "to": "2022-09-01"}, "from", "after to"),
    ({"from": "2023-02-30"}, "from", "28 days"),
    ({"to": "yesterday"}, "to", "2022-09-27"),
    ({"sort": "newst"}, "sort", "did you mean newest?"),
    ({"interval": "hour"}, "interval", "'day', 'week'"),
    ({"facet": "people"}, "facet", "did you mean person?"),
    ({"language": "English"}, "language", "try en"),
    ({"language": "en-GB"}, "language", "two or three letters"),
    ({"facet": "person,plaec"}, "facet", "did you mean place?"),
    ({"fields": "title,ulr"}, "fields", "did you mean url?"),
    ({"search_in": "body"}, "search_in", "'text', 'title' or 'summary'"),
    ({"match": "most"}, "match", "'auto', 'all' or 'some'"),
    ({"facet_size": "101"}, "facet_size", "at most 100"),
    ({"highlight": "maybe"}, "highlight", "true or false"),
    ({"summary_words": "0"}, "summary_words", "at least 1"),
    ({"country": "Germany"}, "country", "two letters"),
    ({"person": "Ada\x00Byron"}, "person", "control character"),
    ({"person": "x" * 201}, "person", "at most 200 characters"),
    ({"person": [f"p{n}" for n in range(21)]}, "person", "at most 20 values"),
    ({"person": list("abcdef"), "exclude_place": list("ghijk")}, "exclude_place", "at most 10"),
    ({"person": list("abcdefghi"), "q": "place:berlin OR place:rome"}, "q", "at most 10"),
    ({"q": ["one", "two"]}, "q", "twice"),
    ({"cursor": "!!!"}, "cursor", "damaged"),
    ({"cursor": "at10", "page": "2"}, "cursor", "one of them"),
    ({"cursor": "at10", "q": "storm"}, "cursor", "sort=newest"),
]


@pytest.mark.parametrize(("parameters", "where", "said"), BAD, ids=lambda value: str(value)[:30])
def test_bad_input_is_refused_with_a_way_out(
    client: TestClient, parameters: dict[str, str], where: str, said: str
) -> None:
    answer = client.get("/v1/search", params=parameters)
    problem = answer.json()
    fault = problem["errors"][0]

    assert answer.status_code == problem["status"] == 422
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert fault["where"] == where
    assert said in f"{fault['why']}; {fault.get('hint', '')}"
    assert len(answer.content) < 2_000


def test_a_refused_question_never_reaches_the_engine(
    client: TestClient, reader: FakeReader
) -> None:
    for parameters, _, __ in BAD[:-3]:
        client.get("/v1/search", params=parameters)

    assert reader.asked == [] or all(query.cursor == "!!!" for query in reader.asked)


def test_an_empty_text_is_called_empty(client: TestClient) -> None:
    fault = client.post("/v1/summaries", json={"text": ""}).json()["errors"][0]

    assert fault == {"where": "text", "why": "must not be empty"}


def test_a_body_without_its_content_type_is_told_which_to_send(client: TestClient) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/v1/summaries", content='{"text": "One."}', headers=form)

    assert answer.json()["detail"].endswith("under `Content-Type: application/json`")


def test_a_name_of_other_services_is_explained_only_where_ours_is_taken(
    client: TestClient,
) -> None:
    hint = client.get("/v1/articles/The%20Post:1/summary?limit=2").json()["errors"][0]["hint"]

    assert hint == "known are words, sentences, focus, summarizer"


def test_every_fault_of_a_question_is_told_at_once(client: TestClient) -> None:
    faults = client.get("/v1/search?page_size=-1&sort=best&facet_size=0").json()["errors"]

    assert [fault["where"] for fault in faults] == ["sort", "page_size", "facet_size"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/facets/person?persn=x",
        "/v1/facets/persn",
        "/v1/people?sort=newest",
        "/v1/people?reprints=collapse",
        "/v1/facets/person?reprints=hide",
        "/v1/articles/The%20Post:1/reprints?sort=newest",
        "/v1/articles/The%20Post:1/reprints?page_size=101",
        "/v1/suggest?q=a&kind=person",
        "/v1/suggest",
        "/v1/status?verbose=1",
        "/v1/articles/The%20Post:1?fields=title",
        "/v1/articles/The%20Post:1/raw?x=1",
        "/v1/articles/The%20Post:1/summary?sentences=0",
        "/v1/articles/The%20Post:1/summary?summarizer=lexrnak",
    ],
)
def test_every_address_refuses_what_it_does_not_know(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"]


@pytest.mark.parametrize("path", ["", "/summary", "/reprints", "/raw"])
def test_an_unknown_id_is_404_and_a_withdrawn_one_410(
    client: TestClient, reader: FakeReader, path: str
) -> None:
    reader.withdrawn = frozenset({"gone:1"})

    assert client.get(f"/v1/articles/nobody:1{path}").status_code == 404
    assert client.get(f"/v1/articles/gone:1{path}").status_code == 410
    assert "a court said so" in client.get(f"/v1/articles/gone:1{path}").text


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "text"),
        ({"text": "a", "texts": ["b"]}, "text"),
        ({"texts": ["a story. "], "title": "t"}, "title"),
        ({"text": ""}, "text"),
        ({"texts": []}, "texts"),
        ({"text": "   "}, "text"),
        ({"texts": ["A whole story stands here.", "\x00\x01\x02\x03"]}, "texts"),
        ({"text": "Some words.", "wrds": 3}, "wrds"),
        ({"text": "Some words.", "words": 0}, "words"),
        ({"text": "Some words.", "summarizer": "best"}, "summarizer"),
        ({"text": 5}, "text"),
    ],
)
def test_a_bad_text_to_summarise_is_refused_with_a_way_out(
    client: TestClient, body: dict[str, object], where: str
) -> None:
    answer = client.post("/v1/summaries", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == where


@pytest.mark.parametrize(
    "body",
    [b"{", b"[1]", b'"text"', b"", b"\xff", b'{"text": "\xed\xa0\x80"}', b'{"text": "\\ud800"}'],
)
def test_a_body_that_is_no_json_object_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post(
        "/v1/summaries", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert answer.json()["detail"]
