"""Rules 4, 5, 10 and 14: who is a person; and which person a single word means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_common, is_people, is_place_name
from indexer.entities.loading import load_tables
from indexer.entities.names import (
    Name,
    add_names,
    collect_name_words,
    collect_surnames,
    find_full_people,
)
from indexer.entities.spelling import name_key
from indexer.entities.words import CALENDAR, FUNCTION_WORDS, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.names import Page, Word

_SHORTEST_WORD = 2
_FIRST_AND_LAST = 2
_SHOUTED = 4  # a name in capitals longer than this is printed with one capital a word


def add_given_names(names: Sequence[Name], page: Page) -> list[Name]:
    """Rule 4: an unlabelled "Given Surname" that stands alone is a person."""
    return add_names(names, list(_iter_given(page)))


def _iter_given(page: Page) -> Iterator[Name]:
    words = page.words
    for at in range(len(words) - 1):
        first, second = words[at], words[at + 1]
        if not second.joined or name_key(first.form) not in load_tables().given_names:
            continue
        before = words[at - 1] if at and first.joined else None
        after = words[at + 2] if at + 2 < len(words) and words[at + 2].joined else None
        if (
            after is None
            and _may_precede(before)
            and _is_personal(first.form)
            and _is_personal(second.form)
        ):
            yield page.cut(first.start, second.end, "person")


def _may_precede(before: Word | None) -> bool:
    return before is None or name_key(before.form) in TITLES


def _is_personal(form: str) -> bool:
    key = name_key(form)
    if len(key) < _SHORTEST_WORD or form.isupper() or key in FUNCTION_WORDS | CALENDAR | TITLES:
        return False
    return not is_place_name(form) and not _is_only_common(key) and not is_people(key)


def promote_given_names(names: Sequence[Name]) -> list[Name]:
    """Rule 4, for what the model takes for something else: "Given Surname" that no table knows."""
    return [name.retyped("person") if _is_given(name) else name for name in names]


def _is_given(name: Name) -> bool:
    words = name.words
    if name.kind == "person" or len(words) != _FIRST_AND_LAST or name.key in load_tables().brands:
        return False
    if words[0] not in load_tables().given_names or is_place_name(name.form):
        return False
    return all(_is_personal(part) for part in name.form.split())


def promote_surnames(names: Sequence[Name]) -> list[Name]:
    """Rule 5: a one-word name equal to the last word of a full person here is a person."""
    surnames = collect_surnames(names)
    return [name.retyped("person") if name.key in surnames else name for name in names]


def demote_common_words(names: Sequence[Name]) -> list[Name]:
    """Rule 10: a one-word person that is only a common noun, and in no full name, is none."""
    known = collect_name_words(names)
    return [name.retyped("other") if _is_noun(name, known) else name for name in names]


def _is_noun(name: Name, known: frozenset[str]) -> bool:
    key = name.key
    if name.kind != "person" or " " in key or key in known:
        return False
    return key in CALENDAR or key in TITLES or _is_only_common(key)


def _is_only_common(key: str) -> bool:
    """Whether a word is in the dictionary and nobody's surname."""
    return is_common(key) and key not in load_tables().surnames


def demote_things(names: Sequence[Name]) -> list[Name]:
    """Rule 10 for several words: no given name first and a common word last is no person."""
    return [name.retyped("other") if _is_thing(name) else name for name in names]


def _is_thing(name: Name) -> bool:
    words = name.words
    if name.kind != "person" or len(words) == 1 or not _is_only_common(words[-1]):
        return False
    given = load_tables().given_names
    return len(words[0]) > 1 and words[0] not in given and words[-1] not in given


def demote_prefixes(names: Sequence[Name]) -> list[Name]:
    """Rule 14: a one-word person that begins a longer organisation here, and is no surname, is it."""
    known = collect_name_words(names)
    firsts = {n.words[0] for n in names if n.kind == "organisation" and " " in n.key} - known
    return [
        name.retyped("organisation") if name.kind == "person" and name.key in firsts else name
        for name in names
    ]


def name_people(names: Sequence[Name]) -> dict[Name, str]:
    """The canonical name of each person: the full name a single word stands for.

    That is the nearest full name before it which ends (or begins) with its words, else the first
    one in the document, else the word itself. Full names that fold alike are printed alike.
    """
    full = find_full_people(names)
    printed: dict[str, str] = {}
    for person in full:
        printed.setdefault(person.key, person.form)
    people = (name for name in names if name.kind == "person")
    return {name: _print_name(_find_full(name, full, printed)) for name in people}


def _find_full(name: Name, full: Sequence[Name], printed: dict[str, str]) -> str:
    for part_of in (_ends, _begins):
        fitting = [person for person in full if part_of(person.words, name.words)]
        if fitting:
            before = [person for person in fitting if person.start < name.start]
            return printed[(before[-1] if before else fitting[0]).key]
    return printed.get(name.key, name.form)


def _ends(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return len(part) < len(whole) and whole[-len(part) :] == part


def _begins(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return len(part) == 1 < len(whole) and whole[0] == part[0]


def _print_name(form: str) -> str:
    """One blank between words; a name in capitals as books print it."""
    joined = " ".join(form.split())
    if joined.isupper() and len(joined) > _SHOUTED:
        return joined.title()
    return joined
