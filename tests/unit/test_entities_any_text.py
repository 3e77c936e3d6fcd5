"""Whatever a text looks like and a model says of it, the rules end and their names fit it."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import get_args

from indexer.entities.names import Kind, Name, Page, read_page, straighten
from indexer.entities.rules import apply_rules, build_entities

PIECES = (
    *("U.S.", "The", "(", "ABC", ")", "Inc", ",", "and", "of", "Bank", "Mr", "Jane", "Smith", "\n"),
    *("1", "2-0", "GMT", "<ABC>", "news", "ORLEN", "'s", "Park", "-", "é", "İ", "ß", "“", "II"),
    *("CEO", "Group", "[", "]", "A.", "St", "Va.", "(NYSE:", "in", "AS-Roma", "\u200b", "Ǆ", "ﬁ"),
)


def _draw_text(chance: random.Random) -> str:
    pieces = (chance.choice(PIECES) for _ in range(chance.randint(0, 25)))
    return "".join(piece + chance.choice(("", " ", " ")) for piece in pieces)


def _draw_names(page: Page, chance: random.Random) -> list[Name]:
    names, at = [], 0
    while at < len(page.text):
        start = chance.randint(at, len(page.text) - 1)
        end = chance.randint(start + 1, min(len(page.text), start + 20))
        names.append(page.cut(start, end, chance.choice(get_args(Kind))))
        at = end + 1
    return names


def test_the_rules_end_and_their_names_stand_in_the_text_side_by_side() -> None:
    chance = random.Random(7)
    for _ in range(3000):
        text = _draw_text(chance)
        page = read_page(straighten(text))
        names = apply_rules(_draw_names(page, chance), page)
        mentions = build_entities(names, page, text).mentions
        assert all(one.end <= other.start for one, other in pairwise(names))
        assert all(text[m.start : m.end] == m.form and m.form and m.name for m in mentions)
