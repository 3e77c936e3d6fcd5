"""Reprints on a page of hits: which are left out, and how many others there are of each. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.search.queries import HIT_FIELDS, REPRINT_GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.search.queries import SearchQuery
    from dateline.search.results import Hit, SearchResults


MAX_STRETCHES = 4
"""Stretches of a walk that one page is put together of: with one copy in five, a page of ten lacks
two hits after the first stretch, and one in sixty pages still lacks one after the last."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a page must still ask: how many members these groups have.

    `firsts`: and which member of each is the first that matches, in the order of the question.
    """

    groups: tuple[str, ...]
    firsts: bool


@dataclass(frozen=True, slots=True)
class Members:
    """What an engine knows of groups: all members in the archive, and the id of the first match."""

    counts: Mapping[str, int] = field(default_factory=dict)
    firsts: Mapping[str, str] = field(default_factory=dict)
    incomplete: bool = False


def seek_groups(query: SearchQuery, hits: Iterable[Hit]) -> Sought | None:
    """What is still to be asked for these hits; None for nothing, as where no hit has a group.

    On the first page all that stands before a hit is there to be seen.
    """
    groups = tuple(dict.fromkeys(group for hit in hits if (group := _group_of(hit))))
    firsts = query.reprints == "collapse" and (query.cursor is not None or query.page > 1)
    return Sought(groups, firsts) if groups and (firsts or _wants_counts(query)) else None


def settle_reprints(
    query: SearchQuery, found: SearchResults, known: Members | None
) -> SearchResults:
    """The answer with its reprints counted, and left out where they are to be collapsed.

    `known` is None where nothing was asked.
    """
    if known is None:
        if query.reprints == "show":
            return found
        known = Members()
    hits = list(_shown(found.hits, known.firsts) if query.reprints == "collapse" else found.hits)
    return replace(
        found,
        hits=tuple(_counted(hits, known.counts)),
        collapsed=len(found.hits) - len(hits),
        incomplete=found.incomplete or known.incomplete,
    )


def go_on(query: SearchQuery, found: SearchResults) -> SearchQuery | None:
    """What fills up a page of a walk that collapsing made short: as many more as it lacks.

    None for a page that is full or the last, and for pages by number, each of which stays the
    stretch of articles that its number says.
    """
    if not found.collapsed or query.cursor is None or found.next_cursor is None:
        return None
    lacking = query.page_size - len(found.hits)
    if not lacking:
        return None
    return replace(query, cursor=found.next_cursor, page_size=lacking, facets=(), interval=None)


def join_pages(found: SearchResults, more: SearchResults) -> SearchResults:
    """One page of two stretches; all that was counted is said by the first."""
    return replace(
        found,
        hits=(*found.hits, *more.hits),
        collapsed=found.collapsed + more.collapsed,
        next_cursor=more.next_cursor,
        incomplete=found.incomplete or more.incomplete,
    )


def _group_of(hit: Hit) -> str | None:
    group: str | None = hit.stored.get(REPRINT_GROUP)
    return group


def _wants_counts(query: SearchQuery) -> bool:
    return REPRINT_GROUP in (HIT_FIELDS if query.fields is None else query.fields)


def _shown(hits: Iterable[Hit], firsts: Mapping[str, str]) -> Iterator[Hit]:
    """Hits without a group, and of each group its first member; unknown: the first one here."""
    seen = dict(firsts)
    for hit in hits:
        group = _group_of(hit)
        if group is None or seen.setdefault(group, hit.id) == hit.id:
            yield hit


def _counted(hits: Sequence[Hit], counts: Mapping[str, int]) -> Iterator[Hit]:
    for hit in hits:
        others = counts.get(_group_of(hit) or "", 1) - 1
        yield replace(hit, reprint_count=others) if others > 0 else hit
