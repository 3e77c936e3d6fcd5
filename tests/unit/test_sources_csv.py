from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from dateline.documents import RawArticle
from indexer.sources import Refusal, SourceOptions
from indexer.sources.csv_rows import iter_csv, read_cells, trace_cell

PLAIN = st.characters(codec="utf-8", exclude_characters="\r\x00\x85  \x0b\x0c")
CELLS = st.lists(st.text(PLAIN, max_size=20), min_size=2, max_size=4)


def write_rows(rows: list[list[str]], delimiter: str = ",") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


def read(content: bytes, options: SourceOptions | None = None) -> list[RawArticle | Refusal]:
    return list(iter_csv(io.BytesIO(content), "a.csv", options or SourceOptions()))


@given(CELLS)
def test_cells_are_read_as_the_standard_library_writes_them(cells: list[str]) -> None:
    row = write_rows([cells]).decode().removesuffix("\r\n")
    found = read_cells(row, ",")
    assert found is not None
    traced = [trace_cell(row, cell) for cell in found]
    assert [each.text for each in traced] == cells
    for each in traced:
        for run in each.runs:
            here = each.text[run.start : run.start + run.length]
            length = run.original_length or run.length
            there = row[run.original_start : run.original_start + length]
            assert there == (here if run.original_length is None else '""')


def test_a_row_keeps_its_own_lines_as_original() -> None:
    content = write_rows(
        [["title", "maintext"], ["One", 'First.\nHe said "no".'], ["Two", "Second."]]
    )
    one, two = read(content)
    assert isinstance(one, RawArticle)
    assert isinstance(two, RawArticle)
    assert one.original == b'One,"First.\nHe said ""no""."'
    assert one.body.text == 'First.\nHe said "no".'
    assert (one.location, two.location) == ("a.csv:2", "a.csv:4")
    assert two.original == b"Two,Second."


def test_semicolons_and_tabs_part_fields_too() -> None:
    for delimiter in (";", "\t"):
        (article,) = read(
            write_rows([["title", "maintext"], ["One", "It rained, hard."]], delimiter)
        )
        assert isinstance(article, RawArticle)
        assert article.body.text == "It rained, hard."


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    rows = [b"title,maintext", b'"Open,It rained.', b"Two,It snowed.", b'Three,"It, hailed."', b""]
    open_row, two, three = read(b"\r\n".join(rows))
    assert isinstance(open_row, Refusal)
    assert open_row.code == "broken_row"
    assert open_row.original == b'"Open,It rained.'
    assert isinstance(two, RawArticle)
    assert isinstance(three, RawArticle)
    assert three.body.text == "It, hailed."


def test_a_row_with_too_many_fields_is_refused_and_a_short_one_read() -> None:
    many, short = read(b"title,maintext,url\nA,It rained.,u,x,y\nB,It snowed.\n")
    assert isinstance(many, Refusal)
    assert isinstance(short, RawArticle)
    assert short.metadata.url is None


def test_words_for_nothing_and_printed_lists_are_understood() -> None:
    rows = [["title", "maintext", "authors", "language"]]
    rows += [
        ["A", "It rained.", "['Ann Lee', \"Bo O'Neill\"]", "nan"],
        ["None", "Rain.", "[]", "en"],
    ]
    first, second = read(write_rows(rows))
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert first.metadata.authors == ("Ann Lee", "Bo O'Neill")
    assert first.metadata.language is None
    assert second.title is None
    assert second.metadata.authors == ()


def test_a_file_in_an_older_encoding_keeps_its_letters() -> None:
    (article,) = read("title,maintext\nCafé,Es regnete in Zürich.\n".encode("cp1252"))
    assert isinstance(article, RawArticle)
    assert article.title is not None
    assert article.title.text == "Café"
    assert article.original.decode(article.encoding) == "Café,Es regnete in Zürich."
