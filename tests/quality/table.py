"""`make quality`: every stage measured, beside its floor and what is asked of it.

    PYTHONPATH=tests python -m quality.table [CORPORA] [--only STAGE] [--json FILE]
                                             [--markdown README.md]

exit codes: 0 every floor holds; 1 a figure fell below its floor or can no longer be compared with
it, or a module failed; 2 usage, or corpora are missing
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quality.floors import BOOK, grain, read_book, write_figures
from quality.judging import OTHER_CORPORA, judge, other_files
from quality.measuring import CORPORA, HERE, find_modules, measure_all, missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quality.floors import Book, Key, Measured
    from quality.judging import Row
    from quality.measuring import Measurement

HEAD = ("stage", "measure", "today", "95 %", "count", "floor", "reach", "verdict")
BEGIN, END = "<!-- quality: begin, written by make quality -->", "<!-- quality: end -->"


def cells(row: Row) -> tuple[str, ...]:
    """What a table shows of the row, under `HEAD`."""
    floor = show(row.floor.floor) if row.floor else ""
    if row.today is None:
        return (*row.key, "", "", "", floor, "", row.verdict)
    figure = row.today.figure
    value = show(grain(figure.value, at_most=figure.at_most))
    interval = "–".join(map(show, figure.interval or ()))  # noqa: RUF001 - a range has a dash
    bound = "≤ " if figure.at_most else ""
    reach = "" if figure.reach is None else bound + show(figure.reach)
    return (*row.key, value, interval, f"{figure.count:,}", floor, reach, row.verdict)


def show(value: float) -> str:
    """A value with three decimals."""
    return f"{value:.3f}"


def align(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table for a terminal."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table, the first one its head."""
    ruled = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(row).strip()} |" for row in ruled)


def put_between(page: str, table: str) -> str:
    """The page with the table between its two markers."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no markers for the table; they are {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def read_between(page: str) -> list[tuple[str, ...]]:
    """The rows of a page's table, without its head; none where the page has no markers."""
    table = page.partition(BEGIN)[2].partition(END)[0].strip()
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in row) for row in rows[2:]]


def main() -> int:
    """Measures, prints, writes; the exit code is in the module's docstring."""
    asked = _parser().parse_args()
    chosen = [each for each in find_modules(HERE) if asked.only in (None, _stage(each))]
    refusal = _refuse(asked, chosen)
    if refusal:
        print(f"quality: {refusal}", file=sys.stderr)  # noqa: T201 - a command says why not
        return 2
    done = list(_told(measure_all(chosen, asked.corpora)))
    today = [figure for each in done for figure in each.figures]
    book = read_book(BOOK)
    rows = judge(book, today, _answering(done, None if asked.only else book))
    _write(asked, today, rows)
    return _conclude(done, rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="?", default=CORPORA)
    parser.add_argument("--only", metavar="STAGE", help="one module: measure_STAGE")
    parser.add_argument("--json", type=Path, help="write the figures for tools/floors")
    parser.add_argument("--markdown", type=Path, help="write the table between a page's markers")
    return parser


def _refuse(asked: argparse.Namespace, chosen: Sequence[Path]) -> str:
    """Why there is nothing to begin with; empty if there is."""
    gone = missing(asked.corpora)
    if gone:
        return f"CORPORA MISSING in {asked.corpora}: {', '.join(gone)}"
    if not chosen:
        return f"no such stage; there are {', '.join(map(_stage, find_modules(HERE)))}"
    if asked.markdown and asked.only:
        return "a page shows the whole table: --markdown goes without --only"
    if asked.markdown and BEGIN not in asked.markdown.read_text(encoding="utf-8"):
        return f"{asked.markdown} has no markers: {BEGIN} and {END}"
    return ""


def _stage(module: Path) -> str:
    return module.stem.removeprefix("measure_")


def _told(measurements: Iterable[Measurement]) -> Iterator[Measurement]:
    """The same, each announced when it is there."""
    for each in measurements:
        told = each.fault or f"{len(each.figures)} figures"
        print(f"{each.module}: {each.seconds:.0f} s, {told}", file=sys.stderr, flush=True)  # noqa: T201 - minutes pass
        yield each


def _answering(done: Iterable[Measurement], book: Book | None) -> set[str]:
    """The modules whose floors must have a figure: with a book all that it knows, else who ran."""
    known = {each.module for each in book.floors} if book else set()
    failed = {each.module for each in done if each.fault}
    return (known | {each.module for each in done}) - failed


def _write(asked: argparse.Namespace, today: Iterable[Measured], rows: Sequence[Row]) -> None:
    """Prints every figure; a page shows those of which something is asked."""
    print(align([HEAD, *map(cells, rows)]))  # noqa: T201 - what this is run for
    if asked.json:
        write_figures(asked.json, today)
    if asked.markdown:
        page = asked.markdown.read_text(encoding="utf-8")
        shown = markdown([HEAD, *(cells(row) for row in rows if row.asked)])
        told = f"Today is {datetime.now(UTC):%Y-%m-%d}.\n\n{shown}"
        asked.markdown.write_text(put_between(page, told), encoding="utf-8")


def _twice(done: Iterable[Measurement]) -> list[Key]:
    counts = Counter(figure.key for each in done for figure in each.figures)
    return [key for key, count in counts.items() if count > 1]


def _conclude(done: Sequence[Measurement], rows: Iterable[Row]) -> int:
    """Says aloud what is wrong; the exit code."""
    wrong = [f"{each.module} failed: {each.fault}" for each in done if each.fault]
    wrong += [f"{' / '.join(key)}: measured twice" for key in _twice(done)]
    for row in rows:
        if row.fails:
            files = f" ({', '.join(other_files(row))})" if row.standing == OTHER_CORPORA else ""
            wrong.append(f"{' / '.join(row.key)}: {row.standing}{files}")
    for each in wrong:
        print(f"quality: {each}", file=sys.stderr)  # noqa: T201 - a command says what failed
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
