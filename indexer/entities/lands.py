"""Surnames that are a country's or a city's as well ("Jordan", "Paris"): whose a lone word is."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import find_country, is_land, is_well_known_city
from indexer.entities.given import is_name_alone
from indexer.entities.loading import load_tables
from indexer.entities.names import collect_surnames
from indexer.entities.namesakes import tell_country
from indexer.entities.people import promote_surnames
from indexer.entities.spelling import name_key
from indexer.entities.words import CALENDAR, FUNCTION_WORDS, PERSONAL_COUNTRIES, TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_INSIDE = re.compile(r"(?i)\b(?:in|inside|outside|across|throughout|king of|president of) $")
_RULES = re.compile(
    r"'s? (?:king|queen|president|prime|government|parliament|army|military|foreign|capital|"
    r"economy|border|crown|ruling|ministry|interior|central bank|north|south|east|west)",
    re.IGNORECASE,
)
_ACTS = re.compile(r", (?:who|whose|\d)| (?:said|told|scored|added|himself|herself)\b")
_CAPITAL_LAST = re.compile(r"[^\W\d_a-z]\w+ $")
_APART = TITLES | CALENDAR | FUNCTION_WORDS
_REACH = 16
_start = attrgetter("start")


def extend_placed_people(names: Sequence[Name], page: Page) -> list[Name]:
    """A given name that is nothing else makes a person of the place of one word behind it."""
    taken = {name.end for name in names}
    return [_extend(n, page, taken) if n.kind == "place" else n for n in names]


def _extend(name: Name, page: Page, taken: set[int]) -> Name:
    end = name.start - 1
    before = page.text[max(0, end - _REACH) : name.start]
    if before[-1:] != " " or end in taken or not _CAPITAL_LAST.search(before):
        return name
    at = bisect_left(page.words, name.start, key=_start) - 1
    first = page.words[at]
    if at < 0 or first.end != end or not _may_be_surname(name, page):
        return name
    led = first.joined and name_key(page.words[at - 1].form) not in _APART
    if led or not is_name_alone(first.form):
        return name
    return page.cut(first.start, name.end, "person")


def _may_be_surname(name: Name, page: Page) -> bool:
    if not name.form.isalpha() or name.form.isupper():
        return False
    is_borne = name.key in load_tables().surnames or name.key in PERSONAL_COUNTRIES
    return is_borne and not re.match(r" [A-Z]", page.text[name.end : name.end + 2])


def promote_namesakes(names: Sequence[Name], page: Page) -> list[Name]:
    """Surnames of full people here are people, but for a place that the text surely speaks of."""
    promoted = promote_surnames(names)
    surnames = collect_surnames(names)
    forms = {n.form for n in names if n.kind == "place" and n.key in surnames}
    sure = {form for form in forms if _is_known(form) and _is_meant(form, names, page)}
    return [
        old if old.kind == "place" and old.form in sure and not _acts(old, page) else new
        for old, new in zip(names, promoted, strict=True)
    ]


def _is_known(form: str) -> bool:
    return is_land(form) or is_well_known_city(form)


def _is_meant(form: str, names: Sequence[Name], page: Page) -> bool:
    """Whether something lies in it, it has a king, or a city of the country is named."""
    country = find_country(form)
    others = (n.form for n in names if n.kind == "place" and n.form != form)
    if country and any(tell_country(other) == country.code for other in others):
        return True
    return any(_has_sign(n, page) for n in names if n.form == form)


def _has_sign(name: Name, page: Page) -> bool:
    before = page.text[max(0, name.start - _REACH) : name.start]
    return bool(_INSIDE.search(before) or _RULES.match(page.text, name.end))


def _acts(name: Name, page: Page) -> bool:
    return _ACTS.match(page.text, name.end) is not None
