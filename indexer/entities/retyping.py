"""Rules 6, 7, 8 and 11: names whose kind the lists know better than the model."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    find_cities,
    find_country,
    find_divisions,
    is_land,
    is_people,
    is_place_name,
    is_plural_people,
    is_well_known_city,
)
from indexer.entities.loading import load_tables
from indexer.entities.names import collect_surnames
from indexer.entities.spelling import name_key, name_words, place_key
from indexer.entities.words import COMPANY_ENDINGS, NEWS_AGENCIES, PERSONAL_COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Kind, Name

_REMEMBERED = 8_192


def vote_kinds(names: Sequence[Name]) -> list[Name]:
    """Rule 6: a form that is found as several kinds is what it is most often."""
    votes = Counter((name.form, name.kind) for name in names)
    elected: dict[str, Kind] = {}
    for form, kind in votes:
        if votes[form, kind] > votes[form, elected.setdefault(form, kind)]:
            elected[form] = kind
    return [_elect(name, elected[name.form], votes) for name in names]


def _elect(name: Name, kind: Kind, votes: Counter[tuple[str, Kind]]) -> Name:
    is_outvoted = kind != name.kind and votes[name.form, kind] > votes[name.form, name.kind]
    return name.retyped(kind) if is_outvoted else name


def retype_places(names: Sequence[Name]) -> list[Name]:
    """Rule 7: a name that is wholly that of a country, state, division or large city is a place."""
    surnames = collect_surnames(names)
    is_asked = any(name.key in PERSONAL_COUNTRIES for name in names)
    found = (find_country(name.form) for name in names if is_asked)
    around = frozenset(country.code for country in found if country)
    return [name.retyped("place") if _is_place(name, surnames, around) else name for name in names]


def _has_neighbour(name: Name, around: frozenset[str]) -> bool:
    """Whether the document names a neighbour of a country that is a given name as often."""
    country = find_country(name.form)
    return country is not None and not country.neighbours.isdisjoint(around)


def _is_place(name: Name, surnames: frozenset[str], around: frozenset[str]) -> bool:
    if name.kind == "place" or name.key in surnames:
        return False
    if is_land(name.form):
        is_personal = name.kind == "person" and name.key in PERSONAL_COUNTRIES
        return not is_personal or _has_neighbour(name, around)
    if name.kind == "organisation" or name.key in load_tables().given_names:
        return False
    return _is_known_place(name.form) and not _is_people(name.form)


@lru_cache(maxsize=_REMEMBERED)
def _is_known_place(form: str) -> bool:
    if find_divisions(form, main=True) or is_well_known_city(form):
        return True
    return " " in form and _is_town_of_words(form)


def _is_town_of_words(form: str) -> bool:
    """Whether a name of several words, the first nobody's, is a town's main one ("Bani Walid")."""
    if name_key(form.split(maxsplit=1)[0]) in load_tables().given_names:
        return False
    return any(place_key(city.name) == place_key(form) for city in find_cities(form))


def demote_peoples(names: Sequence[Name]) -> list[Name]:
    """Rule 8: a people, a religion, a demonym is neither person nor place."""
    return [
        name.retyped("other") if name.kind != "other" and _is_people(name.form) else name
        for name in names
    ]


@lru_cache(maxsize=_REMEMBERED)
def _is_people(form: str) -> bool:
    words = name_words(form)
    if not words or not all(is_people(word) or is_plural_people(word) for word in words):
        return False
    if find_country(form):
        return False  # "Laos" would be the plural of a people
    if not is_people(words[-1]):
        return True
    return words[-1] not in load_tables().given_names and not is_place_name(form)


def retype_brands(names: Sequence[Name]) -> list[Name]:
    """Rule 11: a brand or platform that is no given name and no place is an organisation.

    So is a news agency, though some ("Xinhua") are spelt as a place is.
    """
    surnames = collect_surnames(names)
    return [name.retyped("organisation") if _is_brand(name, surnames) else name for name in names]


def _is_brand(name: Name, surnames: frozenset[str]) -> bool:
    tables = load_tables()
    if name.key in NEWS_AGENCIES:
        return True
    if name.kind not in ("person", "place") or name.key not in tables.brands:
        return False
    known = name.key in tables.given_names or name.key in surnames
    return not known and not is_place_name(name.form)


def retype_companies(names: Sequence[Name]) -> list[Name]:
    """What ends as registered companies do ("Inc", "SpA") is an organisation."""
    return [name.retyped("organisation") if _is_company(name) else name for name in names]


def _is_company(name: Name) -> bool:
    return " " in name.key and name.words[-1] in COMPANY_ENDINGS
