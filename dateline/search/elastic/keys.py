"""Keys of the server with just the rights that our commands need.

Rights are given on the aliases. The index before, which a rollback needs and which holds articles
that were withdrawn since, has no alias: only a rebuilder reaches it.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from elasticsearch import AuthorizationException, BadRequestError

from dateline.errors import EngineFault, EngineRefused, SettingsError
from dateline.search.dates import from_epoch
from dateline.search.elastic.client import connect_key, connect_writer
from dateline.search.elastic.errors import engine_errors, root_cause
from dateline.search.elastic.lifecycle import FIRST
from dateline.search.elastic.writer import ElasticWriter
from dateline.search.secret_files import check_key_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from elasticsearch import Elasticsearch

    from dateline.search.settings import SearchSettings

EngineRole = Literal["reader", "writer", "rebuilder"]
ENGINE_ROLES: tuple[EngineRole, ...] = get_args(EngineRole)
_EXPIRES = re.compile(r"[1-9]\d{0,4}[dh]")
_LOG_IN = (
    "put user and password of one who may manage keys in DATELINE_ELASTICSEARCH_URL "
    "(https://elastic:…@host:9200) and unset DATELINE_API_KEY"
)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a role may: at the cluster, on the archive's aliases, on the indices behind them."""

    cluster: tuple[str, ...]
    aliases: tuple[str, ...]
    indices: tuple[str, ...] = ()


RIGHTS: Mapping[EngineRole, Rights] = {
    "reader": Rights(("cluster:monitor/main",), ("read", "view_index_metadata")),
    "writer": Rights(
        ("cluster:monitor/main",),
        # the mapping may gain fields with a new version of this program
        ("read", "write", "view_index_metadata", "maintenance", "indices:admin/mapping/put"),
        ("view_index_metadata",),  # whether a replacement was left half-way
    ),
    "rebuilder": Rights(
        ("cluster:monitor/main", "cluster:monitor/health"),
        ("read", "write", "manage"),
        ("read", "write", "manage"),
    ),
}
"""Each right was taken away once on a real server, and a command failed for want of it."""


@dataclass(frozen=True, slots=True)
class EngineKey:
    """A key as the server lists it; the secret part is known to nobody any more."""

    id: str
    name: str
    role: EngineRole
    created: datetime | None
    expires: datetime | None


class EngineKeys:
    """Makes, lists and revokes the keys of one archive, with the rights of who is logged in."""

    def __init__(self, settings: SearchSettings) -> None:
        self._settings = settings

    @cached_property
    def _client(self) -> Elasticsearch:
        return connect_writer(self._settings)

    def add(
        self, name: str, role: EngineRole, expires: str | None = None, *, renew: bool = False
    ) -> str:
        """A new key in its encoded form, shown once; `expires` as "90d" or "12h", else never.

        For a role that writes, the archive is made if it is not there. With `renew` there may be
        keys of this name: they stay in force until `revoke_others`. Raises SettingsError,
        EngineRefused (who is logged in may not, or has not these rights itself), EngineError.
        """
        _check(name, expires)
        if not renew and any(key.name == name for key in self.listed()):
            raise SettingsError(
                f"the archive {self._settings.index} has a key {name} already",
                hint=f"choose another name, or `dateline keys elasticsearch revoke {name}`",
            )
        if role != "reader":
            ElasticWriter(self._settings, client=self._client).prepare()
        made = self._create(name, role, expires)
        if lacking := self._lacking(made["encoded"], role):
            self._invalidate([made["id"]])
            raise EngineRefused(
                f"a {role} needs {lacking}, which the user who is logged in may not give",
                hint=_LOG_IN,
            )
        return str(made["encoded"])

    def listed(self) -> list[EngineKey]:
        """The keys of this archive that are in force, by name."""
        with engine_errors():
            try:
                found = self._client.security.get_api_key(active_only=True)
            except (BadRequestError, AuthorizationException) as error:
                raise self._refusal(error) from error
        keys = [_read_key(each) for each in found["api_keys"] if self._is_ours(each)]
        return sorted(keys, key=lambda key: key.name)

    def revoke(self, name: str) -> int:
        """Take keys of this name out of force at once; how many. Raises SettingsError for none."""
        ids = [key.id for key in self.listed() if key.name == name]
        if not ids:
            raise SettingsError(
                f"the archive {self._settings.index} has no key {name}",
                hint="see `dateline keys elasticsearch list`",
            )
        self._invalidate(ids)
        return len(ids)

    def revoke_others(self, name: str, encoded: str) -> int:
        """Take all keys of this name but this one out of force; how many."""
        others = [k.id for k in self.listed() if k.name == name and k.id != _find_id(encoded)]
        if others:
            self._invalidate(others)
        return len(others)

    def discard(self, encoded: str) -> None:
        """Take this very key out of force."""
        self._invalidate([_find_id(encoded)])

    def serves(self, encoded: str, role: EngineRole) -> bool:
        """Whether this key is in force and has all rights of the role."""
        try:
            return not self._lacking(encoded, role)
        except EngineRefused:
            return False

    def close(self) -> None:
        """Let go of connections."""
        if "_client" in self.__dict__:
            self._client.close()

    def _create(self, name: str, role: EngineRole, expires: str | None) -> Mapping[str, Any]:
        with engine_errors():
            try:
                made: Mapping[str, Any] = self._client.security.create_api_key(
                    name=name,
                    role_descriptors={role: compile_role(role, self._settings)},
                    expiration=expires,
                    metadata={"dateline": {"archive": self._settings.index, "role": role}},
                ).body
            except (BadRequestError, AuthorizationException) as error:
                raise self._refusal(error) from error
        return made

    def _lacking(self, encoded: str, role: EngineRole) -> str:
        """The rights of a role that this key has not, as the server itself says; empty for none."""
        wanted = compile_role(role, self._settings)
        with engine_errors(), connect_key(self._settings, encoded) as client:
            told = client.security.has_privileges(
                cluster=wanted["cluster"], index=wanted["indices"]
            ).body
        missing = [name for name, there in told["cluster"].items() if not there]
        for rights in told["index"].values():
            missing += [name for name, there in rights.items() if not there]
        return ", ".join(dict.fromkeys(missing))

    def _invalidate(self, ids: list[str]) -> None:
        with engine_errors():
            answer = self._client.security.invalidate_api_key(ids=ids)
        if answer.get("error_count"):
            raise EngineFault("Elasticsearch did not revoke every key", hint="revoke it again")

    def _is_ours(self, listed: Mapping[str, Any]) -> bool:
        told = (listed.get("metadata") or {}).get("dateline") or {}
        return told.get("archive") == self._settings.index and told.get("role") in ENGINE_ROLES

    def _refusal(self, error: BadRequestError | AuthorizationException) -> EngineRefused:
        if self._settings.api_key is not None:
            # the server: "creating derived api keys requires an explicit role descriptor that is
            # empty": a key of a key would have no rights
            return EngineRefused("an API key cannot manage keys", hint=_LOG_IN)
        if isinstance(error, AuthorizationException):
            return EngineRefused("this user may not manage keys", hint=_LOG_IN)
        _, reason = root_cause(error)
        if "no handler found" in reason:
            return EngineRefused(
                "this server lets everybody in and knows no keys",
                hint="switch xpack.security.enabled on there, with TLS",
            )
        return EngineRefused(f"Elasticsearch makes no key: {reason}", hint="see the server's log")


def _find_id(encoded: str) -> str:
    """The id of a key: what stands before the colon in its encoded form."""
    return base64.b64decode(encoded).partition(b":")[0].decode()


def compile_role(role: EngineRole, settings: SearchSettings) -> dict[str, Any]:
    """A role's rights on one archive, in the server's words."""
    rights = RIGHTS[role]
    aliases = {"names": [settings.index, settings.originals], "privileges": list(rights.aliases)}
    indices = {"names": [index_pattern(settings.index)], "privileges": list(rights.indices)}
    return {
        "cluster": list(rights.cluster),
        "indices": [aliases, indices] if rights.indices else [aliases],
    }


def index_pattern(alias: str) -> str:
    """The server's pattern for the indices of one archive: no other archive's name fits it."""
    stamp = "[0-9]{8}-[0-9]{6}-[0-9]{6}"
    return f"/{re.escape(alias)}(-originals)?-v[0-9]+-({FIRST}|{stamp})/"


def _check(name: str, expires: str | None) -> None:
    check_key_name(name)
    if expires is not None and not _EXPIRES.fullmatch(expires):
        raise SettingsError("--expires is malformed", hint="write days or hours: 90d, 12h")


def _read_key(listed: Mapping[str, Any]) -> EngineKey:
    return EngineKey(
        id=listed["id"],
        name=listed["name"],
        role=listed["metadata"]["dateline"]["role"],
        created=from_epoch(listed["creation"]),
        expires=from_epoch(listed.get("expiration")),
    )
