"""What HTTP callers see of reprints; what an engine makes of them is told in the contract."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fake_reader import FakeReader, make_document

from dateline.errors import EngineUnavailable

if TYPE_CHECKING:
    from starlette.testclient import TestClient

GROUP = "The Post:1"


@pytest.fixture
def reader() -> FakeReader:
    """Twelve articles, the first five of them one text."""
    documents = (make_document(number) for number in range(1, 13))
    return FakeReader(
        documents=tuple(
            replace(each, reprint_group=GROUP) if number < 5 else each
            for number, each in enumerate(documents)
        )
    )


def ask(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_reprints_are_shown_unless_they_are_to_be_collapsed(
    client: TestClient, reader: FakeReader
) -> None:
    for path in ("/v1/search", "/v1/search?reprints=show", "/v1/search?reprints=collapse"):
        ask(client, path)
    for path in ("/v1/facets/person", "/v1/facets/person?reprints=collapse"):
        ask(client, path)

    assert [each.reprints for each in reader.asked] == ["show", "show", "collapse"]
    assert [each.query.reprints for each in reader.asked_facets] == ["show", "collapse"]


def test_every_next_link_keeps_the_mode(client: TestClient) -> None:
    for sort in ("newest", "oldest", "relevance"):
        answer = ask(client, f"/v1/search?reprints=collapse&page_size=5&sort={sort}")
        assert parse_qs(urlsplit(answer["next"]).query)["reprints"] == ["collapse"]


def test_an_answer_says_how_many_hits_were_left_out(client: TestClient, reader: FakeReader) -> None:
    assert ask(client, "/v1/search")["collapsed"] == 0
    reader.changes = {"collapsed": 4}
    assert ask(client, "/v1/search?reprints=collapse")["collapsed"] == 4


def test_a_hit_says_how_many_reprints_it_has_and_nought_for_none(client: TestClient) -> None:
    counts = [hit["reprint_count"] for hit in ask(client, "/v1/search?page_size=6")["hits"]]

    assert counts == [4, 4, 4, 4, 4, 0]


def test_the_count_can_be_asked_for_alone_and_left_out(
    client: TestClient, reader: FakeReader
) -> None:
    alone = ask(client, "/v1/search?fields=reprint_count&page_size=1")["hits"]
    without = ask(client, "/v1/search?fields=title&page_size=1")["hits"]

    assert alone == [{"id": GROUP, "reprint_count": 4}]
    assert "reprint_count" not in without[0]
    wanted, unwanted = (each.fields or () for each in reader.asked)
    assert "reprint_group" in wanted
    assert "reprint_group" not in unwanted


def test_the_reprints_of_an_article_are_the_others_oldest_first(
    client: TestClient, reader: FakeReader
) -> None:
    answer = ask(client, "/v1/articles/The%20Post:3/reprints")

    assert [hit["id"] for hit in answer["hits"]] == [f"The Post:{n}" for n in (1, 2, 4, 5)]
    assert answer["total"] == {"value": 4, "relation": "eq"}
    assert answer["next"] is None
    assert reader.asked[0].sort == "oldest"
    assert (reader.asked[0].facets, reader.asked[0].interval) == ((), None)


def test_reprints_are_walked_to_the_end(client: TestClient) -> None:
    path: str | None = "/v1/articles/The%20Post:3/reprints?page_size=3&fields=title"
    found: list[dict[str, Any]] = []
    while path:
        answer = ask(client, path)
        found += answer["hits"]
        path = answer["next"]

    assert [hit["id"] for hit in found] == [f"The Post:{n}" for n in (1, 2, 4, 5)]
    assert all(set(hit) == {"id", "title"} for hit in found)


def test_an_article_without_reprints_has_an_empty_list(
    client: TestClient, reader: FakeReader
) -> None:
    answer = ask(client, "/v1/articles/The%20Post:9/reprints")

    assert (answer["hits"], answer["total"]["value"], answer["next"]) == ([], 0, None)
    assert reader.asked == []


def test_an_engine_that_is_away_is_no_empty_list(client: TestClient, reader: FakeReader) -> None:
    reader.failure = EngineUnavailable("nobody answers")

    assert client.get("/v1/articles/The%20Post:3/reprints").status_code == 503
