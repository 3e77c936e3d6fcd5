"""What a document speaks of that tells namesake places apart: countries, states, its home."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    find_abbreviated_state,
    find_cities,
    find_country,
    find_state,
)
from indexer.entities.loading import load_tables
from indexer.entities.spelling import place_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.entities.loading import City, Division
    from indexer.entities.names import Name, Page

TOWN = 50_000
"""People of a town that a document may mean without saying where it lies."""
_POSTAL = 2
_MAIN_NAME, _COUNTRY_NAMED = 8, 6  # weights of notes' measured city choice
_AT_HOME, _ABOUT = 10, 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often a document speaks of each country, and of states of the United States."""

    countries: Mapping[str, float]
    states: int
    united_states: int

    def leads(self, country: str) -> bool:
        """Whether no country is spoken of more than twice as often as this one."""
        most = max(self.countries.values(), default=0)
        return most > 0 and 2 * self.countries.get(country, 0) >= most

    @property
    def leaders(self) -> frozenset[str]:
        """The countries the document is about."""
        spoken = (c for c, count in self.countries.items() if count >= _ABOUT and c)
        return frozenset(filter(self.leads, spoken))


def gather_evidence(names: Sequence[Name], page: Page) -> Evidence:
    """Counts countries by name, by demonym and by cities that have no namesake country."""
    countries: Counter[str] = Counter()
    states = united_states = 0
    for name in (name for name in names if name.kind == "place"):
        country, state = find_country(name.form), _find_any_state(name.form)
        if country and state:
            continue
        found = country.code if country else state.country if state else _country_of_city(name.form)
        countries[found] += 1
        united_states += country is not None and found == "US"
        states += country is None and found == "US"
        states += found == "US" and country is None and _is_shortened(name.form)
    demonyms = load_tables().demonyms
    for key in page.keys.keys() & demonyms.keys():
        countries[demonyms[key]] += len(page.keys[key])
    return Evidence({code: n for code, n in countries.items() if code}, states, united_states)


def _find_any_state(form: str) -> Division | None:
    """The state that a form names, or shortens ("N.C", "Calif"; not "in")."""
    if len(form) <= _POSTAL and not form.isupper():
        return find_state(form)
    return find_state(form) or find_abbreviated_state(form)


def _is_shortened(form: str) -> bool:
    """Whether this is no more than a state's abbreviation, as the country's own papers print it."""
    return find_state(form) is None and find_abbreviated_state(form) is not None


@lru_cache(maxsize=4_096)
def _country_of_city(form: str) -> str:
    cities = find_cities(form)
    city = choose_city(cities, form, {}) if cities else None
    return city.country if city and city.population > TOWN else ""


def choose_city(
    cities: Sequence[City],
    form: str,
    named: Mapping[str, float],
    leaders: frozenset[str] = frozenset(),
) -> City:
    """The city that a name means most likely, where the countries `named` are spoken of."""
    key = place_key(form)

    def weight(city: City) -> float:
        called = _MAIN_NAME if place_key(city.name) == key else 1
        near = city.country in named and city.population > TOWN
        at_home = _AT_HOME if city.country in leaders else 1
        return city.population * called * at_home * (_COUNTRY_NAMED if near else 1)

    return max(cities, key=weight)
