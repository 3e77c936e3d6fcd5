"""Canonical names of organisations within an article: the fullest form that it prints."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from indexer.entities.acronyms import spell_out
from indexer.entities.gazetteer import is_common, is_land, is_well_known_city
from indexer.entities.spelling import name_words
from indexer.entities.words import COMPANY_ENDINGS, FUNCTION_WORDS, ORGANISATION_HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.entities.names import Name, Page

Base: TypeAlias = tuple[str, ...]

_FEW = 2
_RARE = 2
_STATES = frozenset({"us", "uk"})
_INITIALS = re.compile(r"[A-Z]{2,6}")


@dataclass(slots=True)
class _Body:
    """What an article says of one base: its fullest form, where it stands first, how often."""

    form: str
    start: int
    count: int = 0


def name_organisations(names: Sequence[Name], page: Page) -> dict[Name, str]:
    """The canonical name of each organisation.

    An acronym that the text explains stands for its long form; a name without its registered form
    for the one with it; and the first words of a longer name for that, if it is the only one, or
    the one that the article introduced before and names most.
    """
    bodies = [name for name in names if name.kind == "organisation"]
    long_forms = _spell_by_initials(bodies) | {**spell_out(page)}
    known = _collect(bodies, long_forms.values())
    longer = _index_longer(known)
    named: dict[Name, str] = {}
    for name in bodies:
        base = _find_base(name, long_forms, known, page)
        is_spelt = name.form in long_forms
        named[name] = known[base if is_spelt else _find_longer(base, known, longer)].form
    return named


def _spell_by_initials(bodies: Sequence[Name]) -> dict[str, str]:
    """Acronym → the one organisation here whose words it is made of, though no bracket says so."""
    acronyms = {name.form for name in bodies if _INITIALS.fullmatch(name.form)}
    spelt: dict[str, set[str]] = defaultdict(set)
    for name in bodies if acronyms else ():
        base = base_words(name.form)
        for words in {base, tuple(word for word in base if word not in FUNCTION_WORDS)}:
            if len(words) >= _FEW:
                spelt["".join(word[0] for word in words).upper()].add(_flat(name.form))
    return {
        acronym: max(spelt[acronym], key=_rank)
        for acronym in acronyms & spelt.keys()
        if len({base_words(form) for form in spelt[acronym]}) == 1
    }


def base_words(form: str) -> Base:
    """The folded words without the registered form behind them ("Roe Co Ltd", "Roe Group")."""
    words = name_words(form)
    if len(words) > _FEW and words[0] in _STATES:
        words = words[1:]
    while len(words) > 1 and words[-1] in COMPANY_ENDINGS:
        words = words[:-1]
    return words


def _collect(bodies: Sequence[Name], spelt: Iterable[str]) -> dict[Base, _Body]:
    known: dict[Base, _Body] = {}
    for name in bodies:
        form, base = _flat(name.form), base_words(name.form)
        body = known.setdefault(base, _Body(form, name.start))
        if form != body.form:
            body.form = max(body.form, form, key=_rank)
        body.count += 1
    for form in map(_flat, spelt):
        body = known.setdefault(base_words(form), _Body(form, 0))
        body.form = max(body.form, form, key=_rank)
    return known


def _index_longer(known: Mapping[Base, _Body]) -> dict[Base, list[Base]]:
    """Base → the longer bases that begin with it."""
    longer: dict[Base, list[Base]] = defaultdict(list)
    for base in known:
        for end in range(1, len(base)):
            longer[base[:end]].append(base)
        for start in range(1, len(base) - 1):
            if base[start:] not in longer:
                longer[base[start:]].append(base)
    return longer


def _find_base(
    name: Name, long_forms: Mapping[str, str], known: Mapping[Base, _Body], page: Page
) -> Base:
    """The base of a name; with the 's that the text shows to be part of it ("Roe's Inc")."""
    base = base_words(long_forms.get(name.form, name.form))
    owning = (*base[:-1], f"{base[-1]}s") if base else base
    return owning if owning in known and page.text.startswith("'s", name.end) else base


def _find_longer(
    base: Base, known: Mapping[Base, _Body], longer: Mapping[Base, Sequence[Base]]
) -> Base:
    found = longer.get(base, ())
    if not found or _has_form(known[base].form) or not _may_shorten(base, found):
        return base
    longest = max(found, key=len)
    if all(longest[: len(other)] == other for other in found):
        return longest if _is_meant(known[longest], known[base]) else base
    before = [other for other in found if known[other].start < known[base].start]
    before.sort(key=lambda other: -known[other].count)
    is_clear = len(before) == 1 or known[before[0]].count > known[before[1]].count if before else 0
    return before[0] if is_clear else base


def _is_meant(full: _Body, short: _Body) -> bool:
    """Whether the full name came first, or is not too rare beside the short one."""
    if full.start < short.start or _has_form(full.form):
        return True
    return full.count * _RARE >= short.count


def _has_form(form: str) -> bool:
    words = name_words(form)
    return len(words) > 1 and words[-1] in COMPANY_ENDINGS


def _may_shorten(base: Base, longer: Sequence[Base]) -> bool:
    """Whether these words may stand for a longer name: no country, no word that heads bodies."""
    if len(base) > 1:
        return True
    form = base[0].title()
    if is_land(form) or is_well_known_city(form):
        return False
    is_head = base[0] in ORGANISATION_HEADS
    return not (is_head or (is_common(base[0]) and any(len(each) > _FEW for each in longer)))


def _rank(form: str) -> tuple[int, bool]:
    return len(form.split()), not form.isupper()


def _flat(form: str) -> str:
    return " ".join(form.split())
