"""A stream → its lines, in bounded memory however long one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from indexer.sources.values import MAX_ARTICLE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """The bytes of a line, and its number, from 1.

    A line over MAX_ARTICLE_BYTES is `too_large` and carries no bytes.
    """

    number: int
    content: bytes
    too_large: bool = False


def iter_lines(stream: BinaryIO, *, blank: bool = False, keep_ends: bool = False) -> Iterator[Line]:
    """Yield lines that end in a newline; blank ones, and line ends, only if asked.

    A byte order mark before the first line is passed.
    """
    number = 0
    while content := stream.readline(MAX_ARTICLE_BYTES + 1):
        number += 1
        whole = content.endswith(b"\n") or len(content) <= MAX_ARTICLE_BYTES
        if not whole:
            _pass_rest(stream)
        content = content.removeprefix(_MARK) if number == 1 else content
        if whole and (blank or content.strip()):
            yield Line(number, content if keep_ends else content.rstrip(b"\r\n"))
        elif not whole:
            yield Line(number, b"", too_large=True)


def _pass_rest(stream: BinaryIO) -> None:
    while (more := stream.readline(MAX_ARTICLE_BYTES)) and not more.endswith(b"\n"):
        pass
