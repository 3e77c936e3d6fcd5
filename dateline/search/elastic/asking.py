"""How a question goes on: what the first request asks, and whether a second one must follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dateline.errors import CursorError
from dateline.search.asking import (
    WIDEN_BELOW,
    check_values,
    choose_step,
    may_widen,
    starts_widened,
)
from dateline.search.cursors import decode_cursor, query_digest
from dateline.search.elastic.answers import read_extent
from dateline.search.elastic.compiler import Conditions
from dateline.search.elastic.naming import resolve_names
from dateline.search.naming import asked_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.search.asking import Extent
    from dateline.search.queries import SearchQuery


def begin(query: SearchQuery, extent: Extent | None, timeout_ms: int) -> Conditions:
    """What the first request asks: names as spelt, all words, bars by what is known of the archive.

    Where `interval=auto` meets an unknown extent, days are asked for and grouped afterwards.
    Raises CursorError, and ParameterError for more filter values than the engine is asked at once.
    """
    check_values(query.filters)
    step = choose_step(query, extent)
    unknown = query.interval is not None and step is None
    conditions = Conditions(
        match="some" if starts_widened(query) else "all",
        look_up=asked_names(query),
        step="day" if unknown else step,
        extent=unknown,
        timeout_ms=timeout_ms,
    )
    return conditions if query.cursor is None else _at_cursor(conditions, query, query.cursor)


def revise(
    query: SearchQuery, asked: Conditions, archive: Mapping[str, Any]
) -> tuple[Conditions, bool]:
    """What is known after the first answer, and whether the question must be put again under it.

    It must when a name was not verbatim, or when too few articles of the archive hold all words.
    """
    names = resolve_names(asked.look_up, archive)
    widen = may_widen(query) and archive["all_words"]["doc_count"] < WIDEN_BELOW
    known = replace(asked, names=names, look_up=(), match="some" if widen else asked.match)
    if asked.extent:
        step = choose_step(query, read_extent(archive)) or "day"
        known = replace(known, step=step, extent=False)
    return known, widen or not names.is_verbatim()


def _at_cursor(conditions: Conditions, query: SearchQuery, cursor: str) -> Conditions:
    place = decode_cursor(cursor, query_digest(query))
    match place.keys:
        case (int() as moment, str() as document_id) if query.sort != "relevance":
            return replace(conditions, match=place.match, after=(moment, document_id))
        case _:
            raise CursorError(
                "this cursor is damaged",
                hint="take next from the last answer as it is, or leave cursor out",
            )
