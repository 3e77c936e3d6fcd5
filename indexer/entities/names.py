"""What the rules work on: names found in a text, and the words it writes with a capital.

Every rule is a pure function (names, page, tables) -> names; names are sorted and never overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from indexer.entities.spelling import name_key, name_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

Kind = Literal["person", "place", "organisation", "other"]

CAPITALS = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
_CAPITAL_WORD = re.compile(  # the capital comes first, so that it is looked for at C's pace
    rf"[{CAPITALS}](?<!\w[{CAPITALS}])\w*(?:[-'](?!s\b)\w+|\.(?=[{CAPITALS}]\b)\w)*"
)
_STRAIGHT = {
    **dict.fromkeys("\u2019\u2018\u02bc`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
}
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]")  # the letters that flags are made of


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of the text that names something; `form` is how it is written there.

    `key` is the folded form, `words` its words: every rule asks for them.
    """

    start: int
    end: int
    kind: Kind
    form: str
    key: str = field(init=False, repr=False, compare=False)
    words: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", name_key(self.form))
        object.__setattr__(self, "words", name_words(self.form))

    def part(self, span: tuple[int, int]) -> Name:
        """The name that stands at this span of the form."""
        start, end = span
        if end - start == len(self.form):
            return self
        return Name(self.start + start, self.start + end, self.kind, self.form[start:end])

    def retyped(self, kind: Kind) -> Name:
        """The same stretch as a name of another kind."""
        return self if kind == self.kind else Name(self.start, self.end, kind, self.form)


class Word(NamedTuple):
    """A word with a capital; `joined` if one blank alone parts it from the capital word before.

    A page has a hundred: a tuple is made in half the time of a frozen dataclass.
    """

    start: int
    end: int
    form: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A straightened text and its capitalised words, found by form and by folded form as well."""

    text: str
    words: Sequence[Word]
    places: Mapping[str, Sequence[int]]
    keys: Mapping[str, Sequence[int]]

    def cut(self, start: int, end: int, kind: Kind) -> Name:
        """The name that stands at start:end."""
        return Name(start, end, kind, self.text[start:end])

    def is_articled(self, name: Name) -> bool:
        """Whether "the" stands directly before a name."""
        start = name.start - len("the ")
        if not self.text.endswith(("the ", "The ", "THE "), 0, name.start):
            return False
        return start <= 0 or not (self.text[start - 1].isalnum() or self.text[start - 1] == "_")

    def word_before(self, name: Name) -> str:
        """What stands before a name and one blank, back to the blank before; as it is printed."""
        end = name.start - 1
        return self.text[self.text.rfind(" ", 0, end) + 1 : end] if end > 0 else ""

    def find_forms(self, forms: Container[str]) -> list[int]:
        """Which words, in order, are printed so."""
        return sorted(at for form, found in self.places.items() if form in forms for at in found)

    def find_words(self, keys: Container[str]) -> list[int]:
        """Which words, in order, have one of these folded forms."""
        return sorted(at for key, found in self.keys.items() if key in keys for at in found)


def straighten(text: str) -> str:
    """The text with straight quotes and without flags, one code point for one: offsets hold."""
    if text.isascii():
        return text.replace("`", "'")
    for sign, straight in _STRAIGHT.items():
        text = text.replace(sign, straight)
    return _FLAGS.sub(" ", text)


def read_page(text: str) -> Page:
    """The capitalised words of a straightened text."""
    words: list[Word] = []
    places: dict[str, list[int]] = defaultdict(list)
    last = -1
    for match in _CAPITAL_WORD.finditer(text):
        start, end = match.span()
        joined = 0 <= last == start - 1 and text[last] == " "
        places[match[0]].append(len(words))
        words.append(Word(start, end, match[0], joined))
        last = end
    keys: dict[str, list[int]] = {}
    for form, found in places.items():
        keys.setdefault(name_key(form), []).extend(found)
    return Page(text, words, places, keys)


def iter_lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def holds_word(text: str, word: str, glue: str = "_") -> bool:
    """Whether a word stands in the text with no letter, digit or sign of `glue` beside it."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        around = text[max(0, at - 1) : at] + text[end : end + 1]
        if not any(sign.isalnum() or sign in glue for sign in around):
            return True
        at = text.find(word, at + 1)
    return False


def find_full_people(names: Iterable[Name]) -> list[Name]:
    """The people who are named by two words or more, in order."""
    return [name for name in names if name.kind == "person" and " " in name.key]


def collect_surnames(names: Iterable[Name]) -> frozenset[str]:
    """The folded last words of the full people."""
    return frozenset(name.words[-1] for name in find_full_people(names))


def collect_name_words(names: Iterable[Name]) -> frozenset[str]:
    """All folded words of the full people."""
    return frozenset(word for name in find_full_people(names) for word in name.words)


def add_names(names: Sequence[Name], found: Iterable[Name]) -> list[Name]:
    """The names and those of the found that touch none of them, in order."""
    found, merged = list(found), list(names)
    if not found:
        return merged
    starts = [name.start for name in merged]
    for name in found:
        at = bisect_left(starts, name.end)
        if at == 0 or merged[at - 1].end <= name.start:
            merged.insert(at, name)
            starts.insert(at, name.start)
    return merged


def put_names(names: Sequence[Name], found: Sequence[Name]) -> list[Name]:
    """The found and those of the names that touch none of them, in order."""
    if not found:
        return list(names)
    starts = [name.start for name in found]
    kept = [name for name in names if not _touches(name, found, starts)]
    return sorted([*kept, *found], key=lambda name: name.start)


def _touches(name: Name, found: Sequence[Name], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, name.end)
    return at > 0 and found[at - 1].end > name.start
