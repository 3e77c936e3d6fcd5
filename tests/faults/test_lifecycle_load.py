"""One index in another's place while the API is asked without pause; and the same, killed."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from faults.archives import check_ledger
from faults.service import Callers, serving
from promises import ENDURANCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faults.archives import Place
    from faults.service import Told

    Tell = Callable[[str, object], None]

LASTING = 180.0 if ENDURANCE else 0.0
"""Seconds for which the commands are repeated, once at least."""
KILLS = 10 if ENDURANCE else 1
STARTED = 0.5
"""Seconds in which a command has done nothing yet but load."""
COMMANDS = ("rebuild", "reprocess", "rollback")


def write_late(folder: Path, number: int) -> Path:
    path = folder / f"late-{number}.txt"
    path.write_text(f"Late edition {number}\n\nThe harbour was opened on Tuesday, {number}.\n")
    return path


def replace_under_load(place: Place, folder: Path) -> int:
    """Each command with an ingest beside it; how many articles those ingests brought."""
    end, number = time.monotonic() + LASTING, 0
    while number == 0 or time.monotonic() < end:
        for command in COMMANDS:
            late = write_late(folder, number)
            with place.start("ingest", str(late)) as ingest:
                replace_in_turn(place, command)
                _, told = ingest.communicate(timeout=300)
            assert ingest.returncode == 0, told
            number += 1
    return number


def replace_in_turn(place: Place, command: str) -> None:
    """Run it, again where the one writer of an embedded archive is the ingest beside it."""
    done = place.run(command)
    while done.returncode == 4 and "another program" in done.stderr:
        done = place.run(command)
    assert done.returncode == 0, done.stderr


def check_answers(answers: list[Told], least: int, tell: Tell) -> None:
    """0 failed searches, and none that found less than was there all the time."""
    failed = [each for each in answers if each.status != 200]
    tell("searches", len(answers))
    tell("failed", len(failed))
    assert not failed, (failed[0].status, failed[0].body)
    assert min(each.json()["total"]["value"] for each in answers) >= least


@pytest.mark.promise(
    "rebuild, reprocess, rollback, withdraw under search load",
    "0 failed searches, hits never fewer; what is written meanwhile is there afterwards",
)
def test_no_search_fails_while_one_index_takes_anothers_place(
    either: Place, few_articles: Path, tmp_path: Path, record_property: Tell
) -> None:
    assert either.run("ingest", str(few_articles)).returncode == 0
    before, _ = either.contents()
    with serving(either.env) as service, Callers(service, 3, pause=0.02) as callers:
        time.sleep(0.5)
        brought = replace_under_load(either, tmp_path)
        gone = min(before)
        assert either.run("withdraw", gone, "--reason", "an order").returncode == 0
        time.sleep(0.5)
    check_answers(callers.told, len(before) - 1, record_property)
    record_property("replacements", brought)
    documents, originals = either.contents()
    assert before.keys() - documents.keys() == {gone}
    assert len(documents) == len(before) - 1 + brought
    assert len(originals) == len(before) + brought
    check_ledger(either)


@pytest.mark.promise(
    "kill -9 of rebuild and reprocess at random moments",
    "the archive is as before or as after; the next command goes on",
)
@pytest.mark.parametrize("command", ["rebuild", "reprocess"])
def test_a_replacement_that_is_killed_leaves_a_whole_archive(
    either: Place, few_articles: Path, command: str, record_property: Tell
) -> None:
    assert either.run("ingest", str(few_articles)).returncode == 0
    before = either.contents()
    began = time.monotonic()
    assert either.run(command).returncode == 0
    longest = time.monotonic() - began - STARTED
    chance, killed = random.Random(command), 0
    for _ in range(KILLS):
        with either.start(command) as replacing:
            time.sleep(STARTED + chance.random() * longest)
            replacing.kill()
            replacing.communicate()
        killed += replacing.returncode == -9
        assert either.contents() == before
    record_property("tries", KILLS)
    record_property("kills", killed)
    for after in ("rebuild", "rollback"):
        done = either.run(after)
        assert done.returncode == 0, (after, done.stderr)
        assert either.contents() == before
    check_ledger(either)
