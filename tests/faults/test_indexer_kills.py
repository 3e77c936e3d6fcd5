"""An ingest ended by kill -9 at random moments: the same command again ends where one run ends."""

from __future__ import annotations

import os
import random
import time
import uuid
from typing import TYPE_CHECKING

import pytest
import servers
from faults.archives import Place, check_alike, check_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENDURANCE = os.environ.get("DATELINE_ENDURANCE") == "1"
KILLS = 20 if ENDURANCE else 3
SEED = 20_171
STARTED = 0.4
"""Seconds in which a process has done nothing yet but load."""


@pytest.fixture(params=["embedded", "elasticsearch"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "embedded":
        yield Place(tmp_path / "archive")
        return
    url = request.getfixturevalue("elasticsearch_url")
    index = f"test-{uuid.uuid4().hex[:12]}"
    yield Place(tmp_path / "archive", url, index)
    servers.delete_indices(url, index)


def kill_at_random(place: Place, arguments: list[str], kills: int, longest: float) -> int:
    """Run a command until it has been killed so many times; how often it ended by itself."""
    chance = random.Random(SEED)
    ended = killed = 0
    while killed < kills and ended < kills:
        with place.start(*arguments) as command:
            time.sleep(STARTED + chance.random() * longest)
            if command.poll() is None:
                command.kill()
                killed += 1
            else:
                ended += 1
            command.communicate()
    return ended


def measure(place: Place, arguments: list[str]) -> float:
    """Run a command to its end; the seconds it took beyond its start."""
    begun = time.monotonic()
    done = place.run(*arguments)
    assert done.returncode in {0, 3}, done.stderr
    return max(time.monotonic() - begun - STARTED, 0.2)


def test_an_ingest_killed_again_and_again_ends_as_an_undisturbed_one(
    place: Place, corpora: Path
) -> None:
    arguments = ["ingest", str(corpora / "yahoo-finance-2017.json.xz")]
    undisturbed = place.beside("-once")
    took = measure(undisturbed, arguments)
    kill_at_random(place, arguments, KILLS, took)
    assert place.run(*arguments).returncode in {0, 3}
    check_alike(place, undisturbed)
    check_ledger(place)
    again = place.ask(*arguments)
    assert set(again["counts"]) == {"unchanged"}


def test_killed_before_its_first_word_it_leaves_nothing_behind(
    place: Place, tmp_path: Path
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Harbour closed\n\nThe harbour was closed on Monday after the storm.\n")
    kill_at_random(place, ["ingest", str(article)], KILLS, 0.3)
    assert place.run("ingest", str(article)).returncode == 0
    documents, originals = place.contents()
    assert (len(documents), len(originals)) == (1, 1)
    check_ledger(place)
