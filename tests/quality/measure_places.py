"""Places: facets per document on labelled news, countries of Reuters stories, names in context.

`cd tests; python -m quality.measure_places CORPORA` prints the figures, and each sentence of
golds/places.json (ours) whose places are not those that a reader takes from it.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.figures import Figure, share
from quality.label_sets import read_rows
from quality.scoring import Score, read_corpus, score_corpus
from quality.scoring_reuters import read_stories

from indexer.entities import EntityText, open_finder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import Entities
    from indexer.entities import EntityFinder

_STORIES = 1_500
_REACH = {"testa": 0.85, "wikigold": 0.73}
_DRAWS, _SEED = 1_000, 20_161
HALVES = ("develop", "held out")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text of ours, its half, the places it must (`wanted`) and must not name (`refused`).

    So with `people` and `nobody`; `countries` are those that its places may lie in, if it says so.
    """

    half: str
    text: str
    wanted: frozenset[str]
    refused: frozenset[str]
    countries: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()

    def is_right(self, found: Entities) -> bool:
        """Whether all that is wanted and nothing that is refused is in the facets."""
        names = {place.name for place in found.places}
        abroad = {place.country for place in found.places if place.country} - self.countries
        people = frozenset(found.people)
        return (
            names >= self.wanted
            and names.isdisjoint(self.refused)
            and not (self.countries and abroad)
            and people >= self.people
            and people.isdisjoint(self.nobody)
        )


def figures(corpora: Path) -> list[Figure]:
    """Every figure of places; `reach` is what is asked for."""
    finder = open_finder()
    labelled = [each for member in _REACH for each in _label_figures(corpora, finder, member)]
    return [*labelled, _country_figure(corpora, finder), *sentence_figures(finder)]


def _label_figures(corpora: Path, finder: EntityFinder, member: str) -> list[Figure]:
    documents = read_corpus(corpora / "ner-dev.tar.xz", member)
    found = _find(finder, [document.text for document in documents])
    scores = score_corpus(documents, found)
    return [
        *_facet_figures(f"{member}, facet", scores.places, _REACH[member]),
        *_facet_figures(f"{member}, facet of resolved names alone", scores.resolved, None),
    ]


def _facet_figures(measure: str, score: Score, reach: float | None) -> list[Figure]:
    return [
        Figure("places", f"{measure}: F1", score.f1 / 100, score.wanted, reach=reach),
        Figure("places", f"{measure}: precision", score.precision / 100, score.found),
        Figure("places", f"{measure}: recall", score.recall / 100, score.wanted),
    ]


def _country_figure(corpora: Path, finder: EntityFinder) -> Figure:
    """F1 of the countries of 1,500 stories, with the bootstrap's interval over stories."""
    stories = read_stories(corpora / "reuters21578-sgml.tar.xz", _STORIES)
    found = _find(finder, [text for text, _ in stories])
    counts = [
        _count({place.country for place in entities.places if place.country}, wanted)
        for entities, (_, wanted) in zip(found, stories, strict=True)
    ]
    drawn = random.Random(_SEED)
    draws = sorted(_f1(drawn.choices(counts, k=len(counts))) for _ in range(_DRAWS))
    interval = (draws[_DRAWS // 40], draws[-_DRAWS // 40])
    return Figure("places", "Reuters, countries: F1", _f1(counts), len(counts), interval, 0.87)


def _count(found: set[str], wanted: set[object]) -> tuple[int, int]:
    """Countries right, and both sides together."""
    return len(found & wanted), len(found) + len(wanted)


def _f1(counts: Sequence[tuple[int, int]]) -> float:
    return 2 * sum(right for right, _ in counts) / sum(both for _, both in counts)


def read_sentences() -> list[Sentence]:
    """The sentences of ours, half of them not looked at while rules were written."""
    return [_read_sentence(row) for row in read_rows("places")]


def _read_sentence(row: dict[str, Any]) -> Sentence:
    sets = (frozenset(row.get(of, ())) for of in ("places", "not", "countries", "people", "nobody"))
    return Sentence(row["half"], row["text"], *sets)


def judge(finder: EntityFinder, sentences: Sequence[Sentence]) -> list[bool]:
    """Whether each sentence's places are those that a reader takes from it."""
    found = _find(finder, [sentence.text for sentence in sentences])
    return [each.is_right(entities) for each, entities in zip(sentences, found, strict=True)]


def sentence_figures(finder: EntityFinder) -> list[Figure]:
    """Sentences right, of either half."""
    halves = {half: [s for s in read_sentences() if s.half == half] for half in HALVES}
    return [
        share("places", f"names in context, {half}", sum(judge(finder, of)), len(of))
        for half, of in halves.items()
    ]


def _find(finder: EntityFinder, texts: Sequence[str]) -> list[Entities]:
    return finder.find([EntityText(text, 0, "en") for text in texts])


def _show_wrong() -> str:
    finder, sentences = open_finder(), [s for s in read_sentences() if s.half == "develop"]
    found = _find(finder, [sentence.text for sentence in sentences])
    rows = (
        f"{sentence.text}\n    {[place.name for place in entities.places]}, {entities.people}"
        for sentence, entities in zip(sentences, found, strict=True)
        if not sentence.is_right(entities)
    )
    return "\n".join(rows)


if __name__ == "__main__":
    shown = [str(figure) for figure in figures(Path(sys.argv[1]))]
    print("\n".join([*shown, _show_wrong()]))  # noqa: T201 - the one thing this is run for
