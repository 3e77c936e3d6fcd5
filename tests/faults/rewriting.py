"""Faults that change what goes through the proxy: a bulk done by halves, an answer in part."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from faults.proxy import Answer, healthy

if TYPE_CHECKING:
    from faults.proxy import Exchange


def half_put_off(exchange: Exchange) -> None:
    """Of a bulk request every second document is put off with 429, the others are done."""
    if exchange.kind != "_bulk":
        healthy(exchange)
        return
    actions = _read_actions(exchange.body)
    if len(actions) == 1:
        healthy(exchange)
        return
    taken = [lines for number, (_, lines) in enumerate(actions) if number % 2]
    items = iter(exchange.forward(b"".join(taken)).json()["items"] if taken else [])
    put_off = {
        "status": 429,
        "error": {"type": "es_rejected_execution_exception", "reason": "full"},
    }
    told = [
        next(items) if number % 2 else {verb: put_off} for number, (verb, _) in enumerate(actions)
    ]
    headers = {"content-type": "application/json", "x-elastic-product": "Elasticsearch"}
    exchange.answer(Answer(200, json.dumps({"errors": True, "items": told}).encode(), headers))


def _read_actions(body: bytes) -> list[tuple[str, bytes]]:
    """Verb and lines of each action of a bulk request."""
    lines, actions = iter(body.splitlines(keepends=True)), []
    for head in lines:
        (verb,) = json.loads(head)
        actions.append((verb, head if verb == "delete" else head + next(lines)))
    return actions


def in_part(exchange: Exchange, *, timed_out: bool = False) -> None:
    """Answers of searches lack a shard, or ran out of time."""
    answer = exchange.forward()
    if exchange.kind in {"_search", "_msearch"} and answer.status == 200:
        raw = answer.json()
        for each in raw.get("responses", [raw]):
            each["timed_out"] = timed_out
            each["_shards"]["failed"] += not timed_out
        answer = answer.with_json(raw)
    exchange.answer(answer)


def out_of_time(exchange: Exchange) -> None:
    in_part(exchange, timed_out=True)
