"""Lines of an extractor are found again in the page, or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from dateline.text.spans import trace
from indexer.pages.aligning import align, fold
from indexer.pages.scanning import read_text

if TYPE_CHECKING:
    from dateline.documents import TracedText

FIRST = "The ferry left Harbour Island at nine on Monday morning, an hour late and half empty."
SECOND = "The company promised a second boat for the summer, as it has every spring since 2019."


def texts(page: TracedText, *lines: str) -> list[str]:
    return [line.text for line in align(page, lines).lines]


def test_blanks_are_the_extractors_and_the_signs_are_the_pages() -> None:
    source = f"<p>{FIRST.replace(' ', chr(10) + '  ')}</p>"
    found = align(read_text(source), [FIRST])
    assert found.lost == 0
    assert found.lines[0].text == FIRST
    assert found.lines[0].runs[0].original_start == 3


def test_a_short_line_is_sought_between_its_neighbours() -> None:
    source = f"More <p>{FIRST}</p><h2>More</h2><p>{SECOND}</p> More"
    lines = align(read_text(source), [FIRST, "More", SECOND]).lines
    assert [line.runs[0].original_start for line in lines] == [
        source.index(FIRST),
        source.index("<h2>") + 4,
        source.index(SECOND),
    ]


def test_what_an_extractor_left_out_of_a_line_stays_out() -> None:
    page = read_text(f"<p>{FIRST[:20]}<span>, opens new tab</span>{FIRST[20:]}</p>")
    assert texts(page, FIRST) == [FIRST]


def test_pieces_stand_apart_only_where_the_extractor_parts_them() -> None:
    page = read_text("<p>The three<i>(a boat)</i>-hulled ferry<b> (new)</b> sails on every day</p>")
    line = "The three-hulled ferry sails on every day"
    assert texts(page, line) == [line]


def test_a_line_that_the_page_does_not_hold_is_lost_and_counted() -> None:
    found = align(read_text(f"<p>{FIRST}</p>"), [FIRST, SECOND, " \n"])
    assert ([line.text for line in found.lines], found.lost) == ([FIRST], 1)


@given(
    st.lists(st.text("ab c.“\n\xa0", max_size=12), max_size=8),
    st.lists(st.text("ab c.“\n\xa0", max_size=8), max_size=6),
)
def test_what_is_found_has_the_lines_signs_and_stands_in_the_page(
    parts: list[str], lines: list[str]
) -> None:
    page = trace("|".join(parts))
    found = align(page, lines)
    wanted = [fold(line) for line in lines if fold(line)]
    assert len(found.lines) + found.lost == len(wanted)
    left = iter(wanted)
    for line in found.lines:
        assert fold(line.text) in left
        for run in line.runs:
            if run.original_length is None:
                there = page.text[run.original_start : run.original_start + run.length]
                assert there == line.text[run.start : run.start + run.length]
