"""Bodies that the text shows by who works for them, or calls so: "the law firm Roe Doe"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_common, is_land
from indexer.entities.names import add_names, collect_name_words
from indexer.entities.scanning import cut_run
from indexer.entities.spelling import name_key
from indexer.entities.words import HONORIFICS, JOBS, OFFICES, TITLES, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Name, Page

_FAR, _REACH, _SHORTEST = 32, 16, 3
_FIRMS_LAST = (" firm ", " company ", " startup ", " start-up ", " band ")
_ROLES = TITLES | JOBS
# What bodies are called directly before their name ("the law firm Roe Doe", "the daily Il Roe").
_KINDS_OF_FIRMS = frozenset(
    """
    firm company bank brokerage retailer insurer carmaker automaker chipmaker drugmaker airline
    conglomerate manufacturer startup start-up giant group consultancy housebuilder supermarket
    newspaper daily weekly tabloid broadsheet magazine website network charity band club
    """.split()  # noqa: SIM905 - a list of strings would be two pages
)
_BEFORE_EMPLOYER = (" at ", " with ", " for ", " from ")
_EMPLOYED = re.compile(
    r"\b(?:analysts?|economists?|strategists?|brokers?|traders?|bankers?|fund managers?) "
    r"(?:at|with|for|from) $"
)
_LEADS = re.compile(
    r" (?:co-?)?(?:founded|founds|built|runs|ran|started|left|led|leads|heads|headed|created|owns|"
    r"owned|works|worked|set up|sold|bought|chairs|chaired|joined)\b"
)
_EMPLOYER = re.compile(
    r" (?:analysts?|economists?|strategists?|share price|shareholders?|stock|subsidiary|stores|"
    r"shares?(?! (?:his|her|its|their|the|an?|with|how|what|some|this|that|my|your)\b))\b"
)


def retype_founders(names: Sequence[Name], page: Page) -> list[Name]:
    """Whom an analyst works for, of whom there are shares, what is called a firm: organisations.

    So is every other mention; of a town only what is called so ("the band Boston").
    """
    known = collect_name_words(names)
    called = {name for name in names if _is_called(name, known, page)}
    people = [name for name in names if name.kind == "person"]
    firms = {name.form for name in people if _employs(name, page)}
    firms |= {name.form for before, name in pairwise(names) if _works_at(before, name, page)}
    firms |= {name.form for name in called if name.kind != "place"}
    firms -= {name.form for name in people if name.form in firms and _is_met(name, page)}
    return [n.retyped("organisation") if _is_one(n, firms, called) else n for n in names]


def _is_one(name: Name, firms: set[str], called: set[Name]) -> bool:
    return name in called if name.kind == "place" else name.form in firms


def scan_called(names: Sequence[Name], page: Page) -> list[Name]:
    """Bodies that the model left out and the text calls a firm or a band."""
    return add_names(names, list(_iter_called(page)))


def _iter_called(page: Page) -> Iterator[Name]:
    for at, word in enumerate(page.words):
        if word.joined or not page.text.endswith(_FIRMS_LAST, 0, word.start):
            continue
        name = cut_run(page, at, "organisation")
        key = name_key(word.form)
        is_word = key in _ROLES or is_common(key) or word.form in UNITS
        if len(key) >= _SHORTEST and not (is_word or _LEADS.match(page.text, name.end)):
            yield name


def _works_at(before: Name, name: Name, page: Page) -> bool:
    """Whether somebody is named by where he works ("Jane Roe at Doe Brothers")."""
    return before.kind == "person" and page.text[before.end : name.start] == " at "


def _is_called(name: Name, known: frozenset[str], page: Page) -> bool:
    """Whether a firm is called so, not told of by who leads it ("the firm Jane Roe founded")."""
    if name.kind == "organisation" or page.word_before(name) not in _KINDS_OF_FIRMS:
        return False
    if is_land(name.form):
        return False
    is_lone = " " not in name.key and name.key in known
    return not (is_lone or _LEADS.match(page.text, name.end))


def _employs(name: Name, page: Page) -> bool:
    if _EMPLOYER.match(page.text, name.end):
        return True
    if not page.text.endswith(_BEFORE_EMPLOYER, 0, name.start):
        return False
    return _EMPLOYED.search(page.text, max(0, name.start - _FAR), name.start) is not None


def _is_met(name: Name, page: Page) -> bool:
    """Whether a title stands before it, or somebody of this name is told of as "who"."""
    before = page.text[max(0, name.start - _REACH) : name.start].rstrip(". ")
    title = name_key(before[before.rfind(" ") + 1 :])
    return title in HONORIFICS | OFFICES or page.text.startswith((", who ", " who "), name.end)
