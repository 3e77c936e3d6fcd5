"""A server ended by kill -9 in the middle of a bulk, and started again over the same files."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import servers
from faults.archives import Place, check_alike, check_ledger
from faults.service import Callers, check_refusals, serving, wait_until_healed
from promises import ENDURANCE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Tell = Callable[[str, object], None]

KILLS = 5 if ENDURANCE else 1
PATIENCE = 60.0
"""Seconds until an ingest must have written something."""


@pytest.fixture(scope="module")
def server(elasticsearch_url: str) -> Iterator[servers.Own]:
    with servers.owned(port=servers.free_port()) as own:
        yield own


def count(url: str, index: str) -> int:
    try:
        return int(servers.ask(f"{url}/{index}/_count")["count"])
    except OSError:
        return 0


def wait_for_growth(server: servers.Own, index: str, command: subprocess.Popen[str]) -> None:
    """Until the ingest has originals in the archive that were not there before."""
    before, end = count(server.url, index), time.monotonic() + PATIENCE
    while count(server.url, index) <= before and command.poll() is None:
        assert time.monotonic() < end, "the ingest writes nothing"
        time.sleep(0.05)


@pytest.mark.promise(
    "kill -9 of the engine in the middle of a bulk",
    "what it acknowledged is there, the rest comes once",
)
def test_what_a_killed_server_acknowledged_is_there_and_the_rest_comes_once(
    server: servers.Own, tmp_path: Path, corpora: Path, record_property: Tell
) -> None:
    arguments = ["ingest", str(corpora / "yahoo-finance-2017.json.xz")]
    undisturbed = Place(tmp_path / "undisturbed")
    assert undisturbed.run(*arguments).returncode in {0, 3}
    for number in range(KILLS):
        place = Place(tmp_path / "disturbed", server.url, f"killed-{number}")
        with place.start(*arguments) as command:
            wait_for_growth(server, f"{place.index}-originals", command)
            server.kill()
            server.start()
            _, told = command.communicate(timeout=300)
        # it waited for the server, or it gave up and says what to do
        assert command.returncode in {0, 3, 4}, told
        if command.returncode == 4:
            assert "again" in told.splitlines()[-1]
            assert place.run(*arguments).returncode in {0, 3}
        check_alike(place, undisturbed, record_property)
        check_ledger(place)
    record_property("tries", KILLS)
    record_property("kills", KILLS)


@pytest.mark.promise(
    "kill -9 of the engine under search load",
    "503 with Retry-After in 3.5 s, and it heals with the engine, by itself",
)
def test_searches_outlive_a_killed_server(
    server: servers.Own, tmp_path: Path, few_articles: Path, record_property: Tell
) -> None:
    place = Place(tmp_path / "searched", server.url, "searched")
    assert place.run("ingest", str(few_articles)).returncode == 0
    with serving(place.env) as service, Callers(service, 4, pause=0.02) as callers:
        for _ in range(KILLS):
            time.sleep(1)
            server.kill()
            killed = time.monotonic()
            time.sleep(2)
            assert service.ask("/health").status == 200
            server.start()
            wait_until_healed(service, record_property)
            check_refusals(callers.since(killed), record_property)
    assert any(each.status == 503 for each in callers.told)
    record_property("tries", KILLS)
    record_property("kills", KILLS)
