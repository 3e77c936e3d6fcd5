"""Rule 0b: `[Name]` that the model left unlabelled, read again without its brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from indexer.entities.names import Name, add_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.entities.names import Page

_BRACKETED = re.compile(r"\[([A-Z][^\W\d_]*(?:[ '-][^\W\d_]+){0,3})\]")

_MOST, _REACH = 50, 1000  # a line without end, or of brackets alone, must not be read for ever


@dataclass(frozen=True, slots=True)
class SecondReading:
    """A line without brackets to read again; where in it, and in the text, the name stands."""

    line: str
    start: int
    end: int
    text_start: int


def find_second_readings(names: Sequence[Name], page: Page) -> list[SecondReading]:
    """The lines to read again, one per bracketed name without a label."""
    if "[" not in page.text:
        return []
    matches = islice(_BRACKETED.finditer(page.text), _MOST)
    return [_read_again(match, page.text) for match in matches if not _is_labelled(match, names)]


def _is_labelled(match: re.Match[str], names: Sequence[Name]) -> bool:
    return any(name.start < match.end() and match.start() < name.end for name in names)


def _read_again(match: re.Match[str], text: str) -> SecondReading:
    before = text[max(0, match.start() - _REACH) : match.start()].rpartition("\n")[2]
    after = text[match.end() : match.end() + _REACH].partition("\n")[0]
    before, after = (_BRACKETED.sub(r"\1", part) for part in (before, after))
    line = before + match[1] + after
    return SecondReading(line, len(before), len(before) + len(match[1]), match.start(1))


def add_second_readings(
    names: Sequence[Name], read: Iterable[tuple[SecondReading, Sequence[Name]]], page: Page
) -> list[Name]:
    """Takes of each second reading the label of its bracketed name alone."""
    found = []
    for reading, seen in read:
        length = reading.end - reading.start
        found += [
            page.cut(reading.text_start, reading.text_start + length, name.kind)
            for name in seen
            if name.start <= reading.start and reading.end <= name.end
        ]
    return add_names(names, found)
