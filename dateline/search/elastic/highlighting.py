"""Asks the engine to mark the user's words in the whole of each field they were looked for in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.search.asking import marked_leaves
from dateline.search.elastic.clauses import match_leaf
from dateline.search.snippets import CLOSE, OPEN

if TYPE_CHECKING:
    from dateline.search.queries import ParsedQuery, TextField


def compile_highlight(parsed: ParsedQuery, search_in: TextField) -> dict[str, Any] | None:
    """The `highlight` part of a body; None when there is no word to mark.

    Only what the user typed is marked, so no pair and no title bonus; function words only inside
    phrases.
    """
    leaves = marked_leaves(parsed)
    if not leaves:
        return None
    marked = dict.fromkeys(leaf.field or search_in for leaf in leaves)
    return {
        "type": "unified",
        "number_of_fragments": 0,
        "pre_tags": [OPEN],
        "post_tags": [CLOSE],
        "highlight_query": {"bool": {"should": [match_leaf(leaf, search_in) for leaf in leaves]}},
        "fields": {name: {"matched_fields": [name, f"{name}.exact"]} for name in marked},
    }
