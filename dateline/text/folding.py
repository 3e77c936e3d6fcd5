"""Folding names so that spellings of one name meet: case, accents, hyphens, apostrophes, dots.

Latin letters fold as Elasticsearch's `lowercase` and `asciifolding` filters fold them (Lucene's
ASCIIFoldingFilter); letters of other scripts keep their marks and only lose their case.
"""

# ruff: noqa: RUF001, RUF002  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
import unicodedata

# The look behind comes second: a search that begins with a sign is faster.
_INITIAL_DOT = re.compile(r"\.(?<=\b[^\W\d_]\.)")
_APOSTROPHES = frozenset("'’‘ʼʻ`´′＇")
_LATIN_WITHOUT_DECOMPOSITION = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ı": "i",
    "ŋ": "n",
    "ĸ": "q",
    "ə": "a",
    "ĳ": "ij",
}
_WITH = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")
_COMBINING_DIACRITICS = range(0x300, 0x370)
_WORD_CATEGORIES = frozenset("LNM")


class _FoldingTable(dict[int, str]):
    """A table for `str.translate` that works each character out once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def fold_name(name: str) -> str:
    """The name in small letters without accents, its words joined by one blank.

    Hyphens and other signs part words; apostrophes and the dots of initials vanish:
    "Jean-Luc O’Brien" is "jean luc obrien", "U.S." is "us". Never longer than about twice the name.
    """
    if name.isascii():
        lowered = name.lower()
    else:
        lowered = unicodedata.normalize("NFC", _bounded(name).lower())
    if "." in lowered:
        lowered = _INITIAL_DOT.sub("", lowered)
    return " ".join(lowered.translate(_TABLE).split())


def folded_words(name: str) -> tuple[str, ...]:
    """The words of the folded name, in order."""
    return tuple(fold_name(name).split())


def _fold_character(character: str) -> str:
    if character in _APOSTROPHES or ord(character) in _COMBINING_DIACRITICS:
        return ""
    if unicodedata.category(character)[0] not in _WORD_CATEGORIES:
        return " "
    return _fold_latin(character) or character


def _fold_latin(character: str) -> str:
    """The ASCII letters or digits a character stands for; empty for other scripts."""
    if known := _LATIN_WITHOUT_DECOMPOSITION.get(character):
        return known
    if stroked := _WITH.match(unicodedata.name(character, "")):
        return stroked[1].lower()
    decomposed = unicodedata.normalize("NFKD", character)
    base = "".join(part for part in decomposed if not unicodedata.combining(part)).lower()
    return base if base.isascii() and base.isalnum() else ""


_LONG_MARKS = re.compile(r"(?<=[^\w\s\x00-\x7f]{30})[^\w\s\x00-\x7f]+")


def _bounded(name: str) -> str:
    """At most 30 marks in a row (UAX 15, stream-safe text): normalising more takes square time."""
    return _LONG_MARKS.sub("", name)


_TABLE = _FoldingTable()
