"""Summaries against people's, as the articles stand and with noise put in before cleaning.

cd tests; python -m quality.measure_summaries CORPORA

All systems stop by the same rule (DESIGN 5.14: whole sentences until 55 words). LEAD-55w takes the
first sentences of the text as it stands, noise and all: what a reader gets who cleans nothing. The
harder second line is LEAD-55w on what our cleaning leaves. Each system is given the same text.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from quality.article_texts import short_hash
from quality.figures import Figure
from quality.rouge import Rouge, rouge
from quality.summary_texts import (
    in_paragraphs,
    read_human_summaries,
    read_sentences,
    read_skeletons,
    with_our_noise,
    with_page_noise,
)

from dateline.summaries import count_words, summarize_stored, take_sentences
from dateline.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STAGE = "summaries"
RESAMPLES, SEED = 10_000, 1


@dataclass(frozen=True, slots=True)
class Compared:
    """One article's three summaries, scored against the person's; `half` is 0 or 1 by hash."""

    ours: Rouge
    lead: Rouge
    cleaned_lead: Rouge
    three: Rouge
    half: int


def figures(corpora: Path) -> list[Figure]:
    """ROUGE of ours and of the lead, and what ours is above it, as they stand and with noise."""
    pairs = read_human_summaries(corpora)
    clean = compare(pairs, plain)
    pages = partial(with_page_noise, skeletons=read_skeletons(corpora))
    told = [*_scores(clean), *_gains("as they stand", clean)]
    for name, noise in (("our noise", with_our_noise), ("noise of pages", pages)):
        told += _gains(name, compare(pairs, noise))
    return told


def compare(
    pairs: Sequence[tuple[str, str]], add_noise: Callable[[str, str], str]
) -> list[Compared]:
    """Articles with human summaries, with noise, summed up by each system."""
    return [
        _compare(add_noise(text, str(number)), human, int(short_hash(text), 16) % 2)
        for number, (text, human) in enumerate(pairs)
    ]


def plain(text: str, seed: str) -> str:
    """The article in paragraphs, without noise."""
    return "\n".join(in_paragraphs(text, seed))


def _compare(text: str, human: str, half: int) -> Compared:
    article, sentences = read_sentences(text)
    cleaned = article.text.text
    return Compared(
        ours=rouge(summarize_stored(cleaned, sentences).text, human),
        lead=rouge(lead(text, 0), human),
        cleaned_lead=rouge(lead(cleaned, article.body_start), human),
        three=rouge(" ".join(_sentences(text, 0)[:3]), human),
        half=half,
    )


def lead(text: str, body_start: int) -> str:
    """The first sentences of a text until they hold 55 words."""
    sentences = _sentences(text, body_start)
    taken = take_sentences(range(len(sentences)), lambda place: count_words(sentences[place]))
    return " ".join(sentences[place] for place in taken)


def _sentences(text: str, body_start: int) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, body_start)]


def _scores(compared: Sequence[Compared]) -> list[Figure]:
    bar = _mean([each.lead.one for each in compared])
    systems = {
        "ours": [each.ours for each in compared],
        "LEAD-55w": [each.lead for each in compared],
        "LEAD-3": [each.three for each in compared],
    }
    return [
        Figure(
            STAGE,
            f"ROUGE-{kind}, {name}",
            _mean(values),
            len(values),
            resample(values),
            bar if (name, kind) == ("ours", "1") else None,
        )
        for name, scores in systems.items()
        for kind, values in (
            ("1", [score.one for score in scores]),
            ("2", [score.two for score in scores]),
            ("L", [score.longest for score in scores]),
        )
    ]


def _gains(name: str, compared: Sequence[Compared]) -> list[Figure]:
    """What ours is above the lead; reached where the interval is above 0. The halves beside."""
    halves = [[each for each in compared if each.half == half] for half in (0, 1)]
    return [
        _gain(f"{name}: ROUGE-1 above LEAD-55w", compared, gain_over_lead, 0.0),
        *(
            _gain(f"{name}: the same, half {half}", part, gain_over_lead)
            for half, part in enumerate(halves)
        ),
        _gain(f"{name}: above LEAD-55w of the cleaned text", compared, _gain_over_cleaned),
    ]


def gain_over_lead(compared: Compared) -> float:
    """ROUGE-1 of ours above that of the text's own beginning."""
    return compared.ours.one - compared.lead.one


def _gain_over_cleaned(compared: Compared) -> float:
    return compared.ours.one - compared.cleaned_lead.one


def _gain(
    measure: str,
    compared: Sequence[Compared],
    gain: Callable[[Compared], float],
    reach: float | None = None,
) -> Figure:
    gains = [gain(each) for each in compared]
    interval = resample(gains)
    return Figure(STAGE, measure, _mean(gains), len(gains), interval, reach, certain=True)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def resample(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean; of differences it is the paired one."""
    chance = np.random.default_rng(SEED)
    drawn = chance.choice(np.asarray(values), (RESAMPLES, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


if __name__ == "__main__":
    for told in figures(Path(sys.argv[1])):
        low, high = told.interval or (told.value, told.value)
        sys.stdout.write(
            f"{told.measure:56} {told.value:6.4f} [{low:.4f}, {high:.4f}] of {told.count}\n"
        )
