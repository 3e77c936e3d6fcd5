from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fake_reader import FakeReader, make_document

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture
def reader() -> FakeReader:
    """Thirty articles, each with a person of its own and with one they share."""
    people = [("Ada Byron", f"Person {number:02}") for number in range(30)]
    return FakeReader(
        documents=tuple(
            replace(make_document(number), people=names) for number, names in enumerate(people)
        )
    )


def test_a_list_of_names_holds_values_with_counts(client: TestClient) -> None:
    answer = client.get("/v1/people?page_size=1").json()

    assert answer["field"] == "person"
    assert answer["values"] == [
        {"value": "Ada Byron", "label": "Ada Byron", "count": 30, "selected": False}
    ]
    assert answer["distinct"] == {"value": 31, "relation": "eq"}
    assert answer["next"] == "/v1/people?page_size=1&page=2"


@pytest.mark.parametrize("path", ["/v1/people?page_size=7", "/v1/facets/person?facet_size=7"])
def test_following_next_gives_every_value_once(client: TestClient, path: str) -> None:
    address: str | None = path
    seen: list[str] = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        seen += [value["value"] for value in answer.json()["values"]]
        address = answer.json()["next"]

    assert len(seen) == len(set(seen)) == 31


@pytest.mark.parametrize(
    ("path", "field"),
    [("people", "person"), ("places", "place"), ("organisations", "organisation")],
)
def test_each_list_asks_for_its_own_names_with_prefix_and_filters(
    client: TestClient, reader: FakeReader, path: str, field: str
) -> None:
    client.get(f"/v1/{path}?q=luk&source=The+Post&page=3&page_size=5")

    asked = reader.asked_facets[-1]
    assert asked.fields == (field,)
    assert (asked.prefix, asked.size, asked.offset) == ("luk", 5, 10)
    assert asked.query.filters.source == ("The Post",)


def test_facet_values_are_asked_under_the_search_they_belong_to(
    client: TestClient, reader: FakeReader
) -> None:
    client.get("/v1/facets/place?q=storm&match=some&facet_query=ber&facet_size=3&person=byron")

    asked = reader.asked_facets[-1]
    assert (asked.fields, asked.prefix, asked.size) == (("place",), "ber", 3)
    assert asked.query.parsed.reading == "storm"
    assert (asked.query.match, asked.query.sort) == ("some", "relevance")
    assert asked.query.filters.person == ("byron",)


def test_suggestions_come_over_all_kinds_the_most_frequent_first(client: TestClient) -> None:
    found = client.get("/v1/suggest?q=p&size=3").json()["suggestions"]

    assert [each["count"] for each in found] == [30, 30, 1]
    assert {each["field"] for each in found[:2]} == {"person", "source"}


def test_suggestions_can_be_kept_to_some_kinds(client: TestClient, reader: FakeReader) -> None:
    client.get("/v1/suggest?q=p&field=place,source")

    assert reader.asked_facets[-1].fields == ("place", "source")
