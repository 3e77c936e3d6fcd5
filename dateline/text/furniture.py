"""Page furniture: lines around and inside an article that no pattern names.

A careless crawl leaves menus, captions, bylines, teasers and widgets as lines among the article's.
Each line that is not plain prose of the body is weighed: the sum of its features' weights at its
place (before, in or after the body) is the logarithm of the odds that the newsroom wrote it as part
of the article. What is far enough below even goes; in doubt a line stays.
"""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from dateline.text.characters import CAPITALS
from dateline.text.furniture_weights import WEIGHTS
from dateline.text.line_features import (
    is_biography_like,
    is_caption_like,
    is_headline_like,
    iter_around,
    iter_own,
    iter_shared,
    iter_whole,
    name_distance,
)
from dateline.text.page_lines import is_plain_prose, is_repeat, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.documents import TracedText
    from dateline.text.page_lines import Page, Place

_COLUMN: dict[Place, int] = {"head": 0, "body": 1, "tail": 2}
_LIMIT: dict[Place, float] = {"head": -1.5, "body": -2.5, "tail": -1.2}
_RUNNING_LIMIT, _NEAR_LIMIT = -2.5, -3.5
_RUNNING_WORDS, _RUNNING_SMALL, _FEW_PAGE_WORDS = 20, 0.6, 2
_DATELINE = re.compile(
    rf"[{CAPITALS}][{CAPITALS} .'’-]+(?:,\s[{CAPITALS}][\w. ]{{1,20}})?\s*[-–—]\Z"
)
_FEWEST_BODY_WORDS = 40
_LAST_LINES = 4  # of the body, among which an author may be introduced
_LEAD_IN_WORDS = 5


def drop_furniture(lines: Sequence[TracedText]) -> list[TracedText]:
    """The lines without page furniture; all of them where there is too little prose to tell.

    Links and prompts are left to the rules that know them, and of lines said twice the headline.
    """
    page = read_page([line.text for line in lines])
    if page.body_words < _FEWEST_BODY_WORDS:
        return list(lines)
    low = {index for index, odds in weigh(page).items() if odds < _limit(page, index)}
    copies = Counter(page.lines[index].key for index in low)
    return [
        line
        for index, line in enumerate(lines)
        if index not in low or _stays_elsewhere(page, index, copies)
    ]


def _limit(page: Page, index: int) -> float:
    """The odds below which a line goes; running text needs more doubt, most of all by the body."""
    line, limit = page.lines[index], _LIMIT[page.place(index)]
    if not (line.is_prose or (len(line.words) >= _RUNNING_WORDS and line.small >= _RUNNING_SMALL)):
        return limit
    if index in {page.start - 1, page.end} and line.page_words <= _FEW_PAGE_WORDS:
        return _NEAR_LIMIT
    return limit if line.page_words else min(limit, _RUNNING_LIMIT)


def _stays_elsewhere(page: Page, index: int, low: Counter[str]) -> bool:
    """Does another copy of the line stay? Then `lines.drop_repeats` has to choose between them."""
    key = page.lines[index].key
    return is_repeat(page, index) and low[key] < page.counts[key]


def weigh(page: Page) -> dict[int, float]:
    """The log odds of being the article's own, for each line that is to be weighed."""
    return {
        index: _sum_weights(features, _COLUMN[page.place(index)])
        for index, features in iter_features(page)
    }


def _sum_weights(features: Sequence[str], column: int) -> float:
    return sum(WEIGHTS[name][column] for name in features if name in WEIGHTS)


def iter_features(page: Page) -> Iterator[tuple[int, list[str]]]:
    """Each line that is to be weighed, by number, with the names of its features."""
    weighed = [index for index in range(len(page.lines)) if _is_weighed(page, index)]
    if not weighed:
        return
    content = set(chain.from_iterable(page.lines[index].content for index in weighed))
    vocabulary, whole = page.count_lines(content), list(iter_whole(page))
    standing = _standing(page)
    for index in weighed:
        yield (
            index,
            [
                "any",
                *iter_own(page.lines[index]),
                *iter_shared(page, index, vocabulary),
                *iter_around(page, index),
                *whole,
                name_distance(page, index),
                *standing.get(index, ()),
            ],
        )


def _is_weighed(page: Page, index: int) -> bool:
    line = page.lines[index]
    if line.promo or page.rows[index] or _DATELINE.match(line.text):
        return False
    if is_repeat(page, index):
        return not line.is_prose and page.place(index) != "head"
    if not is_plain_prose(page, index) or is_caption_like(line):
        return True
    return index >= page.end - _LAST_LINES and is_biography_like(line)


def _standing(page: Page) -> Mapping[int, tuple[str, ...]]:
    """What a line's place among headlines, links and lists says, where it says something."""
    found: dict[int, tuple[str, ...]] = {}
    headlines, linked, listing = 0, False, False
    for index, line in enumerate(page.lines):
        told = (_headline_turn(page, index, headlines), "linked" * linked, "listing" * listing)
        found[index] = tuple(name for name in told if name)
        headlines += is_headline_like(line)
        linked = line.promo or (linked and not (line.is_prose and not line.page_words))
        opens = (
            line.text.endswith(":") and len(line.words) >= _LEAD_IN_WORDS and not line.page_words
        )
        listing = opens or (listing and not line.is_prose)
    return found


def _headline_turn(page: Page, index: int, headlines: int) -> str:
    if index >= page.start:
        return ""
    if is_headline_like(page.lines[index]):
        return "first headline" if headlines == 0 else "later headline"
    return "" if headlines else "above headline"
