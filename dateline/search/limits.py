"""What a question may ask for, checked above the engines so that all of them are equally safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.errors import ParameterError
from dateline.search.base import MAX_FACET_SIZE, MAX_PAGE_SIZE, MAX_WINDOW

if TYPE_CHECKING:
    from dateline.search.queries import FacetQuery, Filters, SearchQuery


def check_search(query: SearchQuery) -> SearchQuery:
    """The same query. Raises ParameterError, naming the parameter, for what is out of range."""
    _check_range("page_size", query.page_size, 0, MAX_PAGE_SIZE)
    _check_range("facet_size", query.facet_size, 1, MAX_FACET_SIZE)
    _check_page(query)
    _check_cursor(query)
    check_dates(query.filters)
    return query


def check_facets(query: FacetQuery) -> FacetQuery:
    """The same query. Raises ParameterError, naming the parameter, for what is out of range."""
    _check_range("facet_size", query.size, 1, MAX_FACET_SIZE)
    _check_range("offset", query.offset, 0, MAX_WINDOW)
    check_dates(query.query.filters)
    return query


def check_dates(filters: Filters) -> None:
    """Raises ParameterError when no day lies between `from` and `to`."""
    first, last = filters.published_from, filters.published_to
    if first and last and first > last:
        raise ParameterError(
            f"from is after to: {first} and {last}", hint="swap the two dates", parameter="from"
        )


def _check_range(parameter: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise ParameterError(
            f"{parameter} is out of range: {value}",
            hint=f"give a number from {low} to {high:,}",
            parameter=parameter,
        )


def _check_page(query: SearchQuery) -> None:
    if query.cursor is not None:
        return
    if query.page < 1:
        raise ParameterError(
            f"page is out of range: {query.page}", hint="pages count from 1", parameter="page"
        )
    if query.page * max(query.page_size, 1) > MAX_WINDOW:
        raise ParameterError(
            f"page {query.page} of {query.page_size} hits lies beyond hit {MAX_WINDOW:,}",
            hint="narrow the query, or walk with sort=newest and the cursor in next",
            parameter="page",
        )


def _check_cursor(query: SearchQuery) -> None:
    if query.cursor is None:
        return
    if query.sort == "relevance":
        raise ParameterError(
            "a cursor does not work with sort=relevance",
            hint="use page, or sort=newest or sort=oldest",
            parameter="cursor",
        )
    if query.page != 1:
        raise ParameterError(
            "page and cursor exclude each other", hint="leave one of them out", parameter="page"
        )
