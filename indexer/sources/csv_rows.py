"""CSV: one record a row, read with the place of each field.

Quoting as in RFC 4180 (a quote inside a quoted field is doubled); comma, semicolon or tab, as
the first line has it. A row that does not fit the header costs only its own first line.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from dateline.text.spans import replace, trace
from indexer.sources.decoding import WIDE_MARKS, decode, is_binary
from indexer.sources.lines import iter_lines
from indexer.sources.records import Record, read_record
from indexer.sources.values import (
    MAX_ARTICLE_BYTES,
    Origin,
    Refusal,
    SourceOptions,
    too_large,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.documents import RawArticle, TracedText
    from indexer.sources.lines import Line

_DELIMITERS = ",;\t"
_MEDIA_TYPE = "text/csv"
_DOUBLED = re.compile('""')
_LIST = re.compile(r"\s*\[(.*)\]\s*\Z", re.DOTALL)
_LIST_ITEM = re.compile(r"""'([^']*)'|"([^"]*)\"""")
_NOTHING = frozenset({"", "none", "null", "nan", "n/a"})
_LISTS = frozenset({"authors", "tags", "keywords"})


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a field's content in the row's text, without its outer quotes."""

    start: int
    end: int
    quoted: bool


def read_cells(row: str, delimiter: str) -> tuple[Cell, ...] | None:
    """The fields of one row; None if a quoted field is still open at its end."""
    cells: list[Cell] = []
    position = 0
    while True:
        cell = _read_cell(row, position, delimiter)
        if cell is None:
            return None
        cells.append(cell)
        following = row.find(delimiter, cell.end + cell.quoted)
        if following < 0:
            return tuple(cells)
        position = following + 1


def _read_cell(row: str, start: int, delimiter: str) -> Cell | None:
    if row[start : start + 1] != '"':
        end = row.find(delimiter, start)
        return Cell(start, len(row) if end < 0 else end, quoted=False)
    position = start + 1
    while (end := row.find('"', position)) >= 0:
        if row[end + 1 : end + 2] != '"':
            return Cell(start + 1, end, quoted=True)
        position = end + 2
    return None


def trace_cell(row: str, cell: Cell) -> TracedText:
    """The content of a field, traced; each doubled quote is a repair."""
    content = trace(row[cell.start : cell.end], cell.start)
    if not cell.quoted:
        return content
    return replace(content, ((m.start(), m.end(), '"') for m in _DOUBLED.finditer(content.text)))


def iter_csv(
    stream: BinaryIO, location: str, options: SourceOptions
) -> Iterator[RawArticle | Refusal]:
    """Yield the articles of a CSV file; its first line names the fields."""
    lines = iter_lines(stream, blank=True, keep_ends=True)
    header = next((line for line in lines if line.content.strip() or line.too_large), None)
    if header is None:
        yield Refusal(location, "empty", "there is no row in it", "unusable")
        return
    text = decode(header.content.rstrip(b"\r\n")).text
    if header.too_large or header.content.startswith(WIDE_MARKS) or is_binary(text):
        yield Refusal(location, "binary", "no CSV in UTF-8; save it as UTF-8")
        return
    table = _Table(location, options, *_read_header(text))
    for row in _group(lines, table):
        yield table.read(row)


def _read_header(text: str) -> tuple[str, tuple[str, ...]]:
    delimiter = max(_DELIMITERS, key=text.count)
    cells = read_cells(text, delimiter) or ()
    return delimiter, tuple(text[cell.start : cell.end].strip() for cell in cells)


@dataclass(frozen=True, slots=True)
class _Row:
    """The bytes of one row as they lie there, the number of its first line, and what is wrong."""

    number: int
    content: bytes
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    location: str
    options: SourceOptions
    delimiter: str
    names: tuple[str, ...]

    def fits(self, content: bytes, *, one_line: bool) -> bool | None:
        """Whether these bytes are a row of ours; None if they end inside quotes."""
        cells = read_cells(decode(content).text, self.delimiter)
        if cells is None:
            return None
        return len(cells) <= len(self.names) if one_line else len(cells) == len(self.names)

    def read(self, row: _Row) -> RawArticle | Refusal:
        place = f"{self.location}:{row.number}"
        if row.fault == "too_large":
            return too_large(place)
        decoded = decode(row.content)
        origin = Origin(place, row.content, _MEDIA_TYPE, decoded.encoding)
        if row.fault:
            return origin.refuse("broken_row", row.fault)
        cells = dict(zip(self.names, read_cells(decoded.text, self.delimiter) or (), strict=False))
        traced = {name: trace_cell(decoded.text, cell) for name, cell in cells.items()}
        values = {name: _value(name, cell.text) for name, cell in traced.items()}
        return read_record(Record(values, traced.__getitem__), origin, self.options)


def _group(lines: Iterator[Line], table: _Table) -> Iterator[_Row]:
    """Put lines together to rows; of lines that make no row only the first is given up."""
    again: deque[Line] = deque()
    while (line := again.popleft() if again else next(lines, None)) is not None:
        if line.too_large:
            yield _Row(line.number, b"", "too_large")
        elif line.content.strip():
            row, rest = _complete(line, again, lines, table)
            yield row
            again.extendleft(reversed(rest))


def _complete(
    first: Line, again: deque[Line], lines: Iterator[Line], table: _Table
) -> tuple[_Row, list[Line]]:
    """The row that begins with a line, and the lines after it that were read in vain."""
    taken, content = [first], bytearray(first.content)
    fits = table.fits(_bare(content), one_line=True)
    while fits is None and len(content) <= MAX_ARTICLE_BYTES:
        line = again.popleft() if again else next(lines, None)
        if line is None:
            break
        taken.append(line)
        content += line.content
        if line.content.count(b'"') % 2:
            fits = table.fits(_bare(content), one_line=False)
    if fits:
        return _Row(first.number, _bare(content)), []
    reason = "a quote is not closed" if fits is None else "more or fewer fields than the header"
    return _Row(first.number, _bare(first.content), reason), taken[1:]


def _bare(content: bytes | bytearray) -> bytes:
    return bytes(content).rstrip(b"\r\n")


def _value(name: str, text: str) -> object:
    """What a cell says: nothing, a list as Python prints one (authors), or its text."""
    if text.strip().lower() in _NOTHING:
        return None
    found = _LIST.match(text) if name in _LISTS else None
    if found is None:
        return text
    return [single or double for single, double in _LIST_ITEM.findall(found[1])]
