"""Summaries about something: of the sentences in their order, those that hold the words asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dateline.summaries.words import find_printed_words, language_name, read_stop_words
from dateline.text.folding import folded_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.summaries.candidates import Candidate

Stem = "Callable[[str], str]"


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    small: bool
    capitals: bool


def order_by_focus(
    candidates: Sequence[Candidate], order: Sequence[int], focus: str, language: str
) -> list[int]:
    """The candidates about the focus: those that hold most of its words first, else as in `order`.

    A sentence is about it when it holds half of the words or more, in any case, accent, plural or
    possessive; function words are not asked for. Where no sentence is, words of the same Snowball
    stem count too ("mobilise" finds "mobilisation"). Empty: no sentence is about it.
    """
    asked = _find_asked(focus, language)
    held = [_find_words(candidate.text) for candidate in candidates]
    for stem in (_singular, _snowball(language)):
        counts = {index: _count_held(asked, held[index], stem) for index in order}
        about = [index for index in order if 2 * counts[index] >= len(asked)]
        if about:
            return sorted(about, key=lambda index: -counts[index])
    return []


def _find_asked(focus: str, language: str) -> list[_Word]:
    words = list({word.folded: word for word in _find_words(focus)}.values())
    stop_words = read_stop_words(language)
    return [word for word in words if word.capitals or word.folded not in stop_words] or words


def _find_words(text: str) -> list[_Word]:
    return [
        _Word(folded, small=printed.islower(), capitals=printed.isupper() and len(printed) > 1)
        for printed in find_printed_words(text)
        for folded in folded_words(printed)
    ]


def _count_held(asked: Sequence[_Word], held: Sequence[_Word], stem: Callable[[str], str]) -> int:
    """How many of the asked words are held; one asked for in capitals ("US") is no small word."""
    anyhow = {stem(word.folded) for word in held}
    large = {stem(word.folded) for word in held if not word.small}
    return sum(stem(word.folded) in (large if word.capitals else anyhow) for word in asked)


def _singular(word: str) -> str:
    """Harman's S-stemmer ("How effective is suffixing?", 1991): plurals only, so names stay apart."""
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def _snowball(language: str) -> Callable[[str], str]:
    """The Snowball stemmer of a language, loaded when first used (some 60 MB with all it brings)."""

    @cache
    def stem(word: str) -> str:
        from dateline.summaries.classics import load_stemmer  # noqa: PLC0415  # see above

        return load_stemmer(language)(word)

    return stem if language_name(language) else str
