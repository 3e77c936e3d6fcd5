"""Places whose name something else bears in a text: "the X mine", "the Xs", "a ship called X"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import find_country, is_land, is_place_name
from indexer.entities.loading import load_tables
from indexer.entities.names import collect_name_words
from indexer.entities.spelling import name_key, place_key
from indexer.entities.words import (
    CALENDAR,
    CLUB_ENDINGS,
    CLUBS,
    DIVISION_KINDS,
    FUNCTION_WORDS,
    THINGS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_REACH = 24
_NEXT = re.compile(r" ([^\W\d_]+)")
_ENDS = re.compile(r"[,.;:!?)\"]|\n\n|\Z")
_BEARERS = THINGS - DIVISION_KINDS
_FOLLOWING = FUNCTION_WORDS | {
    *("company", "firm", "corporation", "conglomerate", "brand", "family")
}
_APART = FUNCTION_WORDS | TITLES | CALENDAR
_CALLED = re.compile(r"(?i)\b(?:called|dubbed|nicknamed|christened|codenamed|known as) [\"']?$")
_VERBS = ("called", "named", "dubbed", "christened", "known as")
_NAMED = re.compile(r"(?i)\bnamed [\"']?$")
_INSIDE = re.compile(r"(?i)\b(?:in|inside|near|outside) $")
_ORES = re.compile(r" [a-z]+(?:(?:,| and) [a-z]+)* ([a-z]+)")


def read_next(name: Name, page: Page) -> str:
    """The folded word directly after a name, or nothing."""
    match = _NEXT.match(page.text, name.end)
    return name_key(match[1]) if match else ""


def find_bearers(places: Sequence[Name], page: Page) -> tuple[frozenset[str], frozenset[str]]:
    """Keys of places after which a thing is named here; of those that "the" stands before.

    Such are mountains, rivers, firms or families ("the X company"), no towns: no noun follows, and
    nothing lies in them.
    """
    borne = {name for name in places if _is_before_thing(name, page)}
    free = (name for name in places if name not in borne)
    located = {place_key(n.form) for n in free if n.form.isupper() or _is_inside(n, page)}
    articled = {place_key(name.form) for name in places if _is_articled(name, page)}
    return (
        frozenset({place_key(name.form) for name in borne} - located),
        frozenset(articled - located),
    )


def _is_inside(name: Name, page: Page) -> bool:
    return bool(_INSIDE.search(page.text, max(0, name.start - _REACH), name.start))


def _is_before_thing(name: Name, page: Page) -> bool:
    """Whether a thing follows at once, or behind what it holds ("the X copper and gold mine")."""
    word = read_next(name, page)
    if word in _BEARERS:
        return True
    ores = _ORES.match(page.text, name.end)
    return ores is not None and name_key(ores[1]) in THINGS


def _is_articled(name: Name, page: Page) -> bool:
    if not page.is_articled(name):
        return False
    following = read_next(name, page)
    return bool(_ENDS.match(page.text, name.end)) or following in _FOLLOWING


def demote_called(names: Sequence[Name], page: Page) -> list[Name]:
    """What is "called X" is a thing, and so is every other mention of X, a town's or a person's."""
    if not any(verb in page.text for verb in _VERBS):
        return list(names)
    known = collect_name_words(names)
    called = {n.key for n in names if _is_called(n, page) and n.key not in known}
    return [name.retyped("other") if name.key in called else name for name in names]


def _is_called(name: Name, page: Page) -> bool:
    if name.kind not in ("person", "place") or find_country(name.form) or " " in name.key:
        return False
    reach = max(0, name.start - _REACH)
    if _NAMED.search(page.text, reach, name.start):
        return name.kind == "person" and name.key not in load_tables().given_names
    return bool(_CALLED.search(page.text, reach, name.start))


def demote_patrons(names: Sequence[Name], page: Page) -> list[Name]:
    """A person between "the" and a thing ("the Jane Roe stadium") is its patron, not its news."""
    return [name.retyped("other") if _is_patron(name, page) else name for name in names]


def _is_patron(name: Name, page: Page) -> bool:
    return name.kind == "person" and page.is_articled(name) and _is_before_thing(name, page)


def retype_clubs(names: Sequence[Name]) -> list[Name]:
    """A person or place that begins or ends as clubs do ("Dynamo X") is an organisation."""
    return [n.retyped("organisation") if _is_club(n) else n for n in names]


def _is_club(name: Name) -> bool:
    if name.kind not in ("person", "place") or " " not in name.form:
        return False
    if name.words[0] in CLUBS and is_place_name(name.form.split(" ", 1)[1]):
        return True
    town, _, ending = name.form.rpartition(" ")
    is_ending = name.kind == "person" and name_key(ending) in CLUB_ENDINGS
    return is_ending and is_place_name(town)


def demote_parts(names: Sequence[Name], page: Page) -> list[Name]:
    """A town directly behind another capital word that is in no name ("Real X") is part of one."""
    if not page.find_words(CLUBS):
        return list(names)
    ends = {word.end: at for at, word in enumerate(page.words)}
    taken = {name.end for name in names}
    return [
        name.retyped("other")
        if name.start - 1 not in taken and _is_part(name, page, ends)
        else name
        for name in names
    ]


def _is_part(name: Name, page: Page, ends: dict[int, int]) -> bool:
    at = ends.get(name.start - 1)
    if name.kind != "place" or at is None or page.text[name.start - 1] != " ":
        return False
    if is_land(name.form):
        return False
    before = page.words[at]
    key = name_key(before.form)
    is_apart = key in _APART or before.form.isupper()
    return not is_apart and key in CLUBS
