"""Which spellings surely are one name: they differ in print alone, or in a title before it."""

# ruff: noqa: RUF001  # typographic apostrophes are what this module is about

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from dateline.text.folding import fold_name
from indexer.entities.words import COMPANY_ENDINGS, HONORIFICS, OFFICES
from indexer.knowledge.values import NAMED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dateline.documents import EntityKind

_POSSESSIVE = re.compile(r"(?:['’‘ʼ]s|(?<=s)['’‘ʼ])$", re.IGNORECASE)
_REGNAL = {
    *("archbishop", "ayatollah", "bishop", "cardinal", "emir", "imam", "king", "pope", "prince"),
    *("princess", "queen", "rabbi", "sultan"),
}
"""Titles before a given name alone: who bears them without is somebody else."""
TITLES = (HONORIFICS | OFFICES) - _REGNAL
_FORMS = COMPANY_ENDINGS - {"company", "group", "holdings", "limited"}
"""What a firm's name is printed with or without: no word that tells two firms apart."""
_FULL = 2
"""Words of a full name: fewer may be anybody's, and a bare surname is nobody's alias."""
_ABBREVIATED = 4
"""Letters that an organisation of one word has at least: "WHO" and "Who" are two things."""


class HasNames(Protocol):
    """An article's own names, per kind that has aliases."""

    @property
    def names(self) -> Mapping[EntityKind, Sequence[str]]:
        """In order of first mention."""


def find_aliases(
    articles: Iterable[HasNames], apart: Collection[tuple[EntityKind, str]] = ()
) -> dict[EntityKind, dict[str, str]]:
    """Kind → spelling → canonical name, of all spellings that are not canonical.

    Spellings `apart` are nobody's alias, and have none.

    Canonical is the bare spelling that most articles have, of equal ones the smallest; one with a
    title or a possessive, or a person's in capitals, only where there is no other.
    """
    counts: dict[EntityKind, Counter[str]] = {kind: Counter() for kind in NAMED}
    for each in articles:
        for kind, names in each.names.items():
            counts[kind].update(name for name in names if (kind, name) not in apart)
    return {kind: found for kind in NAMED if (found := _choose(kind, counts[kind]))}


def _choose(kind: EntityKind, counts: Mapping[str, int]) -> dict[str, str]:
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        if key := alias_key(kind, name):
            spellings[key].append(name)
    chosen: dict[str, str] = {}
    for alike in spellings.values():
        canonical = min(alike, key=lambda name: (_is_dressed(kind, name), -counts[name], name))
        chosen |= {name: canonical for name in alike if name != canonical}
    return dict(sorted(chosen.items()))


@lru_cache(maxsize=65_536)
def alias_key(kind: EntityKind, name: str) -> str:
    """What the spellings of one name have in common; empty where a name can have no aliases."""
    key = " ".join(_bare_words(kind, name))
    if kind == "person":
        return key if _count_printed(name) >= _FULL else ""
    return key if " " in key or len(key) >= _ABBREVIATED else ""


def _count_printed(name: str) -> int:
    """How many words a person's name has in print, titles aside: a double surname is one."""
    return sum(fold_name(word) not in TITLES for word in name.split())


def _bare_words(kind: EntityKind, name: str) -> Sequence[str]:
    """The folded words without possessive, a person's without titles, a firm's without "Inc"."""
    words = fold_name(_POSSESSIVE.sub("", name.strip())).split()
    while kind == "person" and words and words[0] in TITLES:
        words = words[1:]
    while kind == "organisation" and len(words) > 1 and words[-1] in _FORMS:
        words = words[:-1]
    return words


def _is_dressed(kind: EntityKind, name: str) -> bool:
    """Whether a title, a form or a possessive stands with the name, or a person's in capitals."""
    shouted = kind == "person" and name.isupper()
    return shouted or " ".join(_bare_words(kind, name)) != fold_name(name)
