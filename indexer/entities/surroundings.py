"""What stands around a name: articles and prepositions, which tell places from people."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_metropolis, is_place_name, is_well_known_city
from indexer.entities.loading import load_tables
from indexer.entities.names import collect_name_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_REACH = 16
_INSIDE = re.compile(
    r"(?i)\b(?:in|near|outside|inside|across|throughout|around|"
    r"(?:city|town|village|port|capital|suburb|outskirts|region|province|streets) of) $"
)
_TOWARDS = re.compile(
    r"(?i)\b(?:to|from|into|towards?|out of|via|through|leave|leaving|left|reached|reaching|"
    r"visit(?:s|ed|ing)?|entered|captured|recaptured|seized|besieged|bombed|shelled|struck) $"
)
_SOMEWHERE = re.compile(r"\b(?:in|to|of|from|near|at|outside|towards?) $")
_SEAT = re.compile(
    r"\b(?:(?:Lord|Lady|Baron|Baroness|Earl|Viscount) [A-Z][\w'-]+ of|MP for|"
    r"(?:[Mm]ayor|[Bb]ishop|[Aa]rchbishop|[Dd]ean|[Dd]uke|[Ss]heriff|[Pp]eople) of) $"
)
_SEAT_REACH = 40
_HEAD = re.compile(r"(?:^|[.!?\n]\s*)In $")
_LISTING = frozenset({", ", " and ", ", and ", " or "})


def retype_located(names: Sequence[Name], page: Page) -> list[Name]:
    """Rule 7, small places: a name of the gazetteer that the text locates something by is a place.

    After "in", "near", "town of" any name of a table counts; after "to", "from" none that is a
    person's name as often. What is located once is a place throughout.
    """
    known = collect_name_words(names)
    located = {name.form for name in names if _is_located(name, page, known)}
    return [name.retyped("place") if name.form in located else name for name in names]


def _is_located(name: Name, page: Page, known: frozenset[str]) -> bool:
    if name.kind == "place" or name.key in known or not is_place_name(name.form):
        return False
    if page.text.startswith("'", name.end):
        return False
    before = _before(name, page)
    if is_metropolis(name.form) and not name.form.isupper() and _SOMEWHERE.search(before):
        return True
    if _INSIDE.search(before) or _is_seat(name, before, page):
        return _is_placelike(name)
    return bool(_TOWARDS.search(before)) and _is_placelike(name) and not _is_personal(name)


def _is_seat(name: Name, before: str, page: Page) -> bool:
    """Whether somebody is its lord, mayor or member of parliament."""
    if not before.endswith((" of ", " for ")):
        return False
    return _SEAT.search(page.text, max(0, name.start - _SEAT_REACH), name.start) is not None


def _is_placelike(name: Name) -> bool:
    """Whether a name in a table of places is not a brand's or an acronym as well."""
    is_body = name.kind == "organisation"
    return not (is_body and (name.form.isupper() or name.key in load_tables().brands))


def _is_personal(name: Name) -> bool:
    tables = load_tables()
    return name.key in tables.surnames or name.key in tables.given_names


def retype_coordinated(names: Sequence[Name], page: Page) -> list[Name]:
    """A large city in one list with a place ("Ankara, Izmir and Bursa") is a place."""
    known = collect_name_words(names)
    listed: list[Name] = []
    for name in names:
        joined = bool(listed) and page.text[listed[-1].end : name.start] in _LISTING
        is_city = joined and listed[-1].kind == "place" and name.key not in known
        listed.append(name.retyped("place") if is_city and _is_city(name) else name)
    return listed


def _is_city(name: Name) -> bool:
    if is_well_known_city(name.form):
        return True
    return name.kind == "person" and is_place_name(name.form) and not _is_personal(name)


def demote_located(names: Sequence[Name], page: Page) -> list[Name]:
    """Who stands only as "In X, ..." at the head of a sentence is a place that no table has."""
    known = Counter(name.key for name in names)
    return [n.retyped("other") if known[n.key] == 1 and _is_headed(n, page) else n for n in names]


def _is_headed(name: Name, page: Page) -> bool:
    if name.kind != "person" or not page.text.startswith(",", name.end):
        return False
    given = load_tables().given_names
    return name.words[0] not in given and bool(_HEAD.search(_before(name, page)))


def demote_articled(names: Sequence[Name], page: Page) -> list[Name]:
    """A single word after "the" that is in no full name here is no person ("the Rhine")."""
    known = collect_name_words(names)
    return [n.retyped("other") if _is_articled(n, page, known) else n for n in names]


def _is_articled(name: Name, page: Page, known: frozenset[str]) -> bool:
    if name.kind != "person" or " " in name.key or name.key in known:
        return False
    return page.is_articled(name)


def _before(name: Name, page: Page) -> str:
    return page.text[max(0, name.start - _REACH) : name.start]
