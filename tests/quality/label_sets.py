"""The label sets of cleaning and dates as they lie in golds/: items, two passes, what counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.agreement import Agreement, agreement

if TYPE_CHECKING:
    from collections.abc import Iterable

GOLDS = Path(__file__).parent / "golds"

BBC_OWN = {("tech/184.txt", 18): "drop"}  # its author introduced: the only line of BBC's own

Cut = tuple[int, str]
"""Where a stretch of a line begins, in code points, and its fate: keep or drop."""

Line = tuple[str, str, int]
"""File, document, number of the line from 0."""


def read_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a file in golds/, such as `cleaning-pass1`."""
    rows: list[dict[str, Any]] = json.loads((GOLDS / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def cleaning_labels(rows: Iterable[dict[str, Any]]) -> dict[Line, tuple[Cut, ...]]:
    """Each line's stretches: one where it is kept or dropped whole, more where it is cut."""
    return {
        (row["file"], row["document"], line[0]): _stretches(line)
        for row in rows
        for line in row["lines"]
    }


def _stretches(line: list[Any]) -> tuple[Cut, ...]:
    if line[2] != "split":
        return ((0, line[2]),)
    return tuple((start, fate) for start, fate in line[3])


def word(stretches: tuple[Cut, ...]) -> str:
    """keep, drop or split."""
    return stretches[0][1] if len(stretches) == 1 else "split"


def cut_alike(first: tuple[Cut, ...], second: tuple[Cut, ...]) -> bool:
    """Whether two lines are cut at the same places, give or take one code point, for one fate."""
    return len(first) == len(second) and all(
        abs(one[0] - other[0]) <= 1 and one[1] == other[1]
        for one, other in zip(first, second, strict=True)
    )


def cleaning_agreement() -> Agreement:
    """Of the two readers of lines, over keep, drop and split."""
    first, second = (cleaning_labels(read_rows(f"cleaning-pass{n}")) for n in (1, 2))
    lines = sorted(first)
    return agreement([word(first[line]) for line in lines], [word(second[line]) for line in lines])


def date_agreements() -> tuple[Agreement, Agreement]:
    """Of the two readers of dates: over the whole answer, and over source and precision."""
    first, second = (read_rows(f"dates-pass{n}") for n in (1, 2))
    keys = (("date", "precision", "source"), ("source", "precision"))
    answers = [
        [[tuple(row[part] for part in key) for row in rows] for rows in (first, second)]
        for key in keys
    ]
    whole, kinds = (agreement(*pair) for pair in answers)
    return whole, kinds


if __name__ == "__main__":
    whole, kinds = date_agreements()
    for what, found in (
        ("cleaning, keep/drop/split", cleaning_agreement()),
        ("dates, the whole answer", whole),
        ("dates, source and precision", kinds),
    ):
        told = f"{found.count:5} labels, {found.share:.1%} alike, kappa {found.kappa:.3f}"
        print(f"{what:28} {told}")  # noqa: T201 - the one thing this is run for
