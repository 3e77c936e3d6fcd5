"""Bodies by their head word, whole: "Roe State University", "Ministry of Roe and Doe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_common, is_place_name
from indexer.entities.names import put_names
from indexer.entities.spelling import name_key
from indexer.entities.words import CALENDAR, FUNCTION_WORDS, ORGANISATION_HEADS, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Name, Page

_OF = frozenset({" of ", " of the "})
_FOR = frozenset({" for ", " for the "})
# What may be "for" something in its name; a league's players play "for" a club.
_PURPOSEFUL = frozenset(
    {"association", "commission", "committee", "council", "court", "foundation", "fund"}
    | {"institute", "office", "society", "trust", "agency"}
)
_AND = frozenset({" and ", " and the ", " & "})
_APART = FUNCTION_WORDS | CALENDAR | TITLES
_STATES = frozenset({"U.S", "U.K", "U.N"})
_MOST_LINKS = 3
_FEW = 2


def mark_bodies(names: Sequence[Name], page: Page) -> list[Name]:
    """A head word with the capital words around it, "of" and what follows, is one organisation."""
    bodies = [n for n in names if n.kind == "organisation"]
    places = {n.end for n in names if n.kind == "place" and _is_headed_place(n)}
    found = (_widen(n, bodies, page) for n in _iter_bodies(page) if n.end not in places)
    return put_names(names, [name for name in found if name is not None])


def _is_headed_place(name: Name) -> bool:
    """Whether a place of the tables ends in a word that heads bodies ("West Bank")."""
    return not ORGANISATION_HEADS.isdisjoint(name.words[-1:]) and is_place_name(name.form)


def _widen(name: Name, bodies: Sequence[Name], page: Page) -> Name | None:
    """The name from where the model lets it begin; None if the model holds it within a longer."""
    around = [n for n in bodies if n.start < name.end and name.start < n.end]
    start = min((n.start for n in around), default=name.start)
    end = max((n.end for n in around), default=name.end)
    if end > name.end or is_place_name(name.form):
        return None
    return page.cut(min(start, name.start), name.end, "organisation")


def _iter_bodies(page: Page) -> Iterator[Name]:
    end = 0
    for at in page.find_words(ORGANISATION_HEADS):
        if page.words[at].start < end or not _is_head(page, at):
            continue
        last = _last_word(page, at)
        first = _first_word(page, at)
        if last > at or at - first >= _FEW - 1:
            yield page.cut(page.words[first].start, page.words[last].end, "organisation")
            end = page.words[last].end


def _is_head(page: Page, at: int) -> bool:
    """Whether a head word ends its run of capitals, and is not printed as a headline."""
    if page.words[at].form.isupper():
        return False
    return not (at + 1 < len(page.words) and page.words[at + 1].joined)


def _first_word(page: Page, at: int) -> int:
    first = at
    while page.words[first].joined and name_key(page.words[first - 1].form) not in _APART:
        first -= 1
    return (
        first - 1
        if first and _gap_after(page, first - 1) == ". " and _is_state(page, first)
        else first
    )


def _is_state(page: Page, first: int) -> bool:
    """Whether "U.S." stands before: of a public body it is part of the name."""
    return page.words[first - 1].form in _STATES


def _last_word(page: Page, at: int) -> int:
    """The last word of "Ministry of Roe and Doe", "Bank for the South of Roeland"."""
    links = _OF | _FOR if name_key(page.words[at].form) in _PURPOSEFUL else _OF
    for _ in range(_MOST_LINKS):
        gap = _gap_after(page, at)
        if gap in links or (gap in _AND and _is_shared(page, at)):
            at = _end_of_run(page, at + 1)
    return at


def _gap_after(page: Page, at: int) -> str:
    if at + 1 >= len(page.words):
        return ""
    return page.text[page.words[at].end : page.words[at + 1].start]


def _is_shared(page: Page, at: int) -> bool:
    """Whether what follows "and" is a second field of the same body, not another body."""
    run = page.words[at + 1 : _end_of_run(page, at + 1) + 1]
    keys = [name_key(word.form) for word in run]
    return all(map(is_common, keys)) and ORGANISATION_HEADS.isdisjoint(keys)


def _end_of_run(page: Page, at: int) -> int:
    while at + 1 < len(page.words) and page.words[at + 1].joined:
        at += 1
    return at
