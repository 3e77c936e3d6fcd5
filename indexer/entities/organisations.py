"""Canonical names of organisations within an article: the fullest form that it prints."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from indexer.entities.acronyms import spell_out
from indexer.entities.gazetteer import is_common, is_place_name
from indexer.entities.spelling import name_words
from indexer.entities.words import COMPANY_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.entities.names import Name, Page

_FEW = 2
_STATES = frozenset({"us", "uk"})
_INITIALS = re.compile(r"[A-Z]{2,6}")


def name_organisations(names: Sequence[Name], page: Page) -> dict[Name, str]:
    """The canonical name of each organisation.

    An acronym that the text explains stands for its long form; a name without its registered form,
    or the first words of one longer name alone, for that one.
    """
    bodies = [name for name in names if name.kind == "organisation"]
    long_forms = _spell_by_initials(bodies) | {**spell_out(page)}
    fullest = _find_fullest([n.form for n in bodies], [*long_forms.values()])
    return {name: _find_canonical(name, long_forms, fullest) for name in bodies}


def _spell_by_initials(bodies: Sequence[Name]) -> dict[str, str]:
    """Acronym → the one organisation here whose words it is made of, though no bracket says so."""
    spelt: dict[str, set[str]] = defaultdict(set)
    for name in bodies:
        base = base_words(name.form)
        if len(base) >= _FEW:
            spelt["".join(word[0] for word in base).upper()].add(_flat(name.form))
    acronyms = {name.form for name in bodies if _INITIALS.fullmatch(name.form)}
    return {
        acronym: max(spelt[acronym], key=_rank)
        for acronym in acronyms & spelt.keys()
        if len({base_words(form) for form in spelt[acronym]}) == 1
    }


def _find_canonical(
    name: Name, long_forms: Mapping[str, str], fullest: Mapping[tuple[str, ...], str]
) -> str:
    form = long_forms.get(name.form, name.form)
    base = base_words(form)
    if base in fullest:
        return fullest[base]
    return " ".join(form.split())


def base_words(form: str) -> tuple[str, ...]:
    """The folded words without the registered form behind them ("Roe Co Ltd", "Roe Group")."""
    words = name_words(form)
    if len(words) > _FEW and words[0] in _STATES:
        words = words[1:]
    while len(words) > 1 and words[-1] in COMPANY_ENDINGS:
        words = words[:-1]
    return words


def _find_fullest(forms: Sequence[str], spelt: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Base → form with most words, not in capitals if it can be.

    A base that begins one longer base alone leads to that one's form.
    """
    best: dict[tuple[str, ...], str] = {}
    for form in map(_flat, [*forms, *spelt]):
        base = base_words(form)
        if base and (base not in best or _rank(form) > _rank(best[base])):
            best[base] = form
    longer: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for base in best:
        for end in range(1, len(base)):
            longer[base[:end]].add(base)
    return best | {
        base: best[max(longer[base], key=len)]
        for base in best.keys() - set(map(base_words, spelt))
        if _is_short(best[base], base, longer[base])
    }


def _is_short(form: str, base: tuple[str, ...], longer: set[tuple[str, ...]]) -> bool:
    if not longer or name_words(form) != base:
        return False
    if len(base) == 1 and (is_common(base[0]) or is_place_name(base[0])):
        return False
    longest = max(longer, key=len)
    return all(longest[: len(other)] == other for other in longer)


def _rank(form: str) -> tuple[int, bool]:
    return len(form.split()), not form.isupper()


def _flat(form: str) -> str:
    return " ".join(form.split())
