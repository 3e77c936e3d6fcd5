"""Processor time and profiles by stage."""

from __future__ import annotations

import cProfile
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Item = TypeVar("Item")
UNPROFILED = {"all", "model in the finder", "second reading"}
"""What holds other stages, or stands inside one: a profile cannot be taken within another."""


@dataclass(slots=True)
class Stopwatch:
    """Processor seconds by stage, and profiles by stage where they are asked for."""

    profiling: bool = False
    seconds: Counter[str] = field(default_factory=Counter)
    profiles: defaultdict[str, cProfile.Profile] = field(
        default_factory=lambda: defaultdict(cProfile.Profile)
    )

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Count what happens inside to a stage."""
        profiled = self.profiling and stage not in UNPROFILED
        if profiled:
            self.profiles[stage].enable()
        begun = time.process_time()
        try:
            yield
        finally:
            self.seconds[stage] += time.process_time() - begun
            if profiled:
                self.profiles[stage].disable()

    @contextmanager
    def paused(self, stage: str) -> Iterator[None]:
        """What happens inside stays out of the stage's profile."""
        if self.profiling:
            self.profiles[stage].disable()
        try:
            yield
        finally:
            if self.profiling:
                self.profiles[stage].enable()

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted to a stage."""

        @wraps(function)
        def timed(*given: Any, **named: Any) -> Any:
            with self.time(stage):
                return function(*given, **named)

        return timed

    def iterate(self, stage: str, iterator: Iterator[Item]) -> Iterator[Item]:
        """The items, what it takes to get each counted to a stage."""
        end = object()
        while True:
            with self.time(stage):
                item = next(iterator, end)
            if item is end:
                return
            yield cast("Item", item)
