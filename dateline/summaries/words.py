"""Words of a sentence, as summarizers weigh them and as readers count them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from dateline.text.function_words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W_]++(?:['\u2019.\-][^\W_]++|,\d++)*+")
_POSSESSIVE = ("'s", "\u2019s", "'S", "\u2019S")

_LANGUAGE_NAMES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "sv": "swedish",
}
"""The languages for which the libraries hold both a Snowball stemmer and stop words."""


def find_words(sentence: str) -> list[str]:
    """The words in small letters, without possessive ending.

    "U.S.", "COVID-19" and "25,000" are words: sumy's own tokenizer drops every word with a digit or
    a full stop.
    """
    return find_printed_words(sentence.casefold())


def find_printed_words(sentence: str) -> list[str]:
    """The words as printed, without possessive ending."""
    words: list[str] = _WORD.findall(sentence)
    if "'" not in sentence and "\u2019" not in sentence:
        return words
    return [word[:-2] if word.endswith(_POSSESSIVE) else word for word in words]


def count_words(sentence: str) -> int:
    """How many words a reader counts: stretches between blanks."""
    return len(sentence.split())


def language_name(language: str) -> str | None:
    """The name under which stemmers and stop words of a language are kept; None: there are none."""
    return _LANGUAGE_NAMES.get(language)


def read_function_words(language: str) -> frozenset[str]:
    """Words nobody asks for by themselves.

    For English not sumy's stop words, which count "new", "right" and "second" among them.
    """
    return FUNCTION_WORDS if language == "en" else read_stop_words(language)


@cache
def read_stop_words(language: str) -> frozenset[str]:
    """The stop words sumy has for a language, in small letters; empty for a language without."""
    name = language_name(language)
    if name is None:
        return frozenset()
    text = files("sumy").joinpath(f"data/stopwords/{name}.txt").read_text("utf-8")
    return frozenset(text.casefold().split())
