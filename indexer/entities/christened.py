"""Storms, ships, works and models that bear the names of people: "Hurricane Jane", "USS Roe"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.names import collect_name_words
from indexer.entities.spelling import name_key
from indexer.entities.words import ORGANISATION_HEADS, PLACE_HEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_REACH = 24
_CALLED = r"\b(?:Hurricane|Typhoon|Cyclone|Tropical (?:Storm|Depression)) "
_STORM = re.compile(_CALLED + "$")
_STORM_NAME = re.compile(_CALLED + r"([^\W\d_]+)")
_STORMS = ("Hurricane ", "Typhoon ", "Cyclone ")
_STORM_SIGNS = (*_STORMS, "Tropical ")
_BARE = "Storm "
_BARE_NAME = re.compile(r"\bStorm ([^\W\d_]+)")
_WEATHER = re.compile(
    r"\b(?:winds?|gales?|gusts?|floods?|flooding|flooded|weather|forecasters?|rain|rainfall|snow|mph|"
    r"km/h|landfall|power cuts?|without power|evacuated|waves|tides?)\b"
)
_PLAINLY = 2
_SHIP = re.compile(
    r"\b(?:USS|HMS|HMAS|HMCS|HMNZS|HNoMS|RMS|M/V|M/S) $"
    r"|\b(?:ship|frigate|destroyer|submarine|tanker|ferry|trawler|liner|yacht)"
    r" (?:(?:King|Queen|Prince|Princess|Lady|Saint|St\.?) )?$"
)
_SHIPS = ("USS ", "HMS ", "HMAS ", "HMCS ", "HMNZS ", "HNoMS ", "RMS ", "M/V ", "M/S ")
_CLOSED = re.compile(r'[,.]?"')
_MODEL = re.compile(r"[^\W\d_]+ [A-Z]\d{1,3}")
_STORM_WORDS = 2  # "Hurricane Jane Fund" is a body
_NO_STORM = PLACE_HEADS | ORGANISATION_HEADS


def demote_christened(names: Sequence[Name], page: Page) -> list[Name]:
    """A storm, a ship, a work in quotes, a numbered model is no name of ours.

    Nor is a storm's name alone, unless someone here is called so.
    """
    has_bare = _has_bare_storm(page)
    has_storms = has_bare or any(sign in page.text for sign in _STORM_SIGNS)
    things = {name for name in names if has_storms and _is_storm(name, page, bare=has_bare)}
    things |= {name for name in names if _is_thing(name, names, page)}
    if not things and not has_storms:
        return list(names)
    called = _STORM_NAME.findall(page.text) + (_BARE_NAME.findall(page.text) if has_bare else [])
    storms = set(map(name_key, called))
    storms -= collect_name_words(name for name in names if name not in things)
    return [
        name.retyped("other") if name in things or _is_again(name, storms) else name
        for name in names
    ]


def _has_bare_storm(page: Page) -> bool:
    """Whether "Storm Jane" is one here, and nobody's name: the text speaks of weather."""
    if _BARE not in page.text:
        return False
    return len(set(_WEATHER.findall(page.text))) >= _PLAINLY


def _is_again(name: Name, storms: set[str]) -> bool:
    return name.kind == "person" and name.key in storms


def _is_thing(name: Name, names: Sequence[Name], page: Page) -> bool:
    """Whether this is a ship, a numbered model or a work."""
    if name.kind == "person" and _is_behind_ship(name, page):
        return True
    if name.form.startswith(_SHIPS):
        return True
    if name.kind == "organisation":
        return name.form[-1].isdigit() and _MODEL.fullmatch(name.form) is not None
    return _is_work(name, page) and not _is_met(name, names)


def _is_storm(name: Name, page: Page, *, bare: bool) -> bool:
    if len(name.words) > _STORM_WORDS or name.words[-1] in _NO_STORM:
        return False
    if name.form.startswith(_STORMS):
        return True
    if name.form.startswith(_BARE):  # the model may leave "Tropical" out
        return bare or page.text.endswith("Tropical ", 0, name.start)
    return " " not in name.form and _is_behind_storm(name, page, bare=bare)


def _is_behind_storm(name: Name, page: Page, *, bare: bool) -> bool:
    if bare and page.text.endswith(_BARE, 0, name.start):
        return True
    return _STORM.search(page.text, max(0, name.start - _REACH), name.start) is not None


def _is_behind_ship(name: Name, page: Page) -> bool:
    return _SHIP.search(page.text, max(0, name.start - _REACH), name.start) is not None


def _is_work(name: Name, page: Page) -> bool:
    """Whether a person's whole name, and nothing else, stands in double quotes."""
    is_opened = name.start > 0 and page.text[name.start - 1] == '"'
    is_closed = is_opened and _CLOSED.match(page.text, name.end) is not None
    return is_closed and name.kind == "person" and " " in name.form


def _is_met(name: Name, names: Sequence[Name]) -> bool:
    """Whether the text names someone with the last word of a name elsewhere as well."""
    return any(
        other.start != name.start and other.kind == "person" and other.words[-1:] == name.words[-1:]
        for other in names
    )
