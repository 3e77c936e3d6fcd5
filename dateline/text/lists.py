"""Lists in a text: the marks before their items, and items that are no sentences."""

# ruff: noqa: RUF001  # typographic marks are what this module is about

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = re.compile(
    r"\s*(?:[•▪‣●◦■□►➤✓✔⁃∙]\s*|[-*·]\s+|\(?[a-z]\)\s+|\((?P<inside>\d{1,2})\)\s+"
    r"|(?P<number>\d{1,2})[.)]\s+)(?=\S)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_LONGEST_LABEL, _SMALL_IN_LABEL = 40, 2
_FEWEST_NAMES = 6
_SMALL_OF = 5
"""One small word for so many capital ones is an "and" or "capt" among names."""


def find_item_numbers(lines: Iterable[str]) -> frozenset[int]:
    """The numbers that lines begin with as items of a list do ("1.", "2)")."""
    found = (_MARK.match(line) for line in lines)
    return frozenset(int(_number(mark)) for mark in found if mark and _number(mark))


def find_item_start(line: str, numbers: frozenset[int]) -> int:
    """Where the words of a list's item begin, behind its mark; 0 where the line has none.

    A number is a mark where its neighbour is among the `numbers` of the text: "10. August war ein
    Sonntag" begins with a date.
    """
    mark = _MARK.match(line)
    if mark is None:
        return 0
    number = _number(mark)
    if number and numbers.isdisjoint((int(number) - 1, int(number) + 1)):
        return 0
    return mark.end()


def _number(mark: re.Match[str]) -> str:
    return mark["number"] or mark["inside"] or ""


def _is_label(text: str) -> bool:
    """A few words without a clause: "Subs not used", "Harbour Town (4-3-3)"."""
    small = sum(word[0].islower() for word in _WORD.findall(text))
    return len(text) <= _LONGEST_LABEL and small <= _SMALL_IN_LABEL


def is_name_list(sentence: str) -> bool:
    """Names between commas and hardly a word more: a team's line-up, scorers, a cast."""
    label, colon, rest = sentence.partition(": ")
    labelled = bool(colon) and _is_label(label)
    listed = rest if labelled else sentence
    if listed.count(",") + listed.count(";") < (1 if labelled else _FEWEST_NAMES - 1):
        return False
    words: list[str] = _WORD.findall(listed)
    small = sum(word[0].islower() for word in words)
    large = sum(word[0].isupper() for word in words)
    return large > 1 and small * _SMALL_OF <= large
