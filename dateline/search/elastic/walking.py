"""Walks over whole indices, on the writing side: a page answered in part is an error, never an end.

Two orders: by id, for comparing; by the number of the change, for carrying over what changed. An
index numbers its changes per shard; all up to a shard's checkpoint are done, and after a refresh
they can be found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.errors import EngineUnavailable
from dateline.search.elastic.errors import check_items, engine_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from elasticsearch import Elasticsearch

    Marks = Mapping[str, int]

PAGE = 1_000
"""Hits per request of small sources."""
CONTENT_PAGE = 100
"""Fewer: an original may be of any size."""
NOTHING_YET = -1
ALL: Mapping[str, Any] = {"match_all": {}}


def check_whole(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer itself. Raises EngineUnavailable when shards failed or time ran out."""
    if raw["timed_out"] or raw["_shards"]["failed"]:
        raise EngineUnavailable(
            "Elasticsearch answered in part, and this needs every article",
            hint="see that all shards are up, then give the same command again",
        )
    return raw


def iter_by_id(
    client: Elasticsearch,
    index: str,
    query: Mapping[str, Any],
    source: Sequence[str] | bool,
    size: int = PAGE,
) -> Iterator[Mapping[str, Any]]:
    """Every matching hit of an index, ordered by its field `id`, with its version."""
    body: dict[str, Any] = {
        "query": query,
        "size": size,
        "sort": [{"id": "asc"}],
        "version": True,
        "track_total_hits": False,
        "_source": source,
    }
    while True:
        with engine_errors():
            raw = check_whole(client.search(index=index, body=body).body)
        hits = raw["hits"]["hits"]
        yield from hits
        if len(hits) < size:
            return
        body["search_after"] = hits[-1]["sort"]


def read_by_ids(client: Elasticsearch, **asked: Any) -> Sequence[Mapping[str, Any]]:
    """The answers of an mget, each with `found`.

    Raises EngineError where one cannot be read: an article whose shard is away is not missing.
    """
    with engine_errors():
        return check_items(client.mget(**asked)["docs"])


def read_checkpoints(client: Elasticsearch, index: str) -> dict[str, int]:
    """Per shard, the number up to which all changes are done."""
    with engine_errors():
        found = client.indices.stats(index=index, metric="docs", level="shards")
    ((_, body),) = found["indices"].items()
    return {
        shard: copy["seq_no"]["global_checkpoint"]
        for shard, copies in body["shards"].items()
        for copy in copies
        if copy["routing"]["primary"]
    }


def iter_changed(
    client: Elasticsearch, index: str, since: Marks, query: Mapping[str, Any] = ALL
) -> Iterator[Mapping[str, Any]]:
    """Every matching hit of an index that changed after these marks, whole, with its version."""
    with engine_errors():
        client.indices.refresh(index=index)
    for shard, mark in since.items():
        yield from _iter_shard(client, index, shard, mark, query)


def _iter_shard(
    client: Elasticsearch, index: str, shard: str, mark: int, query: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    while True:
        body = {
            "query": {"bool": {"filter": [{"range": {"_seq_no": {"gt": mark}}}, query]}},
            "size": CONTENT_PAGE,
            "sort": [{"_seq_no": "asc"}],
            "version": True,
            "track_total_hits": False,
        }
        with engine_errors():
            answer = client.search(index=index, body=body, preference=f"_shards:{shard}")
        hits = check_whole(answer.body)["hits"]["hits"]
        yield from hits
        if len(hits) < CONTENT_PAGE:
            return
        mark = hits[-1]["sort"][0]
