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

    from dateline.search.elastic.patience import Server

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
    server: Server,
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
        hits = _read_page(server, index, body)
        yield from hits
        if len(hits) < size:
            return
        body["search_after"] = hits[-1]["sort"]


def read_by_ids(server: Server, **asked: Any) -> Sequence[Mapping[str, Any]]:
    """The answers of an mget, each with `found`.

    Raises EngineError where one cannot be read: an article whose shard is away is not missing.
    """
    with engine_errors():
        return server.ask(lambda: check_items(server.client.mget(**asked)["docs"]))


def refresh(server: Server, *indices: str) -> None:
    """Make all that was written to these visible to readers."""
    with engine_errors():
        server.ask(lambda: server.client.indices.refresh(index=indices))


def read_checkpoints(server: Server, index: str) -> dict[str, int]:
    """Per shard, the number up to which all changes are done."""
    with engine_errors():
        found = server.ask(
            lambda: server.client.indices.stats(index=index, metric="docs", level="shards")
        )
    ((_, body),) = found["indices"].items()
    return {
        shard: copy["seq_no"]["global_checkpoint"]
        for shard, copies in body["shards"].items()
        for copy in copies
        if copy["routing"]["primary"]
    }


def iter_changed(
    server: Server, index: str, since: Marks, query: Mapping[str, Any] = ALL
) -> Iterator[Mapping[str, Any]]:
    """Every matching hit of an index that changed after these marks, whole, with its version."""
    refresh(server, index)
    for shard, mark in since.items():
        yield from _iter_shard(server, index, shard, mark, query)


def _iter_shard(
    server: Server, index: str, shard: str, mark: int, query: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    while True:
        body = {
            "query": {"bool": {"filter": [{"range": {"_seq_no": {"gt": mark}}}, query]}},
            "size": CONTENT_PAGE,
            "sort": [{"_seq_no": "asc"}],
            "version": True,
            "track_total_hits": False,
        }
        hits = _read_page(server, index, body, preference=f"_shards:{shard}")
        yield from hits
        if len(hits) < CONTENT_PAGE:
            return
        mark = hits[-1]["sort"][0]


def _read_page(
    server: Server, index: str, body: dict[str, Any], **narrowed: Any
) -> Sequence[Mapping[str, Any]]:
    def search() -> Mapping[str, Any]:
        return check_whole(server.client.search(index=index, body=body, **narrowed).body)

    with engine_errors():
        hits: Sequence[Mapping[str, Any]] = server.ask(search)["hits"]["hits"]
    return hits
