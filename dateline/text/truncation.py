"""Telling a text that breaks off from one that ends without a full stop."""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.text.function_words import FUNCTION_WORDS
from dateline.text.lines import count_words, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import TracedText

_ELLIPSIS = re.compile(r"(?:\.{3}|…)\s*\Z")
_ADDRESS_LAST = re.compile(
    r"(?:https?:|www\.|@|\.(?:com|org|net)\b|\w\.\w{2,}/)\S*\Z", re.IGNORECASE
)
_SENTENCE_INSIDE = re.compile(r"[^\W\d_A-Z]{2}[.!?][\"”’)]*\s+[\"“‘(]?[^\W\d_a-z]\w*\s")
_LIST_MARK = re.compile(r"[-*•–—]\s")
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*\Z")
_TAIL = 200
_FEWEST_WORDS = 4
_LONGEST_HEADING = 20
# The function words that a heading may well end on: "what it is", "the way in", "used to be".
_ENDINGS = ("are", "be", "in", "is", "it", "no", "not", "on", "such", "then", "there", "they")
_DANGLING = FUNCTION_WORDS.difference(_ENDINGS, ("this", "was", "will"))


def is_truncated(lines: Sequence[TracedText]) -> bool:
    """Does the last line break off in mid-sentence?

    A heading, a link, a list item, a credit or an address at the end is none that breaks off: a
    line without full stop counts only where something is open (a bracket, a quote, a comma, "of
    the"), or where it is prose in an article whose other lines end as prose does.
    """
    last = lines[-1].text
    if _ELLIPSIS.search(last):
        return True
    if (
        ends_sentence(last)
        or count_words(last) < _FEWEST_WORDS
        or _ADDRESS_LAST.search(last[-_TAIL:])
    ):
        return False
    return _is_open(last) or (_is_prose(last) and _most_end(lines[:-1]))


def _is_open(text: str) -> bool:
    pairs = (("(", ")"), ("[", "]"), ("“", "”"))
    if any(text.count(opening) > text.count(closing) for opening, closing in pairs):
        return True
    if text.count('"') % 2 or text.endswith((",", "–", "—")):
        return True
    word = _LAST_WORD.search(text[-_TAIL:])
    return word is not None and text[-1].isalpha() and word[1] in _DANGLING


def _is_prose(text: str) -> bool:
    """Sentences, the last of which has no end; no list item and no label."""
    if _LIST_MARK.match(text) or text.endswith((":", ")", "]", '"', "”", "’", "»")):
        return False
    return count_words(text) > _LONGEST_HEADING or _SENTENCE_INSIDE.search(text) is not None


def _most_end(lines: Sequence[TracedText]) -> bool:
    return sum(ends_sentence(line.text) for line in lines) * 2 >= len(lines)
