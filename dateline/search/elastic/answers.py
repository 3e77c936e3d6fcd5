"""The engine's answer in our values. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import expm1
from typing import TYPE_CHECKING, Any, cast

from dateline.search.base import MAX_WINDOW
from dateline.search.calendars import MAX_BARS, bound_interval, calendar_bars, count_bars, floor_day
from dateline.search.cursors import Cursor, encode_cursor, query_digest
from dateline.search.dates import day_of, midnight
from dateline.search.elastic.clauses import ALL_WORDS
from dateline.search.names import split_key
from dateline.search.queries import NAME_FIELDS
from dateline.search.reprints import Members
from dateline.search.results import Bar, Facet, FacetValue, Hit, Total
from dateline.search.snippets import cut_snippets, read_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Literal

    from dateline.search.calendars import Step
    from dateline.search.naming import NameTable
    from dateline.search.queries import FacetField, FacetQuery, Filters, SearchQuery, TextField
    from dateline.search.results import Highlight

_SURELY_EXACT = 100
_HASHES = 2**25
"""`cardinality` keeps 25-bit hashes: among 100 values two meet with a chance of .00015."""


@dataclass(frozen=True, slots=True)
class NextPlace:
    """Where the next page begins; both None on the last one."""

    cursor: str | None = None
    page: int | None = None


def is_incomplete(raw: Mapping[str, Any]) -> bool:
    """Whether the engine ran out of time or missed a shard."""
    return bool(raw["timed_out"] or raw["_shards"]["failed"])


def read_hit(raw: Mapping[str, Any], query: SearchQuery, match: str) -> Hit:
    """One hit with its stored fields, its marks cut into snippets."""
    stored = raw["_source"]
    highlights = read_highlights(raw["highlight"], stored) if "highlight" in raw else ()
    if query.fields is None or "body_start" not in query.fields:
        stored.pop("body_start", None)
    return Hit(
        id=stored["id"],
        stored=stored,
        score=raw["_score"] if query.sort == "relevance" else None,
        highlights=highlights,
        all_words=match == "all" or ALL_WORDS in raw.get("matched_queries", ()),
    )


def read_highlights(
    marked: Mapping[str, Sequence[str]], stored: Mapping[str, Any]
) -> tuple[Highlight, ...]:
    """Snippets of every field the engine marked; title and body are parted in `text`."""
    found: list[Highlight] = []
    for field, (whole, *_) in marked.items():
        text, spans = read_marks(whole)
        body_start = stored.get("body_start", 0) if field == "text" else 0
        found += cut_snippets(text, spans, body_start=body_start, field=cast("TextField", field))
    # a title may be marked twice: as a field of its own and at the head of the text
    return tuple(found) if len(marked) == 1 else tuple(dict.fromkeys(found))


def read_members(raw: Mapping[str, Any]) -> Members:
    """What was found out of groups of reprints."""
    counts = raw["aggregations"]
    firsts = counts["matching"]["firsts"]["buckets"] if "matching" in counts else ()
    return Members(
        counts={bucket["key"]: bucket["doc_count"] for bucket in counts["members"]["buckets"]},
        firsts={bucket["key"]: bucket["first"]["hits"]["hits"][0]["_id"] for bucket in firsts},
        incomplete=is_incomplete(raw),
    )


def find_next(
    raw: Mapping[str, Any], query: SearchQuery, match: Literal["all", "some"]
) -> NextPlace:
    """Where the next page begins, if there is one."""
    hits = raw["hits"]["hits"]
    if not query.page_size or len(hits) < query.page_size:
        return NextPlace()
    if query.cursor is not None:
        more = len(hits) > query.page_size
        return NextPlace(
            cursor=_cursor_after(hits[query.page_size - 1], query, match) if more else None
        )
    if query.page * query.page_size >= raw["hits"]["total"]["value"]:
        return NextPlace()
    cursor = None if query.sort == "relevance" else _cursor_after(hits[-1], query, match)
    numbered = (query.page + 1) * query.page_size <= MAX_WINDOW
    return NextPlace(cursor=cursor, page=query.page + 1 if numbered else None)


def read_facet(
    field: FacetField, raw: Mapping[str, Any], filters: Filters, names: NameTable, size: int
) -> Facet:
    """A facet: the most frequent values, and the selected ones however rare."""
    chosen = _Chosen(field, filters, names)
    buckets = raw["values"]["buckets"][:size] + raw.get("selected", {}).get("buckets", [])
    counted = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    ordered = sorted(counted.items(), key=lambda value: (-value[1], value[0]))
    return _facet(raw, [FacetValue(key, key, count, key in chosen) for key, count in ordered])


def read_slice(
    field: FacetField, raw: Mapping[str, Any], query: FacetQuery, names: NameTable
) -> Facet:
    """A stretch of a facet's values, best first, from `offset` on, in the engine's own order."""
    chosen = _Chosen(field, query.query.filters, names)
    keyed = bool(query.prefix) and field in NAME_FIELDS  # such values are counted by their keys
    values = [
        FacetValue(value, value, bucket["doc_count"], value in chosen)
        for bucket in raw["values"]["buckets"][query.offset : query.offset + query.size]
        for value in [split_key(bucket["key"])[1] if keyed else bucket["key"]]
    ]
    return _facet(raw, values)


def _facet(raw: Mapping[str, Any], values: Sequence[FacetValue]) -> Facet:
    return Facet(
        values=tuple(values),
        distinct=_read_distinct(raw),
        missing=raw["missing"]["doc_count"],
        exact=raw["values"]["doc_count_error_upper_bound"] == 0,
    )


def read_bars(
    days: Mapping[str, Any], filters: Filters, step: Step
) -> tuple[tuple[Bar, ...], str | None]:
    """The histogram without gaps, and a warning when it had to be coarser than `step`.

    It runs from the first to the last day that holds something, or as far as `from` and `to` say
    (unless that alone would need more bars than are drawn).
    """
    counts = {day_of(bucket["key"]): bucket["doc_count"] for bucket in days["bars"]["buckets"]}
    if not counts:
        return (), None
    first = filters.published_from or min(counts)
    last = filters.published_to or max(counts)
    if count_bars(first, last, "year") > MAX_BARS:
        first, last = min(counts), max(counts)
    fitting, warning = bound_interval(first, last, step)
    return tuple(_bars(counts, calendar_bars(first, last, fitting), fitting)), warning


def read_extent(archive: Mapping[str, Any]) -> tuple[date, date] | None:
    """The archive's first and last day; None when no article has a date."""
    if archive["first"]["value"] is None:
        return None
    return day_of(archive["first"]["value"]), day_of(archive["last"]["value"])


def _bars(
    counts: Mapping[date, int], bars: Iterable[tuple[date, date]], step: Step
) -> Iterator[Bar]:
    summed: Counter[date] = Counter()
    for day, count in counts.items():
        summed[floor_day(day, step)] += count
    for start, end in bars:
        yield Bar(midnight(start), midnight(end), summed[start])


class _Chosen:
    """The values that a filter chose, whatever their case where case does not count."""

    def __init__(self, field: FacetField, filters: Filters, names: NameTable) -> None:
        values: Sequence[str] = getattr(filters, field)
        self._folds = field not in NAME_FIELDS
        self._values = {
            meant
            for value in values
            for meant in ([value.strip().casefold()] if self._folds else names.meant(field, value))
        }

    def __contains__(self, value: str) -> bool:
        return (value.casefold() if self._folds else value) in self._values


def _read_distinct(raw: Mapping[str, Any]) -> Total:
    values = raw["values"]
    listed = len(values["buckets"])
    if values["sum_other_doc_count"] == 0:
        return Total(listed)
    if "distinct" not in raw:
        return Total(listed + 1, "gte")
    estimate = raw["distinct"]["value"]
    if estimate <= _SURELY_EXACT:
        return Total(max(estimate, listed))
    # how many different hashes there were, of which the estimate was made: surely no more than that
    hashes = int(-_HASHES * expm1(-estimate / _HASHES))
    return Total(max(hashes - 1, listed), "gte")


def _cursor_after(hit: Mapping[str, Any], query: SearchQuery, match: Literal["all", "some"]) -> str:
    place = Cursor(sort=query.sort, keys=tuple(hit["sort"]), match=match)
    return encode_cursor(place, query_digest(query))
