"""A question answered from one snapshot of the index; all of it runs in one thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from tantivy import Order, Query

from dateline.errors import CursorError
from dateline.search.asking import (
    WIDEN_BELOW,
    check_values,
    choose_step,
    may_widen,
    plain_words,
    positive_leaves,
    starts_widened,
    widening_warning,
)
from dateline.search.base import MAX_WINDOW
from dateline.search.cursors import Cursor, decode_cursor, encode_cursor, query_digest
from dateline.search.embedded.compiler import Compiler, narrowed
from dateline.search.embedded.counting import (
    count_bars_of,
    count_values,
    find_extent,
    only_beginning,
    read_facet,
    read_slice,
    read_values,
)
from dateline.search.embedded.filters import Filterer, required
from dateline.search.embedded.hits import read_hits
from dateline.search.embedded.lookup import resolve_names
from dateline.search.embedded.reprints import find_members
from dateline.search.embedded.schema import ORDINAL
from dateline.search.embedded.walking import list_by_date, list_unranked, rank
from dateline.search.naming import asked_names
from dateline.search.reprints import (
    MAX_STRETCHES,
    go_on,
    join_pages,
    seek_groups,
    settle_reprints,
)
from dateline.search.results import FacetAnswer, SearchResults, Total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tantivy import DocAddress

    from dateline.search.embedded.archive import Snapshot
    from dateline.search.embedded.counting import Counted
    from dateline.search.embedded.walking import Place
    from dateline.search.naming import NameTable
    from dateline.search.queries import FacetField, FacetQuery, SearchQuery
    from dateline.search.results import Bar, Facet

Match = Literal["all", "some"]
_DAMAGED = "take next from the last answer as it is, or leave cursor out"


@dataclass(frozen=True, slots=True)
class Page:
    """The hits of a page and where the next one begins; `total` counts all that match."""

    places: Sequence[Place]
    total: int
    cursor: str | None = None
    number: int | None = None


class Asked:
    """A question put to one snapshot: what its names mean and how its words count is settled."""

    def __init__(self, snapshot: Snapshot, query: SearchQuery) -> None:
        check_values(query.filters)
        self.snapshot, self.query = snapshot, query
        self.cursor = _read_cursor(query)
        self.names: NameTable = resolve_names(snapshot, asked_names(query))
        self._filterer = Filterer(snapshot, self.names)
        self._compiler = Compiler(self._filterer, query.search_in)
        self.match: Match = self._choose_match()
        self._question = self._compiler.question(query.parsed, widened=self.match == "some")
        self._unconditional = self._filterer.unconditional(query.filters)
        self._narrowing = self._filterer.narrowing(query.filters)

    def matching(self, *, without: FacetField | None = None) -> Query:
        """The question under all filters, or all but those of one field."""
        parts = [required(each) for name, each in self._narrowing.items() if name != without]
        return narrowed(self._question, [*self._unconditional, *parts])

    def is_narrowed_by(self, field: FacetField) -> bool:
        """Whether this field has a filter."""
        return field in self._narrowing

    def chosen(self, field: FacetField) -> list[str]:
        """The values of the archive that the filter of this field chose."""
        values: tuple[str, ...] = getattr(self.query.filters, field)
        return list(
            dict.fromkeys(each for value in values for each in self._filterer.meant(field, value))
        )

    def is_scored(self) -> bool:
        """Whether anything asked for makes one hit better than another."""
        return any(True for _ in positive_leaves(self.query.parsed.clause))

    def holding_all_words(self, addresses: Sequence[DocAddress]) -> set[int]:
        """The numbers of those documents that hold every word."""
        if not addresses:
            return set()
        numbers = self.snapshot.ordinals(addresses)
        every = self._compiler.hold_all_words(plain_words(self.query.parsed))
        these = Query.term_set_query(self.snapshot.schema, ORDINAL, numbers)
        found = self.snapshot.searcher.search(
            Query.boolean_query([required(every), required(these)]),
            limit=len(numbers),
            count=False,
        )
        return set(self.snapshot.ordinals([address for _, address in found.hits]))

    @cached_property
    def word_counts(self) -> tuple[int, int]:
        """How many articles of the archive hold all the words, and how many some of them."""
        words = plain_words(self.query.parsed)
        every = self.snapshot.count(self._compiler.hold_all_words(words))
        return every, self.snapshot.count(self._compiler.hold_any_word(words))

    def warnings(self) -> tuple[str, ...]:
        """What the person who asked must be told of words and names."""
        widened = (widening_warning(*self.word_counts),) if self.match == "some" else ()
        return (*self.query.parsed.warnings, *self.names.warnings(), *widened)

    def _choose_match(self) -> Match:
        if self.cursor is not None:
            return self.cursor.match
        if starts_widened(self.query):
            return "some"
        if not may_widen(self.query):
            return "all"
        words = plain_words(self.query.parsed)
        every = self.snapshot.count(self._compiler.hold_all_words(words))
        return "some" if every < WIDEN_BELOW else "all"


def answer_search(snapshot: Snapshot, query: SearchQuery) -> SearchResults:
    """Hits, total, facets and histogram. Raises CursorError."""
    found = _answer_stretch(snapshot, query)
    for _ in range(1, MAX_STRETCHES):
        further = go_on(query, found)
        if further is None:
            break
        found = join_pages(found, _answer_stretch(snapshot, further))
    return found


def _answer_stretch(snapshot: Snapshot, query: SearchQuery) -> SearchResults:
    asked = Asked(snapshot, query)
    page = _find_page(asked)
    bars, coarser, undated = _draw(asked, page.total)
    addresses = [place.address for place in page.places]
    whole = asked.holding_all_words(addresses) if asked.match == "some" else None
    found = SearchResults(
        hits=read_hits(snapshot, query, page.places, whole),
        total=Total(page.total),
        facets=_count_facets(asked, query.facets, query.facet_size),
        histogram=bars,
        undated=undated,
        next_cursor=page.cursor,
        next_page=page.number,
        match=asked.match,
        resolved=asked.names.by_field(),
        warnings=(*asked.warnings(), *((coarser,) if coarser else ())),
    )
    return _settle_reprints(asked, found)


def _settle_reprints(asked: Asked, found: SearchResults) -> SearchResults:
    sought = seek_groups(asked.query, found.hits)
    known = None
    if sought:
        known = find_members(
            asked.snapshot, sought, asked.matching(), lambda some: _list_hits(asked, some, 0, 1)[0]
        )
    return settle_reprints(asked.query, found, known)


def answer_facets(snapshot: Snapshot, query: FacetQuery) -> FacetAnswer:
    """A stretch of each field's values, best first."""
    asked = Asked(snapshot, query.query)
    counted = _count_all(asked, query.fields)
    facets = {}
    for field in query.fields:
        found = counted[field]
        if query.prefix:
            found = only_beginning(snapshot, field, query.prefix, found)
        facets[field] = read_slice(found, query.offset, query.size, asked.chosen(field))
    return FacetAnswer(facets, resolved=asked.names.by_field(), warnings=asked.warnings())


def list_matching(snapshot: Snapshot, query: SearchQuery) -> list[DocAddress]:
    """Where every matching document lies, by id, whatever page and sort."""
    asked = Asked(snapshot, query)
    found = snapshot.searcher.search(
        asked.matching(),
        limit=max(snapshot.size, 1),
        count=False,
        order_by_field="id",
        order=Order.Asc,
    )
    return [address for _, address in found.hits]


def _read_cursor(query: SearchQuery) -> Cursor | None:
    if query.cursor is None:
        return None
    place = decode_cursor(query.cursor, query_digest(query))
    match place.keys:
        case (int(), int()) if query.sort != "relevance":
            return place
        case _:
            raise CursorError("this cursor is damaged", hint=_DAMAGED)


def _find_page(asked: Asked) -> Page:
    query, snapshot = asked.query, asked.snapshot
    matching, size = asked.matching(), query.page_size
    if not size:
        return Page((), snapshot.count(matching))
    if asked.cursor is not None:
        return _page_after(asked, asked.cursor, matching)
    first = (query.page - 1) * size
    places, total = _list_hits(asked, matching, first, size)
    if first + size >= total:
        return Page(places, total)
    cursor = None if query.sort == "relevance" else _cursor_at(asked, places[-1])
    numbered = (query.page + 1) * size <= MAX_WINDOW
    return Page(places, total, cursor, query.page + 1 if numbered else None)


def _list_hits(asked: Asked, matching: Query, first: int, size: int) -> tuple[list[Place], int]:
    """Hits from `first` on in the order of the question, and how many there are in all."""
    snapshot, sort = asked.snapshot, asked.query.sort
    if sort == "relevance":
        listed = rank if asked.is_scored() else list_unranked
        return listed(snapshot, matching, first, size)
    places = list_by_date(snapshot, matching, sort, first + size)[first:]
    return places, snapshot.count(matching)


def _page_after(asked: Asked, cursor: Cursor, matching: Query) -> Page:
    query, snapshot = asked.query, asked.snapshot
    moment, ordinal = (int(key or 0) for key in cursor.keys)
    sort: Literal["newest", "oldest"] = "oldest" if query.sort == "oldest" else "newest"
    # one more than is shown tells whether there is a next page
    places = list_by_date(snapshot, matching, sort, query.page_size + 1, (moment, ordinal))
    shown = places[: query.page_size]
    more = len(places) > query.page_size
    return Page(shown, snapshot.count(matching), _cursor_at(asked, shown[-1]) if more else None)


def _cursor_at(asked: Asked, place: Place) -> str:
    keys = (int(place.key), place.ordinal)
    cursor = Cursor(sort=asked.query.sort, keys=keys, match=asked.match)
    return encode_cursor(cursor, query_digest(asked.query))


def _draw(asked: Asked, total: int) -> tuple[tuple[Bar, ...], str | None, int]:
    """The histogram, a warning if it is coarser than wished, and how many hits are undated."""
    query = asked.query
    if query.interval is None:
        return (), None, 0
    step = choose_step(query, None) or choose_step(query, find_extent(asked.snapshot)) or "day"
    bars, coarser, dated = count_bars_of(asked.snapshot, asked.matching(), query.filters, step)
    return bars, coarser, total - dated


def _count_facets(asked: Asked, fields: Sequence[FacetField], size: int) -> dict[FacetField, Facet]:
    counted = _count_all(asked, fields)
    return {field: read_facet(counted[field], size, asked.chosen(field)) for field in fields}


def _count_all(asked: Asked, fields: Sequence[FacetField]) -> dict[FacetField, Counted]:
    """Fields without a filter of their own are counted together, the others one by one."""
    together = [field for field in fields if not asked.is_narrowed_by(field)]
    alone = [field for field in fields if asked.is_narrowed_by(field)]
    groups = [together, *([field] for field in alone)]
    counted: dict[FacetField, Counted] = {}
    for group in groups:
        if group:
            under = asked.matching(without=group[0])
            found = asked.snapshot.aggregate(under, {name: count_values(name) for name in group})
            counted |= {name: read_values(found[name]) for name in group}
    return counted
