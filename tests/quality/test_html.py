"""HTML against people: 258 saved pages with golds, none of which may be done worse than today.

Floors and the publishers whose pages were looked at while rules were written stand in
golds/html.json; pages of the other publishers were only counted, so their figure is the honest one.
`python tests/quality/test_html.py PATH` prints the table.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from quality.measure_html import CORPUS, GOLDS, Read, measure, read
from quality.scoring_html import read_pages

from dateline.documents import CleanArticle

if TYPE_CHECKING:
    from dateline.documents import TracedText

pytestmark = pytest.mark.corpora


@pytest.fixture(scope="module")
def pages(corpora: Path) -> list[Read]:
    path = corpora / CORPUS
    assert hashlib.sha256(path.read_bytes()).hexdigest() == GOLDS["sha256"]
    return [read(page) for page in read_pages(path)]


def show(measured: dict[str, float], floors: dict[str, Any]) -> str:
    rows = (f"{name:22} {value:>8} floor {floors.get(name)}" for name, value in measured.items())
    return "\n".join(rows)


def test_no_figure_falls_below_its_floor(pages: list[Read]) -> None:
    measured, floors = measure(pages), GOLDS["floors"]
    assert measured.keys() == floors.keys()
    worse = {
        name
        for name, value in measured.items()
        if (value > floors[name] if name.split("_")[-2] in AT_MOST else value < floors[name])
    }
    assert not worse, show(measured, floors)


AT_MOST = {"wrong", "lost", "refused"}


def test_everything_that_is_stored_stands_so_in_the_source(pages: list[Read]) -> None:
    copied = 0
    for each in pages:
        if isinstance(each.clean, CleanArticle):
            copied += check_runs(
                each.clean.text, each.page.content.decode(each.article.encoding, "replace")
            )
    assert copied > 600_000


def check_runs(text: TracedText, source: str) -> int:
    """How many characters of the text are copies; each stretch is compared with the source."""
    copies = [run for run in text.runs if run.original_length is None]
    for run in copies:
        there = source[run.original_start : run.original_start + run.length]
        assert there == text.text[run.start : run.start + run.length]
    return sum(run.length for run in copies)


if __name__ == "__main__":
    print(show(measure([read(page) for page in read_pages(Path(sys.argv[1]))]), GOLDS["floors"]))  # noqa: T201
