"""start, stop and status, on values."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from elasticsearch_server import nodes
from elasticsearch_server.access import find_access, make_access
from elasticsearch_server.common import (
    ServerError,
    everyone_may_enter,
    locked,
    say,
    server_account,
)
from elasticsearch_server.fetching import cache_folder, fetch
from elasticsearch_server.java import find_jdk
from elasticsearch_server.layout import choose_layout, is_free, read_layout, write_layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elasticsearch_server.access import Access
    from elasticsearch_server.layout import Layout
    from elasticsearch_server.releases import Release


@dataclass(frozen=True, slots=True)
class Wanted:
    """The server asked for.

    `port` 0: any free one; several nodes take the ports after it. `jit`: for benchmarks, starts
    slower. `nodes`: how many, on this machine. `security`: https, and a password.
    """

    release: Release
    data: Path
    port: int = 9200
    jit: bool = False
    nodes: int = 1
    security: bool = False


def default_data(version: str, environment: Mapping[str, str]) -> Path:
    """The data folder where none is named: one per version; for root outside its closed home."""
    if environment.get("XDG_DATA_HOME"):
        base = Path(environment["XDG_DATA_HOME"])
    else:
        base = Path("/var/lib") if os.geteuid() == 0 else Path.home() / ".local" / "share"
    return base / "dateline" / f"elasticsearch-{version}"


def start(wanted: Wanted) -> tuple[nodes.Running, ...]:
    """The wanted server, running and yellow, node by node.

    Nodes that already run in the data folder are kept, and the missing ones started.

    Raises:
        ServerError: it cannot be had; the message says why and what to do.
    """
    wanted.data.mkdir(mode=0o755, parents=True, exist_ok=True)
    with locked(wanted.data / "lock"):
        running = status(wanted.data)
        if running:
            _refuse_another(running, wanted)
        if len(running) == wanted.nodes:
            say(f"Elasticsearch {running[0].version} already runs, pid {_pids(running)}")
            return running
        _refuse_foreign_data(wanted)
        return _boot(wanted, {each.data for each in running})


def stop(data: Path) -> tuple[nodes.Running, ...]:
    """End the server in `data` and answer what it was; empty when none ran."""
    running = status(data)
    for each in running:
        nodes.ask_to_stop(each.pid)
    for each in running:
        nodes.end(each.data, each.pid)
    return running


def status(data: Path) -> tuple[nodes.Running, ...]:
    """The nodes that run in `data`, in order of their numbers."""
    known = find_access(data)
    found = (_look_at(node.data, known) for node in read_layout(data).nodes(data))
    return tuple(each for each in found if each)


def _look_at(data: Path, known: Access | None) -> nodes.Running | None:
    pid = nodes.living_pid(data)
    if pid is None:
        return None
    url = nodes.url_of(data, "https" if known else "http") or ""
    told = nodes.ask(url, known=known) if url else None
    version = told["version"]["number"] if told else "that does not answer yet"
    return nodes.Running(url=url, version=version, pid=pid, data=data)


def _pids(running: tuple[nodes.Running, ...]) -> str:
    return ", ".join(str(each.pid) for each in running)


def _boot(wanted: Wanted, alive: set[Path]) -> tuple[nodes.Running, ...]:
    account = server_account()
    jdk = find_jdk(wanted.release, os.environ, for_everyone=account is not None)
    layout = _lay_out(wanted)
    every = layout.nodes(wanted.data)
    missing = tuple(node for node in every if node.data not in alive)
    for node in missing:
        _refuse_taken_port(node.http)
    home = fetch(wanted.release, cache_folder(os.environ, root=account is not None))
    if account is not None:
        _refuse_closed(home, wanted.data)
    began = time.monotonic()
    say(f"Starting Elasticsearch {wanted.release.version} with {jdk.name} in {wanted.data}")
    (wanted.data / "version").write_text(wanted.release.version, "ascii")
    write_layout(wanted.data, layout)
    known = make_access(wanted.data) if wanted.security else None
    settings = (*nodes.configure(every, security=wanted.security), *wanted.release.settings)
    for node in missing:
        nodes.prepare(node, home, settings, account, known)
    speed = nodes.FULL_SPEED if wanted.jit else nodes.QUICK_START
    nodes.launch([node.data for node in missing], home, jdk, speed, account)
    running = _check(wanted, known)
    say(f"Elasticsearch {running[0].version} is up after {time.monotonic() - began:.1f} s")
    return running


def _lay_out(wanted: Wanted) -> Layout:
    """The layout of before, so that every node comes back to its ports, or a new one."""
    before = read_layout(wanted.data)
    if len(before.ports) == wanted.nodes > 1 and wanted.port in {0, before.ports[0][0]}:
        return before
    return choose_layout(wanted.nodes, wanted.port, security=wanted.security)


def _check(wanted: Wanted, known: Access | None) -> tuple[nodes.Running, ...]:
    running = status(wanted.data)
    if len(running) != wanted.nodes:
        raise ServerError(f"Elasticsearch ended again; see the logs in {wanted.data}")
    nodes.wait_for_yellow(running[0].url, wanted.nodes, known)
    return running


def _refuse_closed(*folders: Path) -> None:
    for folder in folders:
        if not everyone_may_enter(folder):
            raise ServerError(
                f"the server runs as an unprivileged user, who may not enter {folder}; "
                "choose a place outside closed folders"
            )


def _refuse_another(running: tuple[nodes.Running, ...], wanted: Wanted) -> None:
    layout, first = read_layout(wanted.data), running[0]
    other_port = wanted.port and wanted.port != _first_port(layout, first)
    other_kind = (len(layout.ports), layout.security) != (wanted.nodes, wanted.security)
    if other_port or other_kind or first.version != wanted.release.version:
        raise ServerError(
            f"Elasticsearch {first.version} already runs in {wanted.data} at {first.url}"
            f"{_describe(layout)}; stop it first or name another folder with --data"
        )


def _first_port(layout: Layout, first: nodes.Running) -> int:
    return layout.ports[0][0] or int(first.url.rpartition(":")[2])


def _describe(layout: Layout) -> str:
    nodes_of_it = f" with {len(layout.ports)} nodes" if len(layout.ports) > 1 else ""
    return f"{nodes_of_it}{' with security' if layout.security else ''}"


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
    layout = read_layout(wanted.data)
    if version and (len(layout.ports), layout.security) != (wanted.nodes, wanted.security):
        raise ServerError(
            f"{wanted.data} holds a server{_describe(layout) or ' of one open node'}; "
            "name another folder with --data"
        )


def _refuse_taken_port(port: int) -> None:
    if not is_free(port):
        raise ServerError(
            f"port {port} is taken by {_who(port)}; choose another with --port (0: any free one)"
        )


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
