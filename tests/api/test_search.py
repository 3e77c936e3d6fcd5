from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dateline.search.results import Total

if TYPE_CHECKING:
    from fake_reader import FakeReader
    from starlette.testclient import TestClient

HIT_KEYS = [
    "id",
    "title",
    "description",
    "source",
    "url",
    "authors",
    "image_url",
    "published_at",
    "date_precision",
    "summary",
    "people",
    "places",
    "organisations",
    "highlights",
    "score",
    "all_words",
    "reprint_count",
]
ANSWER_KEYS = [
    "hits",
    "total",
    "collapsed",
    "facets",
    "facets_meta",
    "histogram",
    "undated",
    "next",
    "took_ms",
    "incomplete",
    "warnings",
    "query",
    "match",
    "resolved",
    "wider",
]


def ask(client: TestClient, **parameters: object) -> Any:
    answer = client.get("/v1/search", params=parameters)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return answer.json()


def parameters_of(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query, keep_blank_values=True)


def test_the_answer_and_its_hits_have_exactly_these_keys(client: TestClient) -> None:
    answer = ask(client, q="storm")

    assert list(answer) == ANSWER_KEYS
    assert list(answer["hits"][0]) == HIT_KEYS


def test_without_words_the_newest_come_first_without_highlights(
    client: TestClient, reader: FakeReader
) -> None:
    ask(client)

    query = reader.asked[-1]
    assert (query.sort, query.highlight, query.page, query.page_size) == ("newest", False, 1, 10)
    assert query.facets == ("person", "place")
    assert (query.facet_size, query.interval, query.match) == (10, "auto", "auto")


def test_with_words_the_most_relevant_come_first_with_highlights(
    client: TestClient, reader: FakeReader
) -> None:
    ask(client, q="storm")

    assert (reader.asked[-1].sort, reader.asked[-1].highlight) == ("relevance", True)


def test_an_empty_parameter_is_one_that_was_not_given(
    client: TestClient, reader: FakeReader
) -> None:
    empty = {"q": "", "person": "", "from": "", "page": "", "page_size": "", "sort": ""}

    ask(client, **empty)
    ask(client)

    assert reader.asked[0] == reader.asked[1]


def test_lists_are_taken_as_comma_list_as_repeats_and_both(
    client: TestClient, reader: FakeReader
) -> None:
    client.get("/v1/search?facet=person,place&facet=source&fields=title&fields=url,people")

    assert reader.asked[-1].facets == ("person", "place", "source")
    assert reader.asked[-1].fields == ("id", "title", "url", "people")


def test_an_empty_facet_list_asks_for_none(client: TestClient, reader: FakeReader) -> None:
    assert ask(client, facet="")["facets"] == {}
    assert reader.asked[-1].facets == ()


def test_filters_reach_the_reader_as_they_were_meant(
    client: TestClient, reader: FakeReader
) -> None:
    client.get(
        "/v1/search?person=Ada+Byron&person=Grace, the admiral&country=de&language=EN"
        "&exclude_source=The+Post&from=2022-02&to=2022"
    )

    filters = reader.asked[-1].filters
    assert filters.person == ("Ada Byron", "Grace, the admiral")
    assert (filters.country, filters.language) == (("DE",), ("en",))
    assert filters.exclude_source == ("The Post",)
    assert filters.published_from == date(2022, 2, 1)
    assert filters.published_to == date(2022, 12, 31)


def test_a_month_as_to_ends_with_its_last_day(client: TestClient, reader: FakeReader) -> None:
    ask(client, to="2024-02")

    assert reader.asked[-1].filters.published_to == date(2024, 2, 29)


def test_a_hit_holds_the_fields_asked_for_and_its_id(client: TestClient) -> None:
    hit = ask(client, q="storm", fields="url,title,highlights,section")["hits"][0]

    assert set(hit) == {"id", "url", "title", "highlights", "section"}


def test_a_date_is_answered_as_exactly_as_it_is_known(
    client: TestClient, reader: FakeReader
) -> None:
    hit = ask(client, fields="published_at,indexed_at")["hits"][0]

    assert hit["published_at"] == "2022-09-27"
    assert hit["indexed_at"] == "2026-01-02T03:04:05Z"


def test_text_is_answered_as_it_is_and_highlights_as_segments(client: TestClient) -> None:
    hit = ask(client, q="title")["hits"][0]

    assert hit["title"] == "A title <b>of</b> five words"
    assert hit["highlights"] == [
        {
            "field": "title",
            "segments": [{"text": "A ", "hit": False}, {"text": "title", "hit": True}],
        }
    ]


def test_a_summary_is_cut_to_the_words_asked_for_along_the_stored_order(
    client: TestClient, reader: FakeReader
) -> None:
    short = ask(client, summary_words=5)["hits"][0]
    long = ask(client, summary_words=10)["hits"][0]

    assert short["summary"] == "A second sentence names Ada Byron and goes on."
    assert long["summary"].startswith("A first sentence stands here")
    assert "text" not in short
    assert {"text", "sentences"} <= set(reader.asked[-1].fields or ())


def test_bars_of_the_histogram_can_be_sent_back_as_from_and_to(client: TestClient) -> None:
    assert ask(client)["histogram"] == [{"from": "2022-09-27", "to": "2022-09-27", "count": 25}]


def test_names_are_told_as_resolved_with_wider_ones_beside(client: TestClient) -> None:
    answer = ask(client, person="byron")

    assert answer["resolved"] == {"person": {"byron": ["Ada Byron"]}}
    assert answer["wider"] == {"person": {"byron": [{"value": "Ada Byron Lovelace", "count": 2}]}}


def test_a_page_of_size_0_counts_and_has_no_next(client: TestClient) -> None:
    answer = ask(client, page_size=0)

    assert answer["hits"] == []
    assert answer["total"] == {"value": 25, "relation": "eq"}
    assert answer["next"] is None


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("page_size", [1, 7, 24, 25, 26, 100])
def test_following_next_gives_every_article_once(
    client: TestClient, sort: str, page_size: int
) -> None:
    address: str | None = f"/v1/search?q=storm&sort={sort}&page_size={page_size}"
    seen: list[str] = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        seen += [hit["id"] for hit in answer.json()["hits"]]
        address = answer.json()["next"]
        link = answer.headers.get("link")
        assert link == (f'<{address}>; rel="next"' if address else None)

    assert seen == [f"The Post:{number}" for number in range(1, 26)]


def test_next_keeps_the_question_and_carries_how_words_counted(
    client: TestClient, reader: FakeReader
) -> None:
    reader.changes = {"match": "some"}
    question = {"q": "storm & döner", "person": ["a", "b, c"], "fields": "title,url"}

    following = parameters_of(ask(client, **question)["next"])

    assert following == {
        "q": ["storm & döner"],
        "person": ["a", "b, c"],
        "fields": ["title,url"],
        "page": ["2"],
        "match": ["some"],
    }


def test_newest_goes_on_by_cursor_even_from_a_numbered_page(client: TestClient) -> None:
    following = parameters_of(ask(client, page=2, page_size=5)["next"])

    assert following == {"page_size": ["5"], "cursor": ["at10"], "sort": ["newest"]}


def test_numbered_pages_end_at_the_window(client: TestClient, reader: FakeReader) -> None:
    reader.changes = {"next_page": 101, "next_cursor": None, "total": Total(50_000)}

    answer = ask(client, q="storm", page=100, page_size=100)

    assert answer["next"] is None


def test_warnings_are_told_once_and_the_query_as_it_was_read(client: TestClient) -> None:
    answer = ask(client, q="storm or gale OR wind")

    assert len(answer["warnings"]) == len(set(answer["warnings"]))
    assert answer["query"] == "storm or (gale OR wind)"


def test_a_partial_answer_says_so(client: TestClient, reader: FakeReader) -> None:
    reader.changes = {"incomplete": True, "total": Total(3, "gte")}

    answer = ask(client)

    assert answer["incomplete"] is True
    assert answer["total"] == {"value": 3, "relation": "gte"}


def test_no_hit_is_an_answer(client: TestClient, reader: FakeReader) -> None:
    reader.documents = ()

    assert ask(client, q="storm")["hits"] == []
    assert client.get("/v1/people").json()["values"] == []
    assert client.get("/v1/suggest?q=a").json()["suggestions"] == []
    assert client.get("/v1/facets/source").json()["values"] == []


@pytest.mark.parametrize("query", ["U.S./Japan", "oil!", "Reuters: oil", "“oil”", "été"])
def test_queries_as_people_type_them_are_read(client: TestClient, query: str) -> None:
    assert ask(client, q=query)["query"]
