"""Lucene regular expressions made of literal text, for `include` of terms aggregations.

All are short, whatever was typed: Lucene reads them by recursion, letter by letter, and a long one
overflows the stack, which ends the whole node (40,000 letters did, on 9.4.3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.search.names import is_initials
from dateline.text.folding import folded_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_RESERVED = re.compile(r'([.?+*|{}\[\]()"\\#@&<>~^$-])')
_LONGEST = 60
_MOST = 100
"""Values of one expression."""
_EDITED = 16
"""Letters: tried on 9.4.3, whose limit for one expression is an effort of 10,000."""
NOTHING = "#"
"""Lucene's expression for the empty language: no term matches it."""


def escape(text: str) -> str:
    """The expression that matches this text and nothing else."""
    return _RESERVED.sub(r"\\\1", text)


def holds_word(name: str) -> str:
    """Name keys that hold the longest word of the folded name: who resolves it looks at the rest.

    One word only: an expression for four at once is already more than the server works out.
    """
    words = _longest(name, 1)
    return rf"(.* )?{_opening(words[0])}( [^|]*)?\|.*" if words else NOTHING


def misspells(name: str) -> str:
    """Name keys with a word one letter away from the longest word of the folded name, at most."""
    words = _longest(name, 1)
    return rf"(.* )?({_one_edit(words[0])})( [^|]*)?\|.*" if words else NOTHING


def resembles(name: str) -> str:
    """Name keys with a word that begins or ends like one of the name's longest words.

    Of a name that may be initials also those with such words in a row.
    """
    words = _longest(name, 4)
    parts = [part for word in words for part in _ends(word)]
    if len(words) == 1 and is_initials(words[0]):
        parts.append(" ".join(f"{letter}[^ |]*" for letter in words[0]))
    return rf"(.* )?({'|'.join(parts)})( [^|]*)?\|.*" if parts else NOTHING


def word_begins(prefix: str) -> str:
    """Name keys with the words of the folded prefix in a row, the last one only begun."""
    folded = " ".join(folded_words(prefix))[:_LONGEST]
    return rf"(.* )?{escape(folded)}[^|]*\|.*" if folded else NOTHING


def begins(prefix: str) -> str:
    """Values that begin with this text (its first 60 signs), in any case."""
    return any_case(prefix.strip()[:_LONGEST]) + ".*"


def any_of(values: Sequence[str]) -> str:
    """Values equal to one of these, in any case; long ones by their beginning."""
    parts = dict.fromkeys(
        any_case(value[:_LONGEST]) + (".*" if len(value) > _LONGEST else "")
        for value in (each.strip() for each in values[:_MOST])
    )
    return "|".join(parts) or NOTHING


def any_case(text: str) -> str:
    """The expression that matches this text in any case of its ASCII letters."""
    return "".join(
        f"[{sign.lower()}{sign.upper()}]" if sign.isascii() and sign.isalpha() else escape(sign)
        for sign in text
    )


def _longest(name: str, count: int) -> list[str]:
    """The longest words of the folded name, in its order where they are equally long."""
    return sorted(folded_words(name), key=len, reverse=True)[:count]


def _opening(word: str) -> str:
    """The word, or the beginning of one that is too long to be told by an expression."""
    return escape(word) if len(word) <= _LONGEST else rf"{escape(word[:_LONGEST])}[^ |]*"


def _one_edit(word: str) -> str:
    """A letter other, missing, added or swapped with its neighbour; or none of it."""
    head, rest = word[:_EDITED], "[^ |]*" if len(word) > _EDITED else ""
    forms = dict.fromkeys(
        form
        for at in range(len(head) + 1)
        for form in (
            rf"{head[:at]}[^ |]?{head[at + 1 :]}",
            rf"{head[:at]}[^ |]{head[at:]}",
            rf"{head[:at]}{head[at : at + 2][::-1]}{head[at + 2 :]}",
        )
    )
    return "|".join(f"{form}{rest}" for form in forms)


def _ends(word: str) -> tuple[str, str]:
    return rf"{escape(word[:2])}[^ |]*", rf"[^ |]*{escape(word[-3:])}"
