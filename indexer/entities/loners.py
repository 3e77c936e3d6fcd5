"""People of one word whom no list knows, no full name here and no title: mostly they are none."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.entities.loading import load_tables
from indexer.entities.names import collect_name_words
from indexer.entities.spelling import name_key
from indexer.entities.words import KIN, TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_ROLES = TITLES | KIN
_REACH = 24
_SAYS = re.compile(
    r",? (?:who|whose|said|says|told|added|argued|admitted|insisted|claimed|wrote|asked|scored|"
    r"replied|explained|himself|herself|\d+|and his|and her)\b"
)
_SAID = re.compile(r"\b(?:said|says|added|told|asked|against|by|b|c|lbw) $")
_WHERE = re.compile(
    r"(?i)\b(?:in|at|near|around|outside|(?:town|city|village|parish|region|province|port) of) $"
)
_JOINED = frozenset({" and ", ", ", ", and "})
_LAST_WORD = re.compile(r"(\w+)\.? $")


def demote_unknown(names: Sequence[Name], page: Page) -> list[Name]:
    """A lone word that neither lists nor the text show to be a person's is a place or nothing."""
    known = collect_name_words(names)
    loners = [n for n in names if _is_loner(n, known)]
    shown = _spread({n.key for n in loners if _is_shown(n, page)}, names, loners, page)
    placed = {n.key for n in loners if _WHERE.search(_before(n, page))}
    unknown = {n.start for n in loners if n.key not in shown}
    return [
        n.retyped("place" if n.key in placed else "other") if n.start in unknown else n
        for n in names
    ]


def _spread(shown: set[str], names: Sequence[Name], loners: Sequence[Name], page: Page) -> set[str]:
    """And those that "and" joins to somebody else."""
    people = [n for n in names if n.kind == "person"]
    alone = {n.key for n in loners} - shown
    for one, other in pairwise(people):
        pair = {one.key, other.key}
        if page.text[one.end : other.start].strip("]") in _JOINED and not pair <= alone:
            shown |= pair
    return shown


def _is_loner(name: Name, known: frozenset[str]) -> bool:
    if name.kind != "person" or " " in name.form or name.key in known:
        return False
    tables = load_tables()
    return not any(part in tables.given_names or part in tables.surnames for part in name.words)


def _is_shown(name: Name, page: Page) -> bool:
    before = _before(name, page)
    match = _LAST_WORD.search(before)
    is_titled = match is not None and name_key(match[1]) in _ROLES
    is_put_in = before.endswith("[") and page.text[name.end : name.end + 1] == "]"
    return is_titled or is_put_in or bool(_SAID.search(before) or _SAYS.match(page.text, name.end))


def _before(name: Name, page: Page) -> str:
    return page.text[max(0, name.start - _REACH) : name.start]
