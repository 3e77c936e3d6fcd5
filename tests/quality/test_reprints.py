"""Reprints as wires and sites make them, of real articles: nearly all are found, and no others.

Each article of the corpus is changed in one of five ways by seeded code. The corpus itself holds
about two hundred pairs that share most of their words, and many more that share a paragraph.
"""

from __future__ import annotations

import random
import re
import tarfile
from typing import TYPE_CHECKING

import pytest

from dateline.text.folding import fold_name
from dateline.text.sentences import split_sentences
from indexer.knowledge.marks import STRETCH, sketch_text
from indexer.knowledge.reprints import find_pairs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.corpora
FLOOR = 0.97
SHARED = 0.5
"""A pair of which the smaller one has less than this in the larger one is no pair of reprints."""
BOILERPLATE = (
    "Sign up to our newsletter and have the best of the week in your inbox every Friday morning.",
    "This story was first published by our partners and is printed here with their permission.",
    "The editors are glad to hear of errors; write to the desk, naming the headline and the day.",
    "All prices were correct when the article went to press and may have changed since then.",
)


@pytest.fixture(scope="module")
def bodies(corpora: Path) -> list[str]:
    with tarfile.open(corpora / "bbc-news.tar.xz") as packed:
        files = [
            packed.extractfile(each).read()  # type: ignore[union-attr]  # a file has content
            for each in packed
            if each.isfile() and "/News Articles/" in each.name
        ]
    return [each.decode("utf-8", "replace").partition("\n")[2].strip() for each in files]


def drop_sentences(body: str, chance: random.Random) -> str:
    spans = split_sentences(body, 0)
    return " ".join(body[span.start : span.end] for span in spans if chance.random() > 0.2)


def keep_first_half(body: str, _chance: random.Random) -> str:
    words = body.split()
    return " ".join(words[: len(words) // 2])


def add_boilerplate(body: str, _chance: random.Random) -> str:
    return "\n".join([BOILERPLATE[0], body, *BOILERPLATE[1:]])


def edit_words(body: str, chance: random.Random) -> str:
    """A wire desk's hand: one word in thirty goes, is doubled or becomes another."""
    words = body.split()
    for place in range(len(words)):
        if chance.random() < 1 / 30:
            words[place] = chance.choice(["", f"{words[place]} indeed", "reportedly"])
    return " ".join(words)


def print_anew(body: str, _chance: random.Random) -> str:
    """Other quotes, other line ends, headlines in capitals."""
    lines = re.sub(r"(?<=[.!?]) ", "\n", body.replace('"', "“").replace("'", "\u2019")).split("\n")
    return "\n\n".join([lines[0].upper(), *lines[1:]])


@pytest.mark.parametrize(
    "change", [drop_sentences, keep_first_half, add_boilerplate, edit_words, print_anew]
)
def test_a_changed_copy_is_found(
    bodies: list[str], change: Callable[[str, random.Random], str]
) -> None:
    chance = random.Random(2005)
    copies = [change(body, chance) for body in bodies]
    sketches = [sketch_text(text) for text in [*bodies, *copies]]
    pairs = {pair for pair, _ in find_pairs(sketches)}
    found = sum((each, each + len(bodies)) in pairs for each in range(len(bodies)))
    assert found / len(bodies) >= FLOOR, f"{found} of {len(bodies)}"


def test_no_two_articles_that_share_less_than_half_are_a_pair(bodies: list[str]) -> None:
    stretches = [list_stretches(body) for body in bodies]
    pairs = [pair for pair, _ in find_pairs([sketch_text(body) for body in bodies])]
    shares = {pair: share(*(stretches[each] for each in pair)) for pair in pairs}
    assert [pair for pair, shared in shares.items() if shared < SHARED] == []
    assert len(pairs) >= 120


def list_stretches(body: str) -> set[tuple[str, ...]]:
    words = fold_name(body).split()
    return {tuple(words[at : at + STRETCH]) for at in range(len(words) - STRETCH + 1)}


def share(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / min(len(one), len(other))
