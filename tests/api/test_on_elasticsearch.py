"""The front door over a real Elasticsearch: what HTTP callers see of it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import parse_qs

import pytest
import servers
from fake_reader import BODY, make_document, make_original
from starlette.testclient import TestClient

from api.app import create_app
from api.param_types import HitField
from api.settings import ApiSettings
from dateline.search.names import name_key
from dateline.search.opening import open_writer
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.documents import ArticleDocument

COUNT = 120
REPRINTED = (0, 1, 2)
"""Texts that are printed again at every eighth article."""
PEOPLE = ("Ada Byron", "Grace Hopper", "Annabella Byron")


def make_article(number: int) -> ArticleDocument:
    """Most on one day, some without a date; a person each, one place for all; three texts again."""
    document = make_document(number)
    person, dated = PEOPLE[number % 3], number % 10 != 0
    return replace(
        document,
        id=f"The-Post:{number}",
        people=(person,),
        people_keys=(name_key(person),),
        places=("Berlin",),
        places_keys=(name_key("Berlin"),),
        countries=("DE",),
        source="The Post" if number % 2 else "The Ledger",
        published_at=document.published_at if dated else None,
        date_precision="day" if dated else "none",
        date_source="text" if dated else "none",
        reprint_group=f"The-Post:{number % 8}" if number % 8 in REPRINTED else None,
    )


@pytest.fixture(scope="module")
def settings(elasticsearch_url: str) -> Iterator[SearchSettings]:
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield SearchSettings.model_validate(
        {"elasticsearch_url": elasticsearch_url, "index": f"{prefix}-articles"}
    )
    servers.delete_indices(elasticsearch_url, prefix)


@pytest.fixture(scope="module")
def client(settings: SearchSettings) -> Iterator[TestClient]:
    """The app over 120 articles, one of them withdrawn since."""
    writer = open_writer(settings)
    writer.prepare()
    articles = [make_article(number) for number in range(COUNT + 1)]
    writer.write([make_original(id=each.id) for each in articles], articles)
    writer.refresh()
    writer.withdraw(articles[COUNT].id, "a court said so")
    writer.refresh()
    writer.close()
    with TestClient(create_app(ApiSettings(), search_settings=settings)) as client:
        yield client


def ask(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def walk(client: TestClient, path: str) -> list[Any]:
    """The answers of a page and of all that follow it; every link answers 200."""
    answers = [ask(client, path)]
    while address := answers[-1]["next"]:
        answers.append(ask(client, address))
    return answers


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("page_size", [7, 10, 40, 99, 100])
def test_walking_gives_each_of_many_articles_of_one_day_once(
    client: TestClient, sort: str, page_size: int
) -> None:
    answers = walk(client, f"/v1/search?q=sentence&sort={sort}&page_size={page_size}&facet=")
    ids = [hit["id"] for answer in answers for hit in answer["hits"]]

    assert sorted(ids) == sorted(f"The-Post:{number}" for number in range(COUNT))
    assert len(answers) == -(-COUNT // page_size)


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("page_size", [2, 10, 99])
def test_walking_collapsed_gives_each_text_once(
    client: TestClient, sort: str, page_size: int
) -> None:
    path = f"/v1/search?q=sentence&sort={sort}&page_size={page_size}&facet=&fields=reprint_count"
    answers = walk(client, f"{path}&reprints=collapse")
    hits = [hit for answer in answers for hit in answer["hits"]]
    numbers = sorted(int(hit["id"].partition(":")[2]) for hit in hits)

    assert [each for each in numbers if each % 8 not in REPRINTED] == [
        each for each in range(COUNT) if each % 8 not in REPRINTED
    ]
    assert sorted(each % 8 for each in numbers if each % 8 in REPRINTED) == list(REPRINTED)
    assert len(hits) + sum(answer["collapsed"] for answer in answers) == COUNT
    assert {answer["total"]["value"] for answer in answers} == {COUNT}
    assert {hit["reprint_count"] for hit in hits} == {0, COUNT // 8 - 1}


def test_the_other_copies_of_an_article_are_listed_and_a_withdrawn_one_is_not_counted(
    client: TestClient,
) -> None:
    answers = walk(client, "/v1/articles/The-Post:8/reprints?page_size=4")
    hits = [hit for answer in answers for hit in answer["hits"]]

    assert {hit["id"] for hit in hits} == {f"The-Post:{n}" for n in range(0, COUNT, 8)} - {
        "The-Post:8"
    }
    assert len(hits) == answers[0]["total"]["value"] == COUNT // 8 - 1
    assert {hit["reprint_count"] for hit in hits} == {COUNT // 8 - 1}
    assert [hit["published_at"] is None for hit in hits] == sorted(
        hit["published_at"] is None for hit in hits
    )
    assert ask(client, "/v1/articles/The-Post:3/reprints")["hits"] == []


def test_a_cursor_of_the_other_mode_is_refused(client: TestClient) -> None:
    cursor = parse_qs(ask(client, "/v1/search?page_size=5")["next"].partition("?")[2])["cursor"]

    answer = client.get("/v1/search", params={"cursor": cursor, "reprints": "collapse"})

    assert answer.status_code == 422
    assert answer.json()["code"] == "cursor"


def test_a_page_has_all_its_parts(client: TestClient) -> None:
    answer = ask(client, "/v1/search?q=byron+sentence&facet=person,place,country,source")
    hit = answer["hits"][0]

    assert answer["total"] == {"value": COUNT, "relation": "eq"}
    assert answer["undated"] == 12
    assert answer["histogram"] == [{"from": "2022-09-27", "to": "2022-09-27", "count": 108}]
    assert answer["match"] == "all"
    assert answer["query"] == "byron sentence"
    assert [each["value"] for each in answer["facets"]["country"]] == ["DE"]
    assert answer["facets_meta"]["place"] == {
        "distinct": {"value": 1, "relation": "eq"},
        "missing": 0,
        "exact": True,
    }
    assert hit["score"] > 0
    marked = {
        segment["text"].casefold()
        for highlight in hit["highlights"]
        for segment in highlight["segments"]
        if segment["hit"]
    }
    assert marked == {"byron", "sentence"}


def test_a_bar_of_the_histogram_sent_back_finds_as_many(client: TestClient) -> None:
    bar = ask(client, "/v1/search")["histogram"][0]

    narrowed = ask(client, f"/v1/search?from={bar['from']}&to={bar['to']}")

    assert narrowed["total"]["value"] == bar["count"]


def test_a_facet_value_sent_back_finds_as_many(client: TestClient) -> None:
    for value in ask(client, "/v1/search?facet=person")["facets"]["person"]:
        narrowed = ask(client, f"/v1/search?person={value['value']}")
        assert narrowed["total"]["value"] == value["count"]


def test_a_name_is_resolved_and_the_answer_says_to_whom(client: TestClient) -> None:
    answer = ask(client, "/v1/search?person=byron&place=berlin")

    assert set(answer["resolved"]["person"]["byron"]) == {"Ada Byron", "Annabella Byron"}
    assert answer["resolved"]["place"] == {"berlin": ["Berlin"]}
    assert answer["total"]["value"] == 80


def test_an_unknown_name_finds_nothing_and_says_so(client: TestClient) -> None:
    answer = ask(client, "/v1/search?person=zzz")

    assert (answer["hits"], answer["total"]["value"]) == ([], 0)
    assert "zzz" in " ".join(answer["warnings"])


def test_a_sentence_as_query_is_widened_says_so_once_and_stays_so_on_the_next_page(
    client: TestClient,
) -> None:
    first = ask(client, "/v1/search?q=sentence+about+zeppelins+and+submarines&page_size=5")
    second = ask(client, first["next"])

    assert (first["match"], second["match"]) == ("some", "some")
    assert first["total"] == second["total"]
    assert not first["hits"][0]["all_words"]
    assert len([each for each in first["warnings"] if "match=all" in each]) == 1


def test_fields_and_short_summaries_come_from_what_is_stored(client: TestClient) -> None:
    answer = ask(client, "/v1/search?fields=title,summary,published_at&summary_words=5&page_size=1")

    assert answer["hits"][0] | {"id": ""} == {
        "id": "",
        "title": "A title <b>of</b> five words",
        "summary": "A second sentence names Ada Byron and goes on.",
        "published_at": "2022-09-27",
    }


def test_every_field_can_be_asked_for(client: TestClient) -> None:
    for name in get_args(HitField):
        assert name in ask(client, f"/v1/search?q=sentence&fields={name}&page_size=1")["hits"][0]


def test_a_cursor_of_another_query_and_a_damaged_one_are_refused(client: TestClient) -> None:
    cursor = ask(client, "/v1/search?page_size=5")["next"].partition("cursor=")[2].partition("&")[0]

    for path in (f"?cursor={cursor}&q=byron&sort=newest", f"?cursor={cursor[:-3]}xyz"):
        answer = client.get(f"/v1/search{path}")
        assert answer.status_code == 422
        assert answer.json()["code"] == "cursor"


def test_lists_of_names_are_searched_filtered_and_walked(client: TestClient) -> None:
    begun = ask(client, "/v1/people?q=by")
    from_ledger = ask(client, "/v1/people?source=The+Ledger")
    walked = walk(client, "/v1/people?page_size=1")

    assert {each["value"] for each in begun["values"]} == {"Ada Byron", "Annabella Byron"}
    assert sum(each["count"] for each in from_ledger["values"]) == COUNT // 2
    assert sorted(v["value"] for answer in walked for v in answer["values"]) == sorted(PEOPLE)


def test_suggestions_begin_like_what_was_typed(client: TestClient) -> None:
    found = ask(client, "/v1/suggest?q=ber")["suggestions"]

    assert found == [{"field": "place", "value": "Berlin", "label": "Berlin", "count": COUNT}]
    assert {each["value"] for each in ask(client, "/v1/suggest?q=the")["suggestions"]} == {
        "The Post",
        "The Ledger",
    }


def test_an_article_its_summary_and_its_original_are_read_back(client: TestClient) -> None:
    article = ask(client, "/v1/articles/The-Post:1")
    summary = ask(client, "/v1/articles/The-Post:1/summary?focus=Byron")
    raw = client.get("/v1/articles/The-Post:1/raw")

    assert article["published_at"] == "2022-09-27"
    assert [each["rank"] for each in article["sentences"]] == [1, 0, 2]
    assert "Byron" in summary["sentences"][0]["text"]
    assert raw.content == BODY.encode()


@pytest.mark.parametrize("path", ["", "/summary", "/reprints", "/raw"])
def test_unknown_and_withdrawn_ids_are_told_apart(client: TestClient, path: str) -> None:
    assert client.get(f"/v1/articles/nobody{path}").status_code == 404
    gone = client.get(f"/v1/articles/The-Post:{COUNT}{path}")
    assert gone.status_code == 410
    assert "a court said so" in gone.text


def test_the_status_counts_what_is_there(client: TestClient) -> None:
    status = ask(client, "/v1/status")

    assert (status["articles"], status["undated"], status["withdrawn"]) == (COUNT, 12, 1)
    assert status["first_published"] == status["last_published"] == "2022-09-27"
    assert ask(client, "/ready")["engine"] == "elasticsearch"


def test_bad_input_leaves_the_service_and_the_engine_alive(client: TestClient) -> None:
    for q in ("(" * 20_000, "*", "a*", '"oil', "(oil AND", "x" * 60_000, "\x00", "NOT " * 9_999):
        assert client.get("/v1/search", params={"q": q}).status_code == 422
    for q in ("U.S./Japan", "Reuters: oil", "oil!", "“oil”", "title:x", "a~9", "/(a+)+$/"):
        assert client.get("/v1/search", params={"q": q}).status_code in {200, 422}

    assert ask(client, "/ready")["status"] == "ready"
    assert ask(client, "/v1/search")["total"]["value"] == COUNT


def test_an_archive_that_was_never_made_is_not_ready_and_says_what_to_do(
    settings: SearchSettings,
) -> None:
    nowhere = settings.model_copy(update={"index": f"{settings.index}-nowhere"})
    with TestClient(create_app(ApiSettings(), search_settings=nowhere)) as client:
        for path in ("/ready", "/v1/search", "/v1/status"):
            assert client.get(path).status_code == 503
            assert client.get(path).json()["code"] == "index_not_ready"
        assert client.get("/health").status_code == 200


def test_a_moment_of_stored_precision_is_answered_with_it(
    client: TestClient, settings: SearchSettings
) -> None:
    moment = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
    late = replace(
        make_article(7), id="late:1", published_at=moment, date_precision="minute", source="Late"
    )
    writer = open_writer(settings)
    writer.write([make_original(id="late:1")], [late])
    writer.refresh()

    found = ask(client, "/v1/search?source=Late")["hits"]
    writer.delete(["late:1"])
    writer.refresh()
    writer.close()

    assert found[0]["published_at"] == "2024-05-06T07:08Z"
