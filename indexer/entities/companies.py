"""Firms whole: from the first capital word to the registered form ("Roe and Sons Plc")."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_common
from indexer.entities.names import add_names, put_names
from indexer.entities.spelling import name_key
from indexer.entities.words import CALENDAR, FUNCTION_WORDS, GLUED_AFTER, REGISTERED_FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Name, Page

_EXCHANGES = "NYSE|NASDAQ|Nasdaq|AMEX|LSE|TSX|ASX|OTC"
_SYMBOL = re.compile(rf" ?<[A-Z]{{1,6}}(?:\.[A-Z]{{1,2}})?>| \((?:{_EXCHANGES})[:,] ?[A-Z.]+\)")
_LISTINGS = ("<", *(f"({exchange}" for exchange in _EXCHANGES.split("|")))
_COUNTRY = re.compile(r"U\.[SK]\. ")
_INITIALS = re.compile(r"(?!U\.[SK]$)[A-Z](?:\.[A-Z]){0,2}")
_JOINTS = frozenset({" & ", " and "})
_KIN_OF_FIRMS = frozenset({"sons", "daughters", "brothers", "bros", "partners", "associates"})
_NEVER_FIRST = FUNCTION_WORDS | CALENDAR
_LONGEST = 8
_LONGEST_SHOUTED = 3


def mark_companies(names: Sequence[Name], page: Page) -> list[Name]:
    """A run of capital words that ends as registered firms do is an organisation, whole."""
    found = [_widen(firm, names, page) for firm in _iter_companies(page)]
    found = add_names(found, list(_iter_listed(page)))
    found = add_names(
        found, sorted(_iter_again(found, page), key=lambda name: (name.start, -name.end))
    )
    return put_names(names, found)


def _widen(firm: Name, names: Sequence[Name], page: Page) -> Name:
    """The firm from where the model lets it begin, if that is earlier."""
    starts = [
        n.start
        for n in names
        if n.kind == "organisation" and n.start < firm.start < n.end <= firm.end
    ]
    start = min(starts, default=firm.start)
    is_country = _COUNTRY.match(page.text, start) and page.text.endswith("the ", 0, start)
    return firm if is_country else page.cut(start, firm.end, "organisation")


def _iter_again(firms: Sequence[Name], page: Page) -> Iterator[Name]:
    """The same firms without their registered form ("Roe and Sons")."""
    for form in {_without_form(firm.form) for firm in firms}:
        first, *more = form.split(" ")
        for at in page.places.get(first, ()) if more else ():
            start = page.words[at].start
            end = start + len(form)
            if page.text.startswith(form, start) and not page.text[end : end + 1].isalnum():
                yield page.cut(start, end, "organisation")


def _without_form(form: str) -> str:
    words = form.split(" ")
    while len(words) > 1 and words[-1] in REGISTERED_FORMS:
        words.pop()
    return " ".join(words).rstrip(",").removesuffix(" and").removesuffix(" &")


def _iter_companies(page: Page) -> Iterator[Name]:
    last = -1
    for at in page.find_forms(REGISTERED_FORMS):
        if at <= last:
            continue
        last, first = _last_form(page, at), _first_word(page, at)
        if first < at:
            yield page.cut(page.words[first].start, page.words[last].end, "organisation")


def _is_form(page: Page, at: int) -> bool:
    form = page.words[at].form
    return form in REGISTERED_FORMS


def _last_form(page: Page, at: int) -> int:
    """The last of the forms in a row ("Co Ltd")."""
    while at + 1 < len(page.words) and _is_form(page, at + 1) and _gap(page, at + 1) in {" ", ". "}:
        at += 1
    return at


def _gap(page: Page, at: int) -> str:
    """What stands between a word and the capital word before it."""
    return page.text[page.words[at - 1].end : page.words[at].start]


def _first_word(page: Page, form: int) -> int:
    at = form
    while at and form - at < _LONGEST and _belongs(page, at, form):
        at -= 1
    while at < form and name_key(page.words[at].form) in _NEVER_FIRST:
        at += 1
    return at


def _belongs(page: Page, at: int, form: int) -> bool:
    """Whether the capital word before `at` is of the same firm."""
    gap, before = _gap(page, at), page.words[at - 1]
    if _is_form(page, at - 1) and gap != " ":
        return False
    if before.form.rpartition("-")[2] in GLUED_AFTER or before.form == "Unit":
        return False
    if gap == " " or (gap == ". " and _INITIALS.fullmatch(before.form)):
        return True
    if at == form:
        return gap == ", " or (gap in _JOINTS)
    return gap == " & " or (gap == " and " and _is_one_firm(page, at, form))


def _is_one_firm(page: Page, at: int, form: int) -> bool:
    """Whether "and" joins two words of a name, not two firms: what follows it is no name."""
    after = page.words[at:form]
    before = page.words[at - 1]
    stands_alone = any(
        not page.text.startswith(" and ", page.words[other].end)
        for other in page.places[before.form]
    )
    keys = [name_key(word.form) for word in after]
    return all(key in _KIN_OF_FIRMS or is_common(key) for key in keys) and not stands_alone


def _iter_listed(page: Page) -> Iterator[Name]:
    """The capital words directly before a stock symbol ("Roe <ROE.L>")."""
    has_symbols = any(sign in page.text for sign in _LISTINGS)
    for match in _SYMBOL.finditer(page.text) if has_symbols else ():
        at = bisect_left(page.words, match.start(), key=lambda word: word.start) - 1
        if at < 0 or page.words[at].end != match.start():
            continue
        first = _first_word(page, at)
        name = page.cut(page.words[first].start, match.start(), "organisation")
        if not _is_mid_headline(name):
            yield name


def _is_mid_headline(name: Name) -> bool:
    """Whether capitals run on before it, so that nothing shows where it begins."""
    return name.form.isupper() and len(name.words) > _LONGEST_SHOUTED
