"""Reprints as wires and sites make them, of real articles: nearly all are found, and no others.

Each article of the corpus is changed by seeded code. The corpus itself holds about two hundred
pairs that share most of their words, and many more that share a paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quality.changed_copies import (
    CHANGES,
    SHARED,
    count_found,
    read_bodies,
    share_of_pairs,
    sketch_all,
)
from quality.measure_reprints import REACH

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.knowledge.marks import Sketch

pytestmark = pytest.mark.corpora

EVERY = 5
"""Of so many articles one is copied; `make quality` copies all (measure_reprints)."""


@pytest.fixture(scope="module")
def bodies(corpora: Path) -> list[str]:
    return read_bodies(corpora)


@pytest.fixture(scope="module")
def originals(bodies: list[str]) -> list[Sketch]:
    return sketch_all(bodies)


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_found(bodies: list[str], originals: list[Sketch], change: str) -> None:
    found = count_found(bodies, originals, CHANGES[change], EVERY)
    copied = len(bodies[::EVERY])
    assert found / copied >= REACH, f"{found} of {copied}"


def test_no_two_articles_that_share_less_than_half_are_a_pair(
    bodies: list[str], originals: list[Sketch]
) -> None:
    shares = share_of_pairs(bodies, originals)
    assert [shared for shared in shares if shared < SHARED] == []
    assert len(shares) >= 120
