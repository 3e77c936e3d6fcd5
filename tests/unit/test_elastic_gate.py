"""The line in front of the engine."""

from __future__ import annotations

import asyncio

import pytest

from dateline.errors import EngineOverloaded
from dateline.search.gate import WAITING_PER_PLACE, Gate


async def crowd(places: int, callers: int) -> tuple[int, list[object]]:
    """How many were inside at once, and what each caller got."""
    gate, inside, most = Gate(places), 0, 0

    async def call() -> str:
        nonlocal inside, most
        async with gate.enter():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1
        return "answered"

    answers = await asyncio.gather(*(call() for _ in range(callers)), return_exceptions=True)
    return most, answers


def test_no_more_than_its_places_are_inside() -> None:
    most, answers = asyncio.run(crowd(3, 10))
    assert most == 3
    assert answers == ["answered"] * 10


def test_a_full_line_refuses_at_once_and_says_what_to_do() -> None:
    _, answers = asyncio.run(crowd(2, 50))
    refused = [each for each in answers if isinstance(each, EngineOverloaded)]
    assert len(refused) == 50 - 2 - 2 * WAITING_PER_PLACE
    assert "DATELINE_CONCURRENCY" in refused[0].hint


def test_a_caller_who_gives_up_leaves_no_trace() -> None:
    async def give_up() -> str:
        gate = Gate(1)
        async with gate.enter():
            for _ in range(20):
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0), gate.enter():
                        pass
        async with gate.enter():
            return "free again"

    assert asyncio.run(give_up()) == "free again"
