"""An ingest ended by kill -9 at random moments: the same command again ends where one run ends."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest
from faults.archives import check_alike, check_ledger
from promises import ENDURANCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faults.archives import Place

    Tell = Callable[[str, object], None]

KILLS = int(os.environ.get("DATELINE_KILLS", "50")) if ENDURANCE else 3
CHANCE = random.Random(20_171)
STARTED = 0.4
"""Seconds in which a process has done nothing yet but load."""


def kill_at_random(place: Place, arguments: list[str], kills: int, longest: float) -> int:
    """Run a command until it ends by itself or was killed so many times; how often it was."""
    for killed in range(kills):
        with place.start(*arguments) as command:
            time.sleep(STARTED + CHANCE.random() * longest)
            ended = command.poll() is not None
            command.kill()
            command.communicate()
        if ended:
            return killed
    return kills


def measure(place: Place, arguments: list[str]) -> float:
    """Run a command to its end; the seconds it took beyond its start."""
    begun = time.monotonic()
    done = place.run(*arguments)
    assert done.returncode in {0, 3}, done.stderr
    return max(time.monotonic() - begun - STARTED, 0.2)


@pytest.mark.promise(
    "kill -9 of the indexer at random moments", "the same command again ends as one run does"
)
def test_an_ingest_killed_again_and_again_ends_as_an_undisturbed_one(
    either: Place, corpora: Path, record_property: Tell
) -> None:
    arguments = ["ingest", str(corpora / "yahoo-finance-2017.json.xz")]
    undisturbed = either.beside("-once")
    took = measure(undisturbed, arguments)
    killed = archives = 0
    while killed < KILLS and archives < 2 * KILLS:
        place = either.beside(f"-{archives}")
        killed += kill_at_random(place, arguments, KILLS - killed, took)
        assert place.run(*arguments).returncode in {0, 3}
        check_alike(place, undisturbed, record_property)
        check_ledger(place)
        archives += 1
    record_property("tries", KILLS)
    record_property("kills", killed)
    record_property("archives", archives)
    again = place.ask(*arguments)
    assert set(again["counts"]) == {"unchanged"}


@pytest.mark.promise(
    "kill -9 of the indexer while it starts", "nothing half is left behind, the next run is whole"
)
def test_killed_before_its_first_word_it_leaves_nothing_behind(
    either: Place, tmp_path: Path, record_property: Tell
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Harbour closed\n\nThe harbour was closed on Monday after the storm.\n")
    for _ in range(KILLS):
        kill_at_random(either, ["ingest", str(article)], 1, 0.3)
    record_property("tries", KILLS)
    assert either.run("ingest", str(article)).returncode == 0
    documents, originals = either.contents()
    assert (len(documents), len(originals)) == (1, 1)
    check_ledger(either)
