"""`dateline demo` as a newcomer meets it: one command, no server, Ctrl-C, and again."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from api.serving import open_listener
from dateline.cli.demonstrating import find_samples
from dateline.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEARCH = re.compile(r"http://\S+/v1/search\S+")
NOBODY = "http://127.0.0.1:9"
LAST_LINE = "Ctrl-C ends it."


@dataclass(frozen=True)
class Demo:
    """A running demo, the folder it runs in, and the files that hold what it said."""

    process: subprocess.Popen[bytes]
    folder: Path
    out: Path
    err: Path

    def wait_for(self, line: str) -> str:
        for _ in range(1200):
            if line in self.said():
                return self.said()
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        pytest.fail(f"the demo did not say {line!r}:\n{self.said()}")

    def said(self) -> str:
        return self.out.read_text() + self.err.read_text()

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


@contextmanager
def begun(folder: Path, logs: Path, port: int, **environment: str) -> Iterator[Demo]:
    out, err = logs / "out", logs / "err"
    command = [sys.executable, "-m", "dateline.cli", "demo", "--port", str(port)]
    with out.open("w") as stdout, err.open("w") as stderr:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | environment, stdout=stdout, stderr=stderr
        )
    try:
        yield Demo(process, folder, out, err)
    finally:
        process.kill()
        process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(url: str) -> tuple[str, Any]:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.headers["X-Dateline-Engine"], answer.read()


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Demo]:
    """Running in an empty folder, with a server set that nobody runs."""
    folder, logs = tmp_path_factory.mktemp("newcomer"), tmp_path_factory.mktemp("logs")
    with begun(folder, logs, port, DATELINE_ELASTICSEARCH_URL=NOBODY) as running:
        running.wait_for(LAST_LINE)
        yield running


def test_one_command_leads_to_a_ready_embedded_engine_whatever_server_is_set(
    demo: Demo, port: int
) -> None:
    engine, ready = fetch(f"http://127.0.0.1:{port}/ready")

    assert engine == "embedded"
    assert json.loads(ready)["engine"] == "embedded"
    assert "Dateline answers with the engine embedded" in demo.said()
    assert "THE EMBEDDED ENGINE ANSWERS" in demo.said()
    assert "leaves that server alone" in demo.said()


def test_every_search_that_it_prints_has_hits(demo: Demo) -> None:
    searches = SEARCH.findall(demo.said())

    assert len(searches) == 3
    assert all(json.loads(fetch(url)[1])["hits"] for url in searches)


def test_the_page_that_it_prints_is_there(demo: Demo, port: int) -> None:
    url = f"http://127.0.0.1:{port}/docs"

    assert url in demo.said()
    assert b"swagger-ui" in fetch(url)[1]


def test_all_samples_are_read_and_nothing_is_written_but_the_folder_it_names(demo: Demo) -> None:
    assert "40 indexed" in demo.said()
    assert "data folder .dateline" in demo.said()
    assert [each.name for each in demo.folder.iterdir()] == [".dateline"]


def test_a_second_one_reads_nothing_again_takes_the_next_port_and_ends_in_good_order(
    demo: Demo, port: int, tmp_path: Path
) -> None:
    with begun(demo.folder, tmp_path, port) as second:
        said = second.wait_for(LAST_LINE)
        url = SEARCH.findall(said)[0]
        answered = json.loads(fetch(url)[1])["hits"]
        code = second.interrupt()

    assert "40 unchanged" in said
    assert answered
    assert f"port {port} is taken" in said
    assert f":{port}/" not in url
    assert code == 0
    assert "Traceback" not in second.said()


@pytest.mark.promise("Ctrl-C in the demo", "one line, and the next start goes on")
def test_an_interrupt_while_it_reads_is_one_line_and_the_next_start_goes_on(
    tmp_path: Path,
) -> None:
    with begun(tmp_path, tmp_path, free_port()) as broken_off:
        broken_off.wait_for("reading the samples")
        code = broken_off.interrupt()

    assert code == 130
    assert broken_off.err.read_text().splitlines()[-1] == "dateline: interrupted"
    assert "Traceback" not in broken_off.said()


def test_a_taken_port_leads_to_the_next_free_one() -> None:
    with open_listener("127.0.0.1", free_port()) as first:
        taken = first.getsockname()[1]
        with open_listener("127.0.0.1", taken) as second:
            assert taken < second.getsockname()[1] < taken + 20


def test_a_host_of_another_machine_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match=r"nothing can listen at 192\.0\.2\.1"):
        open_listener("192.0.2.1", free_port())


def test_the_samples_are_found_in_the_checkout(root: Path) -> None:
    assert find_samples() == root / "samples"
