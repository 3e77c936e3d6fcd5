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

from dateline.documents import TracedText
from dateline.text.spans import cut, join, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Line = tuple[str, ...]
"""A line as the texts of the nodes it was put together from."""

_SEEN = re.compile("[^\\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd]+")
_BLANKS = re.compile(r"\s+")
_SURE = 40
"""Signs from which on a line is taken to be where it first stands again."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """`lines` as they stand in the page; `lost` counts those that it does not hold."""

    lines: tuple[TracedText, ...]
    lost: int


class _Signs:
    """The signs of a text without its blanks, and the way back."""

    def __init__(self, text: str) -> None:
        found = list(_SEEN.finditer(text))
        self.text = "".join(match[0] for match in found)
        self._starts: list[int] = []
        self._places = [match.start() for match in found]
        length = 0
        for match in found:
            self._starts.append(length)
            length += match.end() - match.start()

    def place(self, index: int) -> int:
        """Where a sign stands in the text."""
        nearest = bisect_right(self._starts, index) - 1
        return self._places[nearest] + index - self._starts[nearest]


def fold(text: str) -> str:
    """The signs of a text without blanks and unseen marks."""
    return "".join(_SEEN.findall(text))


def align(page: TracedText, lines: Sequence[Line]) -> Aligned:
    """Find lines again in the page they were taken from, in their order where they keep it."""
    signs = _Signs(page.text)
    found = _find_all(signs.text, [[fold(part) for part in line] for line in lines])
    placed = [_read(page, signs, pieces) for pieces in found if pieces]
    lost = sum(1 for pieces, line in zip(found, lines, strict=True) if not pieces and any(map(fold, line)))
    return Aligned(tuple(line for line in placed if line.text), lost)


Piece = tuple[int, int]


def _find_all(signs: str, lines: Sequence[Sequence[str]]) -> list[list[Piece]]:
    """Long lines first, each behind the one before; short ones then between their neighbours."""
    whole = ["".join(line) for line in lines]
    found: list[list[Piece]] = [[] for _ in lines]
    cursor = 0
    for index, line in enumerate(whole):
        if len(line) >= _SURE:
            found[index] = _find(signs, lines[index], line, cursor, len(signs))
            cursor = found[index][-1][1] if found[index] else cursor
    for index, line in enumerate(whole):
        if line and not found[index]:
            low, high = _between(found, index, len(signs))
            found[index] = _find(signs, lines[index], line, low, high)
    return found


def _between(found: Sequence[Sequence[Piece]], index: int, length: int) -> Piece:
    before = next((pieces[-1][1] for pieces in reversed(found[:index]) if pieces), 0)
    after = next((pieces[0][0] for pieces in found[index + 1 :] if pieces), length)
    return before, after if after >= before else length


def _find(signs: str, parts: Sequence[str], line: str, low: int, high: int) -> list[Piece]:
    """The line in one piece, or in the pieces that it was put together from; [] if it is not."""
    for start, end in ((low, high), (0, len(signs))):
        if (place := signs.find(line, start, end)) >= 0:
            return [(place, place + len(line))]
        if pieces := _find_parts(signs, parts, start, end):
            return pieces
    return []


def _find_parts(signs: str, parts: Sequence[str], low: int, high: int) -> list[Piece]:
    """Every part behind the one before, and not far from it."""
    pieces: list[Piece] = []
    for part in filter(None, parts):
        reach = high if not pieces else min(high, low + _FAR + len(part))
        place = signs.find(part, low, reach)
        if place < 0:
            return []
        low = place + len(part)
        if pieces and pieces[-1][1] == place:
            pieces[-1] = (pieces[-1][0], low)
        else:
            pieces.append((place, low))
    return pieces


_FAR = 4000
"""Signs that may stand between two parts of a line: what an extractor left out of it."""


def _read(page: TracedText, signs: _Signs, pieces: Iterable[Piece]) -> TracedText:
    """The pieces as the page has them, on one line."""
    stretches = [cut(page, signs.place(a), signs.place(b - 1) + 1) for a, b in pieces]
    line = join(stretches, " ")
    blanks = ((m.start(), m.end(), " ") for m in _BLANKS.finditer(line.text) if m[0] != " ")
    return replace(line, blanks)
