"""The command line under a clock that somebody sets, forward and back, while it runs.

libfaketime does not do: under it Python's `time.sleep` fails (its `clock_nanosleep` knows no
absolute times). So the wall clock is bent where Python reads it: `datetime.now` in every module of
ours, `time.time` everywhere. Time that only runs on (`time.monotonic`) is left alone, as a clock
that is set leaves it.
"""

from __future__ import annotations

import itertools
import os
import pkgutil
import sys
import time
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from faults import quick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import tzinfo

VARIABLE = "FAULTS_CLOCK_JUMPS"
OURS = ("dateline", "indexer", "api")


class JumpingClock:
    """Stands where a module has `datetime`: each reading of the clock jumps by the next offset."""

    def __init__(self, offsets: Iterable[float]) -> None:
        self._offsets = itertools.cycle(offsets)
        self._time: Callable[[], float] = time.time

    def now(self, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) + timedelta(seconds=next(self._offsets))

    def time(self) -> float:
        return self._time() + next(self._offsets)

    def __getattr__(self, name: str) -> Any:
        return getattr(datetime, name)

    def __call__(self, *given: Any, **named: Any) -> datetime:
        return datetime(*given, **named)  # noqa: DTZ001 - the caller's own zone, if any

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, datetime)


def bend(clock: JumpingClock) -> int:
    """Put the clock in place everywhere in this process; in how many modules of ours."""
    for name in OURS:
        package = import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    time.time = clock.time
    reading = [
        module
        for name, module in sys.modules.items()
        if name.split(".")[0] in OURS and vars(module).get("datetime") is datetime
    ]
    for module in reading:
        vars(module)["datetime"] = clock
    return len(reading)


def main() -> None:
    offsets = [float(each) for each in os.environ[VARIABLE].split(",")]
    assert bend(JumpingClock(offsets)), "no module reads the clock: this test tests nothing"
    quick.main()


if __name__ == "__main__":
    main()
