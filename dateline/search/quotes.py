"""Which quotation marks quote: ASCII and typographic, as keyboards and phones type them."""

from __future__ import annotations

import re

DOUBLE_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02'
"""Signs that open and close phrases: double quotes, low and high, and guillemets."""
SINGLE_OPENERS = "\u2018\u201a\u2039"
"""Signs that open phrases where a closing partner ends a word; elsewhere they are apostrophes."""

_ASCII = '"\uff02'
_HIGH = "\u201c\u201d"
_CLOSERS = {
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab\u00bb",  # German and Swedish books
    "\u201c": _HIGH,
    "\u201d": _HIGH,
    "\u201e": _HIGH,
    "\u201f": _HIGH,
}
_SINGLE_CLOSERS = {"\u2018": "\u2019\u2018'", "\u201a": "\u2018\u2019'", "\u2039": "\u203a"}
_WORD_END = re.compile(r"[\s(),;.:!?~]|\Z")


def find_double_end(text: str, start: int) -> int | None:
    """Where the double quote at `start` is closed: by its partner, else by any double quote."""
    closers = _CLOSERS.get(text[start], "") + _ASCII
    end = _first_of(closers, text, start + 1)
    return _first_of(DOUBLE_QUOTES, text, start + 1) if end is None else end


def find_single_end(text: str, start: int) -> int | None:
    """Where the single quote at `start` is closed; None when none opens there, or it never closes.

    The partner ends a word, before any bracket or double quote: so `\u2018tis` stays a word.
    """
    closers = _SINGLE_CLOSERS.get(text[start])
    if not closers:
        return None
    for at in range(start + 1, len(text)):
        if text[at] in DOUBLE_QUOTES or text[at] in "()":
            return None
        if text[at] in closers and _WORD_END.match(text, at + 1):
            return at
    return None


def _first_of(signs: str, text: str, start: int) -> int | None:
    return next((at for at in range(start, len(text)) if text[at] in signs), None)
