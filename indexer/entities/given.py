"""Rule 4: people whom the lists of given names tell, and those whom their surname alone tells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    LARGE_CITY,
    find_cities,
    find_country,
    find_state,
    is_common,
    is_dictionary_word,
    is_people,
    is_place_name,
    is_well_known_city,
)
from indexer.entities.loading import load_tables
from indexer.entities.names import Name, add_names
from indexer.entities.spelling import name_key, place_key
from indexer.entities.words import (
    CALENDAR,
    FOREIGN_ARTICLES,
    FUNCTION_WORDS,
    PARTICLES,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Page, Word

_REMEMBERED = 8_192
_SHORTEST_WORD = 2
NEVER_PERSONAL = FUNCTION_WORDS | CALENDAR | TITLES
_SMALL_PARTICLES = PARTICLES & frozenset(
    {"van", "von", "de", "del", "della", "di", "da", "dos", "bin", "ibn", "al"}
)
_SURNAME_AFTER = re.compile(r"(?: (?:der|den|dem|la|las|los|ten))? [^\W\d_a-z][\w-]+")
_PARTICLES_AFTER = re.compile(
    r" (?:van|von|de|del|della|di|da|dos|bin|ibn)(?: (?:der|den|dem|la|las|los|ten))?"
    r" [^\W\d_a-z][\w-]+"
)
_GENERATION = re.compile(r",? (?:Jr|Sr|II|III|IV)\b")
_BEARINGS = frozenset({"north", "south", "east", "west"})
_APART = TITLES | CALENDAR | FUNCTION_WORDS
_NEVER_FIRST = NEVER_PERSONAL | _BEARINGS | FOREIGN_ARTICLES
_OPENING = re.compile(r"(?:^|[.!?:\n\"'(]\s*)$")


def add_given_names(names: Sequence[Name], page: Page) -> list[Name]:
    """An unlabelled "Given Surname" that stands alone is a person."""
    return add_names(names, list(_iter_given(page)))


def _iter_given(page: Page) -> Iterator[Name]:
    words = page.words
    for at in range(len(words) - 1):
        first, second = words[at], words[at + 1]
        if not second.joined or not is_given_name(first.form):
            continue
        before = words[at - 1] if at and first.joined else None
        is_last = at + 2 == len(words) or not words[at + 2].joined
        if not (is_last and _may_precede(before)):
            continue
        if are_personal(first.form, second.form) or _are_listed(first.form, second.form):
            yield page.cut(first.start, second.end, "person")


def _are_listed(first: str, last: str) -> bool:
    """Whether a name of people alone stands before a surname that is a town's as well."""
    key = name_key(last)
    if is_common(key) or key in NEVER_PERSONAL or key not in load_tables().surnames:
        return False
    known = is_well_known_city(last) or find_country(last) or find_state(last)
    return not (known or is_place_name(f"{first} {last}")) and is_name_alone(first)


@lru_cache(maxsize=_REMEMBERED)
def is_given_name(form: str) -> bool:
    """Whether every part of "Jean-Luc" is a given name."""
    given = load_tables().given_names
    parts = name_key(form).split() or [""]
    return parts[0] not in FOREIGN_ARTICLES and all(part in given for part in parts)


@lru_cache(maxsize=_REMEMBERED)
def is_name_alone(form: str) -> bool:
    """Whether a word is a given name and neither a place of size nor a common word."""
    key = name_key(form)
    if not is_given_name(form) or key in _NEVER_FIRST or is_common(key) or is_people(key):
        return False
    cities = (c for c in find_cities(form) if place_key(c.name) == key)
    is_city = any(city.population >= LARGE_CITY for city in cities)
    return not (is_city or find_country(form) or find_state(form))


def _may_precede(before: Word | None) -> bool:
    return before is None or name_key(before.form) in _APART


def are_personal(*forms: str) -> bool:
    """Whether nothing speaks against any of the words as part of a person's name."""
    return all(map(_is_personal, forms))


@lru_cache(maxsize=_REMEMBERED)
def _is_personal(form: str) -> bool:
    """Whether nothing speaks against a word as part of a person's name."""
    key = name_key(form)
    if len(key) < _SHORTEST_WORD or form.isupper() or key in NEVER_PERSONAL:
        return False
    return not is_place_name(form) and not is_dictionary_word(key) and not is_people(key)


def extend_people(names: Sequence[Name], page: Page) -> list[Name]:
    """A person of whom the model took a part gets the given name before, the particles after."""
    ends = {word.end: at for at, word in enumerate(page.words)}
    extended: list[Name] = []
    for name in names:
        at = ends.get(name.start - 1)
        taken = extended[-1].end if extended else 0
        if name.start < taken:
            continue  # swallowed by the person before
        extended.append(_extend(name, page, at, taken) if name.kind == "person" else name)
    return extended


def _extend(name: Name, page: Page, at: int | None, taken: int) -> Name:
    before = page.words[at] if at is not None else None
    is_free = before is not None and before.start >= taken
    led = at is not None and page.words[at].joined and name_key(page.words[at - 1].form) in _APART
    start = name.start
    if before and is_free and (led or not before.joined) and _may_begin(before, name, page):
        start = before.start
    tail = _PARTICLES_AFTER.match(page.text, name.end)
    if name.form.rsplit(" ", 1)[-1] in _SMALL_PARTICLES:
        tail = _SURNAME_AFTER.match(page.text, name.end)
    end = tail.end() if tail else _end_of_double(name, page)
    generation = _GENERATION.match(page.text, end) if " " in name.form else None
    return page.cut(start, generation.end() if generation else end, "person")


def _end_of_double(name: Name, page: Page) -> int:
    """Where a surname of two words ends that stands without given names elsewhere."""
    match = _SURNAME_AFTER.match(page.text, name.end)
    if match is None or " " not in name.form:
        return name.end
    double = name.form.rsplit(" ", 1)[1] + match[0]
    is_double = page.text.count(double) > page.text.count(f"{name.form}{match[0]}")
    return match.end() if is_double and _is_personal(match[0].split()[-1]) else name.end


def _may_begin(before: Word, name: Name, page: Page) -> bool:
    if name.kind != "person" or " " in name.key or page.text[before.end] != " ":
        return False
    if name.key in load_tables().given_names or not _is_personal(before.form):
        return False
    opens = _OPENING.search(page.text, max(0, before.start - 3), before.start)
    return is_given_name(before.form) if opens else True
