"""Places that no table knows: kept only where the text speaks of them as of a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.bearers import read_next
from indexer.entities.gazetteer import (
    find_abbreviated_state,
    find_feature,
    is_common,
    is_place_name,
    is_region,
)
from indexer.entities.spelling import name_key
from indexer.entities.words import CLUBS, COMPANY_ENDINGS, DIVISION_KINDS, THINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

# How the names of lands, waters, roads and buildings end or, before "of", begin.
GROUNDS = frozenset(
    """
    acre acres alley archipelago area arena atoll avenue ave basin bay beach boulevard borough
    bridge brook canal canyon cape castle cave cemetery cliff cliffs coast county courthouse cove
    creek crossing desert district dunes estate estuary falls farm ferry field fields fjord forest
    fort ford gate glacier glen gorge governorate green grove gulf harbor harbour heath heights
    highlands highway hill hills hollow hospital house inlet island islands isle isles isthmus
    junction lagoon lake lakes landing lane ledge loch lowlands marsh meadow meadows mill mills
    mine monastery motorway mount mountain mountains oblast ocean palace parish park pass path
    peak peninsula plain plains plantation plateau playfield plaza point pond port prairie
    prefecture prison province quarry range ranch rapids reef region reservoir ridge rink river
    road rock rocks route sea shore sound spring springs square stadium station steppe strait
    straits stream street summit swamp taluk territory township trail tunnel turnpike valley
    village volcano waterfall wetlands wharf wood woods airport railroad railway city town way
    empire kingdom republic duchy
    """.split()  # noqa: SIM905 - a list of strings would be four pages
)
_NAMED_FIRST = frozenset(
    """
    bay camp cape city duchy fort gulf island isle kingdom lake loch mount port republic rio river
    """.split()  # noqa: SIM905 - the same
)
_BEARINGS = frozenset(
    """
    north south east west northern southern eastern western central n s
    """.split()  # noqa: SIM905 - the same
)
_FOLLOWING = (GROUNDS | DIVISION_KINDS) - CLUBS
_NOWHERE = COMPANY_ENDINGS | (THINGS - GROUNDS)
_DATELINE = re.compile(r"[,(-]|\s+\d{4}-")
_LOCATED = re.compile(
    r"(?i)\b(?:in|near|from|to|at|outside|around|into|towards?|via|leaving|nearby|between|through|"
    r"across|(?:villages?|towns?|city|cities|hamlet|suburb|parish|port|district|region|province|"
    r"river|island|prairie|battle|outskirts|north|south|east|west|centre|center) of) $"
)
_REACH = 16
_LISTING = frozenset({", ", " and ", ", and ", " or "})


def demote_unplaced(names: Sequence[Name], page: Page) -> list[Name]:
    """An unknown place that nothing lies in, and that is no water, road or building, is none.

    Unknown is what is in no table. What follows a kept place in a list is kept with it.
    """
    kept: list[Name] = []
    for name in names:
        listed = bool(kept) and kept[-1].kind == "place" and _are_listed(kept[-1], name, page)
        is_place = name.kind != "place" or _is_known(name.form) or _is_ground(name, page)
        is_place = is_place or _heads_line(name, page)
        stays = is_place or _is_located(name, page) or (listed and not _is_plain(name))
        kept.append(name if stays else name.retyped("other"))
    return _alike(kept)


def _alike(names: Sequence[Name]) -> list[Name]:
    """What stays a place once is a place throughout."""
    kept = {name.form for name in names if name.kind == "place"}
    return [n.retyped("place") if n.kind == "other" and n.form in kept else n for n in names]


def _are_listed(before: Name, name: Name, page: Page) -> bool:
    return page.text[before.end : name.start] in _LISTING


def _is_known(form: str) -> bool:
    """Whether a table has it, or what "Southern" stands before."""
    if is_place_name(form) or is_region(form) or find_feature(form) or find_abbreviated_state(form):
        return True
    first, _, rest = form.partition(" ")
    return name_key(first) in _BEARINGS and bool(rest) and _is_known(rest)


def _heads_line(name: Name, page: Page) -> bool:
    """Whether this is the place of a dateline: in capitals, first of its line."""
    is_first = page.text[max(0, name.start - 1) : name.start] in ("", "\n")
    return is_first and name.form.isupper() and bool(_DATELINE.match(page.text, name.end))


def _is_ground(name: Name, page: Page) -> bool:
    """Whether the name itself, or the word behind it, says what kind of ground it is."""
    words = name.words
    if len(words) > 1 and (words[-1] in GROUNDS or words[0] in _NAMED_FIRST):
        return True
    following = read_next(name, page)
    return following in _FOLLOWING


def _is_located(name: Name, page: Page) -> bool:
    if _is_plain(name) or name.words[-1] in _NOWHERE:
        return False
    before = page.text[max(0, name.start - _REACH) : name.start]
    return _LOCATED.search(before) is not None


def _is_plain(name: Name) -> bool:
    """Whether every word is a common one ("Marketing", "Best Single")."""
    return all(is_common(word) for word in map(name_key, name.form.split()))
