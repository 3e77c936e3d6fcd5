"""What only a real Elasticsearch can show: requests counted, aliases, blocks, refusals."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from contract.archive import Archive, question
from contract.documents import ARTICLES, IDS, make_document, with_originals
from contract.reprinting import firsts_of, grouped, ids_of, numbered, of_many_kinds
from elastic_transport import AiohttpHttpNode
from elasticsearch import Elasticsearch

from dateline.errors import EngineBlocked, EngineIncompatible, EngineUnavailable, IndexNotReady
from dateline.search.elastic.client import connect_reader
from dateline.search.elastic.reader import ElasticReader
from dateline.search.elastic.writer import ElasticWriter
from dateline.search.settings import SearchSettings
from mappings import load_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator


class CountingNode(AiohttpHttpNode):
    """Counts what goes to the server."""

    sent: ClassVar[list[str]] = []

    async def perform_request(self, method: str, target: str, *rest: Any, **given: Any) -> Any:
        self.sent.append(f"{method} {target}")
        return await super().perform_request(method, target, *rest, **given)


@pytest.fixture
def settings(elasticsearch_url: str, index_prefix: str) -> SearchSettings:
    return SearchSettings(
        elasticsearch_url=elasticsearch_url, index=index_prefix, search_timeout=30
    )


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as bare:
        yield bare


@pytest.fixture
def fresh(settings: SearchSettings) -> Iterator[Archive]:
    reader = ElasticReader(settings, client=connect_reader(settings, node_class=CountingNode))
    with Archive(reader, ElasticWriter(settings)) as empty:
        empty.writer.prepare()
        yield empty


def requests_of(archive: Archive, q: str = "", **given: Any) -> int:
    CountingNode.sent.clear()
    archive.search(q, **given)
    return len(CountingNode.sent)


def test_a_page_is_one_request(fresh: Archive) -> None:
    fresh.fill(ARTICLES)
    every = ("person", "place", "organisation", "country", "source", "author", "language")
    assert requests_of(fresh) == 1  # the first of all: nothing is known of the archive yet
    assert requests_of(fresh, "harbour quay", facets=every, interval="auto") == 1
    assert requests_of(fresh, "captain jury", match="some") == 1
    assert requests_of(fresh, person=("Ada Quist",), exclude_place=("Nordland",)) == 1
    assert requests_of(fresh, cursor=fresh.search(page_size=3).next_cursor) == 1
    CountingNode.sent.clear()
    fresh.facets("person", "place", prefix="q")
    assert len(CountingNode.sent) == 1


def test_reprints_take_one_more_where_a_hit_has_any_and_none_elsewhere(fresh: Archive) -> None:
    fresh.fill(ARTICLES)
    for page in (1, 2):
        assert requests_of(fresh, page=page, page_size=3) == 1
        assert requests_of(fresh, page=page, page_size=3, reprints="collapse") == 1
    copies = [make_document(f"copy-{n}", "Zebra", "Zebra found.", day="1999-01-01") for n in "ab"]
    fresh.fill([replace(each, reprint_group="copy-a") for each in copies])
    assert requests_of(fresh, "harbour", match="all", reprints="collapse") == 1
    for reprints in ("show", "collapse"):
        for page in (1, 2):
            given = {"page": page, "page_size": 1, "match": "all", "reprints": reprints}
            assert requests_of(fresh, "zebra", **given) == 2
    assert requests_of(fresh, "zebra", match="all", fields=("title",)) == 1
    assert requests_of(fresh, "zebra", match="all", fields=("title",), reprints="collapse") == 1
    assert requests_of(fresh, "zebra", page_size=0, reprints="collapse") == 1


@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_each_group_is_met_once_on_several_shards(
    fresh: Archive, client: Elasticsearch, settings: SearchSettings, sort: str
) -> None:
    documents = grouped(of_many_kinds())
    fresh.fill(documents)
    move_to_shards(client, settings.index, 5)
    given = {"sort": sort, "facets": (), "interval": None}
    order = ids_of(numbered(fresh, "salt", **given, page_size=100))
    answers = numbered(fresh, "salt", **given, page_size=7, reprints="collapse")
    assert ids_of(answers) == firsts_of(order, documents)
    shown = [hit for answer in answers for hit in answer.hits]
    counts = {hit.stored.get("reprint_group"): hit.reprint_count for hit in shown}
    members = Counter(each.reprint_group for each in documents)
    assert counts == {group: n - 1 if group else 0 for group, n in members.items()}


def move_to_shards(client: Elasticsearch, alias: str, shards: int) -> None:
    """The same documents in an index of so many shards, behind the same alias."""
    (old,) = client.indices.get_alias(name=alias)
    body, new = load_mapping("articles.v1"), f"{alias}-v1-shards"
    index = body["settings"]["index"] | {"number_of_shards": shards}
    client.indices.create(
        index=new, mappings=body["mappings"], settings=body["settings"] | {"index": index}
    )
    client.reindex(source={"index": old}, dest={"index": new}, refresh=True)
    client.indices.update_aliases(
        actions=[
            {"remove": {"index": old, "alias": alias, "must_exist": True}},
            {"add": {"index": new, "alias": alias}},
        ]
    )


def test_widening_and_resolving_take_one_more_together(fresh: Archive) -> None:
    fresh.fill(ARTICLES)
    assert requests_of(fresh, "captain regatta") == 2
    assert requests_of(fresh, person=("quist",)) == 2
    assert requests_of(fresh, "captain regatta", person=("quist", "nobody")) == 2


def test_a_walk_goes_through_an_alias_switch(
    fresh: Archive, settings: SearchSettings, client: Elasticsearch
) -> None:
    fresh.fill(ARTICLES)
    first = fresh.search(page_size=7)
    old = next(iter(client.indices.get_alias(name=settings.index)))
    new = f"{settings.index}-v1-second"
    client.indices.create(index=new, **load_mapping("articles.v1"))
    client.reindex(source={"index": old}, dest={"index": new}, refresh=True)
    client.indices.update_aliases(
        actions=[
            {"remove": {"index": old, "alias": settings.index, "must_exist": True}},
            {"add": {"index": new, "alias": settings.index}},
        ]
    )
    client.indices.delete(index=old)
    rest = fresh.run(fresh.reader.search(question(page_size=100, cursor=first.next_cursor)))
    assert sorted(hit.id for hit in (*first.hits, *rest.hits)) == sorted(IDS)


def test_indexers_that_start_together_make_one_index(
    settings: SearchSettings, client: Elasticsearch
) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: ElasticWriter(settings).prepare(), range(8)))
    assert len(client.indices.get_alias(name=settings.index)) == 1
    assert len(client.indices.get_alias(name=settings.originals)) == 1


def test_a_missing_index_says_what_to_do(settings: SearchSettings) -> None:
    with Archive(ElasticReader(settings), ElasticWriter(settings)) as nothing:
        for ask in (nothing.search, nothing.status, lambda: nothing.run(nothing.reader.ping())):
            with pytest.raises(IndexNotReady, match="dateline ingest"):
                ask()
        with pytest.raises(IndexNotReady, match="dateline ingest"):
            nothing.fill([make_document("a", "A", "Salt.")])


def test_an_index_of_the_alias_name_is_not_written_to(
    settings: SearchSettings, client: Elasticsearch
) -> None:
    client.indices.create(index=settings.index)
    with pytest.raises(IndexNotReady, match="is no alias"):
        ElasticWriter(settings).prepare()


def test_another_mapping_is_not_written_to(settings: SearchSettings, client: Elasticsearch) -> None:
    meta = {"schema": "articles", "version": 7}
    client.indices.create(
        index=f"{settings.index}-v7-x", mappings={"_meta": meta}, aliases={settings.index: {}}
    )
    with pytest.raises(
        IndexNotReady, match="articles version 7, this program needs articles version 1"
    ):
        ElasticWriter(settings).prepare()
    other = Archive(ElasticReader(settings), ElasticWriter(settings))
    with other, pytest.raises(IndexNotReady, match="version 7"):
        other.run(other.reader.ping())


def test_a_read_only_index_stops_writing_with_the_remedy_and_still_answers(
    fresh: Archive, settings: SearchSettings, client: Elasticsearch
) -> None:
    fresh.fill(ARTICLES[:3])
    for block in ("index.blocks.read_only_allow_delete", "index.blocks.write"):
        client.indices.put_settings(index=settings.index, settings={block: True})
        with pytest.raises(EngineBlocked, match="disk space"):
            fresh.writer.write(*with_originals(ARTICLES))
        assert fresh.search().total.value == 3
        client.indices.put_settings(index=settings.index, settings={block: None})
    assert {each.outcome for each in fresh.fill(ARTICLES)} == {"written"}


def test_a_text_of_a_million_letters_is_marked_to_its_end(fresh: Archive) -> None:
    body = "Salt and rope. " * 80_000 + "The lanternfish swam."
    fresh.fill([make_document("long", "A long story", body)])
    for q in ("lanternfish", "lanternf*", "lanternfisk~", '"the lanternfish"'):
        (hit,) = fresh.search(q).hits
        marked = [each.text for found in hit.highlights for each in found.segments if each.hit]
        assert "lanternfish" in marked[0]


def test_more_callers_than_places_all_get_their_answer(
    fresh: Archive, settings: SearchSettings
) -> None:
    fresh.fill(ARTICLES)

    async def crowd() -> list[int]:
        narrow = ElasticReader(settings.model_copy(update={"concurrency": 2}))
        answers = await asyncio.gather(*(narrow.search(question("harbour")) for _ in range(9)))
        await narrow.close()
        return [answer.total.value for answer in answers]

    assert fresh.run(crowd()) == [12] * 9


def test_a_server_of_another_major_is_named_with_the_way_out(elasticsearch_8_url: str) -> None:
    settings = SearchSettings(elasticsearch_url=elasticsearch_8_url, index="x")
    with Archive(ElasticReader(settings), ElasticWriter(settings)) as older:
        document = make_document("a", "A", "Salt.")
        for ask in (
            older.search,
            older.status,
            older.writer.prepare,
            lambda: older.fill([document]),
        ):
            with pytest.raises(EngineIncompatible, match="is Elasticsearch 8") as caught:
                ask()
            assert "elasticsearch<9" in caught.value.hint


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    settings = SearchSettings(elasticsearch_url="http://ada:hush@127.0.0.1:9", index="x")
    with Archive(ElasticReader(settings), ElasticWriter(settings)) as nobody:
        for ask in (nobody.search, nobody.status, nobody.writer.prepare, nobody.writer.refresh):
            with pytest.raises(EngineUnavailable, match="nobody answers") as caught:
                ask()
            assert "hush" not in str(caught.value)
            assert "make elasticsearch" in caught.value.hint


def replicas_of(client: Elasticsearch, prefix: str) -> dict[str, str]:
    """How many copies each index of this archive has."""
    found = client.indices.get_settings(index=f"{prefix}*").body
    return {name: body["settings"]["index"]["number_of_replicas"] for name, body in found.items()}


@pytest.mark.parametrize(
    ("at_first", "later", "made_later"),
    [(None, None, "0"), (1, None, "1"), (None, 1, "1"), (1, 0, "0")],
)
def test_replicas_are_as_asked_for_and_else_as_before(
    settings: SearchSettings,
    client: Elasticsearch,
    at_first: int | None,
    later: int | None,
    made_later: str,
) -> None:
    writer = ElasticWriter(settings.model_copy(update={"replicas": at_first}))
    writer.prepare()
    writer.close()
    first = replicas_of(client, settings.index)
    assert list(first.values()) == [str(at_first or 0)] * 2
    writer = ElasticWriter(settings.model_copy(update={"replicas": later}))
    with writer.replace(originals=True):
        both = replicas_of(client, settings.index)
    writer.close()
    assert {both[name] for name in both.keys() - first.keys()} == {made_later}
    assert {name: both[name] for name in first} == first
