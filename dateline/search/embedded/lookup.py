"""Looks up what the names in a question may mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tantivy import Query

from dateline.search.embedded.counting import ALL_VALUES
from dateline.search.embedded.dictionary import keys_like, keys_with_words
from dateline.search.names import nearest_names, resolve_name
from dateline.search.naming import MAX_CANDIDATES, NameTable
from dateline.search.queries import STORED_FIELD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.search.embedded.archive import Snapshot
    from dateline.search.names import Candidate
    from dateline.search.naming import AskedName
    from dateline.search.queries import NameField
    from dateline.search.results import Resolution


def resolve_names(snapshot: Snapshot, asked: Sequence[AskedName]) -> NameTable:
    """What the names mean in this archive; unknown ones come with the names nearest to them."""
    return NameTable({each: _resolve(snapshot, *each) for each in asked})


def _resolve(snapshot: Snapshot, of: NameField, text: str) -> Resolution:
    holding = _count(snapshot, of, keys_with_words(snapshot, of, text))
    resolution = resolve_name(text, holding)
    if resolution.names:
        return resolution
    like = _count(snapshot, of, keys_like(snapshot, of, text))
    return replace(resolution, nearest=nearest_names(text, like))


def _count(snapshot: Snapshot, of: NameField, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The most frequent of these keys that documents hold now, and how many hold each."""
    keys = [key for key, _ in candidates[:MAX_CANDIDATES]]
    if not keys:
        return []
    field = f"{STORED_FIELD[of]}_keys"
    terms = {"field": field, "size": len(keys), "segment_size": ALL_VALUES, "include": keys}
    holders = Query.term_set_query(snapshot.schema, field, keys)
    found = snapshot.aggregate(holders, {"names": {"terms": terms}})
    return [(bucket["key"], bucket["doc_count"]) for bucket in found["names"]["buckets"]]
