"""Words before a name that say who it is, or that the model took into it: titles, "Can", "Driller".

They open a sentence with a capital that is no name's, or they make a person of what follows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_common, is_land, is_people
from indexer.entities.loading import load_tables
from indexer.entities.names import CAPITALS, add_names, collect_name_words, find_full_people
from indexer.entities.spelling import name_key
from indexer.entities.words import AUXILIARIES, CALENDAR, HONORIFICS, KIN, OFFICES, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Name, Page

_OPENING = re.compile(r"(?:^|[.!?:\n\"'(\u2013\u2014-]\s*)$")
_QUESTION = re.compile(r"[^.!?\n]*\?")
_TWO_MORE = re.compile(rf" ([{CAPITALS}]\w+) [{CAPITALS}]\w+")
_ROYAL_TITLES = ("King ", "Queen ", "Prince ", "Princess ", "Pope ")
_WORD_LAST = re.compile(r"(\w+)[.,]? $")
_ROYAL = re.compile(
    rf"\b(?:King|Queen|Prince|Princess|Pope) ([{CAPITALS}]\w+(?: [{CAPITALS}](?=[a-z])\w+)?)"
    rf"( [IVX]+\b)?(?! ?[{CAPITALS}&])"
)
_OFFICE_WITHIN = re.compile(r"(\w+)\.? ")
_ALL_TITLES = OFFICES | HONORIFICS
_FULL = (2, 3)
_GAPS = frozenset({" ", ". "})
_LONGEST = 3
_REACH = 3
_SHORTEST_FULL = 2


def drop_openers(names: Sequence[Name], page: Page) -> list[Name]:
    """Takes the auxiliary of a question ("Can Smith win?") and a trade ("Miner") off a person.

    The auxiliary is none of the name if the rest is the surname of a full person here or the
    sentence is a question, unless the whole name stands inside a sentence elsewhere.
    """
    opened = {n for n in find_full_people(names) if _is_opening_word(n.words[0])}
    if not opened:
        return list(names)
    full = {n.words for n in find_full_people(names) if n not in opened}
    tails = {words[at:] for words in full for at in range(len(words))}
    inside = {n.form for n in names if n.kind == "person" and not _opens(n.start, page)}
    return [
        _drop_opener(n, page, tails) if n in opened and n.form not in inside else n for n in names
    ]


def _drop_opener(name: Name, page: Page, tails: set[tuple[str, ...]]) -> Name:
    words = name.words
    if " " not in name.form or name.form[: len(words[0])].isupper():
        return name
    asks = words[0] in AUXILIARIES
    is_question = asks and _QUESTION.match(page.text, name.end) is not None
    if is_question or (words[1:] in tails and (asks or _is_trade(words[0]))) or _leads(words):
        return page.cut(name.start + name.form.index(" ") + 1, name.end, "person")
    return name


def _leads(words: tuple[str, ...]) -> bool:
    """Whether a trade stands before a whole name ("Driller Jane Roe")."""
    if len(words) <= _SHORTEST_FULL or not _is_trade(words[0]):
        return False
    return words[1] in load_tables().given_names or not any(map(is_common, words[1:]))


def _is_opening_word(word: str) -> bool:
    return word in AUXILIARIES or _is_trade(word)


def _is_trade(word: str) -> bool:
    """Whether this is a common word, or one that does it ("driller"), and no name."""
    tables = load_tables()
    if word in tables.given_names:
        return False
    does = word.endswith("er") and word not in tables.surnames
    return is_common(word) or (does and (is_common(word[:-2]) or is_common(word[:-1])))


def _opens(start: int, page: Page) -> bool:
    return _OPENING.search(page.text, max(0, start - _REACH), start) is not None


def demote_opening_words(names: Sequence[Name], page: Page) -> list[Name]:
    """A one-word person that is a common word and only ever opens sentences is none."""
    known = collect_name_words(names)
    openers = {name for name in names if _is_opener(name, known, page)}
    if not openers:
        return list(names)
    inside = {name.form for name in names if not _opens(name.start, page)}
    return [n.retyped("other") if n in openers and n.form not in inside else n for n in names]


def _is_opener(name: Name, known: frozenset[str], page: Page) -> bool:
    if name.kind != "person" or " " in name.key or name.key in known:
        return False
    if _is_before_name(name, page) and name.key not in load_tables().given_names:
        return True
    return is_common(name.key) or name.key in AUXILIARIES


def _is_before_name(name: Name, page: Page) -> bool:
    """Whether a given name and another capital word follow ("Driller Jane Roe")."""
    match = _TWO_MORE.match(page.text, name.end)
    return match is not None and name_key(match[1]) in load_tables().given_names


def promote_titled(names: Sequence[Name], page: Page) -> list[Name]:
    """A name directly behind "Mr" or "President", whatever the model calls it, is a person."""
    return [_without_titles(n).retyped("person") if _is_titled(n, page) else n for n in names]


def _without_titles(name: Name) -> Name:
    """What stands behind the last office in a name ("Mining Minister Jane Roe")."""
    return name.part((_find_titled(name.form), len(name.form))) if " " in name.form else name


@lru_cache(maxsize=8_192)
def _find_titled(form: str) -> int:
    titles = [m for m in _OFFICE_WITHIN.finditer(form) if name_key(m[1]) in _ALL_TITLES]
    return titles[-1].end() if titles else 0


def _is_titled(name: Name, page: Page) -> bool:
    if name.kind == "person" or not name.words or name.form.isupper():
        return False
    bare = _without_titles(name)
    if bare is not name:
        return _is_titled_whole(name, bare)
    before = _word_before(name.start, page)
    if before in HONORIFICS:
        return True
    if before in KIN and name.words[0] in load_tables().given_names:
        return len(name.words) in _FULL
    if before not in OFFICES or not all(map(str.isalpha, name.words)):
        return False
    return not (_is_owner(name) or any(map(is_common, name.words)))


def _is_titled_whole(name: Name, bare: Name) -> bool:
    """Whether a name that holds a title ("Mr Roe", "Minister Jane Roe") is a person's."""
    if any(map(_is_small, bare.form.split())):
        return False
    if name.words[0] in HONORIFICS:
        return len(bare.words) <= _LONGEST
    is_full = len(bare.words) in _FULL and bare.words[0] in load_tables().given_names
    return is_full and not _is_owner(bare)


def _is_small(word: str) -> bool:
    return word.islower()


def _is_owner(name: Name) -> bool:
    """Whether an office may stand before the name and be of it ("President USA")."""
    return is_land(name.form) or name.key in load_tables().brands or any(map(is_people, name.words))


def _iter_royal(page: Page) -> Iterator[Name]:
    has_title = any(map(page.text.__contains__, _ROYAL_TITLES))
    for match in _ROYAL.finditer(page.text) if has_title else ():
        if all(part in load_tables().given_names for part in name_key(match[1]).split()):
            end = match.end(2) if match[2] else match.end(1)
            yield page.cut(match.start(1), end, "person")


def _word_before(start: int, page: Page) -> str:
    if not page.text.endswith(" ", 0, start):
        return ""
    match = _WORD_LAST.search(page.text, page.text.rfind(" ", 0, start - 1) + 1, start)
    return name_key(match[1]) if match else ""


def add_titled(names: Sequence[Name], page: Page) -> list[Name]:
    """The same for a name that the model left out: "Mr" and up to three capital words."""
    return add_names(add_names(names, list(_iter_titled(page))), list(_iter_royal(page)))


def _iter_titled(page: Page) -> Iterator[Name]:
    for at in page.find_words(HONORIFICS):
        first = page.words[at + 1] if at + 1 < len(page.words) else None
        if first is None or page.text[page.words[at].end : first.start] not in _GAPS:
            continue
        last = at + 1
        while last + 1 < len(page.words) and page.words[last + 1].joined:
            last += 1
        name = page.cut(first.start, page.words[last].end, "person")
        if len(name.words) <= _LONGEST and not {*name.words} & (TITLES | CALENDAR):
            yield name
