"""A stream of JSON → the bytes of each record in it, one at a time, in bounded memory.

What counts as a record: each element of a list, of the list under "articles" (as NewsAPI answers),
or each value that stands by itself, one after another. Only brackets and strings are read here; a
record is parsed later, so a broken one costs its neighbours nothing. A string may not hold a raw
newline (RFC 8259, 7), so one that is not closed ends there; a record whose brackets do not close is
given up where the next one begins in the same manner.
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
_BRACKET = re.compile(rb'["{}\[\]]')
_STRING_REST = rb'[^"\\\n]*+(?:\\.[^"\\\n]*+)*+["\n]'
_STRING = re.compile(_STRING_REST, re.DOTALL)
_STRINGS = re.compile(rb'(?:[^"{}\[\]]*+"' + _STRING_REST + rb")*+", re.DOTALL)
_STRING_END = re.compile(rb'["\\\n]')
_LIST_KEY = re.compile(rb'"articles"\s*:\s*\Z')
_REACH = 256
"""Bytes kept before the scanner, to see the key of a list and the indentation of a record."""
_NEXT_IN_LINE = re.compile(rb",\s*(?=\{\s*\")")
_OPENER = {b"]": b"[", b"}": b"{"}
_BLANK = b" \t\r\n"

Fault = Literal["too_large", "cut_off"]


@dataclass(frozen=True, slots=True)
class Element:
    """The bytes of one record and its number, from 1; `fault` says why it is not whole."""

    number: int
    content: bytes
    fault: Fault | None = None


def iter_elements(stream: BinaryIO) -> Iterator[Element]:
    """Yield the records of a JSON stream; a byte order mark before them is passed."""
    return _Scanner(stream).elements()


class _Scanner:
    """`open` holds the open brackets; records begin where there are `level` of them.

    `level` is 0 for records that stand alone, 1 in a list, 2 in the list under "articles". `start`
    is where the current record begins in `buffer`; `skipping` says that we are in the rest of the
    object round "articles"; `dropping` that the current record is too large to keep.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._position = 0
        self._start: int | None = None
        self._open = bytearray()
        self._level = self._number = 0
        self._in_string = self._skipping = self._dropping = False

    def elements(self) -> Iterator[Element]:
        while chunk := self._stream.read(_CHUNK):
            self._buffer += chunk
            if self._number == 0 and self._buffer[:3] == b"\xef\xbb\xbf":
                del self._buffer[:3]
            yield from self._scan()
            if self._size() > MAX_ARTICLE_BYTES:
                yield from self._give_up("too_large")
                yield from self._scan()
            self._forget()
        while self._start is not None:
            yield from self._give_up("cut_off")
            yield from self._scan()

    def _size(self) -> int:
        if self._start is None or self._dropping:
            return 0
        return len(self._buffer) - self._start

    def _scan(self) -> Iterator[Element]:
        while self._position < len(self._buffer):
            if self._in_string:
                self._pass_string()
            elif self._between_records():
                self._find_start()
            elif found := self._find_token():
                self._position = found.end()
                yield from self._meet(found[0], found.start())
            else:
                self._position = len(self._buffer)

    def _find_token(self) -> re.Match[bytes] | None:
        """The next sign that counts: deep in a record neither commas nor whole strings do."""
        if len(self._open) <= self._level:
            return _STRUCTURE.search(self._buffer, self._position)
        passed = _STRINGS.match(self._buffer, self._position)
        return _BRACKET.search(self._buffer, passed.end() if passed else self._position)

    def _between_records(self) -> bool:
        return self._start is None and len(self._open) == self._level and not self._skipping

    def _open_string(self) -> None:
        """Pass a string that ends in the buffer at once; of a longer one wait for the rest."""
        found = _STRING.match(self._buffer, self._position)
        self._in_string = found is None
        if found:
            self._position = found.end()

    def _pass_string(self) -> None:
        found = _STRING_END.search(self._buffer, self._position)
        if found is None:
            self._position = len(self._buffer)
        elif found[0] == b"\\":
            self._position = found.end() + 1
        else:
            self._in_string = False
            self._position = found.end()

    def _find_start(self) -> None:
        byte = self._buffer[self._position]
        if byte == ord("[") and self._level == 0:
            self._level, self._open[:] = 1, b"["
        elif byte in b"]}":
            self._leave_list()
        elif byte not in _BLANK and byte != ord(","):
            self._start = self._position
            return
        self._position += 1

    def _leave_list(self) -> None:
        del self._open[max(self._level - 1, 0) :]
        self._skipping = bool(self._open)
        self._level = 0

    def _meet(self, token: bytes, at: int) -> Iterator[Element]:
        if token == b'"':
            self._open_string()
        elif token == b"[" and self._opens_articles(at):
            self._start, self._level = None, 2
            self._open += token
        elif token in _OPENER.values():
            self._open += token
        elif token in _OPENER:
            yield from self._close(_OPENER[token], at)
        elif len(self._open) == self._level > 0:
            yield from self._cut(at)

    def _opens_articles(self, at: int) -> bool:
        if (self._level, len(self._open)) != (0, 1) or self._skipping:
            return False
        return bool(_LIST_KEY.search(self._buffer, max(at - _REACH, 0), at))

    def _close(self, opener: bytes, at: int) -> Iterator[Element]:
        """Go back to the bracket that is closed; a record that never opened it is broken."""
        opened = self._open.rfind(opener, self._level)
        if opened >= 0:
            del self._open[opened:]
            if len(self._open) == self._level:
                self._skipping = False
                yield from self._cut(at + 1)
        elif len(self._open) > self._level:
            yield from self._give_up("cut_off", at)
        else:
            yield from self._cut(at)
            self._leave_list()

    def _cut(self, end: int) -> Iterator[Element]:
        start, dropped = self._start, self._dropping
        self._start, self._dropping = None, False
        if start is not None and not dropped and (content := bytes(self._buffer[start:end])):
            self._number += 1
            yield Element(self._number, content.rstrip())

    def _give_up(self, fault: Fault, end: int | None = None) -> Iterator[Element]:
        """End a record that does not close: before the next one if that shows, or at `end`."""
        start, self._start = self._start, None
        if start is None or self._dropping:
            del self._open[self._level :]
            return
        self._number += 1
        following = self._next_start(start)
        if following is None and fault == "too_large":
            self._start, self._dropping = start, True
            yield Element(self._number, b"", fault)
            return
        last = len(self._buffer) if end is None else end
        last = last if following is None else following
        self._start, self._position, self._in_string = following, last, False
        del self._open[self._level :]
        yield Element(self._number, bytes(self._buffer[start:last]), "cut_off")

    def _next_start(self, start: int) -> int | None:
        """Where a record begins behind `start` as this one does: same indentation, or in a line."""
        line = self._buffer.rfind(b"\n", max(start - _REACH, 0), start)
        indent = bytes(self._buffer[line + 1 : start])
        if line >= 0 and not indent.strip():
            found = self._buffer.find(b"\n" + indent + b"{", start)
            return None if found < 0 else found + 1 + len(indent)
        match = _NEXT_IN_LINE.search(self._buffer, start)
        return match.end() if match else None

    def _forget(self) -> None:
        """Drop what lies behind us; a record that is being dropped needs no bytes."""
        keep = self._position if self._start is None or self._dropping else self._start
        cut = max(min(keep, len(self._buffer)) - _REACH, 0)
        del self._buffer[:cut]
        self._position -= cut
        if self._start is not None:
            self._start = max(self._start - cut, 0)
