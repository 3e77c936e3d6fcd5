"""docker-compose.yml, read and run without Docker: our own commands against the test server."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml
from elasticsearch_server.releases import RELEASES

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = ("api", "indexer")
ALL = ("elasticsearch", *OURS)
GIVEN = {"ELASTIC_PASSWORD": "open0sesame"}
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")


def interpolate(text: str, given: dict[str, str]) -> str:
    """What Compose makes of `text`: `${NAME:-default}`, `${NAME:?complaint}` and `$$`."""

    def value(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        if given.get(match["name"]):
            return given[match["name"]]
        if match["kind"] != "-":
            raise LookupError(f"{match['name']}: {match['rest']}")
        return str(match["rest"])

    return VARIABLE.sub(value, text)


@pytest.fixture(scope="session")
def text(root: Path) -> str:
    return (root / "docker-compose.yml").read_text("utf-8")


@pytest.fixture(scope="session")
def compose(text: str) -> Any:
    without_comments = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    return yaml.safe_load(interpolate(without_comments, GIVEN))


@pytest.fixture(scope="session")
def services(compose: Any) -> Any:
    return compose["services"]


def test_the_server_is_elastics_own_image_of_the_version_the_tests_run(services: Any) -> None:
    version = next(iter(RELEASES))
    pinned = f"docker.elastic.co/elasticsearch/elasticsearch:{version}"
    assert services["elasticsearch"]["image"] == pinned


def test_our_image_carries_the_version_of_the_distribution(root: Path, services: Any) -> None:
    version = re.search(r'^version = "(.*)"', (root / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert {services[name]["image"] for name in OURS} == {f"dateline:{version[1]}"}


def test_every_published_port_is_on_the_loopback(services: Any) -> None:
    ports = [port for name in ALL for port in services[name].get("ports", [])]
    assert sorted(ports) == ["127.0.0.1:8000:8000", "127.0.0.1:9200:9200"]


def test_no_service_leaves_its_walls(services: Any) -> None:
    open_doors = {"privileged", "network_mode", "pid", "ipc", "cap_add", "devices", "userns_mode"}
    for name in ALL:
        assert services[name]["cap_drop"] == ["ALL"], name
        assert services[name]["security_opt"] == ["no-new-privileges:true"], name
        assert not open_doors & services[name].keys(), name


def test_every_service_has_limits_and_its_log_has_an_end(services: Any) -> None:
    for name in ALL:
        assert re.fullmatch(r"\d+[mg]", services[name]["mem_limit"]), name
        assert services[name]["pids_limit"] > 0, name
        assert services[name]["logging"]["options"].keys() == {"max-size", "max-file"}, name


def test_the_heap_is_half_of_the_servers_memory_and_locked(services: Any) -> None:
    server = services["elasticsearch"]
    assert (server["environment"]["ES_JAVA_OPTS"], server["mem_limit"]) == ("-Xms1g -Xmx1g", "2g")
    assert server["environment"]["bootstrap.memory_lock"] == "true"
    assert server["ulimits"]["memlock"] == {"soft": -1, "hard": -1}
    assert server["ulimits"]["nofile"]["soft"] >= 65_535


def test_security_is_on_and_the_password_has_no_default(text: str, services: Any) -> None:
    environment = services["elasticsearch"]["environment"]
    assert environment["xpack.security.enabled"] == "true"
    assert environment["ELASTIC_PASSWORD"] == GIVEN["ELASTIC_PASSWORD"]
    with pytest.raises(LookupError, match="ELASTIC_PASSWORD: choose one"):
        interpolate(text, {})


def test_the_servers_data_outlive_it(compose: Any) -> None:
    for name, folder in (
        ("elasticsearch", "/usr/share/elasticsearch/data"),
        ("indexer", "/var/lib/dateline"),
    ):
        volumes = dict(entry.split(":")[:2] for entry in compose["services"][name]["volumes"])
        volume = next(key for key, value in volumes.items() if value == folder)
        assert volume in compose["volumes"]


def test_the_server_is_healthy_from_yellow_on(services: Any) -> None:
    kind, command = services["elasticsearch"]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    curl = shlex.split(command)
    assert "--fail" in curl
    assert "wait_for_status=yellow" in curl[-1]
    assert "elastic:$ELASTIC_PASSWORD" in curl


def test_the_servers_health_question_is_one_it_answers(
    services: Any, elasticsearch_url: str
) -> None:
    url = urlsplit(shlex.split(services["elasticsearch"]["healthcheck"]["test"][1])[-1])
    with urllib.request.urlopen(f"{elasticsearch_url}{url.path}?{url.query}") as answer:
        assert json.load(answer)["status"] in {"yellow", "green"}


def test_ours_wait_for_a_healthy_server_and_find_it_by_its_name(services: Any) -> None:
    for name in OURS:
        waits = services[name]["depends_on"]
        assert waits == {"elasticsearch": {"condition": "service_healthy"}}
        url = urlsplit(services[name]["environment"]["DATELINE_ELASTICSEARCH_URL"])
        assert (url.hostname, url.port, url.username) == ("elasticsearch", 9200, "elastic")
        assert url.password == GIVEN["ELASTIC_PASSWORD"]


def test_ours_write_only_where_they_are_told(services: Any) -> None:
    for name in OURS:
        assert services[name]["read_only"] is True
        assert services[name]["tmpfs"]
    assert services["indexer"]["volumes"][0] == "./samples:/articles:ro"


def test_up_does_not_start_the_indexer(services: Any) -> None:
    assert services["indexer"]["profiles"] == ["indexer"]
    assert "profiles" not in services["api"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(service: Any, server: str, index: str, data: Path, port: int) -> dict[str, str]:
    """The file's environment; only server, index, data folder and port are those of the test."""
    url = urlsplit(service["environment"]["DATELINE_ELASTICSEARCH_URL"])
    there = urlsplit(server)
    netloc = (
        f"{url.netloc.rpartition('@')[0]}@{there.netloc}" if "@" not in server else there.netloc
    )
    replaced = {
        "DATELINE_ELASTICSEARCH_URL": there._replace(netloc=netloc).geturl(),
        "DATELINE_INDEX": index,
        "DATELINE_DATA_DIR": str(data),
    }
    if "DATELINE_PORT" in service["environment"]:
        replaced |= {"DATELINE_PORT": str(port), "DATELINE_HOST": "127.0.0.1"}
    written: dict[str, str] = service["environment"]
    return {"PATH": os.environ["PATH"], "HOME": str(data)} | written | replaced


def command_of(service: Any, replaced: dict[str, str]) -> list[str]:
    words = [replaced.get(word, word) for word in (*service["entrypoint"], *service["command"])]
    return [str(Path(sys.executable).with_name(words[0])), *words[1:]]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    story = (
        "Lighthouse keeper retires after forty winters\n\n"
        "The keeper of the northern lighthouse left her tower on Monday after forty winters. "
        "The harbour master said that nobody had applied for the post. "
        "From now on a machine will light the lamp every evening.\n"
    )
    (folder / "lighthouse.txt").write_text(story, "utf-8")
    return folder


@pytest.fixture
def ingested(
    services: Any, elasticsearch_url: str, index_prefix: str, tmp_path: Path, articles: Path
) -> subprocess.CompletedProcess[str]:
    service = services["indexer"]
    return subprocess.run(
        command_of(service, {"/articles": str(articles)}),
        env=environment_of(service, elasticsearch_url, index_prefix, tmp_path, 0),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def wait_until_healthy(service: Any, port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if healthy(service, port) or process.poll() is not None:
            return
        time.sleep(0.1)


def healthy(service: Any, port: int) -> bool:
    kind, python, *arguments = service["healthcheck"]["test"]
    assert (kind, python) == ("CMD", "python")
    environment = {"DATELINE_PORT": str(port)}
    told = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, check=False
    )
    return told.returncode == 0


@pytest.fixture
def api(
    services: Any, elasticsearch_url: str, index_prefix: str, tmp_path: Path, ingested: object
) -> Iterator[str]:
    """The API as the file starts it, once its own health check says that it is well."""
    service, port = services["api"], free_port()
    command = command_of(service, {"8000": str(port), "0.0.0.0": "127.0.0.1"})
    environment = environment_of(service, elasticsearch_url, index_prefix, tmp_path, port)
    log = tmp_path / "api.log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, env=environment, cwd=tmp_path, stdout=output, stderr=output
        ) as process,
    ):
        try:
            wait_until_healthy(service, port, process)
            assert healthy(service, port), log.read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def test_the_indexer_ingests_the_folder(ingested: subprocess.CompletedProcess[str]) -> None:
    assert ingested.returncode == 0, ingested.stderr


def test_the_api_gets_healthy_and_finds_what_the_indexer_stored(api: str) -> None:
    with urllib.request.urlopen(f"{api}/v1/search?q=lighthouse", timeout=30) as answer:
        found = json.load(answer)
    assert found["total"]["value"] == 1


def test_nobody_there_is_not_healthy(services: Any) -> None:
    assert not healthy(services["api"], free_port())
