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
    from collections.abc import Iterator, Mapping

    from dateline.documents import RawArticle, TracedText
    from indexer.sources.lines import Line

    Article = RawArticle | Refusal

_DELIMITERS = ",;\t"
_MEDIA_TYPE = "text/csv"
_DOUBLED = re.compile('""')
_LIST = re.compile(r"\s*\[(.*)\]\s*\Z", re.DOTALL)
_LIST_ITEM = re.compile(r"""'([^']*)'|"([^"]*)\"""")
_NOTHING = frozenset({"", "none", "null", "nan", "n/a"})
_LISTS = frozenset({"authors", "tags", "keywords"})
_OPEN_QUOTE = "a quote is not closed"
_OTHER_FIELDS = "more or fewer fields than the header"
HEADER = "header"
"""The option under which a row keeps the header line of its table."""


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
    table = _open_table(text, options)
    for row in _group(lines, table):
        place = f"{location}:{row.number}"
        yield too_large(place) if row.too_large else table.read(row.content, place)


def read_row(content: bytes, location: str, options: SourceOptions, header: str) -> Article:
    """Read one row from its own bytes and the header line of its table."""
    return _open_table(header, options).read(content, location)


def _open_table(header: str, options: SourceOptions) -> _Table:
    delimiter = max(_DELIMITERS, key=header.count)
    cells = read_cells(header, delimiter) or ()
    names = tuple(header[cell.start : cell.end].strip() for cell in cells)
    return _Table(delimiter, names, options, {**options.given(), HEADER: header})


@dataclass(frozen=True, slots=True)
class _Row:
    """The bytes of one row as they lie there, and the number of its first line."""

    number: int
    content: bytes
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """How rows are read; `stated` are the options with the header, kept with every row."""

    delimiter: str
    names: tuple[str, ...]
    options: SourceOptions
    stated: Mapping[str, str]

    def find_fault(self, content: bytes) -> str:
        """What keeps these bytes from being a row of ours; "" where nothing does.

        A row of one line may leave out its last fields; over several lines it must hold all of
        them, or an open quote would swallow its neighbours.
        """
        cells = read_cells(decode(content).text, self.delimiter)
        if cells is None:
            return _OPEN_QUOTE
        fits = len(cells) == len(self.names)
        fits = fits or (len(cells) < len(self.names) and b"\n" not in content)
        return "" if fits else _OTHER_FIELDS

    def read(self, content: bytes, location: str) -> Article:
        decoded = decode(content)
        origin = Origin(location, content, _MEDIA_TYPE, decoded.encoding, self.stated)
        if fault := self.find_fault(content):
            return origin.refuse("broken_row", fault)
        cells = dict(zip(self.names, read_cells(decoded.text, self.delimiter) or (), strict=False))
        traced = {name: trace_cell(decoded.text, cell) for name, cell in cells.items()}
        values = {name: _value(name, cell.text) for name, cell in traced.items()}
        return read_record(Record(values, traced.__getitem__), origin, self.options)


def _group(lines: Iterator[Line], table: _Table) -> Iterator[_Row]:
    """Put lines together to rows; of lines that make no row only the first is given up."""
    again: deque[Line] = deque()
    while (line := again.popleft() if again else next(lines, None)) is not None:
        if line.too_large:
            yield _Row(line.number, b"", too_large=True)
        elif line.content.strip():
            row, rest = _complete(line, again, lines, table)
            yield row
            again.extendleft(reversed(rest))


def _complete(
    first: Line, again: deque[Line], lines: Iterator[Line], table: _Table
) -> tuple[_Row, list[Line]]:
    """The row that begins with a line, and the lines after it that were read in vain."""
    taken, content = [first], bytearray(first.content)
    fault = table.find_fault(_bare(content))
    while fault == _OPEN_QUOTE and len(content) <= MAX_ARTICLE_BYTES:
        line = again.popleft() if again else next(lines, None)
        if line is None:
            break
        taken.append(line)
        content += line.content
        if line.content.count(b'"') % 2:
            fault = table.find_fault(_bare(content))
    if not fault:
        return _Row(first.number, _bare(content)), []
    return _Row(first.number, _bare(first.content)), taken[1:]


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
