"""Summaries about something: of all sentences, those that hold the words asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from dateline.summaries.words import find_printed_words, language_name, read_function_words
from dateline.text.folding import fold_name, folded_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dateline.summaries.candidates import Candidate


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
    possessive; function words are not asked for. Where the text has all the words in a row with
    capitals it is a name: small letters ("may") are then no part of it, but its initials ("GE") are
    as good as the whole. Behind these stand sentences with words of the same Snowball stem
    ("mobilise" finds "mobilisation"), unless every word is capitalised, as names are, and was found
    without. Empty: no sentence is about it.
    """
    read = cache(_read_words)  # a word is folded once, however often it stands in the text
    held: Mapping[int, Sequence[_Word]] = {
        index: _find_words(candidates[index].text, read) for index in order
    }
    asked = _find_asked(focus, language)
    if _is_name(_find_words(focus, read), held.values()):
        asked = [replace(word, small=False, capitals=True) for word in asked]
        held = _read_name(asked, held)
    about = _find_about(asked, held, cache(_singular))
    if not about or any(word.small for word in asked):
        about += _find_about(asked, held, _snowball(language))
    return list(dict.fromkeys(about))


def _is_name(typed: Sequence[_Word], held: Iterable[Sequence[_Word]]) -> bool:
    """Do several words stand in the text in a row, all with capitals?"""
    name = [word.folded for word in typed]
    return len(name) > 1 and any(
        [word.folded for word in words[place : place + len(name)]] == name
        and not any(word.small for word in words[place : place + len(name)])
        for words in held
        for place in range(len(words) - len(name) + 1)
    )


def _read_name(
    asked: Sequence[_Word], held: Mapping[int, Sequence[_Word]]
) -> dict[int, Sequence[_Word]]:
    """The text's words as a name is looked for in them.

    The capital of a sentence's first word says nothing where the text has the word in small letters
    too; the name's initials stand for all its words.
    """
    small = {word.folded for words in held.values() for word in words if word.small}
    initials = "".join(word.folded[0] for word in asked) if len(asked) > 1 else ""
    read: dict[int, Sequence[_Word]] = {}
    for index, words in held.items():
        first = [replace(w, small=w.folded in small and not w.capitals) for w in words[:1]]
        named = any(word.capitals and word.folded == initials for word in words)
        read[index] = [*first, *words[1:], *(asked if named else ())]
    return read


def _find_about(
    asked: Sequence[_Word], held: Mapping[int, Sequence[_Word]], stem: Callable[[str], str]
) -> list[int]:
    counts = {index: _count_held(asked, words, stem) for index, words in held.items()}
    about = [index for index in counts if 2 * counts[index] >= len(asked)]
    return sorted(about, key=lambda index: -counts[index])


def _find_asked(focus: str, language: str) -> list[_Word]:
    words = list({word.folded: word for word in _find_words(focus, _read_words)}.values())
    function_words = {fold_name(word) for word in read_function_words(language)}
    return [word for word in words if word.capitals or word.folded not in function_words] or words


def _find_words(text: str, read: Callable[[str], tuple[_Word, ...]]) -> list[_Word]:
    return [word for printed in find_printed_words(text) for word in read(printed)]


def _read_words(printed: str) -> tuple[_Word, ...]:
    """The words in a printed one: "US-led" holds two."""
    capitals = printed.isupper() and len(printed) > 1
    return tuple(_Word(word, printed.islower(), capitals) for word in folded_words(printed))


def _count_held(asked: Sequence[_Word], held: Sequence[_Word], stem: Callable[[str], str]) -> int:
    """How many of the asked words are held; one asked for in capitals ("US") is no small word."""
    anyhow = {stem(word.folded) for word in held}
    large = {stem(word.folded) for word in held if not word.small}
    return sum(stem(word.folded) in (large if word.capitals else anyhow) for word in asked)


def _singular(word: str) -> str:
    """Harman's S-stemmer ("How effective is suffixing?", 1991): plurals only; names stay apart."""
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def _snowball(language: str) -> Callable[[str], str]:
    """The Snowball stemmer of a language; words stay as they are where there is none."""
    name = language_name(language)
    if not name:
        return str
    import snowballstemmer  # noqa: PLC0415  # only a focus in small letters needs it

    stem: Callable[[str], str] = cache(snowballstemmer.stemmer(name).stemWord)
    return stem
