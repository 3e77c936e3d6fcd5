"""What each fault test promises, and the page that a full endurance run writes of them.

`@pytest.mark.promise("fault", "promise")` stands on the test function itself, with two plain
strings. Figures go in by `record_property`: `kills`, `compared`, `lost` and `twice` are summed up
for the head of the page, `tries` is how often the test did the thing (else one per case), every
other name stands in the last column as it is.
"""

from __future__ import annotations

import ast
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pytest

ENDURANCE = os.environ.get("DATELINE_ENDURANCE") == "1"
ALONE = ENDURANCE and "PYTEST_XDIST_WORKER" not in os.environ
"""Whether a promise about milliseconds can be held to the letter: nothing else runs beside."""
PAGE = "docs/RESILIENCE.md"
SUMMED = ("kills", "compared", "lost", "twice")
_HEAD = """\
# Resilience: what happens when something breaks

Written by `make endurance`, never by hand: each line is a test that ran against the real engine,
with the long versions that `.ci/run` does in short. A line counts its passes and tries; *lost* and
*twice* count articles by id and by content hash, against an undisturbed run of the same articles.
"""
_NO_RUN = "**No full run yet.**"
_TEST = re.compile(r"\[test_\w+\]\([^)]+\)")


@dataclass(frozen=True, slots=True)
class Promise:
    """A test's name with its file, the fault it makes, and what it holds the product to."""

    test: str
    fault: str
    text: str


@dataclass(slots=True)
class Result:
    """What became of all cases of one test."""

    cases: int = 0
    passed: int = 0
    skipped: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    figures: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, outcome: str, properties: Iterable[tuple[str, Any]]) -> None:
        given = list(properties)
        tries = int(dict(given).get("tries", 1))
        self.cases += tries
        self.passed += tries if outcome == "passed" else 0
        self.skipped += outcome == "skipped"
        for name, value in given:
            if name in SUMMED:
                self.counts[name] += int(value)
            elif name != "tries":
                self.figures.setdefault(name, []).append(value)


def find_promises(root: Path) -> dict[str, Promise]:
    """Every promise in the tests by the name of its test: `tests/faults/test_x.py::test_y`."""
    found = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        if "mark.promise" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                for fault, text in _promised(node):
                    test = f"{path.relative_to(root).as_posix()}::{node.name}"
                    found[test] = Promise(test, fault, text)
    return found


def _promised(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    for each in function.decorator_list:
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "pytest.mark.promise":
            fault, text = (ast.literal_eval(argument) for argument in each.args)
            yield fault, text


class Table:
    """The pytest plugin: hears every result, and writes the page after a full endurance run."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._results: dict[str, Result] = {}
        self._said: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.outcome == "passed":
            return
        file, *names = report.nodeid.partition("[")[0].split("::")
        result = self._results.setdefault(f"{file}::{names[-1]}", Result())
        result.add(report.outcome, report.user_properties)

    def pytest_sessionfinish(self) -> None:
        if not ENDURANCE:
            return
        promises = find_promises(self._root)
        whole = {name for name, result in self._results.items() if not result.skipped}
        missing = promises.keys() - whole
        if missing:
            first = min(missing)
            shown = [_row(promises[name], self._results[name]) for name in promises.keys() & whole]
            said = f"{PAGE} stays: {len(missing)} promises were not tested, such as {first}"
            self._said = [*shown, said]
            return
        page = write_page(promises.values(), self._results, datetime.now(UTC))
        (self._root / PAGE).write_text(page, encoding="utf-8")
        self._said = [f"{PAGE} is written"]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for line in self._said:
            terminalreporter.line(line)


def write_page(promises: Iterable[Promise], results: Mapping[str, Result], now: datetime) -> str:
    """The page in Markdown."""
    ordered = _in_order(promises)
    totals = _totals([results[each.test] for each in ordered], now)
    return _lay_out(totals, [_row(each, results[each.test]) for each in ordered])


def update_names(page: str, promises: Iterable[Promise]) -> str:
    """The page with a line for each promise there is, results as they were; new ones have none.

    For a test that came, or got another name, since the last full run.
    """
    totals = next((line for line in page.splitlines() if line.startswith("**")), _NO_RUN)
    known = {test: line for line in page.splitlines() for test in _TEST.findall(line)}
    ordered = _in_order(promises)
    return _lay_out(totals, [known.get(_cell(each), _new_row(each)) for each in ordered])


def _in_order(promises: Iterable[Promise]) -> list[Promise]:
    return sorted(promises, key=lambda each: (each.fault, each.test))


def _lay_out(totals: str, rows: Iterable[str]) -> str:
    titles = ["fault", "promise", "test", "passed", "lost", "twice", "measured"]
    head = ["| " + " | ".join(titles) + " |", "|---" * len(titles) + "|"]
    return "\n".join([_HEAD, totals, "", *head, *rows]) + "\n"


def _new_row(promise: Promise) -> str:
    return f"| {promise.fault} | {promise.text} | {_cell(promise)} | not run yet | | | |"


def _cell(promise: Promise) -> str:
    file, _, name = promise.test.partition("::")
    return f"[{name}](../{file})"


def _totals(results: Iterable[Result], now: datetime) -> str:
    every = list(results)
    cases, passed = sum(each.cases for each in every), sum(each.passed for each in every)
    counts = sum((each.counts for each in every), Counter[str]())
    return (
        f"**{len(every)} promises, {passed:,} of {cases:,} tries kept; {counts['kills']:,} kills; "
        f"{counts['compared']:,} articles compared: {counts['lost']} lost, {counts['twice']} "
        f"twice** ({now:%Y-%m-%d}, {os.cpu_count()} cores)."
    )


def _row(promise: Promise, result: Result) -> str:
    kept = f"{result.passed} / {result.cases}"
    compared = "compared" in result.counts
    lost, twice = (str(result.counts[name]) if compared else "" for name in ("lost", "twice"))
    measured = [f"{name} {result.counts[name]:,}" for name in SUMMED[:2] if name in result.counts]
    measured += [f"{name} {_span(values)}" for name, values in result.figures.items()]
    cells = [
        promise.fault,
        promise.text,
        _cell(promise),
        kept if result.passed == result.cases else f"**{kept}**",
        lost,
        twice,
        ", ".join(measured),
    ]
    return "| " + " | ".join(cells) + " |"


def _span(values: list[Any]) -> str:
    """One value, or the least and the most of several."""
    if len(set(values)) == 1 or not all(isinstance(each, (int, float)) for each in values):
        return "; ".join(dict.fromkeys(map(str, values)))
    return f"{min(values)}–{max(values)}"  # noqa: RUF001 - a span takes a dash


if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parent.parent
    place = ROOT / PAGE
    before = place.read_text(encoding="utf-8") if place.exists() else ""
    place.write_text(update_names(before, find_promises(ROOT).values()), encoding="utf-8")
