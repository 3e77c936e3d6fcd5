"""The sentences that a summarizer weighs, and which of them may stand in a summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.summaries.words import find_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.summaries.values import SentenceList


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a text; one that is not `eligible` is weighed, but stands in no summary.

    `document` counts the texts, `position` all sentences of its text, `depth` the eligible ones
    before it in its text; all from 0. `words` are its words as `find_words` gives them.
    """

    document: int
    position: int
    depth: int
    text: str
    words: tuple[str, ...]
    eligible: bool


def find_candidates(documents: Sequence[SentenceList]) -> list[Candidate]:
    """The sentences of all texts, in order, without empty ones and any that repeats another.

    Ineligible ones are weighed because half of an article may be quotes that cannot stand alone,
    and yet tell what it is about.
    """
    seen: set[tuple[str, ...]] = {()}
    return [
        candidate
        for number, document in enumerate(documents)
        for candidate in _iter_new(number, document, seen)
    ]


def _iter_new(
    number: int, document: SentenceList, seen: set[tuple[str, ...]]
) -> Iterator[Candidate]:
    depth = 0
    pairs = zip(document.sentences, document.eligible, strict=True)
    for position, (sentence, eligible) in enumerate(pairs):
        words = tuple(find_words(sentence))
        if words in seen:
            continue
        seen.add(words)
        yield Candidate(number, position, depth, sentence, words, eligible)
        depth += eligible
