"""The README's table of quality is that of the floors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.floors import BOOK, read_book
from quality.table import HEAD, read_between, show

if TYPE_CHECKING:
    from pathlib import Path


def test_the_readme_shows_every_floor_and_no_other(root: Path) -> None:
    rows = read_between((root / "README.md").read_text(encoding="utf-8"))
    shown = [(row[0], row[1], row[HEAD.index("floor")]) for row in rows]
    floors = [(*each.key, show(each.floor)) for each in read_book(BOOK).floors]
    assert sorted(shown) == sorted(floors), (
        "write it anew: make quality QUALITY='--markdown README.md'"
    )
