"""A search without hits says which of its values no article has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from fake_reader import FakeReader
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from dateline.errors import EngineOverloaded
from dateline.search.results import Facet, FacetValue, SearchResults, Total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.search.queries import SearchQuery

OUTLETS = ("The Northern Ledger", "The Daily Coast")


@dataclass
class TwoOutlets(FakeReader):
    """Two outlets, an article each; none of them holds any word."""

    async def search(self, query: SearchQuery) -> SearchResults:
        found = await super().search(query)
        listed = tuple(FacetValue(name, name, 1) for name in OUTLETS)
        facets = {field: Facet(listed, Total(2), 0, exact=True) for field in query.facets}
        total = 0 if query.parsed.clause else len(set(query.filters.source) & set(OUTLETS))
        return SearchResults((), Total(total), facets, warnings=found.warnings)


@pytest.fixture
def reader() -> TwoOutlets:
    return TwoOutlets()


@pytest.fixture
def client(reader: TwoOutlets) -> Iterator[TestClient]:
    with TestClient(create_app(ApiSettings(), reader)) as client:
        yield client


def warnings(client: TestClient, **asked: object) -> list[str]:
    found: list[str] = client.get("/v1/search", params=asked).json()["warnings"]
    return found


@pytest.mark.parametrize(
    "asked", [{"source": "Northern Ledger"}, {"q": 'storm source:"Northern Ledger"'}]
)
def test_an_outlet_that_no_article_has_is_told_with_the_nearest(
    client: TestClient, asked: dict[str, str]
) -> None:
    (told,) = warnings(client, **asked)
    assert told.startswith("no article in the archive has the source “Northern Ledger”; ")
    assert told.endswith("nearest: The Northern Ledger (1)")


def test_one_that_is_like_no_other_is_told_where_they_are_listed(client: TestClient) -> None:
    assert warnings(client, source=["Zzz", "Qqq"]) == [
        "no article in the archive has the source “Zzz”; /v1/facets/source lists them",
        "no article in the archive has the source “Qqq”; /v1/facets/source lists them",
    ]


def test_an_outlet_of_the_archive_is_not_blamed_for_a_search_without_hits(
    client: TestClient,
) -> None:
    assert warnings(client, q="storm", source="The Daily Coast") == []


def test_the_archive_is_asked_again_only_where_nothing_was_found(
    client: TestClient, reader: TwoOutlets
) -> None:
    client.get("/v1/search", params={"source": "The Daily Coast"})
    client.get("/v1/search", params={"q": "storm"})
    assert len(reader.asked) == 2

    client.get("/v1/search", params={"q": "storm", "author": "Zoe"})
    assert len(reader.asked) == 4


def test_what_cannot_be_looked_up_costs_no_answer(
    reader: TwoOutlets, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = reader.search

    async def search_once(query: SearchQuery) -> SearchResults:
        if query.page_size == 0:
            raise EngineOverloaded("too many questions")
        return await search(query)

    monkeypatch.setattr(reader, "search", search_once)
    answer = client.get("/v1/search", params={"source": "Northern Ledger"})
    assert (answer.status_code, answer.json()["warnings"]) == (200, [])
