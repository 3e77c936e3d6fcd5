"""Marks the user's words in stored text, as Elasticsearch's unified highlighter marks them.

A word is marked in all its forms, a phrase as one span. A word that the tokenizer cuts into several
is marked where all of them stand in the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.documents import Span
from dateline.search.embedded.analysis import exact_words, placed_words, stemmed_words
from dateline.search.embedded.sloppy import iter_sloppy
from dateline.search.queries import Fuzzy, Phrase, Prefix, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dateline.search.asking import Leaf
    from dateline.search.embedded.analysis import Forms

    Test = Callable[[Forms], bool]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of stored text: its turn among all of them, and where it stands."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What a leaf looks for: words that pass its tests, in a row (within `slop`) if a phrase."""

    tests: tuple[Test, ...]
    phrase: bool = False
    slop: int = 0


class Marker:
    """Finds the words of a question in texts. What it learnt of a word serves the next text."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._sought = [_seek(leaf) for leaf in leaves]
        self._tests = [
            (number, turn, test)
            for number, sought in enumerate(self._sought)
            for turn, test in enumerate(sought.tests)
        ]
        self._passed: dict[Forms, tuple[tuple[int, int], ...]] = {}

    def find_spans(self, text: str) -> tuple[Span, ...]:
        """Where they stand in this text: sorted, disjoint spans of code points."""
        found: dict[tuple[int, int], list[Token]] = {}
        for turn, (forms, start, end) in enumerate(placed_words(text)):
            passed = self._passed.get(forms)
            for place in self._try(forms) if passed is None else passed:
                found.setdefault(place, []).append(Token(turn, start, end))
        spans = {
            span
            for number, sought in enumerate(self._sought)
            for span in _read_spans(
                sought, [found.get((number, turn), []) for turn in range(len(sought.tests))]
            )
        }
        return tuple(_disjoint(sorted(spans)))

    def _try(self, forms: Forms) -> tuple[tuple[int, int], ...]:
        passed = tuple((number, turn) for number, turn, test in self._tests if test(forms))
        self._passed[forms] = passed
        return passed


def _seek(leaf: Leaf) -> Sought:
    match leaf:
        case Word(text):
            return Sought(tuple(map(_is_form, stemmed_words(text))))
        case Phrase(text, slop):
            words = exact_words(text)
            return Sought(tuple(map(_is_exact, words)), phrase=len(words) > 1, slop=slop)
        case Prefix(text):
            *whole, begun = exact_words(text) or [""]
            return Sought((*map(_is_exact, whole), *([_begins(begun)] if begun else [])))
        case Fuzzy(text, edits):
            return Sought(tuple(_is_near(word, edits) for word in exact_words(text)))


def _read_spans(sought: Sought, passed: Sequence[Sequence[Token]]) -> Iterator[Span]:
    """Spans of what passed, if every test was passed by some word."""
    if not all(passed):
        return
    if not sought.phrase:
        for some in passed:
            for token in some:
                yield Span(token.start, token.end)
        return
    by_turn = {token.turn: token for some in passed for token in some}
    known: dict[tuple[int, ...], list[int]] = {}  # copies of a word share one list
    turns = [
        known.setdefault(tuple(each), each) for each in ([t.turn for t in some] for some in passed)
    ]
    for first, last in iter_sloppy(turns, sought.slop) if sought.slop else _iter_exact(turns):
        yield Span(by_turn[first].start, by_turn[last].end)


def _is_form(word: str) -> Test:
    return lambda forms: forms[0] == word


def _is_exact(word: str) -> Test:
    return lambda forms: forms[1] == word


def _begins(word: str) -> Test:
    return lambda forms: forms[1].startswith(word)


def _is_near(word: str, edits: int) -> Test:
    return lambda forms: is_within(word, forms[1], edits)


def is_within(one: str, other: str, edits: int) -> bool:
    """Whether so many edits make one word the other; a swap of neighbours counts one."""
    if abs(len(one) - len(other)) > edits:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one):
        earlier, before, row = before, row, [at + 1]
        for place, letter in enumerate(other):
            cost = min(before[place + 1], row[place]) + 1
            cost = min(cost, before[place] + (sign != letter))
            if at and place and sign == other[place - 1] and one[at - 1] == letter:
                cost = min(cost, earlier[place - 1] + 1)
            row.append(cost)
        if min(row) > edits:
            return False
    return row[-1] <= edits


def _iter_exact(turns: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """First and last word of each place where all words follow one another."""
    following = [(place, set(some)) for place, some in enumerate(turns)]
    for first in turns[0]:
        if all(first + place in there for place, there in following):
            yield first, first + len(turns) - 1


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    """Sorted spans, those that overlap made one."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
