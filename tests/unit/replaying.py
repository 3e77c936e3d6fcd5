"""A node that replays answers: the client's own seam, so nothing is patched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from elastic_transport import ApiResponseMeta, BaseNode, HttpHeaders
from elastic_transport._node import NodeApiResponse  # the client exports no public name for it
from elasticsearch import Elasticsearch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Reply = tuple[int, Any] | tuple[int, Any, dict[str, str]] | Exception
HEADERS = {"x-elastic-product": "Elasticsearch", "content-type": "application/json"}


class Replay:
    """Answers in turn, the last one for ever; keeps what was sent.

    A reply is (status, body), or with headers of its own as third, an exception to raise, or a
    function from the sent lines to one of these.
    """

    def __init__(self, *replies: Reply | Callable[[list[Any]], Reply], headers: Any = None) -> None:
        self.sent: list[list[Any]] = []
        self._replies: Sequence[Any] = replies
        self._headers = HttpHeaders(HEADERS if headers is None else headers)

    def client(self) -> Elasticsearch:
        replay = self

        class Node(BaseNode):
            def perform_request(
                self, method: str, target: str, body: bytes | None = None, **_: Any
            ) -> NodeApiResponse:
                return replay.answer(self.config, body)

            def close(self) -> None: ...

        return Elasticsearch("http://replay:9200", node_class=Node, max_retries=0)

    def answer(self, node: Any, body: bytes | None) -> NodeApiResponse:
        lines = [json.loads(line) for line in (body or b"").splitlines()]
        reply = self._replies[min(len(self.sent), len(self._replies) - 1)]
        self.sent.append(lines)
        reply = reply(lines) if callable(reply) else reply
        if isinstance(reply, Exception):
            raise reply
        status, answer, *more = reply
        raw = json.dumps(answer).encode()
        headers = HttpHeaders({**self._headers, **(more[0] if more else {})})
        meta = ApiResponseMeta(status, "1.1", headers, 0.0, node)
        return NodeApiResponse(meta, raw)


def fault(kind: str, reason: str = "so") -> dict[str, Any]:
    return {
        "error": {"root_cause": [{"type": kind, "reason": reason}], "type": kind, "reason": reason}
    }


def written(lines: list[Any]) -> Reply:
    """Every document of a bulk request written."""
    return 200, {"items": [{"index": {"status": 201}} for _ in lines[::2]]}


def item(status: int, kind: str = "", reason: str = "so") -> dict[str, Any]:
    error = {"error": {"type": kind, "reason": reason}} if kind else {}
    return {"index": {"status": status, **error}}
