"""start, stop and status, on values."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from elasticsearch_server import nodes
from elasticsearch_server.common import (
    ServerError,
    everyone_may_enter,
    locked,
    say,
    server_account,
)
from elasticsearch_server.fetching import cache_folder, fetch
from elasticsearch_server.java import find_jdk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elasticsearch_server.releases import Release


@dataclass(frozen=True, slots=True)
class Wanted:
    """The server asked for. `port` 0: any free one. `jit`: for benchmarks, starts slower."""

    release: Release
    data: Path
    port: int = 9200
    jit: bool = False


def default_data(version: str, environment: Mapping[str, str]) -> Path:
    """The data folder where none is named: one per version; for root outside its closed home."""
    if environment.get("XDG_DATA_HOME"):
        base = Path(environment["XDG_DATA_HOME"])
    else:
        base = Path("/var/lib") if os.geteuid() == 0 else Path.home() / ".local" / "share"
    return base / "dateline" / f"elasticsearch-{version}"


def start(wanted: Wanted) -> nodes.Running:
    """The wanted server, running and yellow; one that already runs in the data folder is kept.

    Raises:
        ServerError: it cannot be had; the message says why and what to do.
    """
    wanted.data.mkdir(mode=0o755, parents=True, exist_ok=True)
    with locked(wanted.data / "lock"):
        running = status(wanted.data)
        if running:
            _refuse_another(running, wanted)
            say(f"Elasticsearch {running.version} already runs, pid {running.pid}")
            return running
        _refuse_foreign_data(wanted)
        _refuse_taken_port(wanted.port)
        return _boot(wanted)


def stop(data: Path) -> nodes.Running | None:
    """End the server in `data` and answer what it was; None when none ran."""
    running = status(data)
    if running:
        nodes.end(data, running.pid)
    return running


def status(data: Path) -> nodes.Running | None:
    """The server that runs in `data`, or None."""
    pid = nodes.living_pid(data)
    if pid is None:
        return None
    url = nodes.url_of(data) or ""
    told = nodes.ask(url) if url else None
    version = told["version"]["number"] if told else "that does not answer yet"
    return nodes.Running(url=url, version=version, pid=pid)


def _boot(wanted: Wanted) -> nodes.Running:
    account = server_account()
    jdk = find_jdk(wanted.release, os.environ, for_everyone=account is not None)
    home = fetch(wanted.release, cache_folder(os.environ, root=account is not None))
    if account is not None:
        _refuse_closed(home, wanted.data)
    began = time.monotonic()
    say(f"Starting Elasticsearch {wanted.release.version} with {jdk.name} in {wanted.data}")
    settings = (f"http.port: {wanted.port}", *wanted.release.settings)
    (wanted.data / "version").write_text(wanted.release.version, "ascii")
    nodes.prepare(wanted.data, home, settings, account)
    nodes.launch(
        wanted.data, home, jdk, nodes.FULL_SPEED if wanted.jit else nodes.QUICK_START, account
    )
    running = status(wanted.data)
    if running is None:
        raise ServerError(f"Elasticsearch ended again; see {wanted.data / 'logs'}")
    nodes.wait_for_yellow(running.url)
    say(f"Elasticsearch {running.version} is up after {time.monotonic() - began:.1f} s")
    return running


def _refuse_closed(*folders: Path) -> None:
    for folder in folders:
        if not everyone_may_enter(folder):
            raise ServerError(
                f"the server runs as an unprivileged user, who may not enter {folder}; "
                "choose a place outside closed folders"
            )


def _refuse_another(running: nodes.Running, wanted: Wanted) -> None:
    other_port = wanted.port and not running.url.endswith(f":{wanted.port}")
    if other_port or running.version != wanted.release.version:
        raise ServerError(
            f"Elasticsearch {running.version} already runs in {wanted.data} at {running.url}; "
            "stop it first or name another folder with --data"
        )


def _refuse_foreign_data(wanted: Wanted) -> None:
    try:
        version = (wanted.data / "version").read_text("ascii")
    except OSError:
        version = ""
    if version and version != wanted.release.version:
        raise ServerError(
            f"{wanted.data} was written by Elasticsearch {version}; "
            f"name another folder with --data, or --version {version}"
        )
    if not version and any(path.name != "lock" for path in wanted.data.iterdir()):
        raise ServerError(f"{wanted.data} holds other things; name an empty folder with --data")


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ServerError(
                f"port {port} is taken by {_who(port)}; "
                "choose another with --port (0: any free one)"
            ) from None


def _who(port: int) -> str:
    told = nodes.ask(f"http://127.0.0.1:{port}")
    if not isinstance(told, dict) or "cluster_name" not in told:
        return "another program"
    kind = (
        "a server of ours in another data folder"
        if told["cluster_name"] == nodes.CLUSTER
        else "Elasticsearch"
    )
    return f"{kind}, version {told['version']['number']}"
