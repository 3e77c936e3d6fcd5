"""Look-ups by folded name: countries, states, divisions, cities. All that a name may mean."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.entities.aliases import REGIONS, STATE_ABBREVIATIONS
from indexer.entities.loading import (
    City,
    Country,
    Division,
    Feature,
    load_tables,
    parse_city,
)
from indexer.entities.spelling import place_key

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGE_CITY = 200_000
METROPOLIS = 1_000_000
_SHOUTED = 3  # names as short as this ("US", "UAE") count in capitals only
_REMEMBERED = 16_384
_ALIKE = 0.88  # "Feodosia" and "Feodosiya" are; "Charlton" and "Charlestown" are not
_PLURALS = ("s", "men")


@lru_cache(maxsize=_REMEMBERED)
def find_country(form: str) -> Country | None:
    """The country of this name or alias; up to three letters ("US") only in capitals."""
    key = place_key(form)
    tables = load_tables()
    code = tables.country_names.get(key) or tables.country_names.get(key.removeprefix("the "))
    if code is None or (len(key.replace(" ", "")) <= _SHOUTED and not form.isupper()):
        return None
    return tables.countries[code]


@lru_cache(maxsize=_REMEMBERED)
def find_state(form: str) -> Division | None:
    """The state of the United States of this name ("Georgia", "State of Georgia")."""
    tables = load_tables()
    codes = tables.division_names.get(place_key(form), ())
    return next((tables.divisions[code] for code in codes if code.startswith("US-")), None)


@lru_cache(maxsize=_REMEMBERED)
def is_land(form: str) -> bool:
    """Whether this is a country or a state of the United States."""
    return find_country(form) is not None or find_state(form) is not None


def find_abbreviated_state(form: str) -> Division | None:
    """The state or province behind "Calif.", "Pa." or, in capitals, "CA"."""
    code = STATE_ABBREVIATIONS.get(place_key(form))
    return load_tables().divisions.get(code) if code else None


@lru_cache(maxsize=_REMEMBERED)
def find_divisions(form: str, *, main: bool) -> tuple[Division, ...]:
    """First-level divisions whose main name (or, if not `main`, other name) this is."""
    tables = load_tables()
    names = tables.division_names if main else tables.division_others
    return tuple(tables.divisions[code] for code in names.get(place_key(form), ()))


@lru_cache(maxsize=_REMEMBERED)
def find_cities(form: str) -> tuple[City, ...]:
    """Cities that bear this name, as their main or another one; most people first."""
    tables = load_tables()
    key = place_key(form)
    rows = tables.city_names.get(key) or tables.city_names.get(key.removesuffix(" city"))
    cities = [parse_city(tables.city_rows[int(row)]) for row in rows.split(",")] if rows else []
    return tuple(sorted(cities, key=lambda city: (-city.population, city.id)))


@lru_cache(maxsize=_REMEMBERED)
def find_feature(form: str) -> Feature | None:
    """The river, sea, island, range or region of this name."""
    key = place_key(form)
    features = load_tables().features
    return features.get(key) or features.get(key.removeprefix("the "))


def is_region(form: str) -> bool:
    """Whether this is a continent, a sea or a quarter: a place without a point."""
    return place_key(form) in REGIONS


@lru_cache(maxsize=_REMEMBERED)
def is_place_name(form: str) -> bool:
    """Whether any table of places has this name."""
    key = place_key(form)
    tables = load_tables()
    listed = (tables.city_names, tables.division_names, tables.division_others, REGIONS)
    return any(key in names for names in listed) or find_country(form) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_well_known_city(form: str) -> bool:
    """Whether a name that nothing marks as a place is still safely that of a city.

    Alternates are full of traps: one counts if it shares the first word of the main name or is
    spelt nearly so, or if more than a million people live there.
    """
    key = place_key(form)
    return any(_is_safely(city, key) for city in find_cities(form))


@lru_cache(maxsize=_REMEMBERED)
def is_metropolis(form: str) -> bool:
    """Whether this is the main name of a city of a million."""
    large = (city for city in find_cities(form) if city.population >= METROPOLIS)
    return any(place_key(city.name) == place_key(form) for city in large)


def _is_safely(city: City, key: str) -> bool:
    if city.population < LARGE_CITY:
        return False
    return is_called(city.name, key) or city.population >= METROPOLIS


@lru_cache(maxsize=_REMEMBERED)
def is_called(main: str, key: str) -> bool:
    """Whether a folded name is a city's main one, begins as it, or is another spelling of it."""
    main = place_key(main).removeprefix("city of ")
    if main.split(" ", 1)[0] == key.split(" ", 1)[0]:
        return True
    return SequenceMatcher(None, main, key).ratio() >= _ALIKE


def is_people(key: str) -> bool:
    """Whether a folded word is a demonym, a people, a religion or an adjective made of a name."""
    tables = load_tables()
    return key in tables.demonyms or key in tables.peoples


@lru_cache(maxsize=_REMEMBERED)
def is_plural_people(key: str) -> bool:
    """The same for a plural ("Russians", "Frenchmen")."""
    return key.endswith(_PLURALS) and any(is_people(stem) for stem in _singulars(key))


@lru_cache(maxsize=_REMEMBERED)
def is_common(key: str) -> bool:
    """Whether a folded word, or its singular, is a common word that is never a name."""
    words = load_tables().common_words
    if key in words:
        return True
    return key.endswith(_PLURALS) and any(stem in words for stem in _singulars(key))


def is_dictionary_word(key: str) -> bool:
    """Whether a folded word is a common word and nobody's surname."""
    return is_common(key) and key not in load_tables().surnames


def _singulars(key: str) -> Iterable[str]:
    if key.endswith("men"):
        yield key[:-3] + "man"
    if key.endswith("ves"):
        yield key[:-3] + "fe"
    if key.endswith("ies"):
        yield key[:-3] + "y"
    if key.endswith("es"):
        yield key[:-2]
    if key.endswith("s"):
        yield key[:-1]
