"""Counters of shares and comments: lines of a bare number above and below an article."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from dateline.text.lines import count_words, ends_sentence
from dateline.text.promos import is_promo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import TracedText

_NUMBER = re.compile(r"(?!(?:1[89]|20)\d\d\Z)\d[\d.,]{0,9}\s?[kKmM]?\+?")
_PROSE_WORDS = 10
_MOST = 4
"""Numbers in a row that a bar of buttons has; more are a table's."""


def drop_counters(lines: Sequence[TracedText]) -> list[TracedText]:
    """The lines without bare numbers beside the article's prose.

    Between headline and prose several in a row go, or one that stands by a button ("Share"): one
    alone may be what the article is about. Below the last prose those go that follow it or a button
    and end the text or stand before one. Years, tables and numbers inside the article stay.
    """
    texts = [line.text for line in lines]
    if not any(map(_is_number, texts)):
        return list(lines)
    prose = [index for index, text in enumerate(texts) if _is_prose(text)]
    if not prose:
        return list(lines)
    gone = set(_iter_counters(texts, prose[0], prose[-1]))
    return [line for index, line in enumerate(lines) if index not in gone]


def _iter_counters(texts: Sequence[str], first: int, last: int) -> Iterator[int]:
    outside = [*range(first), *range(last + 1, len(texts))]
    for numbers, group in groupby(outside, key=lambda at: (_is_number(texts[at]), at < first)):
        run = list(group)
        if not numbers[0] or len(run) > _MOST:
            continue
        above = run[0] == last + 1 or (run[0] > 0 and is_promo(texts[run[0] - 1]))
        below = run[-1] + 1 == len(texts) or is_promo(texts[run[-1] + 1])
        if (above and below) if run[0] > last else (above or below or len(run) > 1):
            yield from run


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _is_prose(text: str) -> bool:
    return ends_sentence(text) and count_words(text) >= _PROSE_WORDS
