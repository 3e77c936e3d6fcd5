"""At most so many questions at the engine; the rest wait in a short line or are refused."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from dateline.errors import EngineOverloaded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WAITING_PER_PLACE = 4
"""Callers who may wait for each place; with 20 ms a page the last of them waits about .1 s."""


class Gate:
    """A semaphore with a line of bounded length."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)
        self._line = places * WAITING_PER_PLACE
        self._waiting = 0

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Hold a place inside the block. Raises EngineOverloaded when the line is full."""
        if self._waiting >= self._line:
            raise EngineOverloaded(
                f"{self._waiting} questions already wait for the search engine",
                hint="try again in a moment, or raise DATELINE_CONCURRENCY",
            )
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()
