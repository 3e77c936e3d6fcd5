"""`verify`: ledger, originals and documents walked side by side by id; what differs is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from dateline.search.results import Held
from indexer.comparing import compare
from indexer.inspecting import inspect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.search.base import Writer
    from indexer.comparing import Difference
    from indexer.ledger import Entry, Ledger

Left = TypeVar("Left")
Right = TypeVar("Right")
CHUNK = 100
"""Originals or documents that are asked for at once."""
LISTED = 1_000
"""Differences of which the location is looked up where the ledger does not know it."""


@dataclass(slots=True)
class Verified:
    """What was compared, and every difference; `live` counts the ingests at work meanwhile."""

    ids: int = 0
    documents: int = 0
    originals: int = 0
    entries: int | None = None
    live: int = 0
    differences: list[Difference] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        """How many differences there are of each kind."""
        return Counter(each.kind for each in self.differences)


def verify(writer: Writer, ledger: Ledger | None, *, deep: bool = False) -> Verified:
    """Compare all that ledger and archive hold; without a ledger the archive with itself.

    `deep` reads every original and document too. Memory grows with the differences alone. Raises
    EngineError, SettingsError.
    """
    found = Verified(entries=None if ledger is None else 0)
    live = ledger.live_runs() if ledger else frozenset[int]()
    found.live = len(live)
    for held, entries in iter_sides(writer, ledger):
        found.ids += 1
        found.documents += held.document is not None
        found.originals += held.original is not None
        if found.entries is not None:
            found.entries += len(entries)
        found.differences.extend(compare(held, entries, live))
    if deep:
        found.differences.extend(_inspect_all(writer, {each.id for each in found.differences}))
    _add_places(found.differences, writer)
    return found


def iter_sides(writer: Writer, ledger: Ledger | None) -> Iterator[tuple[Held, list[Entry]]]:
    """What archive and ledger hold of every id, in order of ids, each id once."""
    entries = groupby(ledger.iter_entries(), attrgetter("id")) if ledger else iter(())
    rows = ((key, list(group)) for key, group in entries)
    # the ledger first: what it has settled by now is in what the engine shows afterwards
    for key, known, held in pair_up(rows, ((each.id, each) for each in writer.iter_held())):
        yield held or Held(key), known or []


def pair_up(
    left: Iterator[tuple[str, Left]], right: Iterator[tuple[str, Right]]
) -> Iterator[tuple[str, Left | None, Right | None]]:
    """Two sides ordered by key, walked together: each key once, with what either has of it.

    The left one is begun first.
    """
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        key = min(each[0] for each in (one, other) if each is not None)
        mine, theirs = None, None
        if one is not None and one[0] == key:
            mine, one = one[1], next(left, None)
        if other is not None and other[0] == key:
            theirs, other = other[1], next(right, None)
        yield key, mine, theirs


def _inspect_all(writer: Writer, told: set[str]) -> Iterator[Difference]:
    """What is wrong inside originals and documents of which nothing is told yet."""
    originals = ((each.id, each) for each in writer.iter_originals())
    documents = ((each.id, each) for each in writer.iter_documents())
    for key, original, document in pair_up(originals, documents):
        if original is not None and key not in told:
            yield from inspect(original, document)


def _add_places(differences: list[Difference], writer: Writer) -> None:
    """Say where an article came from that this data folder's ledger does not know."""
    unplaced = [each.id for each in differences if each.location is None][:LISTED]
    places: dict[str, str] = {}
    for start in range(0, len(unplaced), CHUNK):
        some = writer.iter_originals(unplaced[start : start + CHUNK])
        places |= {original.id: original.location for original in some}
    for number, each in enumerate(differences):
        if each.location is None and each.id in places:
            differences[number] = replace(each, location=places[each.id])
