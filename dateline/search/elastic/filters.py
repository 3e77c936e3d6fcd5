"""Filters: what narrows an answer and never scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.search.asking import EXCLUDABLE
from dateline.search.queries import FACET_FIELDS, NAME_FIELDS, REPRINT_GROUP, STORED_FIELD
from dateline.search.refusals import MAX_KEYWORD_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dateline.search.naming import NameTable
    from dateline.search.queries import FacetField, Filters

Query = dict[str, Any]


def filter_value(field: str, text: str, names: NameTable) -> Query:
    """Documents whose field holds this value; a name stands for all the names it means."""
    stored = STORED_FIELD[field]
    if field in NAME_FIELDS:
        return {"terms": {stored: _terms_of(field, (text,), names)}}
    if not is_term(text):
        return {"match_none": {}}
    return {"term": {stored: {"value": text.strip(), "case_insensitive": True}}}


def is_term(text: str) -> bool:
    """Whether a keyword field could hold this; the server refuses to look for a longer one."""
    return len(text.encode("utf-8", "surrogatepass")) <= MAX_KEYWORD_BYTES


def filter_dates(first: date | None, last: date | None) -> Query:
    """Documents published in these UTC days, both included."""
    bounds = {}
    if first is not None:
        bounds["gte"] = first.isoformat()
    if last is not None:
        bounds["lte"] = last.isoformat()  # a day without time rounds up to its last millisecond
    return {"range": {"published_at": bounds}}


def narrowing(filters: Filters, names: NameTable) -> dict[FacetField, Query]:
    """The filter of each facet field that has one: its values OR each other."""
    return {
        field: _any_value(field, values, names)
        for field in FACET_FIELDS
        if (values := getattr(filters, field))
    }


def unconditional(filters: Filters, names: NameTable) -> dict[str, list[Query]]:
    """What holds for every facet alike: days, group, exclusions, as parts of a `bool`."""
    parts: dict[str, list[Query]] = {}
    if filters.published_from is not None or filters.published_to is not None:
        parts["filter"] = [filter_dates(filters.published_from, filters.published_to)]
    if filters.reprint_group is not None:
        parts.setdefault("filter", []).append({"term": {REPRINT_GROUP: filters.reprint_group}})
    excluded = [
        filter_value(field, value, names)
        for field in EXCLUDABLE
        for value in getattr(filters, f"exclude_{field}")
    ]
    if filters.exclude_id is not None:
        excluded.append({"term": {"id": filters.exclude_id}})
    if excluded:
        parts["must_not"] = excluded
    return parts


def _any_value(field: FacetField, values: Sequence[str], names: NameTable) -> Query:
    if field in NAME_FIELDS:
        return {"terms": {STORED_FIELD[field]: _terms_of(field, values, names)}}
    queries = [filter_value(field, value, names) for value in values]
    return (
        queries[0]
        if len(queries) == 1
        else {"bool": {"should": queries, "minimum_should_match": 1}}
    )


def _terms_of(field: str, values: Sequence[str], names: NameTable) -> list[str]:
    meant = dict.fromkeys(name for value in values for name in names.meant(field, value))
    return [name for name in meant if is_term(name)]
