"""One measured figure of quality."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` of `measure` (0–1 for shares) over `count` items; `interval` is its 95 % interval, `reach` what is asked for."""

    stage: str
    measure: str
    value: float
    count: int
    interval: tuple[float, float] | None = None
    reach: float | None = None
