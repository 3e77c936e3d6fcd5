"""Pages in a total order: by relevance or by date, ties always by the number of the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tantivy import Occur, Order, Query

from dateline.search.embedded.filters import number_between, required
from dateline.search.embedded.schema import NEWEST, OLDEST, ORDINAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from tantivy import DocAddress

    from dateline.search.embedded.archive import Snapshot

_ORDERS = {"newest": (NEWEST, Order.Desc), "oldest": (OLDEST, Order.Asc)}
_MORE = 8
"""How many times as many hits are asked for when a page ends amid equal scores."""


@dataclass(frozen=True, slots=True)
class Place:
    """A hit and where it stands: its score or milliseconds, and the number of its article."""

    key: float
    ordinal: int
    address: DocAddress


def rank(snapshot: Snapshot, matching: Query, first: int, size: int) -> tuple[list[Place], int]:
    """Hits from `first` on by score, best first, and how many there are in all."""
    limit = first + size + 1
    while True:
        found = snapshot.searcher.search(matching, limit=limit)
        hits = found.hits
        if len(hits) < limit or hits[-1][0] != hits[first + size - 1][0]:
            break
        limit *= _MORE
    places = sorted(_places(snapshot, hits), key=lambda place: (-place.key, place.ordinal))
    return places[first : first + size], int(found.count)  # type: ignore[attr-defined]  # not in the stubs


def list_unranked(
    snapshot: Snapshot, matching: Query, first: int, size: int
) -> tuple[list[Place], int]:
    """Hits from `first` on by number alone, where nothing was asked that scores."""
    found = snapshot.searcher.search(
        matching, limit=first + size, order_by_field=ORDINAL, order=Order.Asc
    )
    hits = found.hits[first:]
    places = [Place(0.0, int(ordinal), address) for ordinal, address in hits]
    return places, int(found.count)  # type: ignore[attr-defined]  # not in the stubs


def list_by_date(
    snapshot: Snapshot,
    matching: Query,
    sort: Literal["newest", "oldest"],
    wanted: int,
    after: tuple[int, int] | None = None,
) -> list[Place]:
    """The first hits by date after a place (milliseconds, number), undated ones last."""
    walk = _Walk(snapshot, matching, *_ORDERS[sort])
    found = walk.ties(*after, wanted) if after else []
    if len(found) < wanted:
        found += walk.beyond(after[0] if after else None, wanted - len(found))
    return found


@dataclass(frozen=True, slots=True)
class _Walk:
    """The engine sorts by one key, so hits of one moment are asked for again by number."""

    snapshot: Snapshot
    matching: Query
    field: str
    order: Order

    def ties(self, moment: int, after: int, wanted: int) -> list[Place]:
        """Hits of one moment by number, after this one."""
        same = number_between(self.snapshot.schema, self.field, moment, moment)
        later = number_between(self.snapshot.schema, ORDINAL, after + 1, None)
        asked = self._under([same, later])
        hits = self.snapshot.searcher.search(
            asked, limit=wanted, count=False, order_by_field=ORDINAL, order=Order.Asc
        ).hits
        return [Place(moment, int(ordinal), address) for ordinal, address in hits]

    def beyond(self, moment: int | None, wanted: int) -> list[Place]:
        """The first hits behind one moment in this order; behind None are all."""
        hits = self.snapshot.searcher.search(
            self._behind(moment),
            limit=wanted,
            count=False,
            order_by_field=self.field,
            order=self.order,
        ).hits
        places = _places(self.snapshot, hits)
        last: list[Place] = []
        if len(places) == wanted:  # the last moment may go on
            moment = int(places[-1].key)
            places = [place for place in places if place.key != moment]
            last = self.ties(moment, -1, wanted - len(places))
        sign = -1 if self.order == Order.Desc else 1
        return sorted(places, key=lambda place: (sign * place.key, place.ordinal)) + last

    def _behind(self, moment: int | None) -> Query:
        if moment is None:
            return self.matching
        low, high = (None, moment - 1) if self.order == Order.Desc else (moment + 1, None)
        return self._under([number_between(self.snapshot.schema, self.field, low, high)])

    def _under(self, filters: Sequence[Query]) -> Query:
        return Query.boolean_query(
            [(Occur.Must, self.matching), *(required(each) for each in filters)]
        )


def _places(snapshot: Snapshot, hits: Sequence[tuple[float, DocAddress]]) -> list[Place]:
    ordinals = snapshot.ordinals([address for _, address in hits])
    return [
        Place(key, ordinal, address) for (key, address), ordinal in zip(hits, ordinals, strict=True)
    ]
