"""Lines of an article: unwrapping, reading, comparing, and dropping what is said twice."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from dateline.text.characters import collapse_blanks
from dateline.text.spans import cut, replace, strip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import TracedText
    from dateline.text.spans import Replacement

REPEAT_WORDS = 5
"""Repeats of fewer words are content: table rows, scores, labels."""

SENTENCE_END = re.compile(r"[.!?…。！？۔।؟][\"”’'»)\]]*\s*\Z|[.!?…][\"”’'»)\]]*\s*\([A-Z]{2,6}\)\Z")
"""The end of a line of prose, also with closing quotes or an agency's letters behind it."""

_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]+")
_HEADING_MARKS = re.compile(r"#{1,6}\s+(?=\S)")
_WRAPPED_WIDTH = range(40, 101)
_WRAPPED_SHARE = 0.6
_FEWEST_WRAPPED = 3


def read_lines(traced: TracedText) -> list[TracedText]:
    """The lines that hold something, hard-wrapped ones joined to paragraphs, blanks collapsed."""
    traced = collapse_blanks(replace(traced, _wrap_mends(traced.text)))
    lines = (strip(line) for line in _split(traced))
    return [_without_heading_marks(line) for line in lines if line.text]


def line_key(text: str) -> str:
    """What makes two lines the same: their words, whatever the case, blanks and punctuation."""
    return " ".join(_WORD.findall(text.casefold()))


def count_words(text: str) -> int:
    """How many runs of letters and digits the text holds."""
    return len(_WORD.findall(text))


def ends_sentence(text: str) -> bool:
    """Does the text end as a sentence does?"""
    return SENTENCE_END.search(text[-12:]) is not None


def drop_repeats(lines: Sequence[TracedText], headline: str = "") -> list[TracedText]:
    """Each line once; a line said twice in a row is a caption, and all its copies go.

    `headline` is the key of the line that stays once as the title. Where captions by this measure
    would take half of the article, everything in it was doubled, and each line stays once.
    """
    keys = [line_key(line.text) for line in lines]
    captions = _captions(keys) - {headline}
    if len(captions) * 2 > len(set(keys)):
        captions = set()
    return [lines[index] for index in _kept(keys, captions, headline)]


def _kept(keys: Sequence[str], captions: set[str], headline: str) -> Iterator[int]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        repeated = key in seen and (key == headline or _is_long(key))
        seen.add(key)
        if not repeated and key not in captions:
            yield index


def _captions(keys: Sequence[str]) -> set[str]:
    pairs = zip(keys, keys[1:], strict=False)
    return {key for key, following in pairs if key == following and _is_long(key)}


def _is_long(key: str) -> bool:
    return key.count(" ") + 1 >= REPEAT_WORDS


def _split(traced: TracedText) -> Iterator[TracedText]:
    return (cut(traced, *found.span()) for found in _LINE.finditer(traced.text))


def _without_heading_marks(line: TracedText) -> TracedText:
    found = _HEADING_MARKS.match(line.text)
    return cut(line, found.end(), len(line.text)) if found else line


def _wrap_mends(text: str) -> Iterator[Replacement]:
    """Line ends inside paragraphs of a text that was wrapped at a fixed width, as blanks."""
    lines = text.split("\n")
    width = _wrap_width(lines)
    position = 0
    for line, following in zip(lines, lines[1:], strict=False):
        position += len(line) + 1
        if width and _is_wrapped(line, following, width):
            indent = len(following) - len(following.lstrip())
            yield position - 1, position + indent, " "


def _wrap_width(lines: Sequence[str]) -> int:
    """The width a text was wrapped at, or 0: nearly all breaks come where the next word is too much."""
    lengths = Counter(len(line.rstrip()) for line in lines)
    width = max(lengths, default=0)
    if width not in _WRAPPED_WIDTH:
        return 0
    pairs = [pair for pair in zip(lines, lines[1:], strict=False) if _is_inside(*pair)]
    full = sum(1 for line, following in pairs if _is_full(line, following, width))
    open_ended = sum(1 for line, _ in pairs if not ends_sentence(line))
    enough = max(_FEWEST_WRAPPED, len(pairs) * _WRAPPED_SHARE)
    return width if full >= enough and open_ended >= enough else 0


def _is_inside(line: str, following: str) -> bool:
    """Do the lines stand together, with no blank line or new indent between them?"""
    if not line.strip() or not following.strip():
        return False
    return not (following[0].isspace() and not line[0].isspace())


def _is_wrapped(line: str, following: str, width: int) -> bool:
    return _is_inside(line, following) and _is_full(line, following, width)


def _is_full(line: str, following: str, width: int) -> bool:
    """Would the first word of the next line not have fitted on this one?"""
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > width
