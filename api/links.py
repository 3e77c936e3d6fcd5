"""The address of the next page: the caller's own, with another page or cursor."""

from urllib.parse import urlencode

from fastapi import Request, Response

from dateline.search.base import MAX_WINDOW
from dateline.search.queries import FacetField, FacetQuery, SearchQuery
from dateline.search.results import FacetAnswer, SearchResults

_PLACE = frozenset({"page", "cursor"})


def next_hits(query: SearchQuery, results: SearchResults) -> dict[str, str] | None:
    """What the next page of hits has to say differently; None after the last page.

    A widened answer stays widened: its pages carry how words counted.
    """
    if query.page_size == 0:
        return None
    if results.next_cursor is not None:
        return {"cursor": results.next_cursor, "sort": query.sort}
    page = results.next_page
    if page is None or page * query.page_size > MAX_WINDOW:
        return None
    return {"page": str(page), "match": results.match}


def next_reprints(results: SearchResults) -> dict[str, str] | None:
    """The same for a page of reprints, which has one order only."""
    return {"cursor": results.next_cursor} if results.next_cursor else None


def next_values(query: FacetQuery, field: FacetField, answer: FacetAnswer) -> dict[str, str] | None:
    """The same for a page of values."""
    shown = query.offset + query.size
    distinct = answer.facets[field].distinct
    more = distinct.relation == "gte" or distinct.value > shown
    if not more or shown + query.size > MAX_WINDOW:
        return None
    return {"page": str(shown // query.size + 1)}


def link_next(request: Request, response: Response, changes: dict[str, str] | None) -> str | None:
    """The next page as a path with query, also set as `Link` header; None without changes."""
    if changes is None:
        return None
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in _PLACE and name not in changes
    ]
    path = f"{request.url.path}?{urlencode([*kept, *changes.items()])}"
    response.headers["Link"] = f'<{path}>; rel="next"'
    return path
