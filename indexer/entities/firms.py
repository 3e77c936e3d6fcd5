"""Firms and clubs that bear a town's name: "Dome" where the text tells of Dome Petroleum Ltd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_land
from indexer.entities.names import collect_name_words
from indexer.entities.spelling import name_key
from indexer.entities.words import COMPANY_ENDINGS, HONORIFICS, OFFICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_LOCATED = re.compile(
    r"(?i)\b(?:in|near|outside|inside|across|throughout|around|from|at|"
    r"(?:city|town|village|port|capital|suburb|outskirts) of) $"
)
_REACH = 16
# What firms are called directly before their name ("the law firm Roe Doe").
_KINDS_OF_FIRMS = frozenset(
    """
    firm company bank brokerage retailer insurer carmaker automaker chipmaker drugmaker airline
    conglomerate manufacturer startup start-up giant group consultancy housebuilder supermarket
    """.split()  # noqa: SIM905 - a list of strings would be two pages
)
_EMPLOYED = re.compile(
    r"\b(?:analysts?|economists?|strategists?|brokers?|traders?|bankers?|fund managers?) "
    r"(?:at|with|for|from) $"
)
_LEADS = re.compile(
    r" (?:co-?)?(?:founded|founds|built|runs|ran|started|left|led|leads|heads|headed|created|owns|"
    r"owned|works|worked|set up|sold|bought|chairs|chaired|joined)\b"
)
_EMPLOYER = re.compile(
    r" (?:analysts?|economists?|strategists?|shares?|shareholders?|stock|subsidiary|stores)\b"
)
_FAR = 32
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


def retype_founders(names: Sequence[Name], page: Page) -> list[Name]:
    """Whom an analyst works for, and of whom there are shares, is the firm that bears the name."""
    people = [name for name in names if name.kind == "person"]
    known = collect_name_words(names)
    firms = {name.form for name in people if _employs(name, page) or _is_named(name, known, page)}
    firms -= {name.form for name in people if name.form in firms and _is_met(name, page)}
    return [
        name.retyped("organisation") if name.kind == "person" and name.form in firms else name
        for name in names
    ]


def _is_named(name: Name, known: frozenset[str], page: Page) -> bool:
    """Whether a firm is named so, and not told of by who leads it ("the firm Jane Roe founded")."""
    before = page.text.rfind(" ", 0, max(0, name.start - 1)) + 1
    if page.text[before : name.start - 1] not in _KINDS_OF_FIRMS:
        return False
    is_lone = " " not in name.key and name.key in known
    return not (is_lone or _LEADS.match(page.text, name.end))


def _employs(name: Name, page: Page) -> bool:
    if _EMPLOYER.match(page.text, name.end):
        return True
    return _EMPLOYED.search(page.text, max(0, name.start - _FAR), name.start) is not None


def _is_met(name: Name, page: Page) -> bool:
    """Whether a title stands before it, or somebody of this name is told of as "who"."""
    before = page.text[max(0, name.start - _REACH) : name.start].rstrip(". ")
    title = name_key(before[before.rfind(" ") + 1 :])
    return title in HONORIFICS | OFFICES or page.text.startswith((", who ", " who "), name.end)


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
