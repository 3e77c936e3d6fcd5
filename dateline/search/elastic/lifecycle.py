"""Concrete, versioned indices behind the aliases that readers and writers use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from elasticsearch import AuthorizationException, BadRequestError

from dateline.errors import EngineRefused, IndexNotReady
from dateline.search.elastic.errors import MISSING_HINT, engine_errors, root_cause
from mappings import load_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elasticsearch import Elasticsearch

    from mappings import MappingName

FIRST = "first"
"""Stamp of an archive's first index. It is fixed, so that of two indexers starting together one
creates and the other finds; a rebuild stamps with its time."""
MASTER_TIMEOUT = "20s"


def index_name(alias: str, version: int, stamp: str) -> str:
    """The concrete index behind an alias: `articles-v1-first`."""
    return f"{alias}-v{version}-{stamp}"


def ensure_index(
    client: Elasticsearch, alias: str, mapping: MappingName, replicas: int | None = None
) -> None:
    """Create index and alias when the alias is missing, else check what is there.

    `replicas` are the copies of a new index; one that is there stays as it is.

    Raises IndexNotReady: the name is an index, or the mapping is not ours.
    """
    with engine_errors():
        if not client.indices.exists(index=alias):
            _create(client, alias, mapping, replicas)
        if not client.indices.exists_alias(name=alias):
            raise IndexNotReady(
                f"{alias} is no alias on this server",
                hint="delete or rename the index of that name, or set DATELINE_INDEX to another",
            )
        found = client.indices.get_mapping(index=alias, master_timeout=MASTER_TIMEOUT)
    check_mappings(alias, mapping, found.body)
    _add_fields(client, alias, mapping, found.body)


def _add_fields(
    client: Elasticsearch, alias: str, mapping: MappingName, found: Mapping[str, Any]
) -> None:
    """Add the fields that our mapping gained since the index was made, if there are any."""
    (body,) = found.values()
    wanted = load_mapping(mapping)["mappings"]["properties"]
    there = body["mappings"].get("properties", {})
    new = {name: field for name, field in wanted.items() if name not in there}
    if new:
        with engine_errors():
            client.indices.put_mapping(index=alias, properties=new, master_timeout=MASTER_TIMEOUT)


def check_mappings(alias: str, mapping: MappingName, found: Mapping[str, Any]) -> None:
    """Raises IndexNotReady unless the one index behind the alias has our mapping's version."""
    if len(found) != 1:
        raise IndexNotReady(
            f"alias {alias} stands for {len(found)} indices: {', '.join(sorted(found))}",
            hint="leave it on one of them",
        )
    ((index, body),) = found.items()
    wanted = load_mapping(mapping)["mappings"]["_meta"]
    meta = body["mappings"].get("_meta", {})
    if {name: meta.get(name) for name in wanted} != wanted:
        raise IndexNotReady(
            f"index {index} has mapping {_named(meta)}, this program needs {_named(wanted)}",
            hint="ingest into another DATELINE_INDEX, or use the program that made it",
        )


def choose_settings(
    mapping: MappingName, replicas: int | None, kept: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Settings of a new index: the mapping's, what is kept of one before, what is asked for now."""
    ours = load_mapping(mapping)["settings"]
    asked = {} if replicas is None else {"number_of_replicas": replicas}
    return {**ours, "index": {**ours["index"], **(kept or {}), **asked}}


def _create(client: Elasticsearch, alias: str, mapping: MappingName, replicas: int | None) -> None:
    body = load_mapping(mapping)
    name = index_name(alias, body["mappings"]["_meta"]["version"], FIRST)
    try:
        # the alias is born with the index: a start killed half-way leaves both or neither
        client.indices.create(
            index=name,
            settings=choose_settings(mapping, replicas),
            mappings=body["mappings"],
            aliases={alias: {}},
            master_timeout=MASTER_TIMEOUT,
            wait_for_active_shards=1,
        )
    except AuthorizationException as error:
        raise EngineRefused(
            f"there is no archive {alias}, and this key may not make one",
            hint="`dateline keys elasticsearch add NAME --role writer` makes the archive with the "
            "key; or correct DATELINE_INDEX",
        ) from error
    except BadRequestError as error:
        if root_cause(error)[0] != "resource_already_exists_exception":
            raise
        _require_alias(client, alias, name)


def _require_alias(client: Elasticsearch, alias: str, name: str) -> None:
    if client.indices.exists_alias(name=alias):
        return  # another indexer was faster
    raise IndexNotReady(
        f"index {name} is there, and no alias {alias} leads to it",
        hint=f"give it the alias {alias}, or delete it; {MISSING_HINT}",
    )


def _named(meta: Mapping[str, Any]) -> str:
    return f"{meta.get('schema', 'unknown')} version {meta.get('version', 'unknown')}"
