"""The source of an HTML page → its tags and its text, each with its place in the source.

Only as much of HTML's tokenizer as places need: no tree is built, and what no tag closes ends with
the page. Every pattern takes time linear in the source.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.documents import Run, TracedText

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*+(?:>|\Z)"
_ATTRIBUTES = r"""(?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^>])*+"""
_MARKUP = re.compile(
    rf"{_COMMENT}|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?"""
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
UNREAD = frozenset({"script", "style", "template"})
_RAW = UNREAD | {"textarea", "title", "iframe", "noembed", "noframes", "xmp"}
"""Elements whose content holds no tags."""
_CLOSINGS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


Place = tuple[int, int]
"""A stretch of the source, half-open."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: `start` and `end` are its place, `attributes` and `inner` places in the source.

    `inner` is what an element that can hold no tags holds, else None.
    """

    name: str
    start: int
    end: int
    closes: bool
    attributes: Place
    inner: Place | None = None


def iter_tokens(source: str, start: int = 0, end: int | None = None) -> Iterator[Tag | Place]:
    """Tags, and the places of the texts between them, in order.

    Comments, and what scripts, styles and templates hold, are passed over.
    """
    position, last = start, len(source) if end is None else end
    while (found := _MARKUP.search(source, position, last)) is not None:
        if position < found.start():
            yield position, found.start()
        position = found.end()
        if found["name"] is None:
            continue
        name, closes = found["name"].lower(), bool(found["close"])
        inner = None
        if name in _RAW and not closes:
            inner = (position, _end_of_raw(source, position, last, name))
            position = inner[1]
        yield Tag(name, found.start(), found.end(), closes, found.span("attributes"), inner)
        if inner is not None and name not in UNREAD:
            yield inner
    if position < last:
        yield position, last


def iter_tags(source: str) -> Iterator[Tag]:
    """Every tag of a page in order."""
    return (token for token in iter_tokens(source) if isinstance(token, Tag))


def _end_of_raw(source: str, start: int, last: int, name: str) -> int:
    closing = _CLOSINGS[name].search(source, start, last)
    return closing.start() if closing else last


def iter_attributes(source: str, tag: Tag) -> Iterator[tuple[str, int, int]]:
    """Name, in lower case, and place of the value of each attribute of a tag."""
    for found in _ATTRIBUTE.finditer(source, *tag.attributes):
        group = found.lastindex or 1
        place = found.span(group) if group > 1 else (found.end(), found.end())
        yield found[1].lower(), *place


def read_attributes(source: str, tag: Tag) -> dict[str, Place]:
    """The places of a tag's values; of two attributes of one name the first counts."""
    places: dict[str, Place] = {}
    for name, start, end in iter_attributes(source, tag):
        places.setdefault(name, (start, end))
    return places


def read_text(source: str, start: int = 0, end: int | None = None) -> TracedText:
    """What stands between the tags, in order, as it is read: character references are repairs.

    Scripts, styles and templates say nothing; comments part nothing.
    """
    builder = TextBuilder(source)
    for token in iter_tokens(source, start, end):
        if not isinstance(token, Tag):
            builder.add(*token)
    return builder.read()


def read_value(source: str, start: int, end: int) -> TracedText:
    """A stretch without tags, its character references read."""
    builder = TextBuilder(source)
    builder.add(start, end)
    return builder.read()


class TextBuilder:
    """Puts a traced text together out of stretches of the source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def add(self, start: int, end: int) -> None:
        """Add a stretch without tags."""
        if start >= end:
            return
        if self._source.find("&", start, end) < 0:
            self._copy(start, end)
            return
        position = start
        for found in _REFERENCE.finditer(self._source, start, end):
            sign = html.unescape(found[0])
            if sign != found[0]:
                self._copy(position, found.start())
                self._append(sign, found.start(), found.end() - found.start())
                position = found.end()
        self._copy(position, end)

    def read(self) -> TracedText:
        """What was added so far."""
        return TracedText("".join(self._parts), tuple(self._runs))

    def _copy(self, start: int, end: int) -> None:
        if start < end:
            self._append(self._source[start:end], start, None)

    def _append(self, text: str, start: int, original_length: int | None) -> None:
        if text:
            self._parts.append(text)
            self._runs.append(Run(self._length, start, len(text), original_length))
            self._length += len(text)
