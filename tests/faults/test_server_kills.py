"""A server ended by kill -9 in the middle of a bulk, and started again over the same files."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
import servers
from faults.archives import Place, check_alike, check_ledger

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

ENDURANCE = os.environ.get("DATELINE_ENDURANCE") == "1"
KILLS = 5 if ENDURANCE else 1
PATIENCE = 60.0
"""Seconds until an ingest must have written something."""


@pytest.fixture
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


def test_what_a_killed_server_acknowledged_is_there_and_the_rest_comes_once(
    server: servers.Own, tmp_path: Path, corpora: Path
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
        check_alike(place, undisturbed)
        check_ledger(place)
