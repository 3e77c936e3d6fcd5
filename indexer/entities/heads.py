"""What the last word of a name says of its kind: "Roe Creek", "Roe Cup", "Roe Awards"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    find_abbreviated_state,
    is_common,
    is_dictionary_word,
    is_place_name,
)
from indexer.entities.loading import load_tables
from indexer.entities.names import collect_name_words, holds_word
from indexer.entities.words import (
    CALENDAR,
    COMPANY_ENDINGS,
    EVENT_HEADS,
    FUNCTION_WORDS,
    ORGANISATION_HEADS,
    PARTIES,
    PLACE_HEADS,
    POST_NOMINALS,
    UNITS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_ROMAN = re.compile(r"[IVX]{1,5}")
_OPENING = re.compile(r"(?:^|[.!?:\n\"'(\u2013\u2014-]\s*)$")
_WHERE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Tt]he) $")
_REACH = 3
_ABBREVIATED = 3  # letters of "Sun", which is a newspaper as well


def retype_heads(names: Sequence[Name], page: Page) -> list[Name]:
    """Waters, heights and streets are places; contests, prizes, laws and units no names of ours."""
    known = collect_name_words(names)
    return [_retype(name, known, page) for name in names]


def _retype(name: Name, known: frozenset[str], page: Page) -> Name:
    if name.kind == "other" or not name.words:
        return name
    if name.kind == "organisation" and _is_sign(name):
        return name.retyped("other")
    if name.kind in ("person", "place") and name.key in PARTIES:
        return name.retyped("organisation")
    if name.kind == "person" and _is_abbreviated_or_shire(name):
        return name.retyped("place")
    return name if len(name.words) == 1 else _retype_headed(name, known, page)


def _is_abbreviated_or_shire(name: Name) -> bool:
    if " " not in name.key:
        return name.key.endswith("shire")
    return "." in name.form and find_abbreviated_state(name.form) is not None


def _retype_headed(name: Name, known: frozenset[str], page: Page) -> Name:
    is_borne = _is_borne(name, known)
    if name.kind == "person" and name.words[-1] in ORGANISATION_HEADS and not is_borne:
        return name.retyped("organisation")
    if name.words[-1] in EVENT_HEADS and not is_place_name(name.form):
        return name if is_borne else name.retyped("other")
    if name.words[-1] in PLACE_HEADS and _is_printed_whole(name.form):
        return name if is_borne and not _is_where(name, page) else name.retyped("place")
    return name


def _is_sign(name: Name) -> bool:
    """Whether it is a clock, a unit or a number, not a body."""
    is_clock = name.key in CALENDAR and len(name.key) > _ABBREVIATED
    return (
        is_clock
        or name.key in COMPANY_ENDINGS
        or name.form in UNITS
        or name.key in POST_NOMINALS
        or _is_function(name)
        or _ROMAN.fullmatch(name.form) is not None
    )


def _is_function(name: Name) -> bool:
    return name.key in FUNCTION_WORDS and not name.form.isupper()


def _is_borne(name: Name, known: frozenset[str]) -> bool:
    """Whether it may be the name of a person who is called so ("Jane Hill")."""
    tables, last = load_tables(), name.words[-1]
    if name.kind != "person" or last not in tables.surnames:
        return False
    return name.words[0] in tables.given_names or last in known


def _is_where(name: Name, page: Page) -> bool:
    """Whether something is there ("at Jane Park")."""
    return _WHERE.search(page.text, max(0, name.start - _REACH * 3), name.start) is not None


def _is_printed_whole(form: str) -> bool:
    """Whether each word but "of" and "the" has a capital, and not all are capitals."""
    small = {word for word in form.split() if word.islower()}
    return small <= {"of", "the"} and not form.isupper()


def demote_plain_words(names: Sequence[Name], page: Page) -> list[Name]:
    """One common word that is printed small here as well is no name.

    Nor is an organisation that is one and only ever opens a sentence.
    """
    words = {name for name in names if name.kind != "other" and _is_common_word(name)}
    if not words:
        return list(names)
    inside = {name.form for name in names if not _opens(name, page)}
    return [n.retyped("other") if n in words and _is_plain(n, inside, page) else n for n in names]


def _is_common_word(name: Name) -> bool:
    if " " in name.form or name.form.isupper() or not is_common(name.key):
        return False
    return not (name.key in load_tables().brands or is_place_name(name.form))


def _is_plain(name: Name, inside: set[str], page: Page) -> bool:
    if name.kind == "organisation" and is_dictionary_word(name.key) and name.form not in inside:
        return True
    return holds_word(page.text, name.form.lower(), glue="_-")


def _opens(name: Name, page: Page) -> bool:
    return _OPENING.search(page.text, max(0, name.start - _REACH), name.start) is not None
