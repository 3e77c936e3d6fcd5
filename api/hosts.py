"""Which host is which: what is the loopback, and under which names the service may be asked.

A web page of a stranger can point its own name at this machine and have a browser ask here (DNS
rebinding); the browser then sends that name, which nobody allowed.
"""

import re
import socket
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Self

_WITH_PORT = re.compile(r"(?P<host>\[[^\]]*\]|[^:]*)(:\d{0,5})?")


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens at `host`; any other name is taken for open.

    An address, with or without brackets, or a name.
    """
    if host.casefold() == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def is_address(host: str) -> bool:
    """Whether this is an address and no name: nobody can point an address elsewhere."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class HostNames:
    """The names under which the service may be asked, beside those of the loopback.

    `*.desk.example` stands for every name below desk.example, `*` for all names at all.
    """

    names: Collection[str]
    addresses: bool = False

    @classmethod
    def of(cls, bound: str, allowed: Collection[str]) -> Self:
        """Those that are allowed; where none are told, what fits the place where it listens.

        At the loopback: nothing else. Beyond it: this machine's own name and every address.
        """
        if allowed or is_loopback(bound):
            return cls(allowed)
        return cls({bound.casefold(), socket.gethostname().casefold()}, addresses=True)

    def hold(self, header: str) -> bool:
        """Whether a request with this `Host` header may be answered, whatever its port."""
        found = _WITH_PORT.fullmatch(header.strip())
        host = found["host"].casefold().rstrip(".") if found else ""
        if is_loopback(host) or (self.addresses and is_address(host)):
            return True
        return bool(host) and any(_fits(host, name) for name in self.names)


def _fits(host: str, name: str) -> bool:
    if name.startswith("*."):
        return host.endswith(name[1:])
    return name in {"*", host}
