"""Today's figures beside the floors: what holds, what fell, what cannot be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.figures import worse
from quality.floors import floor_of, rises

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from quality.floors import Book, Floor, Key, Measured

ABOVE, EQUAL, BELOW = "▲", "=", "▼"
NEW, GONE, OTHER_CORPORA = "no floor yet", "▼ no longer measured", "▼ other corpora"
STATED = ""
"""Of yardsticks and of parts of a measure: nothing is asked of them, so they have no floor."""
NOT_REACHED = "reach not met"
STAGES = (
    "html",
    "cleaning",
    "boilerplate",
    "entities",
    "people",
    "names",
    "places",
    "reprints",
    "language",
    "dates",
    "summaries",
    "focus",
    "golds",
)
"""The order of the trip of an article; others follow."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measure with its figure of today and its floor, of which one may be missing."""

    key: Key
    today: Measured | None
    floor: Floor | None

    @property
    def standing(self) -> str:
        """How the figure stands to its floor."""
        if self.today is None:
            return GONE
        if self.floor is None:
            return STATED if self.today.figure.reach is None else NEW
        if self.floor.corpora != self.today.corpora:
            return OTHER_CORPORA
        return _compare(self.today, self.floor)

    @property
    def verdict(self) -> str:
        """The standing, and plainly whether what is asked for is missed."""
        missed = self.today is not None and not self.today.figure.reached
        return f"{self.standing}, {NOT_REACHED}" if missed else self.standing

    @property
    def asked(self) -> bool:
        """Whether something is asked of the measure, by a floor or as what to reach."""
        return self.standing != STATED

    @property
    def fails(self) -> bool:
        """Whether the floor does not hold."""
        return self.standing.startswith(BELOW)


def _compare(today: Measured, floor: Floor) -> str:
    if worse(today.figure.value, floor.floor, at_most=today.figure.at_most):
        return BELOW
    return ABOVE if rises(floor, floor_of(today, "")) else EQUAL


def judge(book: Book, today: Iterable[Measured], modules: Collection[str]) -> list[Row]:
    """A row per measure: all of today, and the floors of these modules that no figure meets."""
    figures = {each.key: each for each in today}
    rows = [Row(key, each, book.find(key)) for key, each in figures.items()]
    alone = [each for each in book.floors if each.module in modules and each.key not in figures]
    return sorted([*rows, *(Row(each.key, None, each) for each in alone)], key=_place)


def _place(row: Row) -> tuple[int, str]:
    """Measures of one stage stay as their module has them: sorting is stable."""
    stage = row.key[0]
    return (STAGES.index(stage), "") if stage in STAGES else (len(STAGES), stage)


def other_files(row: Row) -> list[str]:
    """The files of the corpora that differ between the floor and today."""
    if row.today is None or row.floor is None:
        return []
    differing = row.today.corpora.items() ^ row.floor.corpora.items()
    return sorted({file for file, _ in differing})
