"""One server in one data folder: its configuration, its process, its answers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elasticsearch_server.common import Account, ServerError

CLUSTER = "dateline"
CONFIGURATION = (
    "jvm.options",
    "log4j2.properties",
    "roles.yml",
    "role_mapping.yml",
    "users",
    "users_roles",
)
ONE_NODE_OF_OUR_OWN = (
    f"cluster.name: {CLUSTER}",
    "node.name: dateline-1",
    "network.host: 127.0.0.1",
    "transport.port: 0",
    "discovery.type: single-node",
    "node.portsfile: true",
    "xpack.security.enabled: false",
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
    """A server of ours that runs: where it answers, its version, its process."""

    url: str
    version: str
    pid: int


def ask(url: str, seconds: float = 5.0) -> Any:
    """The JSON that a GET of `url` answers; None when nobody answers in time or it is no JSON."""
    try:
        with _opener.open(url, timeout=seconds) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


def prepare(data: Path, home: Path, settings: tuple[str, ...], account: Account | None) -> None:
    """Lay out the folders and the configuration of one node, owned by whoever will run it."""
    shutil.rmtree(data / "conf", ignore_errors=True)
    for name in ("conf", "data", "logs", "tmp"):
        (data / name).mkdir(exist_ok=True)
    for name in CONFIGURATION:
        shutil.copyfile(home / "config" / name, data / "conf" / name)
    places = (f"path.data: {data / 'data'}", f"path.logs: {data / 'logs'}")
    text = "\n".join((*ONE_NODE_OF_OUR_OWN, *places, *settings, ""))
    (data / "conf" / "elasticsearch.yml").write_text(text, "utf-8")
    for name in ("pid", "logs/http.ports"):
        (data / name).unlink(missing_ok=True)
    if account is not None:
        _give(data, account)


def _give(data: Path, account: Account) -> None:
    data.chmod(0o755)
    for folder, _, names in os.walk(data):
        os.chown(folder, account.uid, account.gid)
        for name in names:
            os.chown(Path(folder, name), account.uid, account.gid, follow_symlinks=False)


def launch(data: Path, home: Path, jdk: Path, java_options: str, account: Account | None) -> None:
    """Start the node in the background; returns when it says that it is up.

    Raises:
        ServerError: it gave up, or was not up in time; the message holds its last words.
    """
    output = data / "logs" / "start.txt"
    with output.open("wb") as sink:
        starter = subprocess.Popen(
            [home / "bin" / "elasticsearch", "-d", "-p", data / "pid"],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            cwd=data,
            env=_environment(data, jdk, java_options),
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,  # Ctrl-C in the terminal is for us, who then end it in order
        )
        code = _wait_or_end(starter, output)
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


def _wait_or_end(starter: subprocess.Popen[bytes], output: Path) -> int:
    try:
        return starter.wait(BOOT_SECONDS)
    except BaseException as stopped:  # interrupted, too: nothing half-started stays behind
        os.killpg(starter.pid, signal.SIGKILL)
        starter.wait()
        if isinstance(stopped, subprocess.TimeoutExpired):
            late = f"Elasticsearch was not up in {BOOT_SECONDS} s; see {output}"
            raise ServerError(late) from None
        raise


def _last_words(output: Path) -> str:
    lines = [line.strip() for line in output.read_text("utf-8", "replace").splitlines()]
    telling = [line for line in lines if "xception" in line or line.startswith("ERROR")]
    return next(iter(telling or [line for line in reversed(lines) if line]), "it wrote nothing")


def wait_for_yellow(url: str, seconds: int = 60) -> None:
    """Return when every primary shard is there.

    Raises:
        ServerError: not within `seconds`.
    """
    health = ask(f"{url}/_cluster/health?wait_for_status=yellow&timeout={seconds}s", seconds + 5.0)
    if not health or health["timed_out"]:
        raise ServerError(f"the server at {url} was not yellow within {seconds} s")


def url_of(data: Path) -> str | None:
    """Where the node in `data` listens, as it wrote down itself; None before it does."""
    try:
        lines = (data / "logs" / "http.ports").read_text("utf-8").split()
    except OSError:
        return None
    return next((f"http://{line}" for line in lines if line.startswith("127.0.0.1:")), None)


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
    os.kill(pid, signal.SIGTERM)
    patience = time.monotonic() + seconds
    while living_pid(data) == pid:
        if time.monotonic() > patience:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
    (data / "pid").unlink(missing_ok=True)
