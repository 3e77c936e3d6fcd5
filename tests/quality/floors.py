"""Floors of quality: what each measure has reached, on which corpora, and what was ever lowered.

Pure but for `read_book` and `write_book`; the standard library only, so that `tools/floors` runs on
any Python.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.figures import Figure, worse

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

BOOK = Path(__file__).with_name("floors.json")

Key = tuple[str, str]
"""Stage and measure."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of today, the module that measured it, and the SHA-256 of each file it opened."""

    figure: Figure
    module: str
    corpora: dict[str, str]

    @property
    def key(self) -> Key:
        """Stage and measure."""
        return self.figure.stage, self.figure.measure


@dataclass(frozen=True, slots=True)
class Floor:
    """What a measure may not fall below (`at_most`: rise above) while its corpora are the same."""

    stage: str
    measure: str
    floor: float
    at_most: bool
    date: str
    module: str
    corpora: dict[str, str]

    @property
    def key(self) -> Key:
        """Stage and measure."""
        return self.stage, self.measure


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that somebody set anew on purpose; `after` is null where the measure is gone."""

    stage: str
    measure: str
    before: float
    after: float | None
    date: str
    why: str


@dataclass(frozen=True, slots=True)
class Book:
    """All floors, by stage and measure, and every lowering, oldest first."""

    floors: tuple[Floor, ...] = ()
    lowered: tuple[Lowered, ...] = ()

    def find(self, key: Key) -> Floor | None:
        """The floor of a measure."""
        return next((each for each in self.floors if each.key == key), None)


def grain(value: float, *, at_most: bool = False) -> float:
    """Three decimals, towards the worse side: what a floor holds and a table shows."""
    thousands = round(value * 1000, 6)  # .57 * 1000 is 569.9999999999999
    return (ceil(thousands) if at_most else floor(thousands)) / 1000


def floor_of(measured: Measured, date: str) -> Floor:
    """The floor that a figure of today gives."""
    figure = measured.figure
    held = figure.value if figure.reach is None or not figure.timed else figure.reach
    value = grain(held, at_most=figure.at_most)
    return Floor(*measured.key, value, figure.at_most, date, measured.module, measured.corpora)


def raise_floors(
    book: Book, today: Iterable[Measured], date: str, also: Container[Key] = ()
) -> tuple[Book, list[Floor], list[Measured]]:
    """The book with each floor raised that today's figures exceed.

    A measure enters it when something is asked of it (`reach`) or it is in `also`: yardsticks and
    parts of a measure have no floor. Also gives what was raised or entered, and what could not be
    compared, as it was measured on other corpora.
    """
    known = {each.key: each for each in book.floors}
    raised, strange = [], []
    for each in today:
        new, old = floor_of(each, date), known.get(each.key)
        if old and old.corpora != new.corpora:
            strange.append(each)
        elif rises(old, new) if old else each.figure.reach is not None or each.key in also:
            known[each.key] = new
            raised.append(new)
    return replace(book, floors=_in_order(known.values())), raised, strange


def rises(old: Floor, new: Floor) -> bool:
    """Whether the second floor asks for more."""
    return worse(old.floor, new.floor, at_most=new.at_most)


def lower_floor(book: Book, old: Floor, today: Measured | None, date: str, why: str) -> Book:
    """The book with one floor set to today's figure, on today's corpora; without a figure it goes.

    The reason is kept.
    """
    new = floor_of(today, date) if today else None
    others = [each for each in book.floors if each.key != old.key]
    record = Lowered(*old.key, old.floor, new.floor if new else None, date, why)
    return Book(_in_order([*others, *filter(None, [new])]), (*book.lowered, record))


def _in_order(floors: Iterable[Floor]) -> tuple[Floor, ...]:
    return tuple(sorted(floors, key=lambda each: each.key))


def read_book(path: Path) -> Book:
    """The floors as they are committed."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return Book(
        tuple(Floor(**each) for each in content["floors"]),
        tuple(Lowered(**each) for each in content["lowered"]),
    )


def write_book(path: Path, book: Book) -> None:
    """Writes the floors so that a change of one is a diff of a few lines."""
    path.write_text(_render(asdict(book)), encoding="utf-8")


def read_figures(path: Path) -> list[Measured]:
    """Figures as `write_figures` wrote them."""
    return [_read_measured(each) for each in json.loads(path.read_text(encoding="utf-8"))]


def write_figures(path: Path, figures: Iterable[Measured]) -> None:
    """Writes figures for `tools/floors`."""
    path.write_text(_render([asdict(each) for each in figures]), encoding="utf-8")


def _read_measured(row: dict[str, Any]) -> Measured:
    figure, interval = row["figure"], row["figure"]["interval"]
    low_high = tuple(interval) if interval else None
    return Measured(Figure(**figure | {"interval": low_high}), row["module"], row["corpora"])


def _render(content: Any) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
