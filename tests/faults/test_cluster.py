"""A cluster of three nodes with one replica, one of which is ended by kill -9."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import servers
from faults.archives import Place, check_alike, check_ledger
from faults.records import write_records
from faults.services import Callers, serving
from promises import ENDURANCE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROUNDS = 3 if ENDURANCE else 1
RECORDS = 2_000 if ENDURANCE else 800
PATIENCE = 120.0
"""Seconds in which an ingest must have begun, and a cluster must have all its copies again."""


@pytest.fixture(scope="module")
def cluster(elasticsearch_url: str) -> Iterator[servers.Own]:
    with servers.owned("--nodes", "3", port=0) as three:
        yield three


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """Two files, the first of which has a few articles, and the archive that they make."""

    some: str
    everything: str
    place: Place


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    some = write_records(folder / "some.jsonl", 100)
    everything = write_records(folder / "all.jsonl", RECORDS)
    place = Place(folder / "archive")
    for path in (some, everything):
        assert place.run("ingest", path).returncode == 3
    return Undisturbed(some, everything, place)


def ask_any(cluster: servers.Own, path: str) -> Any:
    """What the first node answers that lives."""
    for url in cluster.url.split(","):
        with suppress(OSError):
            return servers.ask(url + path)
    raise AssertionError("no node answers")


def wait_for_copies(cluster: servers.Own, index: str) -> None:
    """Until every shard has its replica: only then may a node go."""
    wanted = f"wait_for_status=green&wait_for_nodes=3&timeout={PATIENCE:.0f}s"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(AssertionError, OSError):
            if ask_any(cluster, f"/_cluster/health/{index}*?{wanted}")["status"] == "green":
                return
    raise AssertionError("the copies are not there")


def find_node(cluster: servers.Own, index: str, role: str) -> int:
    """The master, or a node that is none and holds a primary shard; its place among the nodes."""
    (master,) = ask_any(cluster, "/_cat/master?format=json")
    if role == "master":
        name = master["node"]
    else:
        shards = ask_any(cluster, f"/_cat/shards/{index}*?format=json&h=prirep,node")
        names = {shard["node"] for shard in shards} - {master["node"]}
        name = min(names)
    return int(name.removeprefix("dateline-")) - 1


@contextmanager
def restored(cluster: servers.Own, index: str) -> Iterator[None]:
    """All nodes and all copies are there again at the end of the block."""
    try:
        yield
    finally:
        cluster.start()
        wait_for_copies(cluster, index)


def wait_for_growth(cluster: servers.Own, index: str, command: subprocess.Popen[str]) -> None:
    """Until the ingest has written more than was there."""
    count = f"/{index}-originals/_count"
    before, end = ask_any(cluster, count)["count"], time.monotonic() + PATIENCE
    while command.poll() is None and ask_any(cluster, count)["count"] <= before:
        assert time.monotonic() < end, "the ingest writes nothing"
        time.sleep(0.05)
    assert command.poll() is None, "it was over before the node could go"


@pytest.mark.promise(
    "one of three nodes killed (kill -9), the master or one that holds articles, one replica",
    "no search fails; the ingest ends, or goes on with the same command: nothing lost or twice",
)
@pytest.mark.parametrize("role", ["holder", "master"])
def test_a_node_goes_and_searches_and_ingest_go_on(
    cluster: servers.Own,
    undisturbed: Undisturbed,
    tmp_path: Path,
    role: str,
    record_property: Callable[[str, object], None],
) -> None:
    everything = undisturbed.everything
    for number in range(ROUNDS):
        index = f"{role}-{number}"
        place = Place(tmp_path / index, cluster.url, index, {"replicas": "1"})
        assert place.run("ingest", undisturbed.some).returncode == 3
        wait_for_copies(cluster, index)
        with restored(cluster, index):
            with (
                serving(place, DATELINE_SEARCH_TIMEOUT="30") as service,
                Callers(f"{service.url}/v1/search?q=harbour", pause=0.02) as callers,
                place.start("ingest", everything) as command,
            ):
                wait_for_growth(cluster, index, command)
                callers.wait_for(20)
                cluster.kill(find_node(cluster, index, role))
                callers.wait_for(100)
                _, told = command.communicate(timeout=300)
            assert callers.failed == []
            assert command.returncode in {0, 3, 4}, told
            if command.returncode == 4:
                assert "again" in told.splitlines()[-1]
                assert place.run("ingest", everything).returncode == 3
            check_alike(place, undisturbed.place, record_property)
            check_ledger(place)
        record_property("kills", 1)
        record_property("searches", len(callers.answers))
        record_property("slowest search, s", round(callers.slowest, 1))
        record_property("exit code of the ingest", command.returncode)
