"""People who stand in lists: "J. Roe 12", "3. Jane Roe (Ruritania)", "Jane Roe, Ann Doe"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    find_abbreviated_state,
    find_country,
    is_common,
    is_people,
    is_place_name,
)
from indexer.entities.loading import load_tables
from indexer.entities.names import CAPITALS, add_names
from indexer.entities.spelling import name_key
from indexer.entities.words import (
    CALENDAR,
    COMPANY_ENDINGS,
    EVENT_HEADS,
    FUNCTION_WORDS,
    ORGANISATION_HEADS,
    PLACE_HEADS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Name, Page

_WORD = rf"[{CAPITALS}][^\W\d_]*[a-z][^\W\d_]*(?:['-][^\W\d_]+)*"
_NAME = rf"{_WORD}(?: (?:(?:van|von|de|der|den|del|da|di|al) )*{_WORD}){{1,2}}"
_NUMBERED = re.compile(rf"-(?:(?<=\d-)|(?<=\d -)) ?[{CAPITALS}]")
_INITIALLED = re.compile(
    rf"[A-Z](?<![\w.&'-].)(?<![{CAPITALS}]\. .)\. ?(?:[A-Z]\. ?){{0,2}}"
    rf"(?:(?:van|von|de|der|du|al) )*{_WORD}(?![\w&]|[ -][{CAPITALS}])"
)
_FROM = re.compile(r" \(([^()\d]{2,30})\)")
_RANKED = re.compile(rf"(?:^|[\s/(])\d{{1,3}}(?:[.=)]| -)?=? ?(?P<name>{_NAME})$", re.MULTILINE)
_LINED_UP = re.compile(rf"(?<![\w-])\d{{1,2}} ?- ?(?P<name>{_NAME})(?=[,;.)\n]| \()")
_LISTED = re.compile(rf"(?:, | and )(?P<name>{_NAME})(?:, | and )")
_NEVER = (
    CALENDAR
    | COMPANY_ENDINGS
    | EVENT_HEADS
    | FUNCTION_WORDS
    | ORGANISATION_HEADS
    | PLACE_HEADS
    | TITLES
)
_GAPS = frozenset({", ", "; ", " and ", ", and "})
_LEAST = 3
_REACH = 120


def add_listed_people(names: Sequence[Name], page: Page) -> list[Name]:
    """Unlabelled people whom their place in a list shows."""
    for iterate in (_iter_initialled, _iter_ranked, _iter_lined_up):
        names = add_names(names, list(iterate(page)))
    return add_names(names, list(_iter_between(names, page)))


def _iter_initialled(page: Page) -> Iterator[Name]:
    for match in _INITIALLED.finditer(page.text):
        name = page.cut(*match.span(), "person")
        if not find_abbreviated_state(name.form) and _is_surname(name.words[-1]):
            yield name


def _is_surname(key: str) -> bool:
    if key in _NEVER or is_people(key):
        return False
    return not (is_common(key) or find_country(key.title()))


def _iter_ranked(page: Page) -> Iterator[Name]:
    """A rank, a name, a country: "3. Jane Roe (Ruritania)"."""
    for match in _FROM.finditer(page.text):
        if not find_country(match[1]):
            continue
        ranked = _RANKED.search(page.text, max(0, match.start() - _REACH), match.start())
        if ranked and _may_be_person(ranked["name"]):
            yield page.cut(*ranked.span("name"), "person")


def _iter_lined_up(page: Page) -> Iterator[Name]:
    """A number on a shirt and a name, where there are several: "9 - Jane Roe"."""
    matches = list(_LINED_UP.finditer(page.text)) if _NUMBERED.search(page.text) else []
    for match in matches if len(matches) >= _LEAST else ():
        if _may_be_person(match["name"]):
            yield page.cut(*match.span("name"), "person")


def _iter_between(names: Sequence[Name], page: Page) -> Iterator[Name]:
    """What stands between two people in one list is a third."""
    people = [name for name in names if name.kind == "person"]
    starts = {name.start for name in people}
    for person in people:
        match = _LISTED.match(page.text, person.end)
        if match and match.end() in starts and _may_be_person(match["name"]):
            yield page.cut(*match.span("name"), "person")


def retype_listed(names: Sequence[Name], page: Page) -> list[Name]:
    """A surname that the model takes for a body, in one list with people, is a person's."""
    listed = list(names)
    for at in range(1, len(listed) - 1):
        before, name, after = listed[at - 1 : at + 2]
        if name.kind != "organisation" or name.key not in load_tables().surnames:
            continue
        gaps = page.text[before.end : name.start], page.text[name.end : after.start]
        if "person" in (before.kind, after.kind) and all(gap in _GAPS for gap in gaps):
            listed[at] = name.retyped("person")
    return listed


def _may_be_person(form: str) -> bool:
    keys = [name_key(word) for word in form.split()]
    if not _NEVER.isdisjoint(keys) or any(map(is_people, keys)) or is_place_name(form):
        return False
    return not all(map(is_common, keys))
