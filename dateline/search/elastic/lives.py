"""The life of a concrete index, told in its own mapping's `_meta`: whom it follows, how far."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from dateline.errors import EngineFault, IndexNotReady
from dateline.search.elastic.errors import MISSING_HINT, engine_errors
from dateline.search.elastic.lifecycle import FIRST, MASTER_TIMEOUT, choose_settings, index_name
from mappings import load_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.search.elastic.patience import Server
    from mappings import MappingName

_STAMP = r"\d{8}-\d{6}-\d{6}"
_COPIED = ("number_of_shards", "number_of_replicas")
"""What an operator may have chosen for the index before."""


@dataclass(frozen=True, slots=True)
class Life:
    """How an index came into force.

    "building": no reader sees it. "carrying": it is in force, and the last writes to `previous` are
    still to be brought over. "in force": all is there. `since` are the marks (per shard) after
    which changes are to be carried: of `previous` while carrying, of itself later. `own` are its
    own marks while carrying: what others write from the swap on, `previous` does not have. Indices
    put in force by the same stroke share their `swap`.
    """

    state: Literal["building", "carrying", "in force"] = "in force"
    previous: str | None = None
    swap: str | None = None
    since: Mapping[str, int] = field(default_factory=dict)
    own: Mapping[str, int] = field(default_factory=dict)


def find_concrete(server: Server, alias: str) -> str:
    """The index behind an alias. Raises IndexNotReady."""
    with engine_errors():
        if not server.ask(lambda: server.client.indices.exists_alias(name=alias)):
            raise IndexNotReady(f"there is no alias {alias}", hint=MISSING_HINT)
        found = server.ask(lambda: server.client.indices.get_alias(name=alias)).body
    (index,) = found
    return str(index)


def read_life(server: Server, index: str) -> Life:
    """What an index tells of itself; one that was never a replacement has no previous."""
    return Life(**_read_meta(server, index).get("life", {}))


def write_life(server: Server, index: str, life: Life) -> None:
    """Tell it; schema and version stay. Raises EngineFault for an index that is not ours."""
    told = _read_meta(server, index)
    if "schema" not in told:
        raise EngineFault(
            f"{index} was deleted by another program meanwhile, and made anew without our mapping",
            hint="nothing was changed; give the command again",
        )
    meta = {**told, "life": asdict(life)}
    put = server.client.indices.put_mapping
    with engine_errors():
        server.ask(lambda: put(index=index, meta=meta, master_timeout=MASTER_TIMEOUT))


def _read_meta(server: Server, index: str) -> Mapping[str, Any]:
    get = server.client.indices.get_mapping
    with engine_errors():
        found = server.ask(lambda: get(index=index, master_timeout=MASTER_TIMEOUT))
    ((_, body),) = found.items()
    meta: Mapping[str, Any] = body["mappings"].get("_meta", {})
    return meta


def name_beside(alias: str, mapping: MappingName, stamp: str) -> str:
    """What a new index of today's mapping is called."""
    return index_name(alias, load_mapping(mapping)["mappings"]["_meta"]["version"], stamp)


def create_beside(
    server: Server,
    before: str,
    after: str,
    mapping: MappingName,
    replicas: int | None = None,
) -> None:
    """An empty index of today's mapping beside the one in force, with as many shards.

    It has as many replicas, too, unless a number is asked for.
    """
    body = load_mapping(mapping)
    meta = {**body["mappings"]["_meta"], "life": asdict(Life("building"))}
    with engine_errors():
        found = server.client.indices.get_settings(index=before)[before]["settings"]["index"]
        kept = {name: found[name] for name in _COPIED if name in found}
        server.client.indices.create(
            index=after,
            settings=choose_settings(mapping, replicas, kept),
            mappings={**body["mappings"], "_meta": meta},
            master_timeout=MASTER_TIMEOUT,
            wait_for_active_shards=1,
        )


def sweep(server: Server, alias: str) -> None:
    """Delete this archive's indices that are neither in force nor the one before."""
    current = find_concrete(server, alias)
    kept = {current, read_life(server, current).previous}
    ours = re.compile(rf"{re.escape(alias)}-v\d+-({FIRST}|{_STAMP})")
    with engine_errors():
        found: Mapping[str, Any] = server.client.indices.get_alias(index=f"{alias}-v*").body
        for index, body in found.items():
            # one that another alias leads to is somebody's
            if ours.fullmatch(index) and index not in kept and not body["aliases"]:
                server.client.indices.delete(index=index, master_timeout=MASTER_TIMEOUT)
