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
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml
from elasticsearch_server.releases import RELEASES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servers import Secured

OURS = ("keys", "api", "indexer")
ALL = ("setup", "elasticsearch", *OURS)
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
    assert services["elasticsearch"]["image"] == services["setup"]["image"] == pinned


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
    assert environment["xpack.security.http.ssl.enabled"] == "true"
    assert environment["ELASTIC_PASSWORD"] == GIVEN["ELASTIC_PASSWORD"]
    with pytest.raises(LookupError, match="ELASTIC_PASSWORD: choose one"):
        interpolate(text, {})


def test_the_superusers_password_is_told_to_the_server_and_to_keys_alone(services: Any) -> None:
    told = {name for name in ALL if GIVEN["ELASTIC_PASSWORD"] in json.dumps(services[name])}
    assert told == {"elasticsearch", "keys"}


def test_whoever_serves_or_ingests_sees_its_own_key_alone_and_cannot_change_it(
    services: Any,
) -> None:
    for name in ("api", "indexer"):
        mounted = {entry for entry in services[name]["volumes"] if "key" in entry}
        assert mounted == {f"{name}-key:/keys/{name}:ro"}
        assert services[name]["environment"]["DATELINE_API_KEY_FILE"] == f"/keys/{name}/key"
    for name in ("elasticsearch", *OURS):
        volumes = services[name]["volumes"]
        assert not any("certificate" in each for each in volumes) or name == "elasticsearch"
        shared = [each for each in volumes if each.startswith(("authority", "certificate"))]
        assert len(shared) == 1
        assert shared[0].endswith(":ro")


def test_the_api_says_aloud_that_it_asks_for_no_keys_since_only_this_machine_reaches_it(
    services: Any,
) -> None:
    assert services["api"]["environment"]["DATELINE_WITHOUT_KEYS"] == "1"
    assert all(port.startswith("127.0.0.1:") for port in services["api"]["ports"])


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
    assert curl[curl.index("--cacert") + 1] == f"{place_of(services, 'certificate')}/ca.crt"


def place_of(services: Any, volume: str) -> str:
    """Where the server sees a volume."""
    entries = [entry.split(":") for entry in services["elasticsearch"]["volumes"]]
    return next(entry[1] for entry in entries if entry[0] == volume)


def test_the_servers_health_question_is_one_it_answers(
    services: Any, secured_elasticsearch: Secured
) -> None:
    """The file's own command; only port, CA file and user are those of the test's server."""
    server = secured_elasticsearch
    certificate = f"{place_of(services, 'certificate')}/ca.crt"
    command = services["elasticsearch"]["healthcheck"]["test"][1]
    for there, here in (
        (certificate, str(server.ca)),
        ("localhost:9200", f"localhost:{urlsplit(server.url).port}"),
        ("elastic:", f"{server.user}:"),
        ("--output /dev/null", ""),
    ):
        command = command.replace(there, here)
    environment = os.environ | {"ELASTIC_PASSWORD": server.password}
    told = subprocess.run(
        ["sh", "-c", command], env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(told.stdout)["status"] in {"yellow", "green"}
    assert server.password not in told.stdout + told.stderr


def test_ours_wait_for_a_healthy_server_and_for_their_keys(services: Any) -> None:
    healthy_server = {"elasticsearch": {"condition": "service_healthy"}}
    its_keys = {"keys": {"condition": "service_completed_successfully"}}
    assert services["keys"]["depends_on"] == healthy_server
    for name in ("api", "indexer"):
        assert services[name]["depends_on"] == healthy_server | its_keys
    setup = {"setup": {"condition": "service_completed_successfully"}}
    assert services["elasticsearch"]["depends_on"] == setup


def test_ours_find_the_server_by_its_name_over_tls(services: Any) -> None:
    for name in OURS:
        environment = services[name]["environment"]
        url = urlsplit(environment["DATELINE_ELASTICSEARCH_URL"])
        assert (url.scheme, url.hostname, url.port) == ("https", "elasticsearch", 9200)
        assert environment["DATELINE_CA_CERTS"] == "/authority/ca.crt"
        assert "authority:/authority:ro" in services[name]["volumes"]
        assert url.username == ("elastic" if name == "keys" else None)


# what certutil does, by openssl: the same flags, the same archives with the same names in them
CERTUTIL = """
import os, subprocess, sys, tempfile, zipfile
from pathlib import Path
from elasticsearch_server.certificates import Authority, issue, make_authority
kind, *flags = sys.argv[1:]
def of(name):
    return flags[flags.index(name) + 1]
assert {"--silent", "--pem"} <= set(flags) and int(of("--days")) > 3000
work = Path(tempfile.mkdtemp())
if kind == "ca":
    make_authority(work)
    held = {"ca/ca.crt": work / "ca.crt", "ca/ca.key": work / "ca.key"}
else:
    names = [f"DNS:{each}" for each in of("--dns").split(",")] + [f"IP:{of('--ip')}"]
    issue(Authority(Path(of("--ca-cert")), Path(of("--ca-key"))), work, tuple(names))
    name = of("--name")
    held = {f"{name}/{name}.crt": work / "http.crt", f"{name}/{name}.key": work / "http.key"}
with zipfile.ZipFile(of("--out"), "x") as archive:
    for name, file in held.items():
        archive.write(file, name)
"""
UNZIP = "import sys, zipfile; zipfile.ZipFile(sys.argv[2]).extractall(sys.argv[4])"


@pytest.fixture
def set_up(root: Path, services: Any, tmp_path: Path) -> Callable[[], Path]:
    """Runs the script of `setup`; the server's certutil is played, since it is not here."""
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name, script in (("elasticsearch-certutil", CERTUTIL), ("unzip", UNZIP)):
        (bin_ / f"{name}.py").write_text(script)
        program = f'#!/bin/sh\nexec {sys.executable} "{bin_ / name}.py" "$@"\n'
        (bin_ / name).write_text(program)
        (bin_ / name).chmod(0o755)
    service, volumes = services["setup"], tmp_path / "volumes"
    for name in ("authority", "certificate"):
        (volumes / name).mkdir(parents=True)
    command = [*service["entrypoint"], *service["command"]]
    command[-1] = command[-1].replace("/usr/share/elasticsearch/bin", str(bin_))
    environment = {
        "PATH": f"{bin_}:{os.environ['PATH']}",
        "PYTHONPATH": str(root / "tools"),
        **{name: f"{volumes}{place}" for name, place in service["environment"].items()},
    }

    def run() -> Path:
        subprocess.run(command, env=environment, capture_output=True, check=True)
        return volumes

    return run


def test_setup_makes_a_certificate_for_the_servers_names_and_keeps_no_authoritys_key(
    set_up: Callable[[], Path],
) -> None:
    volumes = set_up()

    made = {str(path.relative_to(volumes)): path for path in volumes.rglob("*") if path.is_file()}
    assert {name: path.stat().st_mode & 0o777 for name, path in made.items()} == {
        "authority/ca.crt": 0o644,
        "certificate/ca.crt": 0o644,
        "certificate/http.crt": 0o644,
        "certificate/http.key": 0o640,
    }
    for kind, name in (
        ("hostname", "elasticsearch"),
        ("hostname", "localhost"),
        ("ip", "127.0.0.1"),
    ):
        verify = ["openssl", "verify", f"-verify_{kind}", name, "-CAfile", made["authority/ca.crt"]]
        subprocess.run([*verify, made["certificate/http.crt"]], capture_output=True, check=True)


def test_setup_leaves_alone_what_is_there(set_up: Callable[[], Path]) -> None:
    before = {path: path.read_bytes() for path in set_up().rglob("*.crt")}

    assert {path: path.read_bytes() for path in set_up().rglob("*.crt")} == before


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


@dataclass
class Machine:
    """The file's services on this machine: its own words, but for server, places, index, port."""

    services: Any
    server: Secured
    folder: Path
    index: str

    def environment(self, name: str, port: int = 0) -> dict[str, str]:
        written: dict[str, str] = self.services[name]["environment"]
        url = urlsplit(written["DATELINE_ELASTICSEARCH_URL"])
        here = self.server.superuser_url if url.username else self.server.url
        replaced = {
            "DATELINE_ELASTICSEARCH_URL": here,
            "DATELINE_CA_CERTS": str(self.server.ca),
            "DATELINE_INDEX": self.index,
            "DATELINE_DATA_DIR": str(self.folder / "data"),
        }
        if "DATELINE_API_KEY_FILE" in written:
            replaced["DATELINE_API_KEY_FILE"] = self.place(written["DATELINE_API_KEY_FILE"])
        if "DATELINE_PORT" in written:
            replaced["DATELINE_PORT"] = str(port)
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {"PATH": path, "HOME": str(self.folder)} | written | replaced

    def place(self, path: str) -> str:
        return path.replace("/keys/", f"{self.folder}/keys/")

    def command(self, name: str, *arguments: str, port: int = 0) -> list[str]:
        service = self.services[name]
        words = [*service["entrypoint"], *(arguments or service["command"])]
        return [str(port) if word == "8000" else self.place(word) for word in words]

    def run(self, name: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """As `docker compose run --rm NAME ARGUMENTS` would."""
        return subprocess.run(
            self.command(name, *arguments),
            env=self.environment(name) | more,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(services: Any, secured_elasticsearch: Secured, tmp_path: Path) -> Iterator[Machine]:
    """The file's machine once `keys` has run."""
    server = secured_elasticsearch
    machine = Machine(services, server, tmp_path, f"compose-{uuid.uuid4().hex[:8]}")
    for name in ("api", "indexer"):
        (tmp_path / "keys" / name).mkdir(parents=True)
    made = machine.run("keys")
    assert made.returncode == 0, made.stderr
    yield machine
    for name in server.ask(f"/{machine.index}*/_alias"):
        server.ask(f"/{name}", "DELETE")


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
def ingested(machine: Machine, articles: Path) -> subprocess.CompletedProcess[str]:
    return machine.run("indexer", "ingest", str(articles))


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
def api(machine: Machine, tmp_path: Path, ingested: object) -> Iterator[str]:
    """The API as the file starts it, once its own health check says that it is well."""
    service, port, log = machine.services["api"], free_port(), tmp_path / "api.log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            machine.command("api", port=port),
            env=machine.environment("api", port),
            cwd=tmp_path,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            wait_until_healthy(service, port, process)
            assert healthy(service, port), log.read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
    for secret in (machine.server.password, *secrets_of(machine)):
        assert secret not in log.read_text()


def secrets_of(machine: Machine) -> list[str]:
    return [path.read_text().strip() for path in (machine.folder / "keys").glob("*/key")]


def test_keys_puts_each_key_in_its_place_where_its_owner_alone_reads_it(machine: Machine) -> None:
    files = sorted((machine.folder / "keys").glob("*/key"))
    assert [file.parent.name for file in files] == ["api", "indexer"]
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    assert len(set(secrets_of(machine))) == 2


def test_a_second_start_keeps_the_keys_and_a_lost_volume_gets_new_ones(machine: Machine) -> None:
    before = secrets_of(machine)
    again = machine.run("keys")
    assert again.returncode == 0
    assert again.stderr.count("kept") == 2
    assert secrets_of(machine) == before

    (machine.folder / "keys" / "api" / "key").unlink()
    assert machine.run("keys").returncode == 0
    after = secrets_of(machine)
    assert len(set(before) & set(after)) == 1
    assert not any(key in again.stdout + again.stderr for key in (*before, *after))


def test_the_indexers_key_ingests_and_does_not_rebuild_and_the_header_says_how(
    machine: Machine, text: str, ingested: object
) -> None:
    refused = machine.run("indexer", "rebuild")
    assert refused.returncode == 4
    assert "`rebuilder` also rebuilds" in refused.stderr

    assert "--env DATELINE_API_KEY_FILE= --env" in text
    lent = {
        "DATELINE_API_KEY_FILE": "",
        "DATELINE_ELASTICSEARCH_URL": machine.server.superuser_url,
    }
    rebuilt = machine.run("indexer", "rebuild", **lent)
    assert rebuilt.returncode == 0, rebuilt.stderr


def test_the_apis_key_ingests_nothing(machine: Machine, articles: Path) -> None:
    key = machine.place(machine.services["api"]["environment"]["DATELINE_API_KEY_FILE"])
    refused = machine.run("indexer", "ingest", str(articles), DATELINE_API_KEY_FILE=key)
    assert refused.returncode == 4
    assert "this key may not" in refused.stderr


def test_the_indexer_ingests_the_folder(ingested: subprocess.CompletedProcess[str]) -> None:
    assert ingested.returncode == 0, ingested.stderr


def test_the_api_gets_healthy_and_finds_what_the_indexer_stored(api: str) -> None:
    with urllib.request.urlopen(f"{api}/v1/search?q=lighthouse", timeout=30) as answer:
        found = json.load(answer)
    assert found["total"]["value"] == 1
    with urllib.request.urlopen(f"{api}/v1/status", timeout=30) as answer:
        assert json.load(answer)["articles"] == 1


def test_nobody_there_is_not_healthy(services: Any) -> None:
    assert not healthy(services["api"], free_port())
