"""Regular expressions of the engine's dictionary, made of literal text: always anchored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.text.folding import folded_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_RESERVED = re.compile(r"([\\.+*?()|\[\]{}^$#&~-])")


def escape(text: str) -> str:
    """The expression that matches this text and nothing else."""
    return _RESERVED.sub(r"\\\1", text)


def holds_word(name: str) -> str | None:
    """Name keys that hold the longest word of the folded name; None when it has no word."""
    words = folded_words(name)
    return rf"(.* )?{escape(max(words, key=len))}( [^|]*)?\|.*" if words else None


def resembles(name: str) -> str | None:
    """Name keys with a word that begins or ends like one of the name: candidates for "nearest"."""
    parts = [rf"(.* )?({_ends(word)})( [^|]*)?\|.*" for word in folded_words(name)]
    return "|".join(parts) or None


def word_begins(prefix: str) -> str | None:
    """Name keys with the words of the folded prefix in a row, the last one only begun."""
    folded = " ".join(folded_words(prefix))
    return rf"(.* )?{escape(folded)}[^|]*\|.*" if folded else None


def begins(prefix: str) -> str:
    """Values that begin with this text, in any case."""
    return any_case(prefix.strip()) + ".*"


def any_of(values: Sequence[str]) -> str:
    """Values equal to one of these, in any case."""
    return "|".join(any_case(value.strip()) for value in values)


def any_case(text: str) -> str:
    """The expression that matches this text in any case of its ASCII letters."""
    return "".join(
        f"[{sign.lower()}{sign.upper()}]" if sign.isascii() and sign.isalpha() else escape(sign)
        for sign in text
    )


def _ends(word: str) -> str:
    return rf"{escape(word[:2])}[^ |]*|[^ |]*{escape(word[-3:])}"
