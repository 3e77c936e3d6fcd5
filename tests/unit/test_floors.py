"""Floors under figures of quality: raised by figures alone, lowered only with a reason."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from quality.figures import Figure, share, wilson
from quality.floors import (
    Book,
    Measured,
    grain,
    lower_floor,
    raise_floors,
    read_book,
    read_figures,
    write_book,
    write_figures,
)
from quality.judging import judge, other_files

if TYPE_CHECKING:
    from pathlib import Path

    from quality.judging import Row

MONDAY, TUESDAY = "2023-05-01", "2023-05-02"
HERE = {"ferries.tar.xz": "1f"}


def recall(value: float, corpora: dict[str, str] = HERE, reach: float | None = 0.5) -> Measured:
    return Measured(Figure("ferries", "recall", value, 80, None, reach), "measure_ferries", corpora)


def errors(value: float) -> Measured:
    figure = Figure("ferries", "errors", value, 80, reach=5, at_most=True)
    return Measured(figure, "measure_ferries", HERE)


def standing_on(*figures: Measured) -> Book:
    return raise_floors(Book(), figures, MONDAY)[0]


def row(book: Book, today: Measured) -> Row:
    return judge(book, [today], [])[0]


def test_a_floor_is_rounded_to_three_decimals_on_the_worse_side() -> None:
    assert (grain(0.97499), grain(0.57), grain(1.0)) == (0.974, 0.57, 1.0)
    assert (grain(0.0301, at_most=True), grain(0.03, at_most=True)) == (0.031, 0.03)


def test_a_new_measure_gets_a_floor_with_its_day_and_corpora() -> None:
    [floor] = standing_on(recall(0.9137)).floors
    assert (floor.floor, floor.date, floor.corpora) == (0.913, MONDAY, HERE)


def test_the_floor_of_a_timed_figure_is_what_is_asked_of_it() -> None:
    timed = Figure("names", "cost", 1.0612, 9, reach=1.15, at_most=True, timed=True)
    [floor] = standing_on(Measured(timed, "measure_names", HERE)).floors
    assert floor.floor == 1.15


def test_a_better_figure_raises_its_floor_and_a_worse_one_leaves_it() -> None:
    book = standing_on(recall(0.9), errors(3))
    better, raised, _ = raise_floors(book, [recall(0.95), errors(2)], TUESDAY)
    assert {each.measure: each.floor for each in raised} == {"recall": 0.95, "errors": 2}
    assert raise_floors(better, [recall(0.9), errors(3)], TUESDAY) == (better, [], [])


def test_a_figure_from_other_corpora_does_not_raise_a_floor() -> None:
    book, other = standing_on(recall(0.9)), recall(0.99, {"ferries.tar.xz": "2e"})
    assert raise_floors(book, [other], TUESDAY) == (book, [], [other])


def test_a_measure_of_which_nothing_is_asked_gets_a_floor_only_by_name() -> None:
    yardstick = recall(0.9, reach=None)
    assert raise_floors(Book(), [yardstick], MONDAY) == (Book(), [], [])
    book, _, _ = raise_floors(Book(), [yardstick], MONDAY, {yardstick.key})
    assert [each.floor for each in raise_floors(book, [recall(1, reach=None)], "")[1]] == [1]
    assert (row(Book(), yardstick).asked, row(book, yardstick).asked) == (False, True)
    assert row(Book(), yardstick).verdict == ""


def test_a_lowered_floor_keeps_its_reason() -> None:
    book = standing_on(recall(0.9), errors(3))
    lowered = lower_floor(book, book.floors[1], recall(0.8), TUESDAY, "labels mended")
    assert {each.measure: each.floor for each in lowered.floors} == {"recall": 0.8, "errors": 3}
    [record] = lowered.lowered
    assert (record.before, record.after, record.why) == (0.9, 0.8, "labels mended")


def test_the_floor_of_a_measure_that_is_gone_goes_with_a_reason() -> None:
    book = standing_on(recall(0.9))
    [record] = lower_floor(book, book.floors[0], None, TUESDAY, "no ferries left").lowered
    assert (record.before, record.after, record.why) == (0.9, None, "no ferries left")


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (recall(0.9), "="),
        (recall(0.9009), "="),
        (recall(0.901), "▲"),
        (recall(0.89999), "▼"),
        (errors(3), "="),
        (errors(2), "▲"),
        (errors(3.001), "▼"),
        (recall(0.95, {"ferries.tar.xz": "2e"}), "▼ other corpora"),
    ],
)
def test_a_figure_stands_above_on_or_below_its_floor(today: Measured, standing: str) -> None:
    found = row(standing_on(recall(0.9), errors(3)), today)
    assert (found.standing, found.fails) == (standing, standing.startswith("▼"))


def test_a_file_that_changed_or_came_is_named() -> None:
    today = recall(0.9, {"ferries.tar.xz": "2e", "trams.tar.xz": "3d"})
    assert other_files(row(standing_on(recall(0.9)), today)) == ["ferries.tar.xz", "trams.tar.xz"]


def test_what_is_not_reached_is_said_and_is_no_fall() -> None:
    found = row(standing_on(recall(0.9)), recall(0.9, reach=0.95))
    assert (found.verdict, found.fails) == ("=, reach not met", False)
    assert row(Book(), recall(0.95, reach=0.95)).verdict == "no floor yet"


def test_what_must_be_reached_for_certain_is_reached_by_the_whole_interval() -> None:
    reached = {
        (value, low): Figure("ferries", "gain", value, 9, (low, 0.3), 0, certain=True).reached
        for value, low in ((0.1, 0.01), (0.1, -0.01))
    }
    assert reached == {(0.1, 0.01): True, (0.1, -0.01): False}
    assert Figure("ferries", "gain", 0.1, 9, (-0.01, 0.3), 0).reached


def test_a_floor_without_a_figure_fails_if_its_module_was_run() -> None:
    book = standing_on(recall(0.9), errors(3))
    rows = judge(book, [recall(0.9)], ["measure_ferries"])
    assert [each.standing for each in rows] == ["=", "▼ no longer measured"]
    assert [each.standing for each in judge(book, [recall(0.9)], [])] == ["="]


def test_rows_follow_the_trip_of_an_article() -> None:
    stages = ["ferries", "golds", "cleaning", "html"]
    figures = [Measured(Figure(stage, "recall", 1, 1), "", {}) for stage in stages]
    assert [each.key[0] for each in judge(Book(), figures, [])] == [*stages[:0:-1], "ferries"]


def test_the_interval_of_a_share_is_wilsons() -> None:
    # the worked example of Wilson's method in Newcombe (1998), table I: 81 of 263
    assert share("", "", 81, 263).interval == pytest.approx((0.2553, 0.3662), abs=0.0001)
    assert wilson(0, 20)[0] == pytest.approx(0)
    assert wilson(20, 20)[1] == pytest.approx(1)


def test_books_and_figures_come_back_from_their_files(tmp_path: Path) -> None:
    book = standing_on(recall(0.9), errors(3))
    book = lower_floor(book, book.floors[0], None, TUESDAY, "no ferries left")
    write_book(tmp_path / "book.json", book)
    assert read_book(tmp_path / "book.json") == book
    figures = [recall(0.9, reach=1), Measured(share("trams", "precision", 9, 10), "m", {})]
    write_figures(tmp_path / "figures.json", figures)
    assert read_figures(tmp_path / "figures.json") == figures


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    write_book(tmp_path / "book.json", standing_on(recall(0.9), errors(3)))
    write_figures(tmp_path / "figures.json", [recall(0.8), errors(2)])
    return tmp_path


def run(root: Path, desk: Path, verb: str, *options: str) -> subprocess.CompletedProcess[str]:
    book = ["--book", str(desk / "book.json")]
    figures = [] if verb == "show" else ["--figures", str(desk / "figures.json")]
    command = [sys.executable, root / "tools" / "floors", *book, verb, *figures, *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def floors_in(desk: Path) -> dict[str, float]:
    return {each.measure: each.floor for each in read_book(desk / "book.json").floors}


def test_the_tool_raises_and_never_lowers(root: Path, desk: Path) -> None:
    done = run(root, desk, "raise")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ferries / errors: 3.000 -> 2.000" in done.stdout
    assert floors_in(desk) == {"recall": 0.9, "errors": 2}


@pytest.mark.parametrize("flags", [[], ["--i-know-why", " "], ["--i-know", "it is so"]])
def test_the_tool_lowers_nothing_without_a_reason(root: Path, desk: Path, flags: list[str]) -> None:
    done = run(root, desk, "lower", "--stage", "ferries", "--measure", "recall", *flags)
    assert done.returncode == 2
    assert "--i-know-why" in done.stderr
    assert floors_in(desk) == {"recall": 0.9, "errors": 3}


def test_the_tool_lowers_with_a_reason_and_shows_it(root: Path, desk: Path) -> None:
    named = ["--stage", "ferries", "--measure", "recall", "--i-know-why", "labels mended"]
    assert run(root, desk, "lower", *named).returncode == 0
    assert floors_in(desk) == {"recall": 0.8, "errors": 3}
    shown = run(root, desk, "show").stdout
    assert "ferries / errors: at most 3.000" in shown
    assert "ferries / recall: 0.900 -> 0.800: labels mended" in shown


def test_the_tool_takes_a_floor_away_only_if_told_that_its_measure_is_gone(
    root: Path, desk: Path
) -> None:
    named = ["--stage", "ferries", "--measure", "recall", "--i-know-why", "no ferries left"]
    assert run(root, desk, "lower", *named, "--gone").returncode == 1
    write_figures(desk / "figures.json", [errors(2)])
    assert run(root, desk, "lower", *named).returncode == 1
    assert floors_in(desk) == {"recall": 0.9, "errors": 3}
    assert run(root, desk, "lower", *named, "--gone").returncode == 0
    assert floors_in(desk) == {"errors": 3}


def test_a_floor_stays_where_its_module_was_not_run(root: Path, desk: Path) -> None:
    focus = Measured(share("focus", "precision", 9, 10), "measure_focus", {})
    write_book(desk / "book.json", raise_floors(Book(), [focus], MONDAY, {focus.key})[0])
    named = ["--stage", "focus", "--measure", "precision", "--i-know-why", "no pairs left"]
    done = run(root, desk, "lower", *named, "--gone")
    assert (done.returncode, floors_in(desk)) == (1, {"precision": 0.9})
    assert "measure_focus was not run" in done.stderr


def test_a_figure_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="ferries / recall is nan"):
        recall(float("nan"))


def test_the_tool_says_what_it_does_not_know(root: Path, desk: Path) -> None:
    named = ["--stage", "trams", "--measure", "recall", "--i-know-why", "labels mended"]
    done = run(root, desk, "lower", *named)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "trams / recall" in done.stderr
    assert run(root, desk, "raise", "--also", "trams", "recall").returncode == 1
    (desk / "figures.json").unlink()
    missing = run(root, desk, "raise")
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert "make quality" in missing.stderr


def test_the_committed_floors_are_whole_and_in_order(root: Path) -> None:
    path = root / "tests" / "quality" / "floors.json"
    book = read_book(path)
    keys = [each.key for each in book.floors]
    assert keys == sorted(set(keys))
    assert all(each.why for each in book.lowered)
    assert json.loads(path.read_text("utf-8")).keys() == {"floors", "lowered"}
