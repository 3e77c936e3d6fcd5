"""Makes the official clients from the settings. Nothing connects here."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

from elasticsearch import AsyncElasticsearch, Elasticsearch, OrjsonSerializer
from pydantic import SecretStr

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.search.settings import SearchSettings

WRITE_TIMEOUT = 60.0
"""Seconds a bulk request may take."""
GRACE = 1.0
"""Seconds beyond the search's own time limit before we hang up."""
_JSON_TYPES = ("application/json", "application/vnd.elasticsearch+json")


def connect_reader(settings: SearchSettings, **given: Any) -> AsyncElasticsearch:
    """The client that asks: repeats a search twice when a node is gone, never on a refusal.

    `given` are further options of the client (a `node_class` that counts, say).

    The repeats have no pause, so 429 is not repeated: the caller is told instead.
    """
    return AsyncElasticsearch(
        **_options(settings),
        **given,
        connections_per_node=settings.concurrency,
        request_timeout=settings.search_timeout + GRACE,
        max_retries=2,
        retry_on_status=(502, 503),
        retry_on_timeout=False,
    )


def connect_writer(settings: SearchSettings, **given: Any) -> Elasticsearch:
    """The client that writes: asks another node where one is gone, and else repeats nothing.

    Our bulk loop pauses and knows why. What a lost node may have done already can be asked again:
    each write names its version, each new index its name.
    """
    return Elasticsearch(
        **_options(settings),
        **given,
        connections_per_node=4,
        request_timeout=WRITE_TIMEOUT,
        max_retries=len(settings.hosts) - 1,
        retry_on_status=(),
        retry_on_timeout=False,
    )


def connect_key(settings: SearchSettings, encoded: str) -> Elasticsearch:
    """The same server, asked with another key."""
    return connect_writer(settings.model_copy(update={"api_key": SecretStr(encoded)}))


def _options(settings: SearchSettings) -> dict[str, Any]:
    serializer = OrjsonSerializer()
    options: dict[str, Any] = {
        "hosts": list(settings.hosts),
        "serializers": dict.fromkeys(_JSON_TYPES, serializer),
    }
    if settings.api_key is not None:
        options["api_key"] = settings.api_key.get_secret_value()
    elif settings.credentials is not None:
        options["basic_auth"] = settings.credentials
    if settings.hosts[0].startswith("https:"):
        options["ssl_context"] = _trust(settings.ca_certs)
    return options


def _trust(ca_certs: Path | None) -> ssl.SSLContext:
    """Whom to trust, and for the very name or address in the URL.

    The client's own context does not compare an address with the certificate.
    """
    return ssl.create_default_context(cafile=str(ca_certs) if ca_certs else None)
