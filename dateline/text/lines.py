"""Lines of an article: what they say, where they end, and dropping what is said twice."""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import TracedText

REPEAT_WORDS = 5
"""Repeats of fewer words (numbers apart) are content: table rows, scores, labels."""

SENTENCE_END = re.compile(
    r"[.!?…。！？۔।؟][\"”’'»“«)\]]*\s*\Z|[.!?…][\"”’'»“«)\]]*\s*\([A-Z]{2,6}\)\Z"
    r"|[.!?…][\"”’'»“«)\]]*\s?(?:\[\d{1,3}\])+\Z"
)
"""The end of a line of prose, also before closing quotes, an agency's letters, footnote marks."""

_WORD = re.compile(r"\w+")
_BLANKED = {code: " " for code in range(128) if not _WORD.match(chr(code))}


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
