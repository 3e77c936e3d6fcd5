"""Why a search found nothing: values that stand in no article, each with the nearest that do.

Names of people, places and organisations are resolved by the reader, which tells this by itself.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from dateline.errors import EngineError
from dateline.search.base import MAX_FACET_SIZE, Reader
from dateline.search.names import name_key, nearest_names
from dateline.search.queries import Filters, SearchQuery, Value
from dateline.search.results import FacetValue, SearchResults
from dateline.search.trees import iter_leaves

Listed = Literal["source", "author", "country", "language"]
"""Fields whose values are taken exactly as listed."""


async def tell_unlisted(
    reader: Reader, query: SearchQuery, results: SearchResults
) -> SearchResults:
    """The same results; if there are none, with a warning for each asked value that no article has.

    Asks once more per such field, of an answer without hits only.
    """
    if results.total.value:
        return results
    said: list[str] = []
    for field in get_args(Listed):
        if asked := _asked(query, field):
            said += await _look_up(reader, field, asked)
    return replace(results, warnings=(*results.warnings, *said))


def _asked(query: SearchQuery, field: Listed) -> tuple[str, ...]:
    """The values of a field that stand in the filters or were typed."""
    given: list[str] = list(getattr(query.filters, field))
    if query.parsed.clause is not None:
        leaves = iter_leaves(query.parsed.clause)
        given += [each.text for each in leaves if isinstance(each, Value) and each.field == field]
    return tuple(dict.fromkeys(given))


async def _look_up(reader: Reader, field: Listed, asked: tuple[str, ...]) -> list[str]:
    """A sentence for each value, if no article of the archive has any of them.

    None where the engine does not tell.
    """
    having: dict[str, Any] = {field: asked}
    question = SearchQuery(
        filters=Filters(**having),
        page_size=0,
        facets=(field,),
        facet_size=MAX_FACET_SIZE,
        interval=None,
    )
    try:
        found = await reader.search(question)
    except EngineError:  # the answer itself is there, and is worth more than its reason
        return []
    if found.total.value or found.incomplete:
        return []
    return [_say(field, value, found.facets[field].values) for value in asked]


def _say(field: Listed, asked: str, listed: Sequence[FacetValue]) -> str:
    unknown = f"no article in the archive has the {field} “{asked}”"
    known = [(name_key(each.value), each.count) for each in listed]
    if near := nearest_names(asked, known):
        return f"{unknown}; nearest: {', '.join(f'{name} ({count:,})' for name, count in near)}"
    return f"{unknown}; /v1/facets/{field} lists them"
