"""Rules 5, 10 and 14: who is a person here and who is none; and whom a single word means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_dictionary_word
from indexer.entities.loading import load_tables
from indexer.entities.names import Name, collect_name_words, find_full_people
from indexer.entities.words import CALENDAR, PARTICLES, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHOUTED = 4  # a name in capitals longer than this is printed with one capital a word


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
    return [name.retyped("other") if _is_thing(name) else name for name in names]


def _is_thing(name: Name) -> bool:
    words = name.words
    if name.kind != "person" or len(words) == 1 or not is_dictionary_word(words[-1]):
        return False
    given = load_tables().given_names
    return len(words[0]) > 1 and words[0] not in given and words[-1] not in given


def demote_prefixes(names: Sequence[Name]) -> list[Name]:
    """Rule 14: a one-word person that begins a longer organisation here is it, if no surname."""
    known = collect_name_words(names)
    firsts = {n.words[0] for n in names if n.kind == "organisation" and " " in n.key} - known
    return [
        name.retyped("organisation") if name.kind == "person" and name.key in firsts else name
        for name in names
    ]


def name_people(names: Sequence[Name]) -> dict[Name, str]:
    """The canonical name of each person: the full name a single word stands for.

    That is the nearest full name before it which ends with its words (else begins with it, else
    holds it), else the first such one in the document, else the word itself. Full names that fold
    alike are printed alike.
    """
    full = [(person, person.words) for person in find_full_people(names)]
    printed: dict[str, str] = {}
    for person, _ in full:
        printed.setdefault(person.key, person.form)
    people = (name for name in names if name.kind == "person")
    return {name: _print_name(_find_full(name, full, printed)) for name in people}


def _find_full(
    name: Name, full: Sequence[tuple[Name, tuple[str, ...]]], printed: dict[str, str]
) -> str:
    words = name.words
    for part_of in (_ends, _begins, _holds):
        if fitting := [person for person, whole in full if part_of(whole, words)]:
            before = [person for person in fitting if person.start < name.start]
            return printed[(before[-1] if before else fitting[0]).key]
    return printed.get(name.key, name.form)


def _ends(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return len(part) < len(whole) and whole[-len(part) :] == part


def _begins(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return len(part) == 1 < len(whole) and whole[0] == part[0]


def _holds(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return len(part) == 1 and part[0] in whole


def _print_name(form: str) -> str:
    """One blank between words; a name in capitals as books print it."""
    joined = " ".join(form.split())
    if joined.isupper() and len(joined) > _SHOUTED:
        return joined.title()
    return joined
