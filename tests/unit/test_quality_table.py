"""`make quality` over modules made up here: each runs alone, and what is wrong is said aloud."""

# ruff: noqa: RUF001  # a range of numbers has a dash

from __future__ import annotations

import sys
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from quality import table
from quality.corpus_files import ALL
from quality.figures import Figure
from quality.floors import Book, raise_floors, read_figures, write_book
from quality.measuring import find_modules, is_quick, measure_all

if TYPE_CHECKING:
    from pathlib import Path

FERRIES = """
from quality.corpus_files import ALL
from quality.figures import Figure

QUICK = True


def figures(corpora):
    text = (corpora / "articles" / "ferry.txt").read_text()
    recall = Figure("ferries", "recall", len(text) / 10, 80, (0.2, 0.9), 0.7)
    return [recall, Figure("ferries", "recall, lead alone", 0.1, 80)]
"""
TRAMS = """
def figures(corpora):
    raise ValueError("no trams today")
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """Corpora and modules made up, and the command run on them."""

    folder: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    @property
    def modules(self) -> Path:
        return self.folder / "invented"

    @property
    def corpora(self) -> Path:
        return self.folder / "corpora"

    @property
    def figures(self) -> Path:
        return self.folder / "figures.json"

    @property
    def article(self) -> Path:
        return self.corpora / "articles" / "ferry.txt"

    def run(self, *arguments: object) -> tuple[int, list[str], str]:
        """Exit code, the lines of the table with single blanks, and what was said beside it."""
        command = ["quality", str(self.corpora), "--json", str(self.figures)]
        self.patch.setattr(sys, "argv", [*command, *map(str, arguments)])
        code = table.main()
        out, err = self.capture.readouterr()
        return code, [" ".join(line.split()) for line in out.splitlines()], err

    def raise_floors(self) -> None:
        self.run()
        book = raise_floors(Book(), read_figures(self.figures), "2023-05-01")[0]
        write_book(table.BOOK, book)


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    desk = Desk(tmp_path, monkeypatch, capsys)
    desk.modules.mkdir()
    desk.article.parent.mkdir(parents=True)
    desk.article.write_text("ferry")
    for name in ALL[1:]:
        (desk.corpora / name).touch()
    (desk.modules / "measure_ferries.py").write_text(FERRIES)
    monkeypatch.setattr(table, "HERE", desk.modules)
    monkeypatch.setattr(table, "BOOK", tmp_path / "book.json")
    write_book(table.BOOK, Book())
    return desk


def test_a_figure_comes_with_the_digest_of_each_file_that_was_opened(desk: Desk) -> None:
    [done] = measure_all(find_modules(desk.modules), desk.corpora)
    measured, _ = done.figures
    assert measured.figure == Figure("ferries", "recall", 0.5, 80, (0.2, 0.9), 0.7)
    assert measured.corpora == {"articles/ferry.txt": sha256(b"ferry").hexdigest()}


def test_a_module_that_fails_says_why_and_its_neighbours_go_on(desk: Desk) -> None:
    (desk.modules / "measure_trams.py").write_text(TRAMS)
    assert [is_quick(each) for each in find_modules(desk.modules)] == [True, False]
    code, rows, said = desk.run()
    assert (code, len(rows)) == (1, 3)
    assert "measure_trams failed: ValueError: no trams today" in said


def test_a_page_has_the_rows_of_the_table_of_which_something_is_asked(desk: Desk) -> None:
    page = desk.folder / "README.md"
    page.write_text(f"above\n{table.BEGIN}\nold\n{table.END}\nbelow\n", encoding="utf-8")
    desk.raise_floors()
    code, rows, _ = desk.run("--markdown", page)
    row = "ferries recall 0.500 0.200–0.900 80 0.500 0.700 =, reach not met"
    assert (code, rows[1:]) == (0, [row, "ferries recall, lead alone 0.100 80"])
    text = page.read_text(encoding="utf-8")
    assert (text[:6], text[-7:]) == ("above\n", "\nbelow\n")
    assert [" ".join(cells) for cells in table.read_between(text)] == [row]


def test_a_figure_below_its_floor_ends_with_1(desk: Desk) -> None:
    desk.raise_floors()
    (desk.modules / "measure_ferries.py").write_text(FERRIES.replace("/ 10", "/ 20"))
    code, rows, said = desk.run()
    assert (code, rows[1].endswith("▼, reach not met")) == (1, True)
    assert "ferries / recall: ▼" in said


def test_a_floor_does_not_speak_of_other_corpora(desk: Desk) -> None:
    desk.raise_floors()
    desk.article.write_text("ferryboat")
    code, _, said = desk.run()
    assert (code, "▼ other corpora (articles/ferry.txt)" in said) == (1, True)


def test_a_measure_that_went_away_is_missed_but_not_by_a_run_of_another_stage(desk: Desk) -> None:
    desk.raise_floors()
    (desk.modules / "measure_ferries.py").rename(desk.modules / "measure_boats.py")
    (desk.modules / "measure_boats.py").write_text(FERRIES.replace("recall", "gain"))
    code, _, said = desk.run()
    assert (code, "ferries / recall: ▼ no longer measured" in said) == (1, True)
    assert desk.run("--only", "boats")[0] == 0


def test_a_measure_that_two_modules_claim_fails(desk: Desk) -> None:
    (desk.modules / "measure_boats.py").write_text(FERRIES)
    code, _, said = desk.run()
    assert (code, "ferries / recall: measured twice" in said) == (1, True)


@pytest.mark.parametrize("name", ALL)
def test_missing_corpora_are_named_before_anything_is_measured(desk: Desk, name: str) -> None:
    (desk.corpora / name).rename(desk.folder / "elsewhere")
    code, rows, said = desk.run()
    assert (code, rows) == (2, [])
    assert f"CORPORA MISSING in {desk.corpora}: {name}\n" in said


def test_what_cannot_be_asked_for_is_refused(desk: Desk) -> None:
    page = desk.folder / "README.md"
    page.write_text("no markers here", encoding="utf-8")
    for arguments, said in (
        (["--only", "trams"], "there are ferries"),
        (["--only", "ferries", "--markdown", page], "without --only"),
        (["--markdown", page], "no markers"),
    ):
        code, rows, told = desk.run(*arguments)
        assert (code, rows, said in told) == (2, [], True)
