"""Firms and clubs that bear a town's name: "Dome" where the text tells of Dome Petroleum Ltd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_land
from indexer.entities.spelling import name_key
from indexer.entities.words import COMPANY_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_LOCATED = re.compile(
    r"(?i)\b(?:in|near|outside|inside|across|throughout|around|from|at|"
    r"(?:city|town|village|port|capital|suburb|outskirts) of) $"
)
_REACH = 16
_LONGEST = 5
FIRM_WORDS = (COMPANY_ENDINGS - {"group", "sa", "se", "as"}) | frozenset(
    """
    industries resources petroleum mines mining energy systems technologies technology bancorp
    bancshares financial communications laboratories stores foods motors steel oil enterprises
    partners brothers securities oyj electronics pharmaceuticals chemicals minerals software
    investments manufacturing holding exploration breweries semiconductor
    """.split()  # noqa: SIM905 - a list of strings would be four pages
)


def retype_firms(names: Sequence[Name], page: Page) -> list[Name]:
    """A town that begins a company's full name here, and which nothing lies in, is the company."""
    towns = {name.form for name in names if _may_be_firm(name)}
    firms = {form for form in towns if _begins_firm(form, page)}
    firms -= {name.form for name in names if name.kind == "place" and _is_located(name, page)}
    return [
        name.retyped("organisation") if name.form in firms and name.kind == "place" else name
        for name in names
    ]


def _may_be_firm(name: Name) -> bool:
    return name.kind == "place" and not is_land(name.form)


def _begins_firm(form: str, page: Page) -> bool:
    """Whether "Dome" stands before "Petroleum Ltd" somewhere."""
    first = form.split(" ", 1)[0]
    return any(
        page.text.startswith(form, page.words[at].start) and _has_firm_word(at, page)
        for at in page.places.get(first, ())
        if not page.words[at].joined
    )


def _has_firm_word(at: int, page: Page) -> bool:
    for word in page.words[at + 1 : at + _LONGEST]:
        if not word.joined:
            return False
        if name_key(word.form) in FIRM_WORDS:
            return True
    return False


def _is_located(name: Name, page: Page) -> bool:
    """Whether something lies in it, or it stands in a dateline or before what it lies in."""
    before = page.text[max(0, name.start - _REACH) : name.start]
    after = page.text[name.end : name.end + len("-based")]
    return bool(_LOCATED.search(before)) or name.form.isupper() or after in {"-based", ", "}
