"""The quick measures stay above their floors; the slow ones are `make quality`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quality.floors import BOOK, read_book
from quality.judging import judge
from quality.measuring import find_modules, is_quick, measure_all
from quality.table import align, cells

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.corpora
def test_no_quick_figure_is_below_its_floor(corpora: Path) -> None:
    quick = [each for each in find_modules() if is_quick(each)]
    done = list(measure_all(quick, corpora))
    assert {each.module: each.fault for each in done if each.fault} == {}
    today = [figure for each in done for figure in each.figures]
    rows = judge(read_book(BOOK), today, {each.module for each in done})
    assert rows
    fallen = [cells(row) for row in rows if row.fails]
    assert not fallen, f"below their floors:\n{align(fallen)}"
