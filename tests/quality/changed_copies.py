"""Copies of articles as wires and sites make them, by seeded code, and what may not be one."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from quality.corpus_files import read_bbc

from dateline.text.folding import fold_name
from dateline.text.sentences import split_sentences
from indexer.knowledge.marks import STRETCH, sketch_text
from indexer.knowledge.reprints import find_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from indexer.knowledge.marks import Sketch

    Change = Callable[[str, random.Random], str]

SEED = 2005
SHARED = 0.5
"""A pair of which the smaller one has less than this in the larger one is no pair of reprints."""
BOILERPLATE = (
    "Sign up to our newsletter and have the best of the week in your inbox every Friday morning.",
    "This story was first published by our partners and is printed here with their permission.",
    "The editors are glad to hear of errors; write to the desk, naming the headline and the day.",
    "All prices were correct when the article went to press and may have changed since then.",
)


def read_bodies(corpora: Path) -> list[str]:
    """The 2,225 BBC articles without their headlines."""
    return [text.partition("\n")[2].strip() for text in read_bbc(corpora).values()]


def drop_sentences(body: str, chance: random.Random) -> str:
    """One sentence in five is gone."""
    spans = split_sentences(body, 0)
    return " ".join(body[span.start : span.end] for span in spans if chance.random() > 0.2)


def keep_first_half(body: str, _chance: random.Random) -> str:
    """The first half of the words."""
    words = body.split()
    return " ".join(words[: len(words) // 2])


def add_boilerplate(body: str, _chance: random.Random) -> str:
    """A line of the site above, three below."""
    return "\n".join([BOILERPLATE[0], body, *BOILERPLATE[1:]])


def edit_words(body: str, chance: random.Random) -> str:
    """A wire desk's hand: one word in thirty goes, is doubled or becomes another."""
    words = body.split()
    for place in range(len(words)):
        if chance.random() < 1 / 30:
            words[place] = chance.choice(["", f"{words[place]} indeed", "reportedly"])
    return " ".join(words)


def say_twice(body: str, chance: random.Random) -> str:
    """The first sentence also stands above as headline, and one in ten again as pull quote."""
    sentences = [body[span.start : span.end] for span in split_sentences(body, 0)]
    lines = [each for each in sentences for _ in range(1 + (chance.random() < 0.1))]
    return "\n".join([*sentences[:1], *sentences[:1], *lines])


def print_anew(body: str, _chance: random.Random) -> str:
    """Other quotes, other line ends, headlines in capitals."""
    lines = re.sub(r"(?<=[.!?]) ", "\n", body.replace('"', "“").replace("'", "\u2019")).split("\n")
    return "\n\n".join([lines[0].upper(), *lines[1:]])


CHANGES: dict[str, Change] = {
    "20 % of sentences dropped": drop_sentences,
    "boilerplate added": add_boilerplate,
    "wire edit": edit_words,
    "repeats": say_twice,
    "printed anew": print_anew,
    "first half only": keep_first_half,
}


def sketch_all(bodies: Iterable[str]) -> list[Sketch]:
    """What is kept of each article to find its reprints."""
    return [sketch_text(body) for body in bodies]


def count_found(
    bodies: Sequence[str], originals: Sequence[Sketch], change: Change, step: int = 1
) -> int:
    """How many changed copies, of every `step`th, are found as reprints, all originals beside."""
    chance = random.Random(SEED)
    copied = range(0, len(bodies), step)
    copies = sketch_all(change(bodies[each], chance) for each in copied)
    pairs = {pair for pair, _ in find_pairs([*originals, *copies])}
    return sum((each, at) in pairs for at, each in enumerate(copied, len(bodies)))


def share_of_pairs(bodies: Sequence[str], originals: Sequence[Sketch]) -> list[float]:
    """Of each pair found among the originals, how much of the smaller one is in the larger one."""
    stretches = [list_stretches(body) for body in bodies]
    pairs = [pair for pair, _ in find_pairs(originals)]
    return [share(stretches[one], stretches[other]) for one, other in pairs]


def list_stretches(body: str) -> set[tuple[str, ...]]:
    """Every run of `STRETCH` words."""
    words = fold_name(body).split()
    return {tuple(words[at : at + STRETCH]) for at in range(len(words) - STRETCH + 1)}


def share(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """How much of the smaller set is in the larger one."""
    return len(one & other) / min(len(one), len(other))
