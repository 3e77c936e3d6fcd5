"""At most so many questions at the engine; the rest wait in a short line, for a short time.

While the engine is away nobody waits: after a few failures every question is refused at once, but
for one that looks, every few seconds, whether the engine is back.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING

from dateline.errors import EngineError, EngineOverloaded, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

WAITING_PER_PLACE = 4
"""Callers who may wait for each place; with 20 ms a page the last of them waits about .1 s."""
FAIR_SHARE = 0.5
"""Of a question's time. One that waited longer for its place than this tells nothing about the
engine when it is late: our own line made it so, and the engine must not be taken to be away."""
FAILURES = 5
"""Failures in a row after which the engine is taken to be away."""
PROBE_EVERY = 5.0
"""Seconds between two looks whether it is back: 12 requests a minute."""


class Deadline:
    """When a question must be answered; waiting counts. Seconds of a clock that never jumps."""

    __slots__ = ("_clock", "_end", "seconds")

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds left, 0 when it has passed."""
        return max(0.0, self._end - self._clock())


class Gate:
    """A semaphore with a line of bounded length."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)
        self._line = places * WAITING_PER_PLACE
        self._waiting = 0

    @asynccontextmanager
    async def enter(self, deadline: Deadline) -> AsyncIterator[None]:
        """Hold a place inside the block, until the deadline at most.

        Raises EngineOverloaded when the line is full or left too little time, and
        EngineUnavailable when the block took too long.
        """
        await self._take_place(deadline)
        given = deadline.left()
        try:
            async with asyncio.timeout(given):
                yield
        except TimeoutError:
            if given < deadline.seconds * FAIR_SHARE:
                raise _no_place() from None
            raise EngineUnavailable(
                "the search engine did not answer in time", hint="try again in a moment"
            ) from None
        finally:
            self._places.release()

    async def _take_place(self, deadline: Deadline) -> None:
        if self._waiting >= self._line:
            raise EngineOverloaded(
                f"{self._waiting} questions already wait for the search engine",
                hint="try again in a moment, or raise DATELINE_CONCURRENCY",
            )
        self._waiting += 1
        try:
            async with asyncio.timeout(deadline.left()):
                await self._places.acquire()
        except TimeoutError:
            raise _no_place() from None
        finally:
            self._waiting -= 1


def _no_place() -> EngineOverloaded:
    return EngineOverloaded(
        "the search engine had no place free in time",
        hint="try again in a moment, or raise DATELINE_CONCURRENCY",
    )


class Breaker:
    """Keeps questions from an engine that is away; half open, it lets one through that looks."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._next_look = 0.0
        self._looking = False
        self._last: EngineUnavailable | None = None

    @asynccontextmanager
    async def watch(self) -> AsyncIterator[bool]:
        """Ask the engine inside the block; True while it is in doubt whether it is there.

        Raises EngineUnavailable at once while the engine is away.
        """
        looks = self._admit()
        try:
            yield looks or self._failures > 0
        except EngineUnavailable as error:
            self._count(error)
            raise
        except EngineOverloaded:  # our own line may have been full: nothing is known of the engine
            raise
        except EngineError:  # it answered, if not to our liking
            self._failures = 0
            raise
        else:
            self._failures = 0
        finally:
            if looks:
                self._looking = False

    def _admit(self) -> bool:
        if self._failures < FAILURES:
            return False
        if self._looking or self._clock() < self._next_look:
            last = self._last
            raise EngineUnavailable(
                last.message if last else "the search engine is away",
                hint="it is looked for every few seconds; try again in a moment",
            )
        self._looking = True
        return True

    def _count(self, error: EngineUnavailable) -> None:
        self._failures += 1
        self._last = error
        self._next_look = self._clock() + PROBE_EVERY
