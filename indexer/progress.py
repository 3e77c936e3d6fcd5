"""How far an ingest is, on standard error: a bar on a terminal, else a line now and then.

Rate in articles per second, time left by the share of the input's bytes that were read.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress, TaskID

    from indexer.sources import Tally

_LINE_EVERY = 30.0
"""Seconds between two lines where nobody watches."""
_MINUTE, _HOUR = 60, 3600


class Watcher(Protocol):
    """Is told of every article."""

    def advance(self) -> None:
        """One more article has its outcome."""

    def close(self) -> None:
        """The run is over."""


@dataclass(slots=True)
class Pace:
    """Articles done since `started` (seconds), and how much of `total_bytes` was read for them."""

    started: float
    total_bytes: int
    tally: Tally
    done: int = 0

    def rate(self, now: float) -> float:
        """Articles per second."""
        return self.done / max(now - self.started, 1e-3)

    def left(self, now: float) -> float | None:
        """Seconds until the end, None when it cannot be told (standard input)."""
        if not self.total_bytes or not self.tally.bytes_read:
            return None
        share = min(self.tally.bytes_read / self.total_bytes, 1.0)
        return (now - self.started) * (1 - share) / share

    def describe(self, now: float) -> str:
        """One line: "1,200 articles, 35.1/s, about 2 min left"."""
        left = self.left(now)
        rest = f", about {describe_seconds(left)} left" if left is not None else ""
        return f"{count_articles(self.done)}, {self.rate(now):.1f}/s{rest}"


def count_articles(count: int) -> str:
    """So many articles: "1 article", "1,200 articles"."""
    return f"{count:,} article{'' if count == 1 else 's'}"


def describe_seconds(seconds: float) -> str:
    """A duration as a person says it: "40 s", "12 min", "3.5 h"."""
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / _MINUTE:.0f} min" if seconds < 2 * _HOUR else f"{seconds / _HOUR:.1f} h"


@dataclass(slots=True)
class Lines:
    """Writes a line every half minute."""

    pace: Pace
    stream: TextIO
    clock: Callable[[], float] = time.monotonic
    _said: float = field(default=0.0)

    def __post_init__(self) -> None:
        self._said = self.pace.started

    def advance(self) -> None:
        """Count an article; say so if half a minute has passed."""
        self.pace.done += 1
        now = self.clock()
        if now - self._said >= _LINE_EVERY:
            self._said = now
            print(self.pace.describe(now), file=self.stream, flush=True)

    def close(self) -> None:
        """Nothing to end."""


@dataclass(slots=True)
class Bar:
    """Draws a bar that goes by bytes."""

    pace: Pace
    progress: Progress
    task: TaskID

    def advance(self) -> None:
        """Count an article and redraw."""
        self.pace.done += 1
        self.progress.update(
            self.task,
            completed=min(self.pace.tally.bytes_read, self.pace.total_bytes),
            description=self.pace.describe(time.monotonic()),
        )

    def close(self) -> None:
        """Leave the last state on the screen."""
        self.progress.stop()


def watch(tally: Tally, total_bytes: int, stream: TextIO) -> Watcher:
    """Begin to watch a run: a bar if `stream` is a terminal."""
    pace = Pace(time.monotonic(), total_bytes, tally)
    return _draw_bar(pace, stream) if stream.isatty() else Lines(pace, stream)


def _draw_bar(pace: Pace, stream: TextIO) -> Bar:
    from rich.console import Console  # noqa: PLC0415 - 50 ms that only a terminal needs
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415 - likewise

    columns = (BarColumn(), TextColumn("{task.description}"))
    progress = Progress(*columns, console=Console(file=stream))
    task = progress.add_task("reading", total=pace.total_bytes or None)
    progress.start()
    return Bar(pace, progress, task)
