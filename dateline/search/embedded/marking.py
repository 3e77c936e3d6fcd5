"""Marks the user's words in stored text, as Elasticsearch's unified highlighter marks them.

A word is marked in all its forms, a phrase as one span. A word that the tokenizer cuts into several
is marked where all of them stand in the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.documents import Span
from dateline.search.embedded.analysis import (
    EXACT,
    exact_words,
    placed_words,
    shorten_word,
    stem,
    stemmed_words,
    words_of,
)
from dateline.search.queries import Fuzzy, Phrase, Prefix, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dateline.search.asking import Leaf

    Test = Callable[["Token"], bool]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of stored text: stemmed, exact, and where it stands."""

    stemmed: str
    exact: str
    start: int
    end: int


class Marker:
    """Finds the words of a question in texts."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves

    def find_spans(self, text: str) -> tuple[Span, ...]:
        """Where they stand in this text: sorted, disjoint spans of code points."""
        tokens = [
            Token(stem(word), shorten_word(word), start, end)
            for word, start, end in placed_words(text)
        ]
        found = sorted({span for leaf in self._leaves for span in _find(leaf, tokens)})
        return tuple(_disjoint(found))


def _find(leaf: Leaf, tokens: Sequence[Token]) -> Iterator[Span]:
    match leaf:
        case Phrase(text, slop):
            words = exact_words(text)
            if len(words) > 1:
                yield from _find_phrase(words, slop, tokens)
            else:
                yield from _find_all([_is_exact(word) for word in words], tokens)
        case Word(text):
            yield from _find_all([_is_form(word) for word in stemmed_words(text)], tokens)
        case Prefix(text):
            *whole, begun = exact_words(text) or [""]
            tests = [_is_exact(word) for word in whole]
            yield from _find_all([*tests, *([_begins(begun)] if begun else [])], tokens)
        case Fuzzy(text, edits):
            words = words_of(EXACT, text)
            yield from _find_all([_is_near(word, edits) for word in words], tokens)


def _find_all(tests: Sequence[Test], tokens: Sequence[Token]) -> Iterator[Span]:
    """Spans of the tokens that pass a test, if each test is passed by one."""
    passed = [[token for token in tokens if test(token)] for test in tests]
    if all(passed):
        for some in passed:
            for token in some:
                yield Span(token.start, token.end)


def _is_form(word: str) -> Test:
    return lambda token: token.stemmed == word


def _is_exact(word: str) -> Test:
    return lambda token: token.exact == word


def _begins(word: str) -> Test:
    return lambda token: token.exact.startswith(word)


def _is_near(word: str, edits: int) -> Test:
    known: dict[str, bool] = {}

    def test(token: Token) -> bool:
        near = known.get(token.exact)
        if near is None:
            near = known[token.exact] = is_within(word, token.exact, edits)
        return near

    return test


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


def _find_phrase(words: Sequence[str], slop: int, tokens: Sequence[Token]) -> Iterator[Span]:
    places: dict[str, list[int]] = {word: [] for word in words}
    for at, token in enumerate(tokens):
        if token.exact in places:
            places[token.exact].append(at)
    if not all(places.values()):
        return
    matches = _iter_sloppy(words, slop, places) if slop else _iter_exact(words, places)
    for first, last in matches:
        yield Span(tokens[first].start, tokens[last].end)


def _iter_exact(words: Sequence[str], places: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    following = [(offset, set(places[word])) for offset, word in enumerate(words)]
    for at in places[words[0]]:
        if all(at + offset in there for offset, there in following):
            yield at, at + len(words) - 1


def _iter_sloppy(
    words: Sequence[str], slop: int, places: dict[str, list[int]]
) -> Iterator[tuple[int, int]]:
    """First and last word of each match, as Lucene's SloppyPhraseMatcher finds them.

    The words' places, each less its turn in the phrase, lie within `slop`; the word that lags most
    moves on, and a match counts when moving it would make another one lag.
    """
    rest = [[at - turn for at in reversed(places[word])] for turn, word in enumerate(words)]
    heads = [some.pop() for some in rest]
    while True:
        low = heads.index(min(heads))
        others = min(head for turn, head in enumerate(heads) if turn != low)
        ended = not rest[low]
        if (ended or rest[low][-1] > others) and max(heads) - heads[low] <= slop:
            actual = [head + turn for turn, head in enumerate(heads)]
            if len(set(actual)) == len(actual):
                yield min(actual), max(actual)
        if ended:
            return
        heads[low] = rest[low].pop()


def _disjoint(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans cut where an earlier one reaches, as marks in a text can only be set one by one."""
    end = -1
    for span in spans:
        if span.end > end:
            yield Span(max(span.start, end), span.end)
            end = span.end
