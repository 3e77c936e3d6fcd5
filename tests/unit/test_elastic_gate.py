"""The line in front of the engine."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from dateline.errors import EngineFault, EngineOverloaded, EngineUnavailable
from dateline.search.gate import FAILURES, PROBE_EVERY, WAITING_PER_PLACE, Breaker, Deadline, Gate


async def crowd(places: int, callers: int) -> tuple[int, list[object]]:
    """How many were inside at once, and what each caller got."""
    gate, inside, most = Gate(places), 0, 0

    async def call() -> str:
        nonlocal inside, most
        async with gate.enter(Deadline(60)):
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
        async with gate.enter(Deadline(60)):
            for _ in range(20):
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0), gate.enter(Deadline(60)):
                        pass
        async with gate.enter(Deadline(60)):
            return "free again"

    assert asyncio.run(give_up()) == "free again"


def test_who_finds_no_place_in_time_is_told_so() -> None:
    async def wait() -> None:
        gate = Gate(1)
        async with gate.enter(Deadline(60)):
            with pytest.raises(EngineOverloaded, match="no place free in time"):
                async with gate.enter(Deadline(0.01)):
                    pass

    asyncio.run(wait())


def test_an_engine_that_takes_too_long_is_left() -> None:
    async def ask() -> str:
        gate = Gate(1)
        with pytest.raises(EngineUnavailable, match="in time"):
            async with gate.enter(Deadline(0.01)):
                await asyncio.sleep(60)
        async with gate.enter(Deadline(60)):
            return "free again"

    assert asyncio.run(ask()) == "free again"


def test_who_is_late_for_having_waited_says_nothing_of_the_engine() -> None:
    async def ask() -> None:
        gate = Gate(1)
        deadline = Deadline(0.2)
        await asyncio.sleep(0.15)
        with pytest.raises(EngineOverloaded, match="no place free in time"):
            async with gate.enter(deadline):
                await asyncio.sleep(60)

    asyncio.run(ask())


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def ask(breaker: Breaker, fault: Exception | None = None) -> str:
    """What a caller gets: an answer, the engine's fault, or a refusal without asking."""
    asked = False
    try:
        async with breaker.watch() as looks:
            asked = True
            if fault:
                raise fault
    except EngineUnavailable:
        return "asked in vain" if asked else "refused"
    except EngineFault:
        return "fault"
    return "looked" if looks else "answered"


AWAY = EngineUnavailable("nobody answers")


def test_an_engine_that_is_away_is_looked_for_every_few_seconds() -> None:
    async def run() -> None:
        clock = Clock()
        breaker = Breaker(clock)
        assert [await ask(breaker, AWAY) for _ in range(FAILURES)] == ["asked in vain"] * FAILURES
        assert [await ask(breaker, AWAY) for _ in range(100)] == ["refused"] * 100
        clock.now += PROBE_EVERY
        assert [await ask(breaker, AWAY) for _ in range(100)] == ["asked in vain"] + [
            "refused"
        ] * 99
        clock.now += PROBE_EVERY
        assert [await ask(breaker) for _ in range(3)] == ["looked", "answered", "answered"]

    asyncio.run(run())


def test_one_answer_in_between_keeps_it_closed() -> None:
    async def run() -> None:
        breaker = Breaker(Clock())
        for _ in range(5):
            assert [await ask(breaker, AWAY) for _ in range(FAILURES - 1)].count("refused") == 0
            assert await ask(breaker, EngineFault("no such index")) == "fault"

    asyncio.run(run())


def test_only_one_looks_at_a_time_and_one_who_hangs_up_makes_way() -> None:
    async def run() -> None:
        clock = Clock()
        breaker = Breaker(clock)
        for _ in range(FAILURES):
            await ask(breaker, AWAY)
        clock.now += PROBE_EVERY
        with suppress(asyncio.CancelledError):
            async with breaker.watch() as looks:
                assert looks
                assert await ask(breaker) == "refused"
                raise asyncio.CancelledError
        assert await ask(breaker) == "looked"

    asyncio.run(run())
