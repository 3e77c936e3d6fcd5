"""What an extractor left out of the article: its standfirst, and paragraphs like those it took."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from indexer.pages.aligning import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ROOMS = frozenset({"article", "main", "body", "html"})
_FEWEST_ALIKE = 3
_PROSE = 40
"""Signs without blanks that a paragraph holds at least."""
_STANDFIRST = re.compile(
    r"standfirst|stand-first|sub-?(?:head|title|headline|line|deck)|\bdek\b|\bdeck\b|excerpt|synopsis"
    r"|strapline|\bintro\b|\blede\b|article-?summary|kicker-?text|dropline|blurb",
    re.IGNORECASE,
)
_STANDFIRST_TAGS = ("p", "h2", "h3", "div", "span", "li", "strong")
_LONGEST_STANDFIRST = 600


def supplement(tree: Any, lines: Sequence[str], descriptions: Iterable[str]) -> list[str]:
    """Lines to be put among those found, as the tree has them."""
    taken = {fold(line) for line in lines}
    return [*_standfirst(tree, taken, descriptions), *_paragraphs_alike(tree, taken)]


def _paragraphs_alike(tree: Any, taken: set[str]) -> list[str]:
    """Paragraphs of the same kind and room as three that were taken, which were not."""
    rooms = {room: number for number, room in enumerate(tree.iter(*_ROOMS))}
    paragraphs = []
    chapter = 0
    for each in tree.iter("p", "h1"):
        if each.tag == "h1":
            chapter += 1
        else:
            paragraphs.append((_kind(each, rooms, chapter), fold(read(each)), each))
    kinds = Counter(kind for kind, text, _ in paragraphs if kind and text in taken)
    return [
        read(each)
        for kind, text, each in paragraphs
        if kind and len(text) >= _PROSE and text not in taken and kinds[kind] >= _FEWEST_ALIKE
    ]


def _kind(
    paragraph: Any, rooms: Mapping[Any, int], chapter: int
) -> tuple[str, str, int, int] | None:
    """What a paragraph stands in, and the room and the h1 that this belongs to."""
    parent = paragraph.getparent()
    around = parent.get("class") if parent is not None else None
    if not around:
        return None
    room = next((rooms[each] for each in paragraph.iterancestors() if each in rooms), -1)
    return parent.tag, around, room, chapter


def _standfirst(tree: Any, taken: set[str], descriptions: Iterable[str]) -> list[str]:
    """What stands under the headline and is the page's own description, or says to be one."""
    stated = {key for text in descriptions if (key := fold(text))}
    found: list[str] = []
    for each in _below_headline(tree, taken):
        text = fold(read(each))
        fits = _PROSE <= len(text) <= _LONGEST_STANDFIRST and text not in taken
        if fits and (text in stated or _STANDFIRST.search(each.get("class") or "")):
            found.append(read(each))
            taken.add(text)
    return found


def _below_headline(tree: Any, taken: set[str]) -> Iterable[Any]:
    """Elements from the h1 to the first paragraph that was taken."""
    headline = next(tree.iter("h1"), None)
    below = headline is None
    for each in tree.iter("h1", *_STANDFIRST_TAGS):
        if each is headline:
            below = True
        elif below and each.tag == "p" and fold(read(each)) in taken:
            return
        elif below:
            yield each


def read(element: Any) -> str:
    """The text of an element; see `slim`: there are no scripts in it."""
    return "".join(element.itertext())
