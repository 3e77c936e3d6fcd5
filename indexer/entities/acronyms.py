"""Acronyms: "Roe Milling Board (RMB)" makes one organisation of both, "(MW)" behind a unit none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.names import put_names
from indexer.entities.words import NEWS_AGENCIES, ORGANISATION_HEADS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.entities.names import Name, Page

_BRACKETED = re.compile(r"\((?P<acronym>[A-Z][A-Z&-]{1,6})s?\)")
_WORD = re.compile(r"[^\W\d_][\w.'-]*|&")
_SYMBOL = re.compile(r"[A-Z]{1,5}(?:\.[A-Z]{1,2})?")
_EXCHANGE = re.compile(r"(?:\((?:NYSE|NASDAQ|Nasdaq|AMEX|LSE|TSX|ASX|OTC)[:,] ?|<)$")
_SHORT_REACH = 12
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "de", "&", "to", "du", "la", "des", "a"})
_REACH = 120
_ENDS = ("\n", "; ", ": ", "? ", "! ", ") ", " (", '"')


def mark_acronyms(names: Sequence[Name], page: Page) -> list[Name]:
    """The long form before a bracketed acronym is one name, and the acronym of its kind.

    What is spelt in small letters before its acronym is a thing or a unit, and so is the acronym.
    """
    if "(" not in page.text:
        return list(names)
    found: list[Name] = []
    things: set[str] = set()
    for match, end in _iter_bracketed(page):
        start = find_long_form(page.text, end, match["acronym"])
        if start is None:
            continue
        long_form = page.cut(start, end, "organisation")
        if _is_small(long_form.form):
            things.add(match["acronym"])
        elif _is_organisation(long_form, names):
            at = match.start("acronym")
            found += [long_form, page.cut(at, at + len(match["acronym"]), "organisation")]
    free = [name.retyped("other") if name.form in things else name for name in names]
    return put_names(free, found)


def _iter_bracketed(page: Page) -> Iterator[tuple[re.Match[str], int]]:
    """Each bracketed acronym, and where what stands before it ends."""
    for match in _BRACKETED.finditer(page.text):
        at = match.start()
        yield match, at - (page.text[at - 1 : at] == " ")


def _is_small(form: str) -> bool:
    return form.islower() or form[1:].islower()


def _is_organisation(long_form: Name, names: Sequence[Name]) -> bool:
    """Whether the model saw one in it, or one of its words heads bodies ("Board")."""
    if not ORGANISATION_HEADS.isdisjoint(long_form.words):
        return True
    inside = [n for n in names if long_form.start <= n.start and n.end <= long_form.end]
    return any(n.kind == "organisation" for n in inside)


def find_long_form(text: str, end: int, acronym: str) -> int | None:
    """Where the words begin, before `end`, whose first letters the acronym is made of.

    Words such as "of" give no letter; only if that leads nowhere they do ("OPM").
    """
    words = list(_WORD.finditer(text, max(0, end - _REACH), end))
    begin = max(text.rfind(sign, max(0, end - _REACH), end) for sign in _ENDS)
    words = [word for word in words if word.start() > begin]
    wanted = acronym.replace("&", "").replace("-", "").lower()
    start = _match_initials(words, wanted, _SMALL)
    return _match_initials(words, wanted, frozenset()) if start is None else start


def _match_initials(
    words: Sequence[re.Match[str]], wanted: str, silent: frozenset[str]
) -> int | None:
    at = len(wanted)
    for word in reversed(words):
        letters = _initials(word[0])
        if word[0] in silent:
            continue
        if wanted[:at].endswith(letters):
            at -= len(letters)
            if at == 0:
                return word.start()
        elif word[0] not in _SMALL:
            return None
    return None


def _initials(word: str) -> str:
    """The first letters of the parts of a word: "Asia-Pacific" and "U.S." have two."""
    return "".join(part[0].lower() for part in re.split(r"[-.]", word) if part)


def drop_symbols(names: Sequence[Name], page: Page) -> list[Name]:
    """Capitals in brackets behind an organisation, and nowhere else, are its stock symbol."""
    if "(" not in page.text and "<" not in page.text:
        return list(names)
    ends = {name.end for name in names if name.kind == "organisation"}
    known = spell_out(page)
    return [n for n in names if not (n.form not in known and _is_symbol(n, ends, page))]


def _is_symbol(name: Name, ends: set[int], page: Page) -> bool:
    if not _SYMBOL.fullmatch(name.form) or name.key in NEWS_AGENCIES:
        return False
    if _EXCHANGE.search(page.text, max(0, name.start - _SHORT_REACH), name.start):
        return True
    around = page.text[name.start - 2 : name.start] + page.text[name.end : name.end + 1]
    if around != " ()" or not {name.start - 2, name.start - 4} & ends:
        return False
    return page.text.count(name.form) == page.text.count(f"({name.form})")


def spell_out(page: Page) -> Mapping[str, str]:
    """Acronym → long form, of all that the text explains with capitals."""
    found: dict[str, str] = {}
    for acronym, form in _iter_explained(page):
        found.setdefault(acronym, form)
    return found


def _iter_explained(page: Page) -> Iterator[tuple[str, str]]:
    if "(" not in page.text:
        return
    for match, end in _iter_bracketed(page):
        start = find_long_form(page.text, end, match["acronym"])
        if start is not None and not _is_small(page.text[start:end]):
            yield match["acronym"], " ".join(page.text[start:end].split())
