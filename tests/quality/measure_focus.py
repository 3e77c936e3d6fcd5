"""Summaries about a name or a query: of two sentences, how many a reader would take (focus.md).

cd tests; python -m quality.measure_focus CORPORA
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from quality.article_texts import read_article, short_hash
from quality.figures import Figure, share
from quality.label_names_and_focus import read_rows
from quality.summary_texts import read_sentences

from dateline.documents import Span
from dateline.summaries import SummaryOptions, summarize_stored
from dateline.text.spans import original_span

if TYPE_CHECKING:
    from collections.abc import Sequence

STAGE = "focus summaries"
SENTENCES, REACH = 2, 0.8
_DRAWS, _SEED = 1_000, 20_261


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts on the sentences given for one pair; `half` is 0 or 1 by hash."""

    focus: str
    verdicts: tuple[bool, ...]
    half: int


def figures(corpora: Path) -> list[Figure]:
    """Precision at 2, as typed and in small letters, by half; how many sentences are given."""
    judged = judge_all(corpora)
    small = judge_all(corpora, small=True)
    halves = [[pair for pair in judged if pair.half == half] for half in (0, 1)]
    given = sum(len(pair.verdicts) for pair in judged)
    return [
        _precision("precision@2", judged, REACH),
        *(_precision(f"precision@2, half {half}", part) for half, part in enumerate(halves)),
        _precision("precision@2, typed in small letters", small),
        share(STAGE, "sentences given of two a pair", given, SENTENCES * len(judged)),
    ]


def judge_all(corpora: Path, *, small: bool = False) -> list[Judged]:
    """The product's two sentences for every labelled pair, judged."""
    items, golds = read_rows("focus-items"), read_rows("focus")
    return [
        _judge(corpora, item, [item["sentences"][number] for number in gold["right"]], small=small)
        for item, gold in zip(items, golds, strict=True)
    ]


def _judge(
    corpora: Path, item: dict[str, str], right: list[tuple[int, int, str]], *, small: bool
) -> Judged:
    text = read_article(corpora, item["file"], item["document"])
    article, sentences = read_sentences(text)
    focus = item["focus"].lower() if small else item["focus"]
    options = SummaryOptions(sentences=SENTENCES, focus=focus)
    taken = summarize_stored(article.text.text, sentences, options).sentences
    places = [
        original_span(article.text.runs, Span(sentence.start, sentence.end))
        for sentence in taken
        if sentence.start is not None and sentence.end is not None
    ]
    verdicts = tuple(_is_right(text, place, right) for place in places if place)
    return Judged(item["focus"], verdicts, int(short_hash(text), 16) % 2)


def _is_right(text: str, place: Span, right: list[tuple[int, int, str]]) -> bool:
    """Half of its letters and digits or more stand in sentences that a reader accepts."""
    letters = [at for at in range(place.start, place.end) if text[at].isalnum()]
    inside = sum(any(start <= at < end for start, end, _ in right) for at in letters)
    return 2 * inside >= len(letters)


def _precision(measure: str, judged: Sequence[Judged], reach: float | None = None) -> Figure:
    """Of two sentences a pair; one that is not given counts as wrong. The interval draws pairs."""
    right = [sum(pair.verdicts) for pair in judged]
    drawn = random.Random(_SEED)
    draws = sorted(fmean(drawn.choices(right, k=len(right))) / SENTENCES for _ in range(_DRAWS))
    interval = (draws[_DRAWS // 40], draws[-_DRAWS // 40])
    count = SENTENCES * len(judged)
    return Figure(STAGE, measure, sum(right) / count, count, interval, reach)


if __name__ == "__main__":
    for told in figures(Path(sys.argv[1])):
        low, high = told.interval or (told.value, told.value)
        sys.stdout.write(
            f"{told.measure:38} {told.value:.3f} [{low:.3f}, {high:.3f}] of {told.count}\n"
        )
