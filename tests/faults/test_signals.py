"""A polite kill: requests under way are answered, an ingest says how to go on."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from faults import strangers
from faults.archives import Place, check_alike, check_ledger
from faults.records import write_records
from faults.services import Callers, serving

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    import httpx

ANSWERED_WITHIN = 10.0
"""Seconds from the signal to the end of the service."""
RECORDS = 400


@pytest.fixture
def place(either: Place) -> Place:
    return either


@pytest.mark.promise(
    "SIGTERM to the API while searches wait for Elasticsearch",
    "every search under way is answered, the service ends within 10 s with exit code 0",
)
def test_what_is_asked_before_the_signal_is_answered(
    elasticsearch_url: str,
    index_prefix: str,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    direct = Place(tmp_path / "archive", elasticsearch_url, index_prefix)
    assert direct.run("ingest", write_records(tmp_path / "a.jsonl", 40)).returncode == 0
    with (
        strangers.holding(elasticsearch_url) as (url, passing, held),
        ThreadPoolExecutor(8) as pool,
        serving(Place(direct.data, url, index_prefix), DATELINE_SEARCH_TIMEOUT="30") as service,
    ):
        assert service.get("/ready").status_code == 200
        passing.clear()
        asked = [pool.submit(service.get, "/v1/search?q=harbour") for _ in range(8)]
        for _ in asked:
            assert held.acquire(timeout=30), "a search did not get as far as the engine"
        service.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        time.sleep(0.5)
        assert service.process.poll() is None, "it ended with searches under way"
        passing.set()
        answers: list[httpx.Response] = [each.result() for each in asked]
        assert service.process.wait(60) == 0
        took = time.monotonic() - began
    assert [answer.status_code for answer in answers] == [200] * 8
    assert took < ANSWERED_WITHIN
    record_property("end, s", round(took, 1))


@pytest.mark.promise(
    "SIGTERM to the API under constant searches",
    "no search is answered with an error, the service ends within 10 s with exit code 0",
)
def test_a_service_under_load_ends_in_order(place: Place, tmp_path: Path) -> None:
    assert place.run("ingest", write_records(tmp_path / "a.jsonl", 40)).returncode == 0
    with serving(place) as service:
        with Callers(f"{service.url}/v1/search?q=harbour", pause=0.01) as callers:
            callers.wait_for(20)
            service.process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            assert service.process.wait(60) == 0
            assert time.monotonic() - began < ANSWERED_WITHIN
        # who comes to a closed door has no answer; who has one has the right one
        assert {answer.status for answer in callers.answers} <= {200, 0}


def wait_for_start(command: subprocess.Popen[str], place: Place) -> None:
    """Until an ingest has accepted articles."""
    ledgers, end = place.data / "ledger", time.monotonic() + 60
    while not any(ledgers.rglob("run-*.lock")):
        assert command.poll() is None, "it was over before it could be told to end"
        assert time.monotonic() < end, "the ingest does not begin"
        time.sleep(0.01)


@pytest.mark.promise(
    "SIGTERM or SIGINT to an ingest",
    "it ends in order, says how to go on, exit code 130; the same command loses nothing",
)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_ingest_told_to_end_says_how_to_go_on_and_loses_nothing(
    place: Place,
    tmp_path: Path,
    number: signal.Signals,
    record_property: Callable[[str, object], None],
) -> None:
    arguments = ["ingest", write_records(tmp_path / "a.jsonl", RECORDS)]
    undisturbed = Place(tmp_path / "undisturbed")
    assert undisturbed.run(*arguments).returncode == 3
    with place.start(*arguments) as command:
        wait_for_start(command, place)
        time.sleep(0.3)
        command.send_signal(number)
        _, told = command.communicate(timeout=60)
    assert command.returncode == 130, told
    assert "give the same command to go on" in told.splitlines()[-1]
    (run,) = place.ask("status")["ledger"]["runs"]
    assert run["state"] == "interrupted"
    assert place.run(*arguments).returncode == 3
    check_alike(place, undisturbed, record_property)
    check_ledger(place)
