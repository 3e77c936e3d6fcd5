"""Rules 12, 13 and 15: names that the model left out and the text shows elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    find_abbreviated_state,
    find_cities,
    find_country,
    find_divisions,
    find_state,
    is_common,
    is_people,
    is_place_name,
    is_well_known_city,
)
from indexer.entities.loading import load_tables
from indexer.entities.names import CAPITALS, Name, add_names, find_full_people, iter_lines
from indexer.entities.spelling import name_key, place_key
from indexer.entities.words import (
    CALENDAR,
    DIVISION_KINDS,
    FUNCTION_WORDS,
    NEWS_AGENCIES,
    PERSONAL_COUNTRIES,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Kind, Page, Word

# As in: ROME, Italy (Agency) - or NEW YORK, Aug 3 -- or PARIS 1996-08-30
_DATELINE = re.compile(
    rf"[^\S\n]*(?P<place>[{CAPITALS}][{CAPITALS}'.-]+(?: [{CAPITALS}][{CAPITALS}'.-]+){{0,3}})"
    r"(?P<more>, [A-Z][\w. ]{1,20}?)?"
    r"(?=[,\s]*(?:\d{4}-\d\d-\d\d|\([A-Z][\w ./]+\)|[-\u2013\u2014]{1,2}\s|\d{1,2} [A-Z][a-z]+|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}))"
)
_CREDIT = re.compile(r" \(([A-Z][\w ]+)\)(?= [-\u2013\u2014])")
_IN = re.compile(r"\b(?:[Ii]n|[Nn]ear|outside) \Z")
_IN_LAST = ("in ", "In ", "near ", "Near ", "outside ")
_THE_LAST = ("the ", "The ", "THE ")
_REACH = 16
_NEXT_WORD = re.compile(r" ([a-z]+)")
_SHORTEST_NAME = 3
_CITY = 50_000


def mark_datelines(names: Sequence[Name], page: Page) -> list[Name]:
    """Rule 12: a place in capitals at the start of a line, before a date, agency or dash."""
    matches = (_DATELINE.match(page.text, start) for start, _ in iter_lines(page.text))
    found = [name for match in matches if match for name in _read_dateline(match, page)]
    if not found:
        return list(names)
    kept = [n for n in names if not any(n.start < f.end and f.start < n.end for f in found)]
    return add_names(kept, found)


def _read_dateline(match: re.Match[str], page: Page) -> Iterator[Name]:
    """The place, and the abbreviated state after it ("HORSHAM, Pa., March 2 -")."""
    state = (match["more"] or "").lstrip(", ").rstrip(".")
    has_state = match["more"] is not None and find_abbreviated_state(state) is not None
    if has_state or _is_dateline_place(match["place"]):
        yield page.cut(*match.span("place"), "place")
    if has_state:
        start = match.end("more") - len((match["more"] or "").lstrip(", "))
        yield page.cut(start, start + len(state), "place")


def _is_dateline_place(form: str) -> bool:
    return bool(find_country(form) or find_state(form) or find_cities(form))


def scan_countries(names: Sequence[Name], page: Page) -> list[Name]:
    """Rule 13: unambiguous names of countries that stand alone and are not yet labelled."""
    return add_names(names, list(_iter_countries(page)))


def _iter_countries(page: Page) -> Iterator[Name]:
    for at in page.find_words(load_tables().first_words):
        if _follows_capital(page, at):
            continue
        name = cut_run(page, at, "place")
        if name.key not in PERSONAL_COUNTRIES and find_country(name.form) and _is_free(page, name):
            yield name


def _end_of_run(page: Page, at: int) -> int:
    while at + 1 < len(page.words) and page.words[at + 1].joined:
        at += 1
    return at


def cut_run(page: Page, at: int, kind: Kind) -> Name:
    """The capital words from here on that one blank parts, as one name."""
    return page.cut(page.words[at].start, page.words[_end_of_run(page, at)].end, kind)


def _is_free(page: Page, name: Name) -> bool:
    """Whether the name is no part of "US$", "Co-China", "China-Co" or a bracketed code."""
    before, after = page.text[name.start - 1 : name.start], page.text[name.end : name.end + 1]
    return before not in {"-", "@", "#", "&", "/"} and after not in {"$", "&", "@"}


def _follows_capital(page: Page, at: int) -> bool:
    """Whether a capitalised word that could belong to the name stands directly before."""
    word = page.words[at]
    return word.joined and not _is_apart(page.words[at - 1])


def _is_apart(before: Word) -> bool:
    key = name_key(before.form)
    return key in FUNCTION_WORDS or key in TITLES or key in CALENDAR or is_people(key)


def scan_located(names: Sequence[Name], page: Page) -> list[Name]:
    """The same for cities and states that directly follow "in", "near" or "outside"."""
    return add_names(names, list(_iter_located(page)))


def _iter_located(page: Page) -> Iterator[Name]:
    for at, word in enumerate(page.words):
        if not page.text.endswith(_IN_LAST, 0, word.start):
            continue
        if not (word.form[0].isascii() and _is_inside(word.start, page)):
            continue
        name = cut_run(page, at, "place")
        if _is_free(page, name) and _is_large(name):
            yield name


def _is_inside(start: int, page: Page) -> bool:
    """Whether "in", "near" or "outside" stands directly before."""
    return _IN.search(page.text, max(0, start - _REACH), start) is not None


def _is_large(name: Name) -> bool:
    if name.form.isupper() or is_common(name.key) or name.key in CALENDAR:
        return False
    return bool(find_state(name.form)) or is_well_known_city(name.form) or _is_plain_city(name)


def _is_plain_city(name: Name) -> bool:
    """Whether this is the main name of a city, and nobody's name."""
    tables = load_tables()
    if name.key in tables.surnames or name.key in tables.given_names or name.key in tables.brands:
        return False
    key = place_key(name.form)
    cities = find_cities(name.form)
    return any(place_key(city.name) == key and city.population >= _CITY for city in cities)


def scan_agencies(names: Sequence[Name], page: Page) -> list[Name]:
    """The news agency in brackets that a dateline ends with."""
    found = [
        page.cut(*match.span(1), "organisation")
        for match in _CREDIT.finditer(page.text)
        if name_key(match[1]) in NEWS_AGENCIES
    ]
    return add_names(names, found)


def scan_brands(names: Sequence[Name], page: Page) -> list[Name]:
    """Brands that mean nothing else and stand alone."""
    return add_names(names, list(_iter_brands(page)))


def _iter_brands(page: Page) -> Iterator[Name]:
    for at in page.find_words(load_tables().brands):
        if not _follows_capital(page, at):
            name = cut_run(page, at, "organisation")
            if _is_only_brand(name) and _is_free(page, name):
                yield name


def _is_only_brand(name: Name) -> bool:
    tables, key = load_tables(), name.key
    if (
        key in FUNCTION_WORDS
        or key not in tables.brands
        or len(key) <= _SHORTEST_NAME
        or name.form.isupper()
    ):
        return False
    is_personal = key in tables.given_names or key in tables.surnames
    return not (is_personal or is_common(key) or is_place_name(name.form) or is_people(key))


def scan_lands(names: Sequence[Name], page: Page) -> list[Name]:
    """The same for divisions before "region", "desert", "province" that no name is joined to."""
    return add_names(names, list(_iter_lands(page)))


def _iter_lands(page: Page) -> Iterator[Name]:
    for at, word in enumerate(page.words):
        if not page.text.endswith(_THE_LAST, 0, word.start):
            continue
        name = cut_run(page, at, "place")
        match = _NEXT_WORD.match(page.text, name.end)
        if match and name_key(match[1]) in DIVISION_KINDS and find_divisions(name.form, main=True):
            yield name


def propagate(names: Sequence[Name], page: Page) -> list[Name]:
    """Rule 15: the same form elsewhere, outside of names and of runs of capitals, is the same."""
    found: list[Name] = []
    taken = {name.start for name in names}
    for form, kind in _known_forms(names).items():
        found.extend(_iter_again(form, kind, page, taken))
    found.sort(key=lambda name: (name.start, -name.end))
    return add_names(names, found)


def _known_forms(names: Sequence[Name]) -> dict[str, Kind]:
    forms: dict[str, Kind] = {name.form: name.kind for name in names if name.kind != "other"}
    for person in find_full_people(names):
        surname = person.form.split()[-1]
        if not is_common(name_key(surname)):
            forms.setdefault(surname, "person")
    return {
        form: kind for form, kind in forms.items() if len(form) >= _SHORTEST_NAME or form == "US"
    }


def _iter_again(form: str, kind: Kind, page: Page, taken: set[int]) -> Iterator[Name]:
    first = form.split(" ", 1)[0]
    for at in page.places.get(first, ()):
        start = page.words[at].start
        if start in taken:
            continue
        if page.text.startswith(form, start) and _stands_alone(page, at, start + len(form)):
            yield Name(start, start + len(form), kind, form)


def _stands_alone(page: Page, at: int, end: int) -> bool:
    if page.text[end : end + 1].isalnum() or _follows_capital(page, at):
        return False
    while at + 1 < len(page.words) and page.words[at + 1].start < end:
        at += 1
    is_last = at + 1 == len(page.words) or page.words[at + 1].start > end + 1
    return page.words[at].end == end and (is_last or not page.words[at + 1].joined)
