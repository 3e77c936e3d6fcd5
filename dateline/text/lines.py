"""Lines of an article: unwrapping, reading, comparing, and dropping what is said twice."""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.text.characters import collapse_blanks
from dateline.text.markdown import without_markdown
from dateline.text.spans import cut, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import TracedText
    from dateline.text.spans import Replacement

REPEAT_WORDS = 5
"""Repeats of fewer words (numbers apart) are content: table rows, scores, labels."""

SENTENCE_END = re.compile(
    r"[.!?…。！？۔।؟][\"”’'»“«)\]]*\s*\Z|[.!?…][\"”’'»“«)\]]*\s*\([A-Z]{2,6}\)\Z"
    r"|[.!?…][\"”’'»“«)\]]*\s?(?:\[\d{1,3}\])+\Z"
)
"""The end of a line of prose, also before closing quotes, an agency's letters, footnote marks."""

_WORD = re.compile(r"\w+")
_BLANKED = {code: " " for code in range(128) if not _WORD.match(chr(code))}
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_WRAPPED_WIDTH = range(40, 101)
_WRAPPED_SHARE = 0.6
_FEWEST_WRAPPED = 3
_FEWEST_GOING_ON = 2


def read_lines(traced: TracedText) -> list[TracedText]:
    """The lines that hold something, hard-wrapped ones joined to paragraphs, blanks collapsed."""
    traced = collapse_blanks(replace(traced, _wrap_mends(traced.text)))
    plain = (without_markdown(line) for line in _split(traced))
    return [line for line in plain if line.text]


@lru_cache(maxsize=1024)  # a line is compared at many places
def line_key(text: str) -> str:
    """What makes two lines the same: their words, whatever the case, blanks and punctuation."""
    if text.isascii():
        return " ".join(text.lower().translate(_BLANKED).split())
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
        repeated = key in seen and (key == headline or is_long(key))
        seen.add(key)
        if not repeated and key not in captions:
            yield index


def _captions(keys: Sequence[str]) -> set[str]:
    pairs = pairwise(keys)
    return {key for key, following in pairs if key == following and is_long(key)}


def is_long(key: str) -> bool:
    """Whether a line of this key holds so many words that its repeats are no content."""
    words = key.split(" ")
    return len(words) - sum(map(str.isdigit, words)) >= REPEAT_WORDS


def _split(traced: TracedText) -> Iterator[TracedText]:
    """The lines that hold more than blanks, without those at their ends."""
    return (cut(traced, *found.span()) for found in _LINE.finditer(traced.text))


def _wrap_mends(text: str) -> Iterator[Replacement]:
    """Line ends inside paragraphs of a text that was wrapped at a fixed width, as blanks."""
    lines = text.split("\n")
    width = max(map(len, lines))
    if width not in _WRAPPED_WIDTH:
        return
    margin = min((_indent(line) for line in lines if line.strip()), default=0)
    pairs = [(line[margin:].rstrip(), following[margin:]) for line, following in pairwise(lines)]
    if not _is_wrapped(pairs):
        return
    width = max(len(line) for line, _ in pairs)
    position = 0
    for line, (shifted, following) in zip(lines, pairs, strict=False):
        position += len(line) + 1
        if _is_inside(shifted, following) and _is_full(shifted, following, width):
            yield position - 1, position + margin, " "


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_wrapped(pairs: Sequence[tuple[str, str]]) -> bool:
    """Do most breaks come in mid-sentence, and only where the next word was too much?"""
    width = max((len(line) for line, _ in pairs), default=0)
    inside = [pair for pair in pairs if _is_inside(*pair)]
    full = [pair for pair in inside if _is_full(*pair, width)]
    going_on = sum(1 for _, following in full if following[0].islower())
    open_ended = sum(1 for line, _ in inside if not ends_sentence(line))
    enough = len(inside) * _WRAPPED_SHARE
    surely = len(full) >= _FEWEST_WRAPPED or going_on >= _FEWEST_GOING_ON
    return surely and len(full) >= enough and open_ended >= enough


def _is_inside(line: str, following: str) -> bool:
    """Do the lines stand together, with no blank line or indent between them?"""
    return bool(line.strip() and following.strip()) and not following[0].isspace()


def _is_full(line: str, following: str, width: int) -> bool:
    """Would the first word of the next line not have fitted on this one?"""
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > width
