"""Checked parameters → the questions that a Reader is asked."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from api.param_types import HIT_FIELDS, HitField
from api.params import (
    FacetParams,
    NameParams,
    Narrowing,
    Question,
    ReprintParams,
    SearchParams,
    SuggestParams,
)
from dateline.errors import ParameterError
from dateline.search.base import MAX_WINDOW
from dateline.search.calendars import parse_period
from dateline.search.parsing import parse_query
from dateline.search.queries import (
    NAME_FIELDS,
    REPRINT_GROUP,
    Clause,
    FacetField,
    FacetQuery,
    Filters,
    NameField,
    ParsedQuery,
    SearchQuery,
    Sort,
    Value,
)
from dateline.search.trees import iter_leaves

_VALUE_FILTERS = tuple(
    field.name
    for field in fields(Filters)
    if field.name in Narrowing.model_fields and not field.name.startswith("published_")
)
_BEYOND_HITS = "narrow the search, or walk with sort=newest and the cursor in next"
_BEYOND_VALUES = "narrow the list by a filter, or by how its values begin"
_NAME_FILTERS = tuple(prefix + name for prefix in ("", "exclude_") for name in NAME_FIELDS)
MAX_NAMES = 10
"""Names per question, in filters and in `q`: one that is not spelt as stored costs Elasticsearch 30
to 80 ms even in an archive of one article, and twenty make it miss its time limit by seconds."""
_NOT_STORED = frozenset({"highlights", "score", "all_words", "reprint_count"})


def build_search_query(params: SearchParams) -> SearchQuery:
    """The question behind a page of hits.

    Raises:
        QuerySyntaxError: `q` does not parse.
        ParameterError: two parameters contradict each other, or a date is none.
    """
    parsed = _parse(params)
    _check_names(params, parsed)
    asked = parsed.clause is not None
    sort: Sort = params.sort or ("relevance" if asked else "newest")
    _check_paging(params, sort)
    return SearchQuery(
        parsed=parsed,
        search_in=params.search_in,
        match=params.match,
        filters=build_filters(params),
        sort=sort,
        page=params.page or 1,
        page_size=params.page_size,
        cursor=params.cursor,
        facets=params.facet,
        facet_size=params.facet_size,
        interval=params.interval,
        highlight=asked if params.highlight is None else params.highlight,
        fields=_stored_fields(params.fields, params.summary_words),
        reprints=params.reprints,
    )


def build_reprints_query(params: ReprintParams, article_id: str, group: str) -> SearchQuery:
    """The question behind the other members of an article's group, oldest first."""
    return SearchQuery(
        filters=Filters(reprint_group=group, exclude_id=article_id),
        sort="oldest",
        page_size=params.page_size,
        cursor=params.cursor,
        facets=(),
        interval=None,
        fields=_stored_fields(params.fields),
    )


def build_facet_query(params: FacetParams, field: FacetField) -> FacetQuery:
    """The question behind the values of one field under a search."""
    parsed = _parse(params)
    _check_names(params, parsed)
    query = SearchQuery(
        parsed=parsed,
        search_in=params.search_in,
        match=params.match,
        filters=build_filters(params),
        sort="newest" if parsed.clause is None else "relevance",
        reprints=params.reprints,
    )
    offset = _offset(params.page or 1, params.facet_size)
    prefix = params.facet_query or ""
    return FacetQuery(query, (field,), prefix=prefix, size=params.facet_size, offset=offset)


def build_name_query(params: NameParams, field: NameField) -> FacetQuery:
    """The question behind a list of names."""
    _check_names(params, ParsedQuery())
    query = SearchQuery(filters=build_filters(params))
    offset = _offset(params.page or 1, params.page_size)
    return FacetQuery(query, (field,), params.q or "", size=params.page_size, offset=offset)


def build_suggest_query(params: SuggestParams) -> FacetQuery:
    """The question behind completions of what was typed so far."""
    return FacetQuery(SearchQuery(), params.field, prefix=params.q, size=params.size)


def build_filters(params: Narrowing) -> Filters:
    """The filters; days are read here. Raises ParameterError for a date that is none."""
    first, last = _read_days(params)
    values = {name: getattr(params, name) for name in _VALUE_FILTERS}
    return Filters(**values, published_from=first, published_to=last)


def hit_fields(asked: Sequence[HitField]) -> tuple[HitField, ...]:
    """What each hit of the answer shows, `id` first; the usual fields where none are asked for."""
    return tuple(dict.fromkeys(("id", *asked))) if asked else HIT_FIELDS


def _stored_fields(
    asked: Sequence[HitField], summary_words: int | None = None
) -> tuple[str, ...] | None:
    """The stored fields the engine must send; None = those of a usual hit."""
    if not asked and summary_words is None:
        return None
    shown = hit_fields(asked)
    needed: list[str] = [name for name in shown if name not in _NOT_STORED]
    if "published_at" in needed:
        needed.append("date_precision")
    if "reprint_count" in shown:
        needed.append(REPRINT_GROUP)
    if summary_words is not None and "summary" in needed:
        needed += ["text", "sentences"]
    return tuple(dict.fromkeys(needed))


def _parse(params: Question) -> ParsedQuery:
    return parse_query(params.q) if params.q else ParsedQuery()


def _check_names(params: Narrowing, parsed: ParsedQuery) -> None:
    """Raise ParameterError for more names than an engine looks up in a blink."""
    given = [name for name in _NAME_FILTERS for _ in getattr(params, name)]
    if parsed.clause is not None:
        given += ["q" for leaf in iter_leaves(parsed.clause) if _is_name(leaf)]
    if len(given) > MAX_NAMES:
        raise ParameterError(
            f"{len(given)} names were given",
            hint=f"ask for at most {MAX_NAMES} people, places and organisations together",
            parameter=given[-1],
        )


def _is_name(leaf: Clause) -> bool:
    return isinstance(leaf, Value) and leaf.field in NAME_FIELDS


def _read_days(params: Narrowing) -> tuple[date | None, date | None]:
    first = parse_period(params.published_from, "from")[0] if params.published_from else None
    last = parse_period(params.published_to, "to")[1] if params.published_to else None
    if first and last and first > last:
        raise ParameterError("from is after to", hint="swap them", parameter="from")
    return first, last


def _check_paging(params: SearchParams, sort: Sort) -> None:
    if params.cursor is None:
        _offset(params.page or 1, params.page_size, _BEYOND_HITS)
    elif params.page is not None:
        raise ParameterError(
            "cursor and page were both given", hint="give one of them", parameter="cursor"
        )
    elif sort == "relevance":
        raise ParameterError(
            "a cursor walks newest or oldest, and this search is sorted by relevance",
            hint="add sort=newest, or use page instead of cursor",
            parameter="cursor",
        )


def _offset(page: int, size: int, beyond: str = _BEYOND_VALUES) -> int:
    """How much stands before this page. Raises ParameterError, `beyond` its hint."""
    if page * max(size, 1) > MAX_WINDOW:
        raise ParameterError(
            f"page times size reaches beyond {MAX_WINDOW:,}", hint=beyond, parameter="page"
        )
    return (page - 1) * size
