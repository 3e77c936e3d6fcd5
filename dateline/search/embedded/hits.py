"""Places in the index → hits with their stored fields and highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.search.asking import marked_leaves, stored_fields
from dateline.search.embedded.marking import Marker
from dateline.search.results import Hit
from dateline.search.snippets import cut_snippets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from dateline.search.embedded.archive import Snapshot
    from dateline.search.embedded.walking import Place
    from dateline.search.queries import SearchQuery, TextField
    from dateline.search.results import Highlight


def read_hits(
    snapshot: Snapshot, query: SearchQuery, places: Sequence[Place], whole: AbstractSet[int] | None
) -> tuple[Hit, ...]:
    """The hits of a page; `whole` are the numbers of those with all words, None if all have."""
    markers = make_markers(query) if query.highlight else {}
    return tuple(_read_hit(snapshot, query, place, whole, markers) for place in places)


def make_markers(query: SearchQuery) -> dict[TextField, Marker]:
    """What marks the user's words, for each field they were looked for in."""
    leaves = marked_leaves(query.parsed)
    fields = dict.fromkeys(leaf.field or query.search_in for leaf in leaves)
    return {
        field: Marker([leaf for leaf in leaves if (leaf.field or query.search_in) == field])
        for field in fields
    }


def read_highlights(
    stored: Mapping[str, Any], markers: Mapping[TextField, Marker]
) -> tuple[Highlight, ...]:
    """Snippets of every field that holds one of the words; title and body parted in `text`."""
    found: list[Highlight] = []
    for field, marker in markers.items():
        text = stored.get(field)
        if text:
            body_start = stored.get("body_start", 0) if field == "text" else 0
            spans = marker.find_spans(text)
            found += cut_snippets(text, spans, body_start=body_start, field=field)
    # a title may be marked twice: as a field of its own and at the head of the text
    return tuple(found) if len(markers) == 1 else tuple(dict.fromkeys(found))


def _read_hit(
    snapshot: Snapshot,
    query: SearchQuery,
    place: Place,
    whole: AbstractSet[int] | None,
    markers: Mapping[TextField, Marker],
) -> Hit:
    stored = snapshot.read(place.address)
    return Hit(
        id=stored["id"],
        stored={name: stored[name] for name in stored_fields(query) if name in stored},
        score=place.key if query.sort == "relevance" else None,
        highlights=read_highlights(stored, markers),
        all_words=whole is None or place.ordinal in whole,
    )
