"""Rules 5, 10 and 14: who is a person here and who is none; and whom a single word means."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from indexer.entities.gazetteer import is_dictionary_word
from indexer.entities.loading import load_tables
from indexer.entities.names import Name, Page, collect_name_words, find_full_people
from indexer.entities.spelling import name_key
from indexer.entities.words import CALENDAR, HONORIFICS, OFFICES, PARTICLES, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_Parts: TypeAlias = dict[tuple[str, ...], list[Name]]

_TITLES = HONORIFICS | OFFICES
_REACH = 16
_LONG = 7  # letters of a surname that no other one is made of
_SHOUTED = 4  # a name in capitals longer than this is printed with one capital a word
_start = attrgetter("start")


def promote_surnames(names: Sequence[Name]) -> list[Name]:
    """Rule 5: a name equal to the surname of a full person here is a person ("Le Pen")."""
    tails = {tail for person in find_full_people(names) for tail in _iter_surnames(person.words)}
    return [name.retyped("person") if name.words in tails else name for name in names]


def _iter_surnames(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """("marine", "le", "pen") has the surnames ("pen",) and ("le", "pen")."""
    yield words[-1:]
    for at in range(len(words) - 2, 0, -1):
        if words[at] not in PARTICLES:
            return
        yield words[at:]


def demote_common_words(names: Sequence[Name]) -> list[Name]:
    """Rule 10: a one-word person that is only a common noun, and in no full name, is none."""
    known = collect_name_words(names)
    return [name.retyped("other") if _is_noun(name, known) else name for name in names]


def _is_noun(name: Name, known: frozenset[str]) -> bool:
    key = name.key
    if name.kind not in ("person", "organisation") or " " in key or key in known:
        return False
    if name.kind == "organisation":
        return key in TITLES and not name.form.isupper()
    return key in CALENDAR or key in TITLES or is_dictionary_word(key)


def demote_things(names: Sequence[Name]) -> list[Name]:
    """Rule 10 for several words: no given name first and a common word last is no person."""
    alone = {name.key for name in names if name.kind == "person" and " " not in name.key}
    return [name.retyped("other") if _is_thing(name, alone) else name for name in names]


def _is_thing(name: Name, alone: set[str]) -> bool:
    words = name.words
    if name.kind != "person" or len(words) == 1 or words[-1] in alone:
        return False
    if _starts_as_thing(words):
        return True
    if not is_dictionary_word(words[-1]):
        return False
    given = load_tables().given_names
    return len(words[0]) > 1 and words[0] not in given and words[-1] not in given


def _starts_as_thing(words: tuple[str, ...]) -> bool:
    tables = load_tables()
    if words[0] in tables.given_names or not is_dictionary_word(words[0]):
        return False
    return words[-1] not in tables.surnames and words[-1] not in tables.given_names


def demote_prefixes(names: Sequence[Name], page: Page) -> list[Name]:
    """Rule 14: a one-word person that begins a longer organisation here is it.

    Not if it is a surname here, or a title stands before it once ("President Roe").
    """
    titled = {name.key for name in names if name.kind == "person" and _is_titled(name, page)}
    known = collect_name_words(names) | titled
    firsts = {n.words[0] for n in names if n.kind == "organisation" and " " in n.key} - known
    return [
        name.retyped("organisation") if name.kind == "person" and name.key in firsts else name
        for name in names
    ]


def _is_titled(name: Name, page: Page) -> bool:
    before = page.text[max(0, name.start - _REACH) : name.start].rstrip(". ")
    return name_key(before[before.rfind(" ") + 1 :]) in _TITLES


def name_people(names: Sequence[Name]) -> dict[Name, str]:
    """The canonical name of each person: the full name a single word stands for.

    That is the nearest full name before it which ends with its words (else begins with it, else
    holds it), else the first such one in the document, else the word itself. Full names that fold
    alike are printed alike.
    """
    full = find_full_people(names)
    printed: dict[str, str] = {}
    for person in full:
        printed.setdefault(person.key, person.form)
    parts, turned = _index_parts(full), _index_letters(full)
    people = (name for name in names if name.kind == "person")
    return {name: _print_name(_find_full(name, parts, printed, turned)) for name in people}


def _index_parts(full: Sequence[Name]) -> tuple[_Parts, _Parts, _Parts]:
    """The full people, in order, by the words they end with, by their first word, by any word."""
    ends: _Parts = defaultdict(list)
    begins: _Parts = defaultdict(list)
    holds: _Parts = defaultdict(list)
    for person in full:
        words = person.words
        for at in range(1, len(words)):
            ends[words[at:]].append(person)
        begins[words[:1]].append(person)
        for word in words[1:-1]:
            holds[word,].append(person)
    return ends, begins, holds


def _index_letters(full: Sequence[Name]) -> dict[str, str]:
    """Letters of a long surname in order of the alphabet → its full name: two may be exchanged."""
    found: dict[str, str] = {}
    for person in full:
        if len(person.words[-1]) >= _LONG:
            found.setdefault("".join(sorted(person.words[-1])), person.form)
    return found


def _find_full(
    name: Name, parts: Iterable[_Parts], printed: dict[str, str], turned: dict[str, str]
) -> str:
    for index in parts:
        if fitting := index.get(name.words):
            before = bisect_left(fitting, name.start, key=_start)
            return printed[fitting[max(0, before - 1)].key]
    return printed.get(name.key) or turned.get("".join(sorted(name.key)), name.form)


def _print_name(form: str) -> str:
    """One blank between words; a name in capitals as books print it."""
    joined = " ".join(form.split())
    if joined.isupper() and len(joined) > _SHOUTED:
        return joined.title()
    return joined
