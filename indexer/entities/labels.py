"""Places as the index knows them: a stable id, and a canonical name that no two places share.

The bare name belongs to its best known bearer; a namesake carries where it lies ("Moscow, Idaho").
"""

from __future__ import annotations

from functools import cache, lru_cache

from dateline.documents import Place
from indexer.entities.gazetteer import find_cities, find_country, find_divisions
from indexer.entities.loading import City, Country, Division, Feature, load_tables
from indexer.entities.spelling import place_key

_WITH_DIVISION = frozenset({"US", "CA", "AU"})  # where readers tell namesakes by their state


def place_country(country: Country) -> Place:
    """A country, as `country:NO`."""
    code = country.code
    return Place(country.name, f"country:{code}", code, country.latitude, country.longitude)


def place_division(division: Division) -> Place:
    """A first-level division, as `division:US-GA` (ISO 3166-2, else the GeoNames code)."""
    place_id = f"division:{division.code}"
    name = _label_division(division)
    return Place(name, place_id, division.country, division.latitude, division.longitude)


def _label_division(division: Division) -> str:
    namesakes = find_divisions(division.name, main=True)
    is_us = division.country == "US"
    if find_country(division.name) or (len(namesakes) > 1 and not is_us):
        return f"{division.name}, {load_tables().countries[division.country].name}"
    return division.name


@lru_cache(maxsize=4_096)
def place_city(city: City) -> Place:
    """A city, as `geonames:3143244`."""
    name, place_id = _label_city(city), f"geonames:{city.id}"
    return Place(name, place_id, city.country, city.latitude, city.longitude)


def place_feature(feature: Feature) -> Place:
    """A river, sea, range or region, as `wordnet:09431418` or `m49:151`; it has no point."""
    return Place(feature.name, feature.id, feature.country)


def _label_city(city: City) -> str:
    """The bare name for its best known bearer; the others carry their state or country."""
    key = place_key(city.name)
    bearers = [other for other in find_cities(city.name) if place_key(other.name) == key]
    if bearers[0].id == city.id and not find_country(city.name):
        return city.name
    return f"{city.name}, {_where(city)}"


@cache
def _index_admins() -> dict[tuple[str, str], Division]:
    """Country and admin code → the first division that has them."""
    divisions = reversed(tuple(load_tables().divisions.values()))
    return {(division.country, division.admin): division for division in divisions}


def _where(city: City) -> str:
    tables = load_tables()
    division = _index_admins().get((city.country, city.admin))
    if division and city.country in _WITH_DIVISION:
        return division.name
    return tables.countries[city.country].name
