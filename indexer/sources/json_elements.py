"""A stream of JSON → the bytes of each record in it, one at a time, in bounded memory.

What counts as a record: each element of a list, of the list under "articles" (as NewsAPI answers),
or each value that stands by itself, one after another. Only brackets and strings are read here; a
record is parsed later, so a broken one costs its neighbours nothing. A string may not hold a raw
newline (RFC 8259, 7): one that is not closed ends there, and the list goes on behind its record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal

from indexer.sources.values import MAX_ARTICLE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 256 * 1024
_STRUCTURE = re.compile(rb'["{}\[\],]')
_STRING_END = re.compile(rb'["\\\n]')
_LIST_KEY = re.compile(rb'"articles"\s*:\s*\Z')
_LIST_KEY_REACH = 64
_BLANK = b" \t\r\n"

Fault = Literal["too_large", "cut_off"]


@dataclass(frozen=True, slots=True)
class Element:
    """The bytes of one record and its number, from 1; `fault` says why it is not whole."""

    number: int
    content: bytes
    fault: Fault | None = None


class _Scanner:
    """Cuts records out of a stream; `buffer` begins at the current record or before it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.buffer = bytearray()
        self.position = 0
        self.start: int | None = None
        self.depth = 0
        self.base = 0
        self.in_string = False
        self.dropping = False
        self.number = 0

    def elements(self) -> Iterator[Element]:
        while chunk := self.stream.read(_CHUNK):
            self.buffer += chunk
            yield from self._scan()
            self._forget()
        yield from self._flush()

    def _scan(self) -> Iterator[Element]:
        while self.position < len(self.buffer):
            if self.in_string:
                self._pass_string()
                continue
            if self.start is None and not self._find_start():
                return
            found = _STRUCTURE.search(self.buffer, self.position)
            if found is None:
                self.position = len(self.buffer)
                return
            self.position = found.end()
            if (element := self._meet(found[0], found.start())) is not None:
                yield element

    def _pass_string(self) -> None:
        found = _STRING_END.search(self.buffer, self.position)
        if found is None:
            self.position = len(self.buffer)
        elif found[0] == b"\\":
            if found.end() == len(self.buffer) and (more := self.stream.read(_CHUNK)):
                self.buffer += more
            self.position = found.end() + 1
        else:
            self.in_string = False
            self.position = found.end()

    def _find_start(self) -> bool:
        """Go to the next record's first byte; a list's own brackets and commas are passed."""
        while self.position < len(self.buffer):
            byte = self.buffer[self.position]
            if byte in _BLANK or byte == ord(","):
                self.position += 1
            elif byte == ord("[") and self.base == 0:
                self.base, self.depth = 1, 1
                self.position += 1
            elif byte in b"]}" and self.depth == self.base:
                self.base = self.depth = max(self.depth - 1, 0)
                self.position += 1
            else:
                self.start = self.position
                return True
        return False

    def _meet(self, token: bytes, at: int) -> Element | None:
        if token == b'"':
            self.in_string = True
        elif token == b"[" and self._is_article_list(at):
            self.base = self.depth = 2
            self.start = None
        elif token in b"[{":
            self.depth += 1
        elif token == b"," and self.depth == self.base:
            return self._cut(at)
        elif token in b"]}":
            return self._close(at)
        return None

    def _is_article_list(self, at: int) -> bool:
        if self.base != 0 or self.depth != 1:
            return False
        return bool(_LIST_KEY.search(self.buffer, max(at - _LIST_KEY_REACH, 0), at))

    def _close(self, at: int) -> Element | None:
        if self.depth == self.base:
            self.base = self.depth = max(self.depth - 1, 0)
            return self._cut(at)
        self.depth -= 1
        return self._cut(at + 1) if self.depth == self.base else None

    def _cut(self, end: int) -> Element | None:
        start, dropped = self.start, self.dropping
        self.start, self.dropping = None, False
        if dropped or start is None:
            return None
        self.position = end
        if (content := bytes(self.buffer[start:end]).strip()) == b"":
            return None
        self.number += 1
        return Element(self.number, content)

    def _forget(self) -> None:
        raise NotImplementedError

    def _flush(self) -> Iterator[Element]:
        raise NotImplementedError
