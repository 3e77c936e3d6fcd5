"""One measured figure of quality."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt

NORMAL_95 = 1.959964
"""Standard deviations within which 95 % of a normal distribution lie."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` of `measure` (0-1 for shares) over `count` items.

    `interval` is its 95 % interval, `reach` what is asked for. With `at_most`, less is better:
    floor and reach are then ceilings. With `certain`, all of the interval must reach it. A `timed`
    figure differs from run to run, so what is asked of it is its floor.
    """

    stage: str
    measure: str
    value: float
    count: int
    interval: tuple[float, float] | None = None
    reach: float | None = None
    at_most: bool = False
    certain: bool = False
    timed: bool = False

    def __post_init__(self) -> None:
        if not isfinite(self.value):  # no floor would refuse it
            raise ValueError(f"{self.stage} / {self.measure} is {self.value}")

    @property
    def reached(self) -> bool:
        """Whether what is asked for is there; so it is where nothing is asked."""
        ends = self.interval if self.certain and self.interval else (self.value,)
        return self.reach is None or not any(
            worse(end, self.reach, at_most=self.at_most) for end in ends
        )


def worse(one: float, other: float, *, at_most: bool) -> bool:
    """Whether the first value is the worse one."""
    return one > other if at_most else one < other


def share(stage: str, measure: str, right: int, count: int, reach: float | None = None) -> Figure:
    """`right` of `count`, with Wilson's interval (1927)."""
    return Figure(stage, measure, right / count, count, wilson(right, count), reach)


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson's score: within 0-1, also for none and for all."""
    square = NORMAL_95**2
    middle = (right + square / 2) / (count + square)
    spread = sqrt(right * (count - right) / count + square / 4) * NORMAL_95 / (count + square)
    return max(0.0, middle - spread), min(1.0, middle + spread)
