"""Mistakes of peers that a caller would see, asked of ourselves over HTTP, on both engines."""

from __future__ import annotations

import random
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
import servers
from contract.documents import make_document, with_originals
from contract.reuters import iter_documents
from elasticsearch import Elasticsearch
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from dateline.search.opening import open_writer
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dateline.documents import ArticleDocument

    Serve = Callable[[list[ArticleDocument]], TestClient]

LISTS = (
    "/v1/search",
    "/v1/facets/source",
    "/v1/people",
    "/v1/places",
    "/v1/organisations",
    "/v1/suggest?q=nobodyatall",
)
PEOPLE = [f"Ann Aberg {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(300)]
FREQUENT = ["Zo Zimmer", "Yve Young", "Xan Xylander"]


def fill(settings: SearchSettings, documents: list[ArticleDocument]) -> None:
    writer = open_writer(settings)
    writer.prepare()
    if documents:
        writer.write(*with_originals(documents))
    writer.refresh()
    writer.close()


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchSettings]:
    """An archive of this test alone."""
    if request.param == "embedded":
        yield SearchSettings(data_dir=tmp_path)
        return
    url, prefix = request.getfixturevalue("elasticsearch_url"), f"test-{uuid.uuid4().hex[:12]}"
    yield SearchSettings.model_validate(
        {"elasticsearch_url": url, "index": prefix, "search_timeout": 30}
    )
    servers.delete_indices(url, prefix)


@pytest.fixture
def serve(settings: SearchSettings) -> Iterator[Serve]:
    """Fill the archive and open the service over it."""
    opened: list[TestClient] = []

    def begin(documents: list[ArticleDocument]) -> TestClient:
        fill(settings, documents)
        client = TestClient(create_app(ApiSettings(), search_settings=settings))
        opened.append(client.__enter__())
        return client

    yield begin
    for client in opened:
        client.__exit__()


def ask(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return answer.json()


def found(client: TestClient, q: str) -> list[str]:
    answer = client.get("/v1/search", params={"q": q, "match": "all"})
    assert answer.status_code == 200, f"{q}: {answer.text}"
    return [hit["id"] for hit in answer.json()["hits"]]


def rows(answer: dict[str, Any]) -> list[Any]:
    (listed,) = (answer[name] for name in ("hits", "values", "suggestions") if name in answer)
    return list(listed)


@pytest.mark.parametrize("stored", [0, 1], ids=["an empty archive", "one article"])
def test_nothing_found_is_200_and_an_empty_list_at_every_address(serve: Serve, stored: int) -> None:
    client = serve([make_document("a", "Tide", "Salt.", source="Post")][:stored])
    for path in LISTS:
        narrowed = f"{path}{'&' if '?' in path else '?'}"
        if "suggest" not in path:
            narrowed += "source=nobodyatall" if "facets" not in path else "q=nobodyatall&match=all"
        assert rows(ask(client, narrowed)) == []
    assert ask(client, "/v1/search?q=nobodyatall")["total"] == {"value": 0, "relation": "eq"}
    assert ask(client, "/v1/search?page=9")["hits"] == []
    assert ask(client, "/v1/status")["articles"] == stored


def test_signs_of_a_pasted_headline_are_no_error_and_find_what_a_reader_expects(
    serve: Serve,
) -> None:
    client = serve(
        [
            make_document("trade", "Talks", "A U.S.-Japan pact on oil was signed."),
            make_document("agency", "Wire", "Reuters: oil rose. The tanker sailed."),
            make_document("other", "Tide", "Salt. The rose faded, and lamp oil burned."),
        ]
    )
    assert found(client, "U.S./Japan") == ["trade"]
    assert found(client, "Reuters: oil") == ["agency"]
    assert sorted(found(client, "oil!")) == ["agency", "other", "trade"]
    for before, behind in ("\u201c\u201d", "\u2018\u2019"):
        assert found(client, f"{before}oil rose{behind}") == ["agency"]
    for q in ('"oil', "(oil AND", "oil)"):
        answer = client.get("/v1/search", params={"q": q})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["hint"]
    unknown = ask(client, "/v1/search?q=plcae:oslo")
    assert any("plcae" in warning for warning in unknown["warnings"])


@pytest.mark.parametrize("size", [1, 2, 3, 10, 100])
def test_the_most_frequent_come_first_however_many_values_there_are(
    serve: Serve, size: int
) -> None:
    documents = [
        make_document(
            f"n{number}",
            "Note",
            "Salt.",
            people=[name, *(each for at, each in enumerate(FREQUENT, 2) if number % at == 0)],
        )
        for number, name in enumerate(PEOPLE)
    ]
    client = serve(documents)
    expected = [("Zo Zimmer", 150), ("Yve Young", 100), ("Xan Xylander", 75)]
    for path, listed in (
        (f"/v1/search?facet=person&facet_size={size}", lambda a: a["facets"]["person"]),
        (f"/v1/people?page_size={size}", lambda a: a["values"]),
    ):
        values = listed(ask(client, path))
        counts = [each["count"] for each in values]
        assert len(values) == size
        assert counts == sorted(counts, reverse=True)
        assert [(each["value"], each["count"]) for each in values[:3]] == expected[:size]


def test_addresses_and_ids_are_not_searched_by_words(serve: Serve) -> None:
    client = serve(
        [
            make_document("lanternfish", "Tide", "Salt.", url="https://x.example/barnacle/tide"),
            make_document("b", "Rope", "Salt.", image_url="https://x.example/barnacle.png"),
        ]
    )
    for q in ("lanternfish", "barnacle", "https", "example"):
        assert found(client, q) == []
    assert len(found(client, "salt")) == 2


def test_every_link_that_an_answer_or_a_page_prints_answers_200(serve: Serve) -> None:
    documents = [
        make_document(
            f"n{number}",
            "Salt",
            "Salt in town.",
            people=[PEOPLE[number]],
            places=[f"Town {number}"],
            organisations=[f"Board {number}"],
            source=f"Post {number}",
            day="2024-03-05",
        )
        for number in range(30)
    ]
    client = serve(documents)
    sizes = "page_size=7&facet=person,place"
    pending = ["/docs", "/openapi.json", "/health", "/ready", "/v1/status", "/v1/articles/n1"]
    pending += [
        f"/v1/search?q=salt&{sizes}",
        f"/v1/search?{sizes}",
        f"/v1/search?sort=oldest&{sizes}",
    ]
    pending += ["/v1/facets/source?facet_size=7", *(f"{path}?page_size=7" for path in LISTS[2:5])]
    seen: set[str] = set()
    while pending:
        path = pending.pop()
        if path not in seen:
            seen.add(path)
            answer = client.get(path)
            assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
            pending += links_of(answer, path)
    assert sum("page=" in path for path in seen) >= 5
    assert sum("cursor=" in path for path in seen) >= 8
    assert sum("/docs/assets/" in path for path in seen) >= 4
    assert client.get("/v1/articles/n1/raw").status_code == 200
    assert client.get("/v1/articles/n1/summary").status_code == 200


def links_of(answer: Any, path: str) -> list[str]:
    """Our own addresses in an answer: `next`, the Link header, the hrefs of a page."""
    header = re.findall(r"<([^>]+)>", answer.headers.get("link", ""))
    kind = answer.headers["content-type"]
    if kind.startswith("text/html"):
        listed = re.findall(r'(?:src|href)="([^"#]+)"', answer.text)
        return [each if each.startswith("/") else f"/{each}" for each in listed]
    if path == "/openapi.json" or not kind.startswith("application/json"):
        return header
    following = answer.json().get("next")
    return header + ([following] if following else [])


def test_a_rebuild_and_the_way_back_are_seen_without_a_restart(
    serve: Serve, settings: SearchSettings
) -> None:
    client = serve([make_document(f"n{number}", "Tide", "Salt.") for number in range(3)])
    writer = open_writer(settings)
    for step, replace_index in enumerate((writer.rebuild, writer.rollback, writer.rebuild), 1):
        assert ask(client, "/v1/search")["total"]["value"] == 2 + step
        replace_index()
        assert ask(client, "/v1/search")["total"]["value"] == 2 + step
        writer.write(*with_originals([make_document(f"late{step}", "Late", "Salt.")]))
        writer.refresh()
        assert ask(client, f"/v1/articles/late{step}")["title"] == "Late"
    writer.close()


@pytest.mark.corpora
@pytest.mark.elasticsearch
def test_known_items_are_found_no_worse_than_by_a_bare_match(
    elasticsearch_url: str, index_prefix: str, corpora: Path
) -> None:
    """Two words of a title, from a fixed draw; our page against the plainest ranked body."""
    documents = [each for each, _ in zip(iter_documents(corpora), range(1500), strict=False)]
    settings = SearchSettings.model_validate(
        {"elasticsearch_url": elasticsearch_url, "index": index_prefix, "search_timeout": 30}
    )
    wanted = list(draw_known_items(documents, 150))
    fill(settings, documents)
    with (
        TestClient(create_app(ApiSettings(), search_settings=settings)) as client,
        Elasticsearch(elasticsearch_url) as bare,
    ):
        ours = [rank(found_any(client, q), each) for q, each in wanted]
        theirs = [rank(match_bare(bare, index_prefix, q), each) for q, each in wanted]
    assert len(wanted) == 150
    assert sum(ours) >= sum(theirs)
    assert sum(ours) / 150 > 0.3


def draw_known_items(documents: list[ArticleDocument], count: int) -> Iterator[tuple[str, str]]:
    dice = random.Random(7)
    for document in dice.sample([d for d in documents if d.title_source != "body"], count):
        words = re.findall(r"[A-Za-z]{4,}", document.title) or ["oil"]
        yield " ".join(dice.sample(words, min(2, len(words)))), document.id


def rank(ids: list[str], wanted: str) -> float:
    return 1 / (ids.index(wanted) + 1) if wanted in ids else 0.0


def found_any(client: TestClient, q: str) -> list[str]:
    answer = client.get("/v1/search", params={"q": q.lower()})
    return [hit["id"] for hit in answer.json()["hits"]]


def match_bare(bare: Elasticsearch, index: str, q: str) -> list[str]:
    body = {"match": {"text": {"query": q, "operator": "and"}}}
    answer = bare.search(index=index, query=body, size=10, source=False)
    return [hit["_id"] for hit in answer["hits"]["hits"]]
