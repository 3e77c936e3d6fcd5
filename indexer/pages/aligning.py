"""Lines that an extractor wrote → the stretches of the page that they came from.

Extractors mend blanks, drop signs and forget places. What is stored is never their text: it is
the page's own, found again by its signs without blanks. A line that the page does not hold so is
left out and counted, never invented.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.text.spans import cut, join, replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import TracedText

_SEEN = re.compile(
    "[^\\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd]+"
)
_BLANKS = re.compile(r"\s+")
_SURE = 40
"""Signs from which on a line is taken to be where it first stands again."""
_FAR = 4000
"""Signs that may stand between two pieces of a line: what an extractor left out of it."""
_SMALLEST = 4
"""Signs of the smallest piece, but for the last one of a line."""
_TRIES = 20
_MOST_PIECES = 50


@dataclass(frozen=True, slots=True)
class Aligned:
    """`lines` as they stand in the page; `lost` counts those that it does not hold."""

    lines: tuple[TracedText, ...]
    lost: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the page's signs: half-open."""

    start: int
    end: int


class _Signs:
    """The signs of a text without its blanks, and the way back."""

    def __init__(self, text: str) -> None:
        found = list(_SEEN.finditer(text))
        self.text = "".join(match[0] for match in found)
        self._places = [match.start() for match in found]
        self._starts: list[int] = []
        length = 0
        for match in found:
            self._starts.append(length)
            length += match.end() - match.start()

    def place(self, index: int) -> int:
        """Where a sign stands in the text."""
        nearest = bisect_right(self._starts, index) - 1
        return self._places[nearest] + index - self._starts[nearest]

    def is_apart(self, index: int) -> bool:
        """Whether a blank stands before a sign."""
        nearest = bisect_right(self._starts, index) - 1
        return self._starts[nearest] == index


def fold(text: str) -> str:
    """The signs of a text without blanks and unseen marks."""
    return "".join(_SEEN.findall(text))


def align(page: TracedText, lines: Sequence[str]) -> Aligned:
    """Find lines again in the page they were taken from, in their order where they keep it."""
    whole = _Signs(page.text)
    wanted = [signs for line in lines if (signs := _Signs(line)).text]
    found = _find_all(whole.text, [signs.text for signs in wanted])
    placed = tuple(
        _read(page, whole, signs, pieces)
        for signs, pieces in zip(wanted, found, strict=True)
        if pieces
    )
    return Aligned(placed, len(wanted) - len(placed))


def _find_all(page: str, lines: Sequence[str]) -> list[list[_Piece]]:
    """Long lines first, each behind the one before; short ones then between their neighbours."""
    found: list[list[_Piece]] = [[] for _ in lines]
    cursor = 0
    for index, line in enumerate(lines):
        if len(line) >= _SURE:
            found[index] = _find(page, line, cursor, len(page))
            cursor = found[index][-1].end if found[index] else cursor
    cursor = 0
    for index, (low, high) in enumerate(_neighbours(found, len(page))):
        if not found[index]:
            after = max(low, cursor) if cursor <= high else low
            found[index] = _find(page, lines[index], after, high)
        cursor = found[index][-1].end if found[index] else cursor
    return found


def _neighbours(found: Sequence[Sequence[_Piece]], length: int) -> list[tuple[int, int]]:
    """For each line, where the one found before it ends and the one found behind it begins."""
    lows, highs, low, high = [], [], 0, length
    for pieces in found:
        lows.append(low)
        low = pieces[-1].end if pieces else low
    for pieces in reversed(found):
        highs.append(high)
        high = pieces[0].start if pieces else high
    pairs = zip(lows, reversed(highs), strict=True)
    return [(low, high if high >= low else length) for low, high in pairs]


def _find(page: str, line: str, low: int, high: int) -> list[_Piece]:
    """The line in one piece, or in the few that something was left out between; [] for neither."""
    for start, end in ((low, high), (0, len(page))):
        if (place := page.find(line, start, end)) >= 0:
            return [_Piece(place, place + len(line))]
        if pieces := _find_pieces(page, line, start, end):
            return pieces
    return []


def _find_pieces(page: str, line: str, low: int, high: int) -> list[_Piece]:
    """The line from one of the places that begin like it, piece after piece."""
    for _ in range(_TRIES):
        low = page.find(line[:_SMALLEST], low, high)
        if low < 0:
            return []
        if pieces := _follow(page, line, low, high):
            return pieces
        low += 1
    return []


def _follow(page: str, line: str, start: int, high: int) -> list[_Piece]:
    """The pieces of a line whose first begins at `start`; [] if they do not make it up."""
    pieces = [_Piece(start, start + _shared(page, start, line, 0))]
    position = pieces[0].end - start
    while position < len(line):
        low = pieces[-1].end
        head = line[position : position + _SMALLEST]
        place = page.find(head, low, min(low + _FAR, high))
        if place < 0 or len(pieces) == _MOST_PIECES:
            return []
        length = _shared(page, place, line, position)
        pieces.append(_Piece(place, place + length))
        position += length
    return pieces


def _shared(page: str, place: int, line: str, position: int) -> int:
    """How many signs the page at a place has in common with the line at a position."""
    low, high = 0, min(len(line) - position, len(page) - place)
    while low < high:
        middle = (low + high + 1) // 2
        if page.startswith(line[position : position + middle], place):
            low = middle
        else:
            high = middle - 1
    return low


def _read(page: TracedText, whole: _Signs, line: _Signs, pieces: Sequence[_Piece]) -> TracedText:
    """The pieces as the page has them, on one line, apart where they stand apart in the line."""
    parts: list[TracedText] = []
    position = 0
    for piece in pieces:
        stretch = cut(page, whole.place(piece.start), whole.place(piece.end - 1) + 1)
        parts = [join([*parts, stretch], " " if line.is_apart(position) else "")]
        position += piece.end - piece.start
    text = parts[0]
    return replace(
        text, ((m.start(), m.end(), " ") for m in _BLANKS.finditer(text.text) if m[0] != " ")
    )
