"""Counts that ride along with a page: facets, histogram, and what the whole archive holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.search.elastic.patterns import any_of, begins, word_begins
from dateline.search.queries import NAME_FIELDS, STORED_FIELD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.search.calendars import Step
    from dateline.search.naming import NameTable
    from dateline.search.queries import FacetField, Filters

Query = dict[str, Any]
Aggregation = dict[str, Any]

SHARD_SIZE = 1_000
"""Values each shard offers: measured with 5 shards, the error bound is 0 from 200 on."""
PRECISION = 40_000
"""The most that `cardinality` takes: up to here it keeps hashes, beyond it estimates."""
_ORDER = [{"_count": "desc"}, {"_key": "asc"}]


def aggregate_facet(field: FacetField, size: int, others: list[Query]) -> Aggregation:
    """The most frequent values of a field under all *other* filters, and how many there are."""
    stored = STORED_FIELD[field]
    return _under(
        others,
        {
            "values": _terms(stored, size),
            "distinct": {"cardinality": {"field": stored, "precision_threshold": PRECISION}},
            "missing": {"missing": {"field": stored}},
        },
    )


def aggregate_selected(field: FacetField, filters: Filters, names: NameTable) -> Aggregation | None:
    """The chosen values of a field, however rare: they are always shown."""
    values = getattr(filters, field)
    if not values:
        return None
    include: str | list[str] = any_of(values)
    if field in NAME_FIELDS:
        include = [name for value in values for name in names.meant(field, value)]
    if not include:
        return None
    size = max(len(values), SHARD_SIZE)
    return {
        "terms": {
            "field": STORED_FIELD[field],
            "size": size,
            "include": include,
            "min_doc_count": 0,
        }
    }


def aggregate_prefix(field: FacetField, size: int, prefix: str, others: list[Query]) -> Aggregation:
    """The most frequent values that begin like this; a name also by any of its words."""
    stored = STORED_FIELD[field]
    searched, include = stored, begins(prefix)
    if field in NAME_FIELDS:
        searched, include = f"{stored}_keys", word_begins(prefix)
    values = _terms(searched, size)
    values["terms"]["include"] = include
    return _under(others, {"values": values, "missing": {"missing": {"field": stored}}})


def aggregate_days(step: Step, filters: list[Query]) -> Aggregation:
    """Documents per UTC calendar step (empty ones left out), and those without a date."""
    bars = {
        "field": "published_at",
        "calendar_interval": step,
        "min_doc_count": 1,
        "format": "uuuu",  # only the key is read; the shortest text saves bytes
    }
    return _under(
        filters,
        {"bars": {"date_histogram": bars}, "undated": {"missing": {"field": "published_at"}}},
    )


def aggregate_extent() -> dict[str, Aggregation]:
    """The archive's first and last date, to stand under a `global` aggregation."""
    return {"first": {"min": {"field": "published_at"}}, "last": {"max": {"field": "published_at"}}}


def others_than(field: FacetField, narrowed: Mapping[FacetField, Query]) -> list[Query]:
    """The filters of all other facet fields."""
    return [query for name, query in narrowed.items() if name != field]


def _under(filters: Sequence[Query], aggregations: dict[str, Aggregation]) -> Aggregation:
    return {"filter": {"bool": {"filter": list(filters)}}, "aggs": aggregations}


def _terms(field: str, size: int) -> Aggregation:
    terms = {
        "field": field,
        "size": max(size, 1),
        "shard_size": max(SHARD_SIZE, size),
        "order": _ORDER,
    }
    return {"terms": terms}
