"""Which city a name means, of several that bear it, by the countries a document speaks of.

A name is a city's by right if it is its main name or nearly so; by any other name a city is meant
only if it is a metropolis, or if the document speaks of its country.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    LARGE_CITY,
    METROPOLIS,
    find_cities,
    find_divisions,
    is_called,
)
from indexer.entities.spelling import place_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.evidence import Evidence
    from indexer.entities.loading import City

TOWN = 50_000
"""People of a town that a document may mean without saying where it lies."""
_MAIN_NAME, _COUNTRY_NAMED = 8, 6  # weights of notes' measured city choice
_AT_HOME, _SURELY_NAMED = 10, 5
_FEW_TIMES = 3
_CLEARLY = 10
"""How much larger the one bearer of a name is than any abroad, if the name tells a country."""


@lru_cache(maxsize=4_096)
def guess_country(form: str) -> str:
    """The country of the likeliest city of this name where nothing else is known, or nothing."""
    cities = find_cities(form)
    key = place_key(form)
    city = max(cities, key=lambda city: _weigh(city, key)) if cities else None
    return city.country if city and city.population > TOWN else ""


@lru_cache(maxsize=4_096)
def tell_country(form: str) -> str:
    """The country that a name of a city or division surely tells, or nothing."""
    key = place_key(form)
    weights: dict[str, float] = {}
    for city in find_cities(form):
        weights[city.country] = max(weights.get(city.country, 0), _weigh(city, key))
    homes = {division.country for division in find_divisions(form, main=True)}
    if homes and weights.keys() <= homes:
        weights = dict.fromkeys(homes, _MAIN_NAME * METROPOLIS)
    first, *others = sorted(weights, key=lambda code: -weights[code]) or [""]
    is_clear = weights.get(first, 0) >= _MAIN_NAME * TOWN
    is_clear = is_clear and all(_CLEARLY * weights[code] <= weights[first] for code in others)
    return first if is_clear else ""


def choose_city(form: str, evidence: Evidence) -> City | None:
    """The city that a name means most likely in a document; None if none is likely enough."""
    key = place_key(form)
    sure, leaders = evidence.sure, evidence.leaders
    told = sure if evidence.subject else evidence.countries

    def weight(city: City) -> float:
        if city.population <= TOWN or not _is_owner(city, key):
            return _weigh(city, key)
        near = _COUNTRY_NAMED if city.country in told else 1
        at_home = _AT_HOME if city.country in leaders else 1
        surely = _SURELY_NAMED if city.country in sure else 1
        return _weigh(city, key) * near * at_home * surely

    cities = find_cities(form)
    city = max(cities, key=weight, default=None)
    if city is None or city.country in sure:
        return city
    is_known = _is_known(city, key, evidence.subject) or _is_unmistakable(cities, form)
    return city if is_known else None


def _is_owner(city: City, key: str) -> bool:
    return city.population >= METROPOLIS or is_called(city.name, key)


def _is_known(city: City, key: str, subject: str) -> bool:
    """Whether a city is large enough for a document that does not speak of its country."""
    if not is_called(city.name, key):
        return city.population >= (METROPOLIS if subject else LARGE_CITY)
    return not subject or (city.population >= TOWN and not _is_contested(city, key))


def _is_contested(city: City, key: str) -> bool:
    """Whether a name is as well that of another city of the same order of size ("Richmond")."""
    if city.population >= METROPOLIS:
        return False
    others = (other for other in find_cities(key) if other.id != city.id)
    return any(
        _FEW_TIMES * o.population > city.population for o in others if is_called(o.name, key)
    )


def _is_unmistakable(cities: Sequence[City], form: str) -> bool:
    """Whether a name of several words is one city's alone ("Atlantic City"), or a dateline's."""
    if not is_called(cities[0].name, place_key(form)):
        return False
    return form.isupper() or (len(cities) == 1 and " " in form)


def _weigh(city: City, key: str) -> float:
    return city.population * (_MAIN_NAME if place_key(city.name) == key else 1)
