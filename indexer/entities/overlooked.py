"""Names that the model takes for organisations, places or things, and that are people's.

What speaks for a person: a given name that is nothing else, initials, a surname that stands alone
elsewhere. What speaks against: words of firms and things, two surnames in a row, "at" before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    find_abbreviated_state,
    find_country,
    find_state,
    is_common,
    is_people,
    is_place_name,
    is_well_known_city,
)
from indexer.entities.given import are_personal, is_given_name, is_name_alone
from indexer.entities.loading import load_tables
from indexer.entities.names import holds_word
from indexer.entities.spelling import name_key
from indexer.entities.words import (
    CALENDAR,
    COMPANY_ENDINGS,
    FUNCTION_WORDS,
    PARTICLES,
    THINGS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_FEW = (2, 3)
_LEAST = 3
_PARTICLES = PARTICLES & frozenset(
    """
    van von der den dem ter ten te zu zur af av de del della di da do dos das du des la bin ibn ben
    bint al el ul wa
    """.split()  # noqa: SIM905 - a list of strings would be a page
)
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}|[A-Z]\.?")
_ARTICLE = re.compile(r"(?i)\b(?:the|an?) $")
_ARTICLE_REACH = 5
_SIGNS = re.compile(r"[^\w .'-]")
_NEVER_LAST = COMPANY_ENDINGS | THINGS | FUNCTION_WORDS | CALENDAR


def promote_given_names(names: Sequence[Name], page: Page) -> list[Name]:
    """What the model takes for something else may be a person still.

    That is "Given Surname", "J.D. Surname"; a name whose last word is a person by itself elsewhere
    here; and an unknown place of two or three words that a country owns ("Ruritania's Rudolf
    Rassendyll").
    """
    alone = {name.key for name in names if name.kind == "person" and " " not in name.key}
    return [name.retyped("person") if _is_overlooked(name, page, alone) else name for name in names]


def _is_overlooked(name: Name, page: Page, alone: set[str]) -> bool:
    if name.kind == "person" or " " not in name.form:
        return False
    words = name.form.split()
    if name.kind == "organisation" and _is_particled(words):
        return True
    if len(words) not in _FEW:
        return False
    if _is_initialled(words) or _is_namely(name, words, page):
        return True
    return are_personal(*words) and not _is_listed(name) and _is_unknown_person(name, page, alone)


def _is_particled(words: list[str]) -> bool:
    """Whether a given name, small particles and a surname make a person ("Ana van der Roe")."""
    if len(words) < _LEAST or not words[1].islower():
        return False
    if not (is_given_name(words[0]) and words[0].istitle()):
        return False
    last = name_key(words[-1])
    is_free = not (is_common(last) or find_country(words[-1]) or is_well_known_city(words[-1]))
    return is_free and all(word in _PARTICLES for word in words[1:-1]) and words[-1][0].isupper()


def _is_listed(name: Name) -> bool:
    return name.key in load_tables().brands or is_place_name(name.form)


def _is_unknown_person(name: Name, page: Page, alone: set[str]) -> bool:
    words = name.form.split()
    if name.words[-1] in alone:
        return True
    if len(words) == min(_FEW) and is_given_name(words[0]):
        is_rare = name.kind == "organisation" and name.words[0] in load_tables().birth_names
        return not (is_rare or is_common(name.words[-1]))
    return name.kind == "place" and page.text.endswith("'s ", 0, name.start)


def _is_initialled(words: list[str]) -> bool:
    """Whether this is "J.D. Roe", not "U.S. Steel"."""
    if len(words[0]) > 1 and not words[0].endswith("."):
        return False
    last, first = name_key(words[-1]), " ".join(words[:-1])
    if not all(_INITIALS.fullmatch(word) for word in words[:-1]) or find_country(first):
        return False
    if last in load_tables().surnames:
        return True
    if find_country(words[-1]) or is_people(last) or last in _NEVER_LAST:
        return False
    return not (is_common(last) or find_abbreviated_state(first) or last in load_tables().brands)


def _is_namely(name: Name, words: list[str], page: Page) -> bool:
    """Whether a given name that is nothing else comes first, and no word of things or firms last.

    The last word may be a town's or a common noun's ("Jack London", "Jane Swan") if it is a surname
    of the lists, or stands elsewhere by itself as a name does.
    """
    if not _is_given_and_last(name, words) or _may_be_thing(name, words[-1]):
        return False
    if _stands_as_name(words[-1], page):
        return True
    if name.kind == "organisation" and _is_firm(name, page):
        return False
    last = name_key(words[-1])
    is_free = name.kind != "place" and not is_well_known_city(words[-1]) and not is_common(last)
    return is_free or last in load_tables().surnames


def _is_given_and_last(name: Name, words: list[str]) -> bool:
    if len(words) != min(_FEW) or not is_name_alone(words[0]):
        return False
    return not (name.form.isupper() or _SIGNS.search(name.form) or _is_listed(name))


def _may_be_thing(name: Name, last: str) -> bool:
    key = name_key(last)
    if key in _NEVER_LAST or key == name.words[0] or is_people(key):
        return True
    if name.kind == "place" and (is_common(key) or is_well_known_city(last)):
        return True
    is_land = find_country(last) or find_state(last)
    return bool(is_land) and key not in load_tables().surnames  # "Denzel Washington" is no state


def _is_firm(name: Name, page: Page) -> bool:
    """Whether a surname or a rare name first, or somebody "at" it, makes it a firm ("Roe Doe")."""
    tables = load_tables()
    if name.words[0] in tables.surnames or name.words[0] in tables.birth_names:
        return True
    return f" at {name.form}" in page.text


def _stands_as_name(form: str, page: Page) -> bool:
    """Whether a word stands by itself in the text, with no article, never in small letters."""
    if holds_word(page.text, form.lower()):
        return False
    return any(_is_alone(at, page) for at in page.places.get(form, ()))


def _is_alone(at: int, page: Page) -> bool:
    word, following = page.words[at], page.words[at + 1 : at + 2]
    is_led = word.joined and name_key(page.words[at - 1].form) in TITLES
    if (word.joined and not is_led) or (following and following[0].joined):
        return False
    reach = max(0, word.start - _ARTICLE_REACH)
    return not _ARTICLE.search(page.text, reach, word.start)
