"""The client's exceptions into our error tree: one table, one function.

`str()` of a client exception says only "TLS error"; the reason lies in `message` and `errors`.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from elastic_transport import (
    ConnectionError as ClientConnectionError,
)
from elastic_transport import (
    ConnectionTimeout,
    SerializationError,
    TlsError,
    TransportError,
)
from elasticsearch import ApiError, UnsupportedProductError

from dateline.errors import (
    EngineBlocked,
    EngineError,
    EngineFault,
    EngineIncompatible,
    EngineOverloaded,
    EngineRefused,
    EngineUnavailable,
    IndexNotReady,
)
from dateline.search.elastic.handshakes import find_cause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

BLOCK = "cluster_block_exception"
BLOCK_HINT = (
    "free disk space below the high watermark (or lift index.blocks.* or cluster.blocks.* by hand) "
    "and run the same ingest again: what is already written is recognised"
)
MISSING_HINT = "run `dateline ingest` once to create it, or correct DATELINE_INDEX"
KEY_HINT = (
    "check DATELINE_API_KEY, or user and password in DATELINE_ELASTICSEARCH_URL; `dateline keys "
    "elasticsearch add` makes a key"
)
RIGHTS_HINT = (
    "correct DATELINE_INDEX, or get a key that may: `dateline keys elasticsearch add NAME --role "
    "reader` serves, `writer` ingests, `rebuilder` also rebuilds, reprocesses and rolls back"
)
SECURITY = "security_exception"
_FORBIDDEN = re.compile(
    r"action \[(?P<action>[^\]]+)\] is unauthorized for .*?(?P<where> on indices \[[^\]]*\])?, this"
)
_SUPPORTED = re.compile(r"must be either version (\d+)")
_LONGEST = 300
_SILENT = {401: "no such key or user", 403: "this is not allowed"}
"""What an answer without a body means: to a question that asks for the head alone, say."""


def translate(error: Exception) -> EngineError:
    """The error of ours that says the same as this exception of the client; no secret in it."""
    for kind, build in TABLE.items():
        if isinstance(error, kind):
            return build(error)
    return EngineFault(f"Elasticsearch client: {type(error).__name__}: {_shorten(str(error))}")


@contextmanager
def engine_errors() -> Iterator[None]:
    """Inside this block every exception of the client leaves as one of ours."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise translate(error) from error


def check_items(items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The parts of an answer themselves. Raises EngineError at one that is an error.

    The server answers 200 to several questions at once even when it refuses some of them.
    """
    for item in items:
        if "error" in item:
            raise _part_error(item["error"])
    return items


def forbidden(reason: str) -> EngineRefused:
    """A key without a right: which one, on what, and the way out; the server is long-winded."""
    found = _FORBIDDEN.match(reason)
    told = f"this key may not: {found['action']}{found['where'] or ''}" if found else reason
    return EngineRefused(f"Elasticsearch answered 403: {_shorten(told)}", hint=RIGHTS_HINT)


def _part_error(error: Mapping[str, Any]) -> EngineError:
    kind, reason = str(error.get("type", "")), str(error.get("reason", ""))
    if kind == SECURITY:
        return forbidden(reason)
    said = f"Elasticsearch refused a part: {_shorten(f'{kind}: {reason}')}"
    if kind in {"index_not_found_exception", "index_closed_exception"}:
        return IndexNotReady(said, hint=MISSING_HINT)
    return EngineUnavailable(said, hint="try again in a moment")


def is_block(kind: str, status: int) -> bool:
    """Whether the engine is read-only; a missing master (503) is a block that passes by itself."""
    return kind == BLOCK and status != 503  # noqa: PLR2004  # HTTP's own number


def root_cause(error: ApiError) -> tuple[str, str]:
    """Type and reason of the first cause that the server names; empty where it names none."""
    body = error.body if isinstance(error.body, dict) else {}
    fault = body.get("error")
    if not isinstance(fault, dict):
        return "", str(fault or "")
    cause: dict[str, Any] = next(iter(fault.get("root_cause") or ()), fault)
    # of a key that is known: that it was revoked, or is over
    details = cause.get("additional_unsuccessful_credentials")
    reason = str(cause.get("reason", ""))
    return str(cause.get("type", "")), f"{details}; {reason}" if details else reason


def _api_error(error: ApiError) -> EngineError:
    kind, reason = root_cause(error)
    status = error.status_code
    told = f"{kind}: {reason}" if kind else reason or _SILENT.get(status, "no reason given")
    said = f"Elasticsearch answered {status}: {_shorten(told)}"
    if is_block(kind, status):
        return EngineBlocked(said, hint=BLOCK_HINT)
    if kind == SECURITY and status == 403:  # noqa: PLR2004  # HTTP: known, and not allowed to
        return forbidden(reason)
    if kind == "media_type_header_exception":
        return _other_major(reason)
    if kind in {"index_not_found_exception", "index_closed_exception"}:
        return IndexNotReady(said, hint=MISSING_HINT)
    fault = _by_status(status, said)
    fault.retry_after = _read_pause(error.meta.headers.get("retry-after") or "")
    return fault


def _read_pause(given: str) -> float:
    """Seconds that a server asks to wait; 0 for a date, which would need its clock."""
    return float(given) if given.isascii() and given.isdigit() else 0.0


def _by_status(status: int, said: str) -> EngineError:
    match status:
        case 401:
            return EngineRefused(said, hint=KEY_HINT)
        case 403:
            return EngineRefused(said, hint=RIGHTS_HINT)
        case 429:
            return EngineOverloaded(said, hint="try again in a moment")
        case 408 | 502 | 503 | 504:
            return EngineUnavailable(said, hint="try again in a moment")
        case _:
            return EngineFault(said, hint="the server's log says more")


def _other_major(reason: str) -> EngineError:
    found = _SUPPORTED.search(reason)
    major = int(found[1]) if found else 8
    return EngineIncompatible(
        f"the server is Elasticsearch {major}",
        hint=f"install elasticsearch<{major + 1} beside this program, or use a newer server",
    )


def _other_product(error: Exception) -> EngineError:  # noqa: ARG001  # the table's shape
    return EngineIncompatible(
        "the server at DATELINE_ELASTICSEARCH_URL is not Elasticsearch",
        hint="set it to the address of an Elasticsearch 8.19 or 9",
    )


def _tls(error: TlsError) -> EngineError:
    said = _deepest(error)
    if cause := find_cause(said):
        return EngineUnavailable(cause.message, hint=cause.hint)
    return EngineUnavailable(
        f"no trusted connection to Elasticsearch: {said}",
        hint="set DATELINE_CA_CERTS to the server's CA, or correct http/https in the URL",
    )


def _timeout(error: ConnectionTimeout) -> EngineError:
    return EngineUnavailable(
        f"Elasticsearch did not answer in time: {_deepest(error)}", hint="try again in a moment"
    )


def _nobody(error: ClientConnectionError) -> EngineError:
    said = _deepest(error)
    if cause := find_cause(said):
        return EngineUnavailable(cause.message, hint=cause.hint)
    return EngineUnavailable(
        f"nobody answers at DATELINE_ELASTICSEARCH_URL: {said}",
        hint="start the server (`make elasticsearch`) or correct the URL",
    )


def _unreadable(error: SerializationError) -> EngineError:
    return EngineFault(f"request or answer is no JSON: {_shorten(error.message)}")


def _transport(error: TransportError) -> EngineError:
    return EngineFault(f"Elasticsearch client: {_deepest(error)}")


def _deepest(error: TransportError) -> str:
    causes = [str(getattr(each, "message", each)) for each in error.errors]
    return _shorten("; ".join(dict.fromkeys([error.message, *causes])))


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


TABLE: dict[type[Exception], Callable[[Any], EngineError]] = {
    UnsupportedProductError: _other_product,
    ApiError: _api_error,
    TlsError: _tls,
    ConnectionTimeout: _timeout,
    ClientConnectionError: _nobody,
    SerializationError: _unreadable,
    TransportError: _transport,
}
"""Most special first: the first class that fits decides."""
