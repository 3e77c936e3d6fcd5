"""How many nodes a data folder holds, where each listens, and whether they ask for a password."""

from __future__ import annotations

import json
import random
import socket
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "layout.json"


@dataclass(frozen=True, slots=True)
class Node:
    """One node: its name, its own folder, its two ports (0: any free one)."""

    name: str
    data: Path
    http: int
    transport: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """What lies in a data folder. One node lives in the folder itself, several in one each."""

    security: bool = False
    ports: tuple[tuple[int, int], ...] = ((0, 0),)
    """HTTP and transport port of each node."""

    def nodes(self, data: Path) -> tuple[Node, ...]:
        """The nodes, in order of their numbers."""
        if len(self.ports) == 1:
            ((http, transport),) = self.ports
            return (Node("dateline-1", data, http, transport),)
        names = [f"dateline-{number}" for number in range(1, len(self.ports) + 1)]
        return tuple(
            Node(name, data / name, *ports) for name, ports in zip(names, self.ports, strict=True)
        )


def read_layout(data: Path) -> Layout:
    """What was started in `data` last; one open node where nothing is written down."""
    try:
        told = json.loads((data / _FILE).read_text("ascii"))
    except OSError:
        return Layout()
    return Layout(told["security"], tuple((http, transport) for http, transport in told["ports"]))


def write_layout(data: Path, layout: Layout) -> None:
    """Remember it: a node that is started again must listen where its neighbours look for it."""
    (data / _FILE).write_text(json.dumps(asdict(layout)), "ascii")


def choose_layout(nodes: int, port: int, *, security: bool) -> Layout:
    """A new layout: HTTP on `port` and the ones after it, or on free ones where it is 0."""
    if nodes == 1:
        return Layout(security, ((port, 0),))
    free = free_ports(2 * nodes)
    https = [port + number if port else free[number] for number in range(nodes)]
    return Layout(security, tuple(zip(https, free[nodes:], strict=True)))


def free_ports(count: int) -> list[int]:
    """Free ports below those that the system gives away by itself.

    A client that keeps knocking at a dead node in the system's own range may be given that very
    port, and then talks to itself on it.
    """
    wanted = random.sample(range(20_000, 30_000), 100 * count)
    return [port for port in wanted if is_free(port)][:count]


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
