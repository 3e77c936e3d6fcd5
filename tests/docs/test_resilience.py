"""The page of promises names every fault test, and no other."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from promises import PAGE, Promise, Result, Table, find_promises, update_names, write_page

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


COMPARED = (("compared", 9), ("lost", 0), ("twice", 0))


def test_every_fault_test_is_in_the_table_and_every_line_has_its_test(root: Path) -> None:
    page = root / PAGE
    listed = {
        f"{file}::{name}"
        for name, file in re.findall(r"\[(test_\w+)\]\(\.\./([\w/.]+)\)", page.read_text("utf-8"))
    }
    assert listed == find_promises(root).keys(), "run python tests/promises.py"


def test_every_test_among_the_faults_says_what_it_promises(root: Path) -> None:
    promised = {name.partition("::")[0] for name in find_promises(root)}
    for path in (root / "tests" / "faults").glob("test_*.py"):
        assert f"tests/faults/{path.name}" in promised, f"{path.name} promises nothing"


def test_results_are_counted_and_a_failure_is_seen() -> None:
    result = Result()
    result.add("passed", [("tries", 20), ("kills", 20), *COMPARED, *COMPARED, ("s", 2)])
    result.add("failed", [("compared", 9), ("lost", 1), ("s", 3)])
    promise = Promise("tests/faults/test_a.py::test_b", "kill -9", "nothing is lost")
    page = write_page([promise], {promise.test: result}, datetime(2026, 1, 2, tzinfo=UTC))
    assert "1 promises, 20 of 21 tries kept; 20 kills; 27 articles compared: 1 lost" in page
    assert "| **20 / 21** | 1 | 0 | kills 20, compared 27, s 2–3 |" in page  # noqa: RUF001


def test_a_new_promise_gets_a_line_and_the_others_keep_their_results() -> None:
    old = Promise("tests/faults/test_a.py::test_b", "kill -9", "nothing is lost")
    new = Promise("tests/faults/test_a.py::test_c", "clock jump", "nothing is lost")
    page = write_page([old], {old.test: Result(2, 2)}, datetime(2026, 1, 2, tzinfo=UTC))
    updated = update_names(page, [old, new])
    assert "| 2 / 2 |" in updated
    assert "test_c](../tests/faults/test_a.py) | not run yet |" in updated
    assert "1 promises, 2 of 2 tries kept" in updated
    assert "test_b" not in update_names(updated, [new])


def test_a_run_in_part_does_not_touch_the_page(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text(
        '@pytest.mark.promise("a fault", "a promise")\ndef test_a(): ...\n'
    )
    monkeypatch.setattr("promises.ENDURANCE", True)
    Table(tmp_path).pytest_sessionfinish()
    assert not (tmp_path / PAGE).exists()
