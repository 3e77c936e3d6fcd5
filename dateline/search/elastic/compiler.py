"""A question into the body of one Elasticsearch request. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from dateline.search.asking import may_widen, plain_words, stored_fields
from dateline.search.elastic.aggregations import (
    aggregate_days,
    aggregate_extent,
    aggregate_facet,
    aggregate_prefix,
    aggregate_selected,
    others_than,
)
from dateline.search.elastic.clauses import (
    Scope,
    compile_question,
    hold_all_words,
    hold_any_word,
)
from dateline.search.elastic.filters import narrowing, unconditional
from dateline.search.elastic.highlighting import compile_highlight
from dateline.search.elastic.naming import candidate_aggregations, nearest_aggregations
from dateline.search.naming import AskedName, NameTable
from dateline.search.queries import REPRINT_GROUP
from dateline.search.storing import ORIGINAL_KIND

if TYPE_CHECKING:
    from dateline.search.calendars import Step
    from dateline.search.queries import FacetField, FacetQuery, SearchQuery
    from dateline.search.reprints import Sought

Body = dict[str, Any]
Key = int | str


@dataclass(frozen=True, slots=True)
class Conditions:
    """On what terms a question is put: how words count, what names mean, how bars are drawn.

    `look_up` are the names still to be looked up in the same request, `step` None = no histogram,
    `extent` asks for the archive's first and last date too, `after` are a cursor's sort values.
    """

    match: Literal["all", "some"] = "all"
    names: NameTable = field(default_factory=NameTable)
    look_up: tuple[AskedName, ...] = ()
    step: Step | None = None
    extent: bool = False
    after: tuple[Key, ...] | None = None
    timeout_ms: int = 2_000


def compile_search(query: SearchQuery, under: Conditions) -> Body:
    """The body of one page: hits, facets, histogram, highlights, and the archive-wide counts."""
    narrowed = narrowing(query.filters, under.names)
    after_facets = {name: each for name, each in narrowed.items() if name in query.facets}
    body = {
        **_compile_base(
            query, under, [each for name, each in narrowed.items() if name not in after_facets]
        ),
        **_compile_page(query, under),
        "_source": _source_fields(query),
        "aggs": _compile_counts(query, under, after_facets),
    }
    if after_facets:
        body["post_filter"] = {"bool": {"filter": list(after_facets.values())}}
    highlight = compile_highlight(query.parsed, query.search_in) if query.highlight else None
    if highlight and query.page_size:
        body["highlight"] = highlight
    return body


def compile_facets(asked: FacetQuery, under: Conditions) -> Body:
    """The body of an answer that holds facet values only."""
    narrowed = narrowing(asked.query.filters, under.names)
    after_facets = {name: each for name, each in narrowed.items() if name in asked.fields}
    before = [each for name, each in narrowed.items() if name not in after_facets]
    size = asked.offset + asked.size
    counts = {
        f"facet_{name}": aggregate_prefix(name, size, asked.prefix, others_than(name, after_facets))
        if asked.prefix
        else aggregate_facet(name, size, others_than(name, after_facets))
        for name in asked.fields
    }
    counts |= _compile_archive(asked.query, under)
    return {
        **_compile_base(asked.query, under, before),
        "size": 0,
        "track_total_hits": False,
        "aggs": counts,
    }


def compile_groups(query: SearchQuery, under: Conditions, sought: Sought) -> Body:
    """The body that counts groups of reprints and, if sought, finds the first match of each.

    Only members of these groups are looked at; the question does no more than score and tell them.
    """
    these = {"terms": {REPRINT_GROUP: list(sought.groups)}}
    each = {
        "terms": {
            "field": REPRINT_GROUP,
            "include": list(sought.groups),
            "size": len(sought.groups),
        }
    }
    found: Body = {"filter": [these]}
    counts: Body = {"members": each}
    if sought.firsts:
        filters = list(narrowing(query.filters, under.names).values())
        question = _compile_question(query, under, filters)
        first = {"top_hits": {"size": 1, "sort": _sort(query), "_source": False}}
        counts["matching"] = {
            "filter": question,
            "aggs": {"firsts": each | {"aggs": {"first": first}}},
        }
        found["should"] = [question]
    return {
        "query": {"bool": found},
        "size": 0,
        "track_total_hits": False,
        "timeout": f"{under.timeout_ms}ms",
        "aggs": counts,
    }


def compile_scan(
    query: SearchQuery, under: Conditions, size: int, after: tuple[str, ...] | None
) -> Body:
    """The body of one step through every matching document, ordered by id."""
    narrowed = narrowing(query.filters, under.names)
    body = {
        **_compile_base(query, under, list(narrowed.values())),
        "size": size,
        "sort": [{"id": "asc"}],
        "track_total_hits": False,
    }
    if after:
        body["search_after"] = list(after)
    return body


def compile_originals_scan(size: int, after: tuple[str, ...] | None) -> Body:
    """The body of one step through all originals, ordered by id; never answered in part."""
    body: Body = {
        "query": {"term": {"kind": ORIGINAL_KIND}},
        "size": size,
        "sort": [{"id": "asc"}],
        "track_total_hits": False,
    }
    return body | ({"search_after": list(after)} if after else {})


def _compile_base(query: SearchQuery, under: Conditions, filters: list[Body]) -> Body:
    return {
        "query": _compile_question(query, under, filters),
        "timeout": f"{under.timeout_ms}ms",
    }


def _compile_question(query: SearchQuery, under: Conditions, filters: list[Body]) -> Body:
    scope = Scope(query.search_in, under.names)
    question = compile_question(query.parsed, scope, widened=under.match == "some")
    parts = unconditional(query.filters, under.names)
    parts["filter"] = [*parts.get("filter", []), *filters]
    if question is not None:
        parts["must"] = [question]
    kept = {occur: queries for occur, queries in parts.items() if queries}
    return {"bool": kept} if kept else {"match_all": {}}


def _compile_page(query: SearchQuery, under: Conditions) -> Body:
    page: Body = {"size": query.page_size, "track_total_hits": True, "sort": _sort(query)}
    if under.after is not None:
        # one more than is shown tells whether there is a next page
        page |= {"size": query.page_size + 1, "search_after": list(under.after)}
    elif query.page > 1:
        page["from"] = (query.page - 1) * query.page_size
    return page


def _sort(query: SearchQuery) -> list[Body]:
    if query.sort == "relevance":
        return [{"_score": "desc"}, {"id": "asc"}]
    order = "desc" if query.sort == "newest" else "asc"
    # without `format`: a formatted missing value is refused as a cursor
    return [{"published_at": {"order": order, "missing": "_last"}}, {"id": "asc"}]


def _compile_counts(
    query: SearchQuery, under: Conditions, narrowed: dict[FacetField, Body]
) -> Body:
    counts: Body = {}
    for name in query.facets:
        counts[f"facet_{name}"] = aggregate_facet(
            name, query.facet_size, others_than(name, narrowed)
        )
        selected = aggregate_selected(name, query.filters, under.names)
        if selected:
            counts[f"facet_{name}"]["aggs"]["selected"] = selected
    if under.step is not None:
        counts["days"] = aggregate_days(under.step, list(narrowed.values()))
    return counts | _compile_archive(query, under)


def _compile_archive(query: SearchQuery, under: Conditions) -> Body:
    """What is counted in the whole archive, whatever the question: one `global` aggregation."""
    counts: Body = {
        **candidate_aggregations(under.look_up),
        **nearest_aggregations(under.names.unknown),
    }
    if under.match == "some" or may_widen(query):
        words = plain_words(query.parsed)
        counts["all_words"] = {"filter": hold_all_words(words, query.search_in)}
    if under.match == "some":
        counts["some_words"] = {"filter": hold_any_word(words, query.search_in)}
    if under.extent:
        counts |= aggregate_extent()
    return {"archive": {"global": {}, "aggs": counts}} if counts else {}


def _source_fields(query: SearchQuery) -> list[str]:
    """What a hit carries and, for marks, where its body starts."""
    fields = stored_fields(query)
    return list(dict.fromkeys((*fields, "body_start"))) if query.highlight else fields
