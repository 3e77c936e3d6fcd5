"""When two names look like one: the forms under which alike ones meet. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.text.folding import fold_name
from dateline.text.function_words import FUNCTION_WORDS
from indexer.entities.words import COMPANY_ENDINGS, GENERATIONS
from indexer.knowledge.names import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORTEST_EDITED = 5
"""Letters of a word that may be one letter off: of shorter ones most such pairs are two words."""
_GLUED_INITIAL = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]")
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 8
_ROMANISED = (
    # One Cyrillic or Arabic letter in the tables of BGN/PCGN, ALA-LC, ISO 9, GOST and the press,
    # the commonest way last.
    (re.compile("shch|sch|shtch"), "sh"),
    (re.compile("tch|tsch|cz"), "ch"),
    (re.compile("kh|gh"), "h"),
    (re.compile("zh|dzh|dj"), "j"),
    (re.compile("ts|tz"), "c"),
    (re.compile("ph"), "f"),
    (re.compile("ks"), "x"),
    (re.compile("ck|q|c(?=[aouklr])"), "k"),
    (re.compile("w"), "v"),
    (re.compile(r"\b(?:ye|je|ie)"), "e"),
    (re.compile("yu|iu|ju|iou"), "u"),
    (re.compile("ya|ia|ja"), "a"),
    (re.compile("yo|io|jo"), "o"),
    (re.compile("iy|yi|ij|yy|ii|ie|ey|ei|ye|y|j"), "i"),
    (re.compile("ou|oo"), "u"),
    (re.compile("ee"), "i"),
    (re.compile(r"off\b|ov\b|ev\b|eff\b"), "of"),
    (re.compile("o"), "u"),
    (re.compile("e"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=131_072)
def person_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name, without titles before it."""
    words = fold_name(_GLUED_INITIAL.sub(". ", name)).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return tuple(words)


def drop_generation(words: Sequence[str]) -> tuple[str, ...]:
    """The words without "Jr." at the end of a full name: father and son share what is left."""
    kept = len(words) - (words[-1] in GENERATIONS)
    return tuple(words[:kept] if kept > 1 else words)


@lru_cache(maxsize=131_072)
def organisation_words(name: str) -> tuple[str, ...]:
    """The folded words of an organisation's name, without "the" before it."""
    words = fold_name(name).split()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def bare_company(words: Sequence[str]) -> tuple[str, ...]:
    """The words without "Inc", "and Co", "(its acronym)" at their end, where any are left."""
    bare = list(words)
    if bare and bare[-1] in spell_acronyms(bare[:-1]):
        bare.pop()
    while bare and bare[-1] in COMPANY_ENDINGS:
        bare.pop()
        if bare and bare[-1] == "and":
            bare.pop()
    return tuple(bare or words)


def romanise(words: Sequence[str]) -> str:
    """What the ways of writing a name of another script have in common, roughly."""
    text = " ".join(words)
    for pattern, letters in _ROMANISED:
        text = pattern.sub(letters, text)
    return text


def are_initials(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one name is the other with initials for some words before the last: "J. R. Doe"."""
    if len(short) > len(long) or short[-1] != long[-1] or short == long:
        return False
    pairs = list(zip(short[:-1], long[:-1], strict=False))
    abbreviated = any(len(a) == 1 < len(b) for a, b in pairs)
    return abbreviated and all(a == b or (len(a) == 1 and b.startswith(a)) for a, b in pairs)


def is_shorter(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one name is the other without words between its first and last."""
    if len(short) < 2 or len(short) >= len(long):  # noqa: PLR2004 - a first and a last word
        return False
    rest = iter(long[1:-1])
    ends = (short[0], short[-1]) == (long[0], long[-1])
    return ends and all(word in rest for word in short[1:-1])


def iter_edited(words: Sequence[str]) -> Iterator[str]:
    """Forms that two names share where one word of theirs is one letter off, and maybe others."""
    for at, word in enumerate(words):
        if len(word) >= _SHORTEST_EDITED:
            before, after = " ".join(words[:at]), " ".join(words[at + 1 :])
            for cut in range(len(word)):
                yield f"{before}|{word[:cut]}{word[cut + 1 :]}|{after}"
            yield f"{before}|{word}|{after}"


def is_one_edit(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether one word alone differs, by one letter other, missing, added or swapped, no first."""
    if len(one) != len(two):
        return False
    pairs = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return len(pairs) == 1 and _is_one_letter(*sorted(pairs[0], key=len))


def _is_one_letter(short: str, long: str) -> bool:
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if min(len(short), len(long)) < _SHORTEST_EDITED - 1 or at == 0:
        return False
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1] + short[at] if at + 1 < len(short) else ""
    return short[at + 1 :] == long[at + 1 :] or (
        short[at + 2 :] == long[at + 2 :] and long[at : at + 2] == swapped
    )


def find_acronym(name: str) -> str:
    """The letters of a name that is printed like an acronym, as "UN" or "U.N."; else empty."""
    letters = "".join(_LETTERS.findall(name))
    fitting = _SHORTEST_ACRONYM <= len(letters) <= _LONGEST_ACRONYM and letters.isupper()
    return letters.lower() if fitting and len(fold_name(name).split()) == 1 else ""


def spell_acronyms(words: Sequence[str]) -> frozenset[str]:
    """The acronyms that a name of several words may have: of all of them, and of the main ones."""
    kept = [word for word in words if word not in FUNCTION_WORDS]
    if len(kept) < 2:  # noqa: PLR2004 - one word has none
        return frozenset()
    return frozenset("".join(word[0] for word in each) for each in (words, kept))
