"""Names that stand beside a sure place: in one list with it, "between X and Y", "from X to Y"."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    find_cities,
    find_country,
    find_divisions,
    find_feature,
    is_place_name,
    is_well_known_city,
)
from indexer.entities.loading import load_tables
from indexer.entities.names import collect_name_words
from indexer.entities.spelling import place_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Name, Page

_LISTING = frozenset({", ", " and ", ", and ", " or ", ", the ", " and the ", ", and the "})
_GAME = re.compile(
    r"(?i)\b(?:match|game|final|tie|series|derby|fixture|clash|contest|bout|talks|deal|merger|"
    r"difference|choice|relationship) between $"
)
_CAPITALS = re.compile(r"[A-Z][\w-]+(?: [A-Z][\w-]+)*")
_REACH = 28
_REMEMBERED = 8_192


def retype_beside_places(names: Sequence[Name], page: Page) -> list[Name]:
    """A name of a table beside a place of the same country, or in one span with one, is a place.

    None is that is somebody's name here.
    """
    known = collect_name_words(names)
    open_ones = [n for n in names if _may_be_place(n, known)]
    if not open_ones:
        return list(names)
    starts = {n.start for n in open_ones}
    shown = {n.form for n in _iter_shown(names, starts, page)}
    shown |= {n.form for n in open_ones if _is_contained(n, page)}
    return [n.retyped("place") if n.form in shown and n.start in starts else n for n in names]


def _may_be_place(name: Name, known: frozenset[str]) -> bool:
    if name.kind not in ("person", "organisation") or not is_place_name(name.form):
        return False
    is_brand = name.kind == "organisation" and name.key in load_tables().brands
    return not (is_brand or name.form.isupper() or name.key in known)


def _iter_shown(names: Sequence[Name], starts: set[int], page: Page) -> Iterator[Name]:
    """The open names that their neighbour shows to be places."""
    for first, second in pairwise(names):
        if first.start not in starts and second.start not in starts:
            continue
        gap = page.text[first.end : second.start]
        is_sure = _is_sure(first, starts) or _is_sure(second, starts)
        is_beside = gap in _LISTING and "place" in (first.kind, second.kind)
        if (is_sure and _is_span(first, gap, page)) or (is_beside and _share(first, second)):
            yield from (first, second)


def _share(first: Name, second: Name) -> bool:
    """Whether some country has a place of either name."""
    return not _find_homes(first.form).isdisjoint(_find_homes(second.form))


def _is_span(first: Name, gap: str, page: Page) -> bool:
    """Whether the two stand as "between X and Y" or "from X to Y"."""
    before = page.text[max(0, first.start - _REACH) : first.start]
    if gap == " to ":
        return before.lower().endswith("from ")
    return gap == " and " and before.lower().endswith("between ") and not _GAME.search(before)


def _is_sure(name: Name, starts: set[int]) -> bool:
    """Whether this is a place already, or a well-known one that is nobody's name."""
    if name.start not in starts:
        return name.kind == "place"
    tables = load_tables()
    is_personal = name.key in tables.given_names or name.key in tables.surnames
    return is_well_known_city(name.form) and not is_personal


def _is_contained(name: Name, page: Page) -> bool:
    """Whether the country it lies in follows it ("Roe, Ruritania")."""
    if not page.text.startswith(", ", name.end):
        return False
    match = _CAPITALS.match(page.text, name.end + 2)
    country = find_country(match[0]) if match else None
    nation = find_divisions(match[0], main=True) if match else ()
    codes = {division.country for division in nation} | ({country.code} if country else set())
    return not codes.isdisjoint(_find_homes(name.form))


@lru_cache(maxsize=_REMEMBERED)
def _find_homes(form: str) -> frozenset[str]:
    """Countries that a name by its main spelling lies in, or is."""
    key = place_key(form)
    homes = {city.country for city in find_cities(form) if place_key(city.name) == key}
    homes |= {division.country for division in find_divisions(form, main=True)}
    country, feature = find_country(form), find_feature(form)
    homes |= {country.code} if country else set()
    homes |= {feature.country} if feature and feature.country else set()
    return frozenset(homes)
