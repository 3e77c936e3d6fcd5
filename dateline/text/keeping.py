"""An untouched original cut into what was kept of it and what was left out. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from dateline.documents import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.documents import Run

_PLACE = attrgetter("original_start", "start")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the decoded original and where it stands in the stored text.

    `kept` None: it was left out. A `repaired` stretch stands there in another form.
    """

    original: Span
    kept: Span | None = None
    repaired: bool = False


def cut_original(length: int, runs: Iterable[Run]) -> list[Piece]:
    """The whole original of `length` code points, in its order, without gap or overlap.

    Where two stretches of the text came from the same place (halves of one repair), the piece
    leads to all of both.
    """
    pieces: list[Piece] = []
    position = 0
    for run in sorted(runs, key=_PLACE):
        reach = run.length if run.original_length is None else run.original_length
        end = min(run.original_start + reach, length)
        if end <= position:
            _widen(pieces, run)
            continue
        if run.original_start > position:
            pieces.append(Piece(Span(position, run.original_start)))
        pieces.append(_piece(run, max(position, run.original_start), end))
        position = end
    if position < length:
        pieces.append(Piece(Span(position, length)))
    return pieces


def _piece(run: Run, start: int, end: int) -> Piece:
    if run.original_length is not None:
        kept = Span(run.start, run.start + run.length)
        return Piece(Span(start, end), kept, repaired=True)
    first = run.start + start - run.original_start
    return Piece(Span(start, end), Span(first, first + end - start))


def _widen(pieces: list[Piece], run: Run) -> None:
    """A stretch whose place is taken: it belongs to the piece that stands there."""
    if not pieces or not run.length:
        return
    last = pieces[-1]
    here = Span(run.start, run.start + run.length)
    before = last.kept or here
    kept = Span(min(before.start, here.start), max(before.end, here.end))
    pieces[-1] = replace(last, kept=kept, repaired=True)
