"""Persons' names that may be one. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from indexer.entities.given import is_given_name
from indexer.librarian.candidates import Candidate, pair_alike, pair_edited, pair_short
from indexer.librarian.likeness import (
    are_initials,
    drop_generation,
    is_shorter,
    person_words,
    romanise,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.librarian.candidates import Counts, Words


def iter_people(counts: Counts) -> Iterator[Candidate]:
    """Candidates among these persons; a pair may come for several reasons."""
    words = {name: person_words(name) for name in counts}
    full = {name: each for name, each in words.items() if len(each) > 1}
    bare = {name: drop_generation(each) for name, each in full.items()}
    yield from _pair_surnames(counts, words, bare)
    yield from _pair_within_surnames(counts, bare)
    turned = ((" ".join(sorted(each)), name) for name, each in full.items())
    yield from pair_alike("person", counts, turned, "the same words in another order", 0.8)
    romanised = ((romanise(each), name) for name, each in full.items())
    yield from pair_alike("person", counts, romanised, "the same by sound", 0.7)
    yield from pair_edited("person", counts, full)


def _pair_surnames(counts: Counts, words: Words, full: Words) -> Iterator[Candidate]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for name, each in full.items():
        if len(each[0]) > 1:
            bearers[each[-1]].append(name)
    single = [name for name, each in words.items() if len(each) == 1]
    given = dict.fromkeys(name for name in single if is_given_name(name))

    def find(short: str) -> Sequence[str]:
        return bearers[words[short][-1]]

    surnames = [name for name in single if name not in given]
    yield from pair_short("person", counts, surnames, find, "surname", 0.9)
    yield from pair_short("person", counts, given, find, "given name or surname", 0.4)


def _pair_within_surnames(counts: Counts, full: Words) -> Iterator[Candidate]:
    """Initials and middle names, among the names of one surname and one first letter."""
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, each in full.items():
        blocks[each[-1], each[0][0]].append(name)

    for names in blocks.values():
        shorts = [name for name in names if any(len(word) == 1 for word in full[name][:-1])]

        def find(short: str, names: Sequence[str] = names) -> Sequence[str]:
            return [name for name in names if are_initials(full[short], full[name])]

        yield from pair_short("person", counts, shorts, find, "initials", 1.0)
        for short in names:
            for long in names:
                if is_shorter(full[short], full[long]):
                    name, into = sorted((short, long), key=lambda each: (counts[each], each))
                    yield Candidate("person", name, into, "one has a word more between", 0.6)
