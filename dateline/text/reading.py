"""From a text to its lines: hard-wrapped ones joined to paragraphs, blanks collapsed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.text.characters import collapse_blanks
from dateline.text.lines import ends_sentence
from dateline.text.markdown import without_markdown
from dateline.text.spans import cut, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import TracedText
    from dateline.text.spans import Replacement

    Pair = tuple[str, str]

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_WIDTHS = range(40, 101)
_LONGER_SHARE = 0.1
"""Lines past the width that a wrapped text may hold: a headline, an address."""
_SHARE, _FEWEST_GOING_ON, _SMALL_SHARE = 0.6, 2, 0.3
_RAGGED = 10
"""How far before the width lines end that were wrapped by eye."""
_RAGGED_SHARE, _FEWEST_RAGGED = 0.9, 5


def read_lines(traced: TracedText) -> list[TracedText]:
    """The lines that hold something, hard-wrapped ones joined to paragraphs, blanks collapsed."""
    traced = collapse_blanks(replace(traced, _find_wraps(traced.text)))
    plain = (without_markdown(line) for line in _split(traced))
    return [line for line in plain if line.text]


def _split(traced: TracedText) -> Iterator[TracedText]:
    """The lines that hold more than blanks, without those at their ends."""
    return (cut(traced, *found.span()) for found in _LINE.finditer(traced.text))


def _find_wraps(text: str) -> Iterator[Replacement]:
    """Line ends inside paragraphs of a text that was wrapped at a fixed width, as blanks."""
    lines = text.split("\n")
    if not _may_be_wrapped(lines):
        return
    margin = min((_indent(line) for line in lines if line.strip()), default=0)
    bare = [line[margin:].rstrip() for line in lines]
    width = max(len(line) for line in bare if len(line) < _WIDTHS.stop)
    pairs = list(pairwise(bare))
    inside = [pair for pair in pairs if _is_inside(*pair, width)]
    ragged = _is_ragged(inside, width)
    if not ragged and not _is_wrapped(inside, width):
        return
    position = 0
    for line, pair in zip(lines, pairs, strict=False):
        position += len(line) + 1
        if _belong(*pair, width, ragged=ragged):
            yield position - 1, position + margin, " "


def _belong(line: str, following: str, width: int, *, ragged: bool) -> bool:
    """Are both lines of one paragraph, in a text known to be wrapped?"""
    if not _is_inside(line, following, width):
        return _hangs(line, following, width)
    return _is_full(line, following, width) or (ragged and _goes_on(line, following, width))


def _may_be_wrapped(lines: Sequence[str]) -> bool:
    """Is hardly a line longer than lines are wrapped at, and any as long?"""
    lengths = [len(line) for line in lines if line]
    longer = sum(length >= _WIDTHS.stop for length in lengths)
    return longer <= _LONGER_SHARE * len(lengths) and any(map(_WIDTHS.__contains__, lengths))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_wrapped(inside: Sequence[Pair], width: int) -> bool:
    """Do most breaks come in mid-sentence, and only where the next word was too much?"""
    full = [pair for pair in inside if _is_full(*pair, width)]
    going_on = _count_going_on(full)
    open_ended = sum(not ends_sentence(line) for line, _ in inside)
    enough = len(inside) * _SHARE
    surely = going_on >= max(_FEWEST_GOING_ON, _SMALL_SHARE * len(full))
    return surely and len(full) >= enough and open_ended >= enough


def _is_ragged(inside: Sequence[Pair], width: int) -> bool:
    """Are all lines that end in mid-sentence nearly full, and do most go on with a small letter?

    Unlike the rule for even lines it asks nothing of lines that end a sentence: paragraphs may be
    short, or stand without a blank line between them.
    """
    open_ended = [pair for pair in inside if not ends_sentence(pair[0])]
    near = [pair for pair in open_ended if _is_full(*pair, width - _RAGGED)]
    enough = len(near) >= max(_FEWEST_RAGGED, _RAGGED_SHARE * len(open_ended))
    return enough and _count_going_on(near) >= _SMALL_SHARE * len(near)


def _count_going_on(pairs: Sequence[Pair]) -> int:
    """How many lines go on as a sentence does: a list of headlines has a capital on each."""
    return sum(not following[0].isupper() or following.isupper() for _, following in pairs)


def _is_inside(line: str, following: str, width: int) -> bool:
    """Do the lines stand together, no blank line or indent between them, and none too long?"""
    together = bool(line and following) and not following[0].isspace()
    return together and max(len(line), len(following)) <= width


def _hangs(line: str, following: str, width: int) -> bool:
    """Does an item of a list go on below, indented as its words are?"""
    goes_on = following[:1].isspace() and following.lstrip()[:1].islower()
    if not goes_on or ends_sentence(line) or len(line) > width:
        return False
    return _is_full(line, following, width - _RAGGED)


def _is_full(line: str, following: str, width: int) -> bool:
    """Would the first word of the next line not have fitted on this one?"""
    word = following.split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > width


def _goes_on(line: str, following: str, width: int) -> bool:
    """Does a sentence run on across lines that were not wrapped evenly?"""
    return not ends_sentence(line) and (
        following[0].islower() or _is_full(line, following, width - _RAGGED)
    )
