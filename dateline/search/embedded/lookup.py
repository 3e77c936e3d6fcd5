"""Looks up what the names in a question may mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tantivy import Query

from dateline.search.embedded.counting import ALL_VALUES
from dateline.search.embedded.patterns import escape, holds_word, resembles
from dateline.search.names import name_key, nearest_names, resolve_name
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
    pattern = holds_word(text)
    spelt = escape(name_key(text.strip()))
    # the very name is asked for too, so that a thousand namesakes cannot push it out
    candidates = dict(_names_like(snapshot, of, spelt)) | dict(_names_like(snapshot, of, pattern))
    resolution = resolve_name(text, list(candidates.items()))
    if resolution.names:
        return replace(resolution, nearest=())
    return replace(
        resolution, nearest=nearest_names(text, _names_like(snapshot, of, resembles(text)))
    )


def _names_like(snapshot: Snapshot, of: NameField, pattern: str | None) -> list[Candidate]:
    """The most frequent name keys that match, with how many documents hold each."""
    if pattern is None:
        return []
    field = f"{STORED_FIELD[of]}_keys"
    holders = Query.regex_query(snapshot.schema, field, pattern)
    terms = {
        "field": field,
        "size": MAX_CANDIDATES,
        "segment_size": ALL_VALUES,
        "include": pattern,
    }
    found = snapshot.aggregate(holders, {"names": {"terms": terms}})
    return [(bucket["key"], bucket["doc_count"]) for bucket in found["names"]["buckets"]]
