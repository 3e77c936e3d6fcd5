"""The lines of a text as parts of a page: which are prose, where the body is, what is said twice.

Nothing is decided here; `furniture` does that by what this module and `line_features` tell.
"""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from dateline.text.furniture_words import PAGE_WORDS
from dateline.text.lines import ends_sentence, is_long, line_key
from dateline.text.promos import is_promo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Place = Literal["head", "body", "tail"]
Shingle = tuple[str, str, str, str]
Kind = Literal["prose", "ended", "open"]

READ = 400
"""So many code points of a line are looked at; what a line is shows at its start and its end."""

_FIRST_SIGN = itemgetter(0)
_WORD = re.compile(r"[^\W_]++(?:['’.-][^\W_]++)*+")
_PROSE_WORDS, _PROSE_SMALL = 10, 0.4
_CONTENT_LETTERS = 4
_WORTH, _COST, _PAGE_WORD_COST, _SENTENCE_WORTH = 60, 7, 5, 2
_SHORTEST_SENTENCE, _SHORTEST_QUESTION = 4, 3
_FEWEST_SHINGLES, _SAID_AGAIN, _LONGER = 3, 0.8, 1.2
_LABEL = re.compile(r"[^:]{2,40}:(?=\s|$)")
_FEWEST_ROWS, _ROW_SHARE, _LONGEST_ROW = 3, 0.25, 6
_SAFE_WORDS, _SAFE_PAGE_WORDS = 12, 2
_LONGEST_TEASER = 30
_MOST_COPIES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line by itself; `page_words` counts the words that pages say of themselves."""

    text: str
    key: str
    words: tuple[str, ...]
    small: float
    kind: Kind
    page_words: int
    promo: bool

    @property
    def is_prose(self) -> bool:
        """Is this a sentence or more, long enough and not all capitals?"""
        return self.kind == "prose"

    @property
    def content(self) -> set[str]:
        """The words that are long enough to mean something."""
        return {word for word in self.words if len(word) >= _CONTENT_LETTERS}


@dataclass(frozen=True, slots=True)
class Page:
    """Lines and their body (`start` to `end`, half-open).

    `counts` says how often each key stands there, `echoes` which lines are said in others as well,
    `labels` which begin with a label that recurs, `rows` which belong to a table or list, `runs`
    how many lines without prose stand together where each line is (0: it is prose).
    """

    lines: tuple[Line, ...]
    start: int
    end: int
    counts: Counter[str]
    echoes: tuple[bool, ...]
    labels: tuple[bool, ...]
    rows: tuple[bool, ...]
    runs: tuple[int, ...]

    def place(self, index: int) -> Place:
        """Whether a line stands before, in or after the body."""
        return "head" if index < self.start else "tail" if index >= self.end else "body"

    def count_lines(self, words: set[str]) -> Counter[str]:
        """In how many lines of the body's prose each of the words stands."""
        body = self.lines[self.start : self.end]
        held = (words.intersection(line.words) for line in body if line.is_prose)
        return Counter(chain.from_iterable(held))

    @property
    def body_words(self) -> int:
        """How many words the body's prose has."""
        return sum(len(line.words) for line in self.lines[self.start : self.end] if line.is_prose)


def read_page(texts: Sequence[str]) -> Page:
    """The lines of a text, in order, as a page."""
    lines = tuple(_read_line(text) for text in texts)
    labels = tuple(_recurring_labels(lines))
    runs = tuple(_runs(lines))
    counts = Counter(line.key for line in lines)
    return Page(
        lines,
        *_body([_worth(line, counts) for line in lines]),
        counts,
        tuple(_echoes(lines)),
        labels,
        tuple(_rows(lines, labels)),
        runs,
    )


def is_repeat(page: Page, index: int) -> bool:
    """Is the line said twice, word for word?"""
    key = page.lines[index].key
    return page.counts[key] > 1 and is_long(key)


def is_alone(page: Page, index: int) -> bool:
    """Is this prose between two lines that are none, as a teaser below its headline?"""
    lines = page.lines
    return 0 < index < len(lines) - 1 and [
        line.is_prose for line in lines[index - 1 : index + 2]
    ] == [False, True, False]


def is_plain_prose(page: Page, index: int) -> bool:
    """Prose of the body about which nothing speaks of the page or of other stories."""
    line = page.lines[index]
    return (
        line.is_prose
        and page.place(index) == "body"
        and len(line.words) >= _SAFE_WORDS
        and line.page_words <= _SAFE_PAGE_WORDS
        and not page.echoes[index]
        and not alternates(page, index)
    )


def alternates(page: Page, index: int) -> bool:
    """Headline, sentence, headline, sentence: two teasers at least, none of them long."""
    if len(page.lines[index].words) > _LONGEST_TEASER:
        return False
    return is_alone(page, index) and (is_alone(page, index - 2) or is_alone(page, index + 2))


def _read_line(text: str) -> Line:
    found = _WORD.findall(text[:READ])
    words = tuple("\n".join(found).casefold().split("\n")) if found else ()
    small = sum(map(str.islower, map(_FIRST_SIGN, found))) / max(1, len(found))
    ended = ends_sentence(text)
    prose = ended and len(words) >= _PROSE_WORDS and small >= _PROSE_SMALL
    page_words = sum(map(PAGE_WORDS.__contains__, words))
    kind: Kind = "prose" if prose else "ended" if ended else "open"
    return Line(text, line_key(text), words, small, kind, page_words, is_promo(text))


def _body(worths: Sequence[int]) -> tuple[int, int]:
    """The stretch of lines with the greatest sum of worth (Pasternack and Roth, WWW 2009)."""
    best, start, end = 0, 0, 0
    total, first = 0, 0
    for index, worth in enumerate(worths):
        if total <= 0:
            total, first = 0, index
        total += worth
        if total > best:
            best, start, end = total, first, index + 1
    return start, end


def _worth(line: Line, counts: Counter[str]) -> int:
    """Captions that stand twice do not part a body."""
    if counts[line.key] > 1 and is_long(line.key):
        return -1
    if line.promo:
        return -_COST
    if line.is_prose:
        return min(len(line.words), _WORTH) - _COST - _PAGE_WORD_COST * line.page_words
    if line.kind == "ended" and not line.page_words and len(line.words) > _SHORTEST_SENTENCE:
        return _SENTENCE_WORTH
    asks = line.text.endswith("?") and len(line.words) >= _SHORTEST_QUESTION
    return 0 if asks and not line.page_words else -_COST


def _echoes(lines: Sequence[Line]) -> list[bool]:
    """Which lines say again what a longer line says, or an earlier one: pull quotes, teasers."""
    groups = [_shingles(line.key) for line in lines]
    counts = Counter(chain.from_iterable(groups))
    repeated = {group for group, count in counts.items() if count > 1}
    often = [_is_mostly(line, repeated) for line in groups]
    if not any(often):
        return often
    places: dict[Shingle, list[int]] = {}
    for index, line in enumerate(groups):
        for group in set(line):
            places.setdefault(group, []).append(index)
    return [mostly and _is_said(index, groups, places) for index, mostly in enumerate(often)]


def _is_mostly(groups: Sequence[Shingle], repeated: set[Shingle]) -> bool:
    """Do four of five word groups stand in the text more than once?"""
    twice = sum(map(repeated.__contains__, groups))
    return len(groups) >= _FEWEST_SHINGLES and twice >= _SAID_AGAIN * len(groups)


def _is_said(
    index: int, groups: Sequence[Sequence[Shingle]], places: dict[Shingle, list[int]]
) -> bool:
    """Do four of five of the line's word groups stand in one other line, longer or before it?"""
    shared: Counter[int] = Counter()
    for group in groups[index]:
        if len(places[group]) <= _MOST_COPIES:  # more are a list's, and would cost square time
            shared.update(other for other in places[group] if other != index)
    return any(
        count >= _SAID_AGAIN * len(groups[index])
        and (other < index or len(groups[other]) > _LONGER * len(groups[index]))
        for other, count in shared.most_common(2)
    )


def _shingles(key: str) -> list[Shingle]:
    words = key.split(" ")
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


def _recurring_labels(lines: Sequence[Line]) -> list[bool]:
    """Which lines begin with a label that begins three lines or more ("Price: 4", "Price: 5")."""
    found = [None if line.promo else _LABEL.match(line.text) for line in lines]
    counts = Counter(label[0] for label in found if label)
    return [label is not None and counts[label[0]] >= _FEWEST_ROWS for label in found]


def _runs(lines: Sequence[Line]) -> Iterator[int]:
    for prose, group in groupby(lines, key=lambda line: line.is_prose):
        length = sum(1 for _ in group)
        yield from [0 if prose else length] * length


def _rows(lines: Sequence[Line], labels: Sequence[bool]) -> Iterator[bool]:
    """The lines of runs without prose that read as the article's own table or list."""
    crawled = any(line.promo for line in lines)
    pairs = zip(lines, labels, strict=True)
    for prose, group in groupby(pairs, key=lambda pair: pair[0].is_prose):
        run = list(group)
        rows = not prose and (_is_labelled(run) or (not crawled and _is_listing(run)))
        yield from (rows and not line.page_words for line, _ in run)


def _is_labelled(run: Sequence[tuple[Line, bool]]) -> bool:
    """Do a quarter of the lines begin with labels that recur?"""
    labelled = sum(label for _, label in run)
    return labelled >= _FEWEST_ROWS and labelled >= _ROW_SHARE * len(run)


def _is_listing(run: Sequence[tuple[Line, bool]]) -> bool:
    """Lines too short for headlines ("Orlen 3, Sarn 1"), in a text without any link or prompt."""
    words = sum(len(line.words) for line, _ in run)
    return len(run) > _FEWEST_ROWS and words < _LONGEST_ROW * len(run)
