"""One server in one data folder: its configuration, its process, its answers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from elasticsearch_server import access
from elasticsearch_server.common import Account, ServerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from elasticsearch_server.layout import Node

CLUSTER = "dateline"
CONFIGURATION = (
    "jvm.options",
    "log4j2.properties",
    "roles.yml",
    "role_mapping.yml",
    "users",
    "users_roles",
)
FOLDERS = ("conf", "data", "logs", "tmp")
OF_EVERY_NODE = (
    f"cluster.name: {CLUSTER}",
    "network.host: 127.0.0.1",
    "node.portsfile: true",
    # a full disk of a developer's machine must not turn indices read-only
    "cluster.routing.allocation.disk.threshold_enabled: false",
)
# with the quick compiler alone a node is up in about half the time, at half the memory
QUICK_START = "-Xms256m -Xmx256m -XX:TieredStopAtLevel=1"
FULL_SPEED = "-Xms1g -Xmx1g"
BOOT_SECONDS = 180  # 20 on a calm machine, 55 on a loaded one

# a proxy named in the environment must never see what goes to the loopback
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Running:
    """A node of ours that runs: where it answers, its version, its process, its folder."""

    url: str
    version: str
    pid: int
    data: Path


def ask(url: str, seconds: float = 5.0, known: access.Access | None = None) -> Any:
    """The JSON that a GET of `url` answers; None when nobody answers in time or it is no JSON."""
    request = urllib.request.Request(url, headers=known.headers() if known else {})
    try:
        with (known.opener() if known else _opener).open(request, timeout=seconds) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


def configure(nodes: Sequence[Node], *, security: bool) -> tuple[str, ...]:
    """The settings that all nodes of one server share."""
    protection = access.SETTINGS if security else ("xpack.security.enabled: false",)
    if len(nodes) == 1:
        return (*OF_EVERY_NODE, "discovery.type: single-node", *protection)
    names = json.dumps([node.name for node in nodes])
    addresses = json.dumps([f"127.0.0.1:{node.transport}" for node in nodes])
    return (
        *OF_EVERY_NODE,
        f"cluster.initial_master_nodes: {names}",
        f"discovery.seed_hosts: {addresses}",
        *protection,
    )


def prepare(
    node: Node,
    home: Path,
    settings: Sequence[str],
    account: Account | None,
    known: access.Access | None = None,
) -> None:
    """Lay out the folders and the configuration of one node, owned by whoever will run it."""
    data = node.data
    shutil.rmtree(data / "conf", ignore_errors=True)
    for name in FOLDERS:
        (data / name).mkdir(parents=True, exist_ok=True)
    for name in CONFIGURATION:
        shutil.copyfile(home / "config" / name, data / "conf" / name)
    of_this_one = (
        f"node.name: {node.name}",
        f"http.port: {node.http}",
        f"transport.port: {node.transport}",
        f"path.data: {data / 'data'}",
        f"path.logs: {data / 'logs'}",
    )
    text = "\n".join((*settings, *of_this_one, ""))
    (data / "conf" / "elasticsearch.yml").write_text(text, "utf-8")
    if known:
        access.admit(known, data / "conf")
    for name in ("pid", "logs/http.ports"):
        (data / name).unlink(missing_ok=True)
    if account is not None:
        _give(data, account)


def _give(data: Path, account: Account) -> None:
    """What the server writes and reads becomes its own; keys and passwords beside it do not."""
    data.chmod(0o755)
    os.chown(data, account.uid, account.gid)
    for name in FOLDERS:
        for folder, _, names in os.walk(data / name):
            os.chown(folder, account.uid, account.gid)
            for each in names:
                os.chown(Path(folder, each), account.uid, account.gid, follow_symlinks=False)


def launch(
    places: Sequence[Path], home: Path, jdk: Path, java_options: str, account: Account | None
) -> None:
    """Start the nodes in these folders in the background; returns when all say that they are up.

    Raises:
        ServerError: one gave up, or was not up in time; the message holds its last words, and none
            of them stays behind.
    """
    starters: dict[Path, subprocess.Popen[bytes]] = {}
    try:
        for data in places:
            starters[data] = _begin(data, home, _environment(data, jdk, java_options), account)
        patience = time.monotonic() + BOOT_SECONDS
        for data, starter in starters.items():
            _wait(starter, data / "logs" / "start.txt", patience)
    except BaseException:  # interrupted, too
        for starter in starters.values():
            with suppress(ProcessLookupError):
                os.killpg(starter.pid, signal.SIGKILL)
            starter.wait()
        raise


def _begin(
    data: Path, home: Path, environment: dict[str, str], account: Account | None
) -> subprocess.Popen[bytes]:
    with (data / "logs" / "start.txt").open("wb") as sink:
        return subprocess.Popen(
            [home / "bin" / "elasticsearch", "-d", "-p", data / "pid"],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            cwd=data,
            env=environment,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,  # Ctrl-C in the terminal is for us, who then end it in order
        )


def _wait(starter: subprocess.Popen[bytes], output: Path, patience: float) -> None:
    try:
        code = starter.wait(max(0.1, patience - time.monotonic()))
    except subprocess.TimeoutExpired:
        late = f"Elasticsearch was not up in {BOOT_SECONDS} s; see {output}"
        raise ServerError(late) from None
    if code:
        raise ServerError(f"Elasticsearch gave up: {_last_words(output)}; see {output}")


def _environment(data: Path, jdk: Path, java_options: str) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(data),
        "ES_JAVA_HOME": str(jdk),
        "ES_PATH_CONF": str(data / "conf"),
        "ES_TMPDIR": str(data / "tmp"),
        "ES_JAVA_OPTS": java_options,
        "CLI_JAVA_OPTS": "-XX:TieredStopAtLevel=1",
    }


def _last_words(output: Path) -> str:
    lines = [line.strip() for line in output.read_text("utf-8", "replace").splitlines()]
    telling = [line for line in lines if "xception" in line or line.startswith("ERROR")]
    return next(iter(telling or [line for line in reversed(lines) if line]), "it wrote nothing")


def wait_for_yellow(
    url: str, nodes: int = 1, known: access.Access | None = None, seconds: int = 60
) -> None:
    """Return when every primary shard and so many nodes are there.

    Raises:
        ServerError: not within `seconds`.
    """
    wanted = f"wait_for_status=yellow&wait_for_nodes=%3E%3D{nodes}&timeout={seconds}s"
    health = ask(f"{url}/_cluster/health?{wanted}", seconds + 5.0, known)
    if not health or health["timed_out"]:
        raise ServerError(f"the server at {url} was not yellow within {seconds} s")


def url_of(data: Path, scheme: str = "http") -> str | None:
    """Where the node in `data` listens, as it wrote down itself; None before it does."""
    try:
        lines = (data / "logs" / "http.ports").read_text("utf-8").split()
    except OSError:
        return None
    return next((f"{scheme}://{line}" for line in lines if line.startswith("127.0.0.1:")), None)


def living_pid(data: Path) -> int | None:
    """The process of the node in `data`; None when there is none or its pid file is stale.

    A pid is used again by the system: the process must name this very data folder.
    """
    try:
        pid = int((data / "pid").read_text("ascii"))
    except (OSError, ValueError):
        return None
    return pid if f"-Djava.io.tmpdir={data / 'tmp'}" in _command_of(pid) else None


def _command_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").split("\0")
    except OSError:
        if Path("/proc/self").exists():
            return []
    listing = ["ps", "-ww", "-o", "command=", "-p", str(pid)]  # macOS has no /proc
    return subprocess.run(listing, capture_output=True, text=True, check=False).stdout.split()


def end(data: Path, pid: int, seconds: float = 30.0) -> None:
    """Ask the node to stop, wait, and after `seconds` kill it."""
    ask_to_stop(pid)
    patience = time.monotonic() + seconds
    while living_pid(data) == pid:
        if time.monotonic() > patience:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
    (data / "pid").unlink(missing_ok=True)


def ask_to_stop(pid: int) -> None:
    """Let the node end in order, in its own time."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
