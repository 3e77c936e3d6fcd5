"""Counts that ride along with a page: facets, histogram, and how far the archive reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tantivy import Query

from dateline.search.calendars import MAX_BARS, bound_interval, calendar_bars, count_bars
from dateline.search.embedded.dates import midnight, moment_of, start_of
from dateline.search.embedded.patterns import any_of, begins, word_begins
from dateline.search.names import split_key
from dateline.search.queries import NAME_FIELDS, STORED_FIELD
from dateline.search.results import Bar, Facet, FacetValue, Total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dateline.search.asking import Extent
    from dateline.search.calendars import Step
    from dateline.search.embedded.archive import Snapshot
    from dateline.search.naming import NameTable
    from dateline.search.queries import FacetField, Filters

ALL_VALUES = 65_000
"""Values a count may list: with as many from each segment its counts are exact."""
_NOTHING = "\U0010ffff"
"""Stands for "no value" in a count: no text holds this sign."""
_DATES = {
    "first": {"min": {"field": "published_at"}},
    "last": {"max": {"field": "published_at"}},
    "dated": {"value_count": {"field": "published_at"}},
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a facet's documents hold: values with counts, best first, and how many hold none."""

    values: tuple[tuple[str, int], ...]
    missing: int
    whole: bool


NOTHING_COUNTED = Counted((), 0, whole=True)


def count_values(field: FacetField) -> dict[str, Any]:
    """The aggregation that counts every value of a field, and the documents without one."""
    terms = {
        "field": STORED_FIELD[field],
        "size": ALL_VALUES,
        "segment_size": ALL_VALUES,
        "missing": _NOTHING,
    }
    return {"terms": terms}


def read_values(raw: Mapping[str, Any]) -> Counted:
    """The answer to `count_values`."""
    counts = {bucket["key"]: bucket["doc_count"] for bucket in raw["buckets"]}
    missing = counts.pop(_NOTHING, 0)
    return Counted(tuple(counts.items()), missing, raw["sum_other_doc_count"] == 0)


def read_facet(counted: Counted, size: int, chosen: Sequence[str], *, show_chosen: bool) -> Facet:
    """The most frequent values, the chosen ones told apart and, if so wished, shown however rare."""
    shown = dict(counted.values[:size])
    if show_chosen:
        known = dict(counted.values)
        shown |= {value: known.get(value, 0) for value in chosen}
    ordered = sorted(shown.items(), key=lambda value: (-value[1], value[0]))
    listed = len(counted.values)
    return Facet(
        values=tuple(FacetValue(value, value, count, value in chosen) for value, count in ordered),
        distinct=Total(listed) if counted.whole else Total(listed + 1, "gte"),
        missing=counted.missing,
    )


def chosen_values(
    snapshot: Snapshot, field: FacetField, filters: Filters, names: NameTable
) -> list[str]:
    """The values of the archive that a filter chose: always shown, however rare."""
    asked: tuple[str, ...] = getattr(filters, field)
    if not asked:
        return []
    if field in NAME_FIELDS:
        return list(dict.fromkeys(name for each in asked for name in names.meant(field, each)))
    pattern, stored = any_of(asked), STORED_FIELD[field]
    holders = Query.regex_query(snapshot.schema, stored, pattern)
    terms = {"field": stored, "size": ALL_VALUES, "include": pattern}
    found = snapshot.aggregate(holders, {"values": {"terms": terms}})
    return [bucket["key"] for bucket in found["values"]["buckets"]]


def count_beginning(
    snapshot: Snapshot, field: FacetField, prefix: str, under: Query
) -> Counted | None:
    """Values that begin like the prefix, a name also by any of its words; None for no word."""
    stored, named = STORED_FIELD[field], field in NAME_FIELDS
    pattern = word_begins(prefix) if named else begins(prefix)
    if pattern is None:
        return None
    searched = f"{stored}_keys" if named else stored
    terms = {"field": searched, "size": ALL_VALUES, "segment_size": ALL_VALUES, "include": pattern}
    counted = read_values(snapshot.aggregate(under, {"values": {"terms": terms}})["values"])
    if not named:
        return counted
    return replace(counted, values=tuple((split_key(key)[1], n) for key, n in counted.values))


def find_extent(snapshot: Snapshot) -> Extent | None:
    """The archive's first and last day; None when no article has a date."""
    if "extent" not in snapshot.facts:
        found = snapshot.aggregate(Query.all_query(), _DATES)
        snapshot.facts["extent"] = _read_extent(found)
    extent: Extent | None = snapshot.facts["extent"]
    return extent


def count_bars_of(
    snapshot: Snapshot, matching: Query, filters: Filters, step: Step
) -> tuple[tuple[Bar, ...], str | None, int]:
    """The histogram without gaps, a warning when it had to be coarser, and how many are dated.

    It runs from the first to the last day that holds something, or as far as `from` and `to` say
    (unless that alone would need more bars than are drawn).
    """
    found = snapshot.aggregate(matching, _DATES)
    extent, dated = _read_extent(found), int(found["dated"]["value"] or 0)
    if extent is None:
        return (), None, 0
    first, last = filters.published_from or extent[0], filters.published_to or extent[1]
    if count_bars(first, last, "year") > MAX_BARS:
        first, last = extent
    fitting, warning = bound_interval(first, last, step)
    bars = calendar_bars(first, last, fitting)
    return tuple(_count_ranges(snapshot, matching, bars)), warning, dated


def _count_ranges(
    snapshot: Snapshot, matching: Query, bars: Sequence[tuple[date, date]]
) -> list[Bar]:
    starts = [start_of(start) for start, _ in bars]
    ends = [*starts[1:], None]
    ranges = [
        {"from": float(start)} if end is None else {"from": float(start), "to": float(end)}
        for start, end in zip(starts, ends, strict=True)
    ]
    asked = {"bars": {"range": {"field": "published_at", "ranges": ranges}}}
    found = snapshot.aggregate(matching, asked)["bars"]["buckets"]
    counts = {bucket["from"]: bucket["doc_count"] for bucket in found if "from" in bucket}
    return [
        Bar(midnight(start), midnight(end), counts.get(float(at), 0))
        for (start, end), at in zip(bars, starts, strict=True)
    ]


def _read_extent(found: Mapping[str, Any]) -> Extent | None:
    first, last = found["first"]["value"], found["last"]["value"]
    return None if first is None else (moment_of(first).date(), moment_of(last).date())
