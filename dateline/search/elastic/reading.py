"""The engine's answers put together of their parts. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.search.asking import widening_warning
from dateline.search.elastic.answers import (
    find_next,
    is_incomplete,
    read_bars,
    read_facet,
    read_hit,
    read_slice,
)
from dateline.search.elastic.naming import with_nearest
from dateline.search.results import FacetAnswer, SearchResults, Total

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.search.elastic.compiler import Conditions
    from dateline.search.naming import NameTable
    from dateline.search.queries import FacetQuery, SearchQuery
    from dateline.search.results import Bar


def read_results(raw: Mapping[str, Any], query: SearchQuery, under: Conditions) -> SearchResults:
    """A page of hits with all that was counted for it."""
    counts = raw.get("aggregations", {})
    names = with_nearest(under.names, archive_of(raw))
    place = find_next(raw, query, under.match)
    bars: tuple[Bar, ...] = ()
    coarser: str | None = None
    if under.step:
        bars, coarser = read_bars(counts["days"], query.filters, under.step)
    shown, total = raw["hits"]["hits"][: query.page_size], raw["hits"]["total"]
    return SearchResults(
        hits=tuple(read_hit(hit, query, under.match) for hit in shown),
        total=Total(total["value"], total["relation"]),
        facets={
            name: read_facet(name, counts[f"facet_{name}"], query.filters, names, query.facet_size)
            for name in query.facets
        },
        histogram=bars,
        undated=counts["days"]["undated"]["doc_count"] if under.step else 0,
        next_cursor=place.cursor,
        next_page=place.page,
        incomplete=is_incomplete(raw),
        match=under.match,
        resolved=names.by_field(),
        warnings=(*_warnings(raw, query, under, names), *filter(None, [coarser])),
    )


def read_facets(
    raw: Mapping[str, Any], query: FacetQuery, under: Conditions, took_ms: int
) -> FacetAnswer:
    """The values of some fields."""
    counts = raw["aggregations"]
    names = with_nearest(under.names, archive_of(raw))
    return FacetAnswer(
        facets={
            name: read_slice(name, counts[f"facet_{name}"], query, names) for name in query.fields
        },
        took_ms=took_ms,
        incomplete=is_incomplete(raw),
        resolved=names.by_field(),
        warnings=_warnings(raw, query.query, under, names),
    )


def _warnings(
    raw: Mapping[str, Any], query: SearchQuery, under: Conditions, names: NameTable
) -> tuple[str, ...]:
    said = (*query.parsed.warnings, *names.warnings())
    if under.match == "all":
        return said
    archive = archive_of(raw)
    every, some = archive["all_words"]["doc_count"], archive["some_words"]["doc_count"]
    return (*said, widening_warning(every, some))


def archive_of(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was counted in the whole archive."""
    archive: Mapping[str, Any] = raw.get("aggregations", {}).get("archive", {})
    return archive
