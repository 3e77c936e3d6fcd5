"""Groups of reprints in one snapshot: how many members, and which of them is the first match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tantivy import Query

from dateline.search.embedded.compiler import narrowed
from dateline.search.embedded.counting import ALL_VALUES
from dateline.search.embedded.filters import required
from dateline.search.queries import REPRINT_GROUP
from dateline.search.reprints import Members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dateline.search.embedded.archive import Snapshot
    from dateline.search.embedded.walking import Place
    from dateline.search.reprints import Sought

    FindFirst = Callable[[Query], Sequence[Place]]


def find_members(
    snapshot: Snapshot, sought: Sought, matching: Query, find_first: FindFirst
) -> Members:
    """What there is of these groups; `find_first` lists the first hit of a query, if any."""
    firsts: dict[str, str] = {}
    if sought.firsts:
        firsts = dict(_find_firsts(snapshot, sought.groups, matching, find_first))
    return Members(counts=_count_members(snapshot, sought.groups), firsts=firsts)


def _count_members(snapshot: Snapshot, groups: Sequence[str]) -> dict[str, int]:
    terms = {"field": REPRINT_GROUP, "size": len(groups), "segment_size": ALL_VALUES}
    these = Query.term_set_query(snapshot.schema, REPRINT_GROUP, list(groups))
    found = snapshot.aggregate(these, {"members": {"terms": terms}})
    return {bucket["key"]: bucket["doc_count"] for bucket in found["members"]["buckets"]}


def _find_firsts(
    snapshot: Snapshot, groups: Sequence[str], matching: Query, find_first: FindFirst
) -> Iterator[tuple[str, str]]:
    for group in groups:
        this = Query.term_query(snapshot.schema, REPRINT_GROUP, group, "basic")
        for place in find_first(narrowed(matching, [required(this)])):
            yield group, snapshot.read(place.address)["id"]
