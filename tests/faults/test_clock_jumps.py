"""A wall clock that is set by hours and days, forward and back, while we are at work."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING

import pytest
from faults import quick
from faults.archives import Place, check_alike, check_ledger
from faults.jumping import VARIABLE, JumpingClock
from faults.records import write_records
from faults.services import Callers, serving

from dateline.errors import EngineBusy
from dateline.search.elastic import records
from dateline.search.embedded import locks
from dateline.search.opening import open_reader, open_writer
from dateline.search.queries import SearchQuery

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOUR, DAY = 3_600, 86_400
JUMPS = (0, 3 * DAY, -2 * DAY, HOUR, -HOUR, 400 * DAY, -400 * DAY)
"""Each reading of the clock is off by the next of these seconds."""
BENT = {VARIABLE: ",".join(map(str, JUMPS))}
LONGEST = 120.0
"""Seconds that a command may take; none waits for a calendar."""


@pytest.fixture
def place(either: Place) -> Place:
    return either


async def days_of(place: Place) -> set[object]:
    """The days on which the documents say that they were indexed."""
    reader = open_reader(place.settings)
    try:
        return {each.indexed_at.date() async for each in reader.scan(SearchQuery())}
    finally:
        await reader.close()


@pytest.mark.promise(
    "wall clock set by hours and days, forward and back, during ingest, rebuild and rollback",
    "nothing lost, nothing twice, nobody waits for the calendar, durations stay true",
)
def test_a_clock_that_jumps_takes_nothing_from_an_archive(
    place: Place, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    arguments = ["ingest", write_records(tmp_path / "a.jsonl", 300)]
    undisturbed = Place(tmp_path / "undisturbed")
    assert undisturbed.run(*arguments).returncode == 3
    commands = ((arguments, 3), (arguments, 3), (["rebuild"], 0), (["rollback"], 0))
    for command, code in commands:
        began = time.monotonic()
        done = quick.run(*command, "--json", env={**place.env, **BENT})
        took = time.monotonic() - began
        assert done.returncode == code, done.stderr
        assert took < LONGEST
        if command is arguments:
            assert 0 <= json.loads(done.stdout)["seconds"] <= took
    assert len(asyncio.run(days_of(place))) > 1, "the clock did not jump"
    check_alike(place, undisturbed, record_property)
    check_ledger(place)


@pytest.mark.promise(
    "wall clock set by hours and days, forward and back, while the API answers",
    "every search is answered, none waits, the service is ready",
)
def test_a_clock_that_jumps_refuses_no_search(place: Place, tmp_path: Path) -> None:
    assert place.run("ingest", write_records(tmp_path / "a.jsonl", 40)).returncode == 0
    with (
        serving(place, DATELINE_SEARCH_TIMEOUT="30", **BENT) as service,
        Callers(f"{service.url}/v1/search?q=harbour") as callers,
    ):
        callers.wait_for(60)
        assert service.get("/ready").status_code == 200
    assert callers.failed == []


@pytest.mark.promise(
    "wall clock set by days while a task is held",
    "the lock is not taken from a holder who lives",
)
def test_a_clock_that_jumps_takes_no_lock_from_a_living_holder(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place.run("ingest", write_records(tmp_path / "a.jsonl", 1)).returncode == 0
    for module in (records, locks):
        monkeypatch.setattr(module, "datetime", JumpingClock(JUMPS))
    holder, other = open_writer(place.settings), open_writer(place.settings)
    try:
        with (
            holder.hold("a task"),
            pytest.raises(EngineBusy, match="a task"),
            other.hold("a task"),
        ):
            pytest.fail("two are at the same task")
        with other.hold("a task"):  # it is free once the holder is done
            pass
    finally:
        holder.close()
        other.close()
