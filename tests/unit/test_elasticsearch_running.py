from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import servers
from elasticsearch_server import verbs
from elasticsearch_server.common import ServerError
from elasticsearch_server.releases import RELEASES

NEWEST = RELEASES["9.4.3"]
OLDER = RELEASES["8.19.8"]


@pytest.fixture
def running(elasticsearch_8_url: str) -> Path:
    """The data folder of a server that runs."""
    told = servers.ask(f"{elasticsearch_8_url}/_nodes/_local/settings")
    node = next(iter(told["nodes"].values()))
    return Path(node["settings"]["path"]["logs"]).parent


def test_the_running_server_is_the_version_asked_for(elasticsearch_8_url: str) -> None:
    assert servers.ask(elasticsearch_8_url)["version"]["number"] == OLDER.version


def test_status_names_url_version_and_pid(elasticsearch_8_url: str, running: Path) -> None:
    told = servers.run_tool("status", "--data", str(running))
    pid = (running / "pid").read_text()
    assert told.returncode == 0
    assert told.stdout.startswith(f"{elasticsearch_8_url}  Elasticsearch 8.19.8  pid {pid}  ")


def test_a_second_start_answers_the_url_of_the_first(
    elasticsearch_8_url: str, running: Path
) -> None:
    again = ["--version", OLDER.version, "--port", "0", "--data", str(running)]
    told = servers.run_tool("start", *again)
    assert (told.returncode, told.stdout) == (0, f"{elasticsearch_8_url}\n")
    assert "already runs" in told.stderr


def test_the_running_server_is_named_to_whoever_wants_its_port(
    elasticsearch_8_url: str, tmp_path: Path
) -> None:
    port = int(elasticsearch_8_url.rpartition(":")[2])
    with pytest.raises(ServerError, match=r"taken by a server of ours .* 8\.19\.8"):
        verbs.start(verbs.Wanted(NEWEST, tmp_path, port=port))


def test_only_the_loopback_reaches_the_server(elasticsearch_8_url: str) -> None:
    told = servers.ask(f"{elasticsearch_8_url}/_nodes/_local/http,transport")
    node = next(iter(told["nodes"].values()))
    bound = node["http"]["bound_address"] + node["transport"]["bound_address"]
    assert {address.rpartition(":")[0] for address in bound} == {"127.0.0.1"}


def test_each_test_leaves_nothing_of_its_prefix_and_all_of_its_neighbours(
    elasticsearch_url: str, index_prefix: str
) -> None:
    neighbour = f"{index_prefix[:-1]}-neighbour"
    for name in (index_prefix, f"{index_prefix}-originals", neighbour):
        servers.ask(f"{elasticsearch_url}/{name}", method="PUT")
    servers.delete_indices(elasticsearch_url, index_prefix)
    left = servers.ask(f"{elasticsearch_url}/_cat/indices/{index_prefix[:-1]}*?format=json&h=index")
    servers.delete_indices(elasticsearch_url, neighbour)
    assert [row["index"] for row in left] == [neighbour]


def run_where_no_server_can_be_had(root: Path, empty: Path, required: str) -> tuple[int, str]:
    named = "test_each_test_leaves_nothing_of_its_prefix_and_all_of_its_neighbours"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"{__file__}::{named}"]
    environment = {
        "HOME": str(empty),
        "PATH": str(empty),
        "XDG_CACHE_HOME": str(empty),
        "DATELINE_TEST_REQUIRE_ELASTICSEARCH": required,
    }
    told = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    return told.returncode, told.stdout


def test_a_run_without_a_server_says_so_in_its_last_lines(root: Path, tmp_path: Path) -> None:
    code, told = run_where_no_server_can_be_had(root, tmp_path, required="")
    *_, heading, count, why, _ = told.splitlines()
    assert code == 0
    assert "! NOT TESTED !" in heading
    assert count == "skipped for want of Elasticsearch: 1"
    assert "install" in why


def test_a_run_that_requires_a_server_fails_without(root: Path, tmp_path: Path) -> None:
    code, told = run_where_no_server_can_be_had(root, tmp_path, required="1")
    assert code == 1
    assert "this run requires it" in told
