"""Organisations' names that may be one. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dateline.text.function_words import FUNCTION_WORDS
from indexer.librarian.candidates import Candidate, pair_alike, pair_edited, pair_short
from indexer.librarian.likeness import (
    bare_company,
    find_acronym,
    organisation_words,
    romanise,
    spell_acronyms,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.librarian.candidates import Counts, Words
    from indexer.librarian.census import Census

_MORE = 2
"""Words that a longer name has more than its beginning, at most."""
_ENDINGS = 5
"""Names of several beginnings that end in a word which says no more than what kind they are."""


def iter_organisations(counts: Counts, census: Census) -> Iterator[Candidate]:
    """Candidates among these organisations; a pair may come for several reasons."""
    words = {name: organisation_words(name) for name in counts}
    full = {name: each for name, each in words.items() if len(each) > 1}
    yield from _pair_acronyms(counts, full, census)
    endings = ((" ".join(bare_company(each)), name) for name, each in words.items())
    reason = "the same but for its ending"
    yield from pair_alike("organisation", counts, endings, reason, 0.8)
    turned = ((_sort_words(each), name) for name, each in full.items())
    reason = "the same words, but for their order and little ones"
    yield from pair_alike("organisation", counts, turned, reason, 0.8)
    romanised = ((romanise(each), name) for name, each in full.items())
    yield from pair_alike("organisation", counts, romanised, "the same by sound", 0.6)
    yield from pair_edited("organisation", counts, full)
    yield from _pair_beginnings(counts, words)
    yield from _pair_siblings(counts, words)


def _sort_words(words: Sequence[str]) -> str:
    return " ".join(sorted(word for word in words if word not in FUNCTION_WORDS)) or " ".join(words)


def _pair_acronyms(counts: Counts, full: Words, census: Census) -> Iterator[Candidate]:
    spelt: dict[str, list[str]] = defaultdict(list)
    for name, words in full.items():
        for acronym in spell_acronyms(words):
            spelt[acronym].append(name)
    for name in counts:
        if bearers := spelt.get(find_acronym(name), []):
            together = {each: census.count_together("organisation", name, each) for each in bearers}
            into = min(bearers, key=lambda each: (-together[each], -counts[each], each))
            share = counts[into] / sum(counts[each] for each in bearers)
            met = together[into] / counts[name]
            weight = 0.5 + 0.4 * met if met else 0.3 * share
            yield Candidate("organisation", name, into, "acronym", weight, joint=True)


def _pair_beginnings(counts: Counts, words: Words) -> Iterator[Candidate]:
    """A name, and the longer one that begins with it."""
    longer: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, each in words.items():
        for more in range(1, min(_MORE + 1, len(each))):
            longer[each[:-more]].append(name)

    def find(short: str) -> Sequence[str]:
        return longer[words[short]]

    shorts = [name for name in counts if words[name] in longer]
    yield from pair_short("organisation", counts, shorts, find, "beginning", 0.5)


def _pair_siblings(counts: Counts, words: Words) -> Iterator[Candidate]:
    """Two names that differ in a last word alone, which says what kind of thing each is.

    Only where what is left is a name by itself. Such last words are learned from the names.
    """
    heads: dict[str, set[str]] = defaultdict(set)
    for each in words.values():
        if len(each) > 1:
            heads[each[-1]].add(each[0])
    known = set(words.values())
    forms = (
        (" ".join(each[:-1]), name)
        for name, each in words.items()
        if len(each) > 1 and each[:-1] in known and len(heads[each[-1]]) >= _ENDINGS
    )
    yield from pair_alike("organisation", counts, forms, "the same but for a last word", 0.2)
