"""The README, run: a newcomer's commands from the checkout to the first answer."""

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
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
CURL = re.compile(r"curl '([^']+)'")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def service(
    root: Path, readme: str, elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The block that leads to Elasticsearch, word for word but for ports and the server.

    The server of the test run stands in for `make elasticsearch`: its start has tests of its own.
    """
    port = free_port()
    commands = next(each for each in BLOCK.findall(readme) if "make elasticsearch" in each)
    commands = commands.replace("http://127.0.0.1:9200", elasticsearch_url)
    commands = commands.replace("make elasticsearch\n", "").replace("make setup\n", "")
    commands = commands.replace(".venv/bin/", f"{Path(sys.executable).parent}/")
    environment = os.environ | {
        "DATELINE_INDEX": f"readme-{port}",
        "DATELINE_PORT": str(port),
        "DATELINE_DATA_DIR": str(tmp_path_factory.mktemp("archive")),
    }
    log = tmp_path_factory.mktemp("readme") / "log"
    with log.open("w") as output:
        shell = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=root,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/ready", shell, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(shell.pid, signal.SIGTERM)
        shell.wait(timeout=20)
        servers.delete_indices(elasticsearch_url, f"readme-{port}")


def wait_until_ready(url: str, shell: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if shell.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the README's commands did not lead to a service:\n{log.read_text()}")


def ask(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)


def test_commands_of_the_readme_lead_to_swagger_ui_served_by_ourselves(service: str) -> None:
    with urllib.request.urlopen(f"{service}/docs", timeout=30) as answer:
        page = answer.read().decode()

    assert "swagger-ui" in page
    assert not re.search(r"""(?:src|href)=["']https?://""", page)


def test_every_search_that_the_readme_shows_has_an_answer(service: str, readme: str) -> None:
    shown = [url for url in CURL.findall(readme) if "/v1/" in url]
    answers = [ask(url.replace("http://127.0.0.1:8000", service)) for url in shown]

    assert len(answers) >= 3
    assert all(answer.get("hits") or answer.get("values") for answer in answers)


def test_samples_are_all_in_the_archive(service: str) -> None:
    assert ask(f"{service}/v1/status")["articles"] == 40


def test_setup_and_server_verbs_of_the_readme_are_in_the_makefile(root: Path, readme: str) -> None:
    verbs = set(re.findall(r"^make (\w+)", "\n".join(BLOCK.findall(readme)), re.MULTILINE))
    makefile = (root / "Makefile").read_text(encoding="utf-8")

    assert verbs >= {"demo", "setup", "elasticsearch", "test", "check"}
    assert all(re.search(rf"^{verb}:", makefile, re.MULTILINE) for verb in verbs)
