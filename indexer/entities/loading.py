"""The tables under `tables/`, read once per process."""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from indexer.entities.aliases import COUNTRY_ALIASES
from indexer.entities.spelling import place_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 code, degrees, codes of its neighbours."""

    code: str
    name: str
    latitude: float
    longitude: float
    neighbours: frozenset[str]


@dataclass(frozen=True, slots=True)
class Division:
    """A first-level division; `code` is ISO 3166-2, `admin` the code its cities carry."""

    code: str
    name: str
    country: str
    admin: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames with 15,000 people or more."""

    id: str
    name: str
    country: str
    admin: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class Feature:
    """A river, sea, island, range or region: no point, and a country where it lies in one alone."""

    id: str
    name: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the rules look up, under folded names.

    `city_rows` are unparsed lines: an article asks for a dozen of 34,000. `city_names` leads to
    row numbers joined by commas. `first_words` leads from the first word of a country's name to
    all names that begin with it. `given_names` holds the `birth_names`, which are the rarer ones.
    """

    countries: Mapping[str, Country]
    country_names: Mapping[str, str]
    demonyms: Mapping[str, str]
    divisions: Mapping[str, Division]
    division_names: Mapping[str, Sequence[str]]
    division_others: Mapping[str, Sequence[str]]
    city_rows: Sequence[str]
    city_names: Mapping[str, str]
    features: Mapping[str, Feature]
    given_names: frozenset[str]
    birth_names: frozenset[str]
    surnames: frozenset[str]
    peoples: frozenset[str]
    common_words: frozenset[str]
    brands: frozenset[str]
    first_words: Mapping[str, Sequence[str]]


@cache
def load_tables() -> Tables:
    """Reads all tables; some .2 s and 35 MB."""
    countries, country_names, demonyms = _load_countries()
    divisions, main, others = _load_divisions()
    births = frozenset(_iter_lines("birth_names.txt"))
    return Tables(
        countries=countries,
        country_names=country_names,
        demonyms=demonyms,
        divisions=divisions,
        division_names=main,
        division_others=others,
        city_rows=list(_iter_lines("cities.tsv")),
        city_names=dict(line.split("\t") for line in _iter_lines("city_names.tsv")),
        features=_load_features(),
        given_names=births.union(_iter_lines("given_names.txt")),
        birth_names=births,
        surnames=frozenset(_iter_lines("surnames.txt")),
        peoples=frozenset(_iter_lines("peoples.txt")),
        common_words=frozenset(_iter_lines("common_words.txt")),
        brands=frozenset(_iter_lines("brands.txt")),
        first_words=_index_first_words(country_names),
    )


def parse_city(row: str) -> City:
    """A line of the table of cities."""
    number, name, country, admin, latitude, longitude, population = row.split("\t")
    return City(number, name, country, admin, float(latitude), float(longitude), int(population))


def _iter_lines(name: str) -> Iterator[str]:
    packed = files("indexer.entities").joinpath(f"tables/{name}.gz").read_bytes()
    with gzip.open(BytesIO(packed), "rt", encoding="utf-8", newline="\n") as lines:
        yield from (
            line[:-1] for line in lines
        )  # never all at once: memory freed is not given back


def _load_countries() -> tuple[dict[str, Country], dict[str, str], dict[str, str]]:
    countries: dict[str, Country] = {}
    names: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    for line in _iter_lines("countries.tsv"):
        code, name, latitude, longitude, neighbours, spellings, peoples = line.split("\t")
        around = frozenset(neighbours.split(","))
        countries[code] = Country(code, name, float(latitude), float(longitude), around)
        names |= dict.fromkeys(spellings.split("|"), code)
        demonyms |= dict.fromkeys(filter(None, peoples.split("|")), code)
    return countries, names | {place_key(k): code for k, code in COUNTRY_ALIASES.items()}, demonyms


def _load_divisions() -> tuple[dict[str, Division], dict[str, list[str]], dict[str, list[str]]]:
    divisions: dict[str, Division] = {}
    main: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for line in _iter_lines("divisions.tsv"):
        code, name, country, admin, latitude, longitude, keys, more = line.split("\t")
        divisions[code] = Division(code, name, country, admin, float(latitude), float(longitude))
        for key in filter(None, keys.split("|")):
            main[key].append(code)
        for key in filter(None, more.split("|")):
            others[key].append(code)
    return divisions, dict(main), dict(others)


def _load_features() -> dict[str, Feature]:
    features: dict[str, Feature] = {}
    for line in _iter_lines("features.tsv"):
        *columns, keys = line.split("\t")
        features |= dict.fromkeys(keys.split("|"), Feature(*columns))
    return features


def _index_first_words(names: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[name.split()[0]].append(name)
    return dict(found)
