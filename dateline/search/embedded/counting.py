"""Counts that ride along with a page: facets, histogram, and how far the archive reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tantivy import Query

from dateline.search.calendars import MAX_BARS, bound_interval, calendar_bars, count_bars
from dateline.search.dates import day_of, midnight, to_epoch
from dateline.search.embedded.dictionary import keys_beginning, without_case
from dateline.search.names import split_key
from dateline.search.queries import NAME_FIELDS, STORED_FIELD
from dateline.search.results import Bar, Facet, FacetValue, Total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dateline.search.asking import Extent
    from dateline.search.calendars import Step
    from dateline.search.embedded.archive import Snapshot
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


def read_facet(counted: Counted, size: int, chosen: Sequence[str]) -> Facet:
    """The most frequent values, and the chosen ones however rare."""
    known = dict(counted.values)
    shown = dict(counted.values[:size]) | {value: known.get(value, 0) for value in chosen}
    ordered = sorted(shown.items(), key=lambda value: (-value[1], value[0]))
    return _facet(counted, ordered, chosen)


def read_slice(counted: Counted, start: int, size: int, chosen: Sequence[str]) -> Facet:
    """A stretch of the values, best first."""
    return _facet(counted, counted.values[start : start + size], chosen)


def _facet(counted: Counted, values: Sequence[tuple[str, int]], chosen: Sequence[str]) -> Facet:
    listed = len(counted.values)
    return Facet(
        values=tuple(FacetValue(value, value, count, value in chosen) for value, count in values),
        distinct=Total(listed) if counted.whole else Total(listed + 1, "gte"),
        missing=counted.missing,
    )


def only_beginning(snapshot: Snapshot, field: FacetField, prefix: str, counted: Counted) -> Counted:
    """The values that begin like the prefix, a name also by any of its words (ties by its key)."""
    if field in NAME_FIELDS:
        keys = {split_key(key)[1]: key for key in keys_beginning(snapshot, field, prefix)}
        found = [each for each in counted.values if each[0] in keys]
        found.sort(key=lambda value: (-value[1], keys[value[0]]))
        return replace(counted, values=tuple(found))
    begun = without_case(prefix.strip())
    values = (each for each in counted.values if without_case(each[0]).startswith(begun))
    return replace(counted, values=tuple(values))


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
    starts = [to_epoch(midnight(start)) for start, _ in bars]
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
    return None if first is None else (day_of(first), day_of(last))
