"""The sentences that may stand in a summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.summaries.words import find_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.summaries.values import SentenceList


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may stand in a summary.

    `document` counts the texts, `position` all sentences of its text, `depth` the candidates of its
    text; all from 0. `words` are its words as `find_words` gives them.
    """

    document: int
    position: int
    depth: int
    text: str
    words: tuple[str, ...]


def find_candidates(documents: Sequence[SentenceList]) -> list[Candidate]:
    """The eligible sentences of all texts, in order; one said again in the same words is left out."""
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
        words = tuple(find_words(sentence)) if eligible else ()
        if words in seen:
            continue
        seen.add(words)
        yield Candidate(number, position, depth, sentence, words)
        depth += 1
