"""The bulk loop, against replayed answers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from elastic_transport import ConnectionError as ClientConnectionError
from elastic_transport import ConnectionTimeout
from unit.replaying import Replay, fault, item, written

from dateline.errors import (
    EngineBlocked,
    EngineIncompatible,
    EngineOverloaded,
    EngineRefused,
    EngineUnavailable,
    IndexNotReady,
)
from dateline.search.elastic.bulk import BulkLoop, cut_batches, delete_action, index_action
from dateline.search.elastic.patience import ATTEMPTS, Patience
from dateline.search.refusals import find_fault

if TYPE_CHECKING:
    from dateline.search.elastic.bulk import Action


def actions(count: int, size: int = 1) -> list[Action]:
    return [
        index_action("a", f"d{n}", {"id": f"d{n}", "text": "x" * size}, 7) for n in range(count)
    ]


class Loop:
    """A bulk loop over replayed answers, its pauses only noted."""

    def __init__(self, *replies: Any, chance: float = 1.0) -> None:
        self.replay = Replay(*replies)
        self.pauses: list[float] = []
        self.loop = BulkLoop(
            self.replay.client(), patience=Patience(self.pauses.append, lambda: chance)
        )

    def outcomes(self, count: int) -> list[str]:
        return [each.outcome for each in self.loop.send(actions(count))]


def test_a_document_is_sent_with_its_revision() -> None:
    loop = Loop(written)
    assert loop.outcomes(1) == ["written"]
    head, stored = loop.replay.sent[0]
    assert head == {
        "index": {"_index": "a", "_id": "d0", "version": 7, "version_type": "external_gte"}
    }
    assert stored["id"] == "d0"


def test_a_loop_that_is_closed_does_not_go_on_asking_a_server_that_is_away() -> None:
    asked = threading.Event()

    def answer(lines: list[Any]) -> Any:
        if lines[0]["index"]["_id"] == "d0":  # the other lane is at its first pause, or near it
            assert asked.wait(60)
            return 401, fault("security_exception")
        asked.set()
        return ClientConnectionError("refused")

    replay = Replay(answer)
    loop = BulkLoop(replay.client())
    with pytest.raises(EngineRefused):
        loop.send(actions(200))
    loop.close()
    assert len(replay.sent) < ATTEMPTS


def test_nothing_to_send_asks_nobody() -> None:
    loop = Loop(written)
    assert loop.outcomes(0) == []
    assert loop.replay.sent == []


def test_a_newer_copy_there_is_no_fault() -> None:
    assert Loop((200, {"items": [item(409, "version_conflict_engine_exception")]})).outcomes(1) == [
        "newer_there"
    ]


def test_a_bad_document_is_rejected_with_its_reason_and_its_neighbours_written() -> None:
    answer = {"items": [item(201), item(400, "document_parsing_exception", "no date"), item(200)]}
    loop = Loop((200, answer))
    outcomes = loop.loop.send(actions(3))
    assert [each.outcome for each in outcomes] == ["written", "rejected", "written"]
    assert outcomes[1].reason == "document_parsing_exception: no date"


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
def test_a_request_put_off_is_tried_again_after_growing_pauses(status: int) -> None:
    loop = Loop(*[(status, fault("es_rejected_execution_exception"))] * 3, written)
    assert loop.outcomes(2) == ["written"] * 2
    assert loop.pauses == [0.5, 1.0, 2.0]


def test_only_documents_put_off_are_sent_again() -> None:
    first = {"items": [item(201), item(429, "es_rejected_execution_exception"), item(503, "x")]}
    loop = Loop((200, first), written)
    assert loop.outcomes(3) == ["written"] * 3
    assert [line["index"]["_id"] for line in loop.replay.sent[1][::2]] == ["d1", "d2"]


def test_a_lost_answer_is_asked_for_again() -> None:
    loop = Loop(ConnectionTimeout("late"), ClientConnectionError("reset"), written)
    assert loop.outcomes(1) == ["written"]


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_pauses_outlast_a_minute_and_attempts_end(chance: float) -> None:
    loop = Loop((429, fault("circuit_breaking_exception")), chance=chance)
    with pytest.raises(EngineOverloaded):
        loop.outcomes(1)
    assert len(loop.replay.sent) == ATTEMPTS
    assert max(loop.pauses) <= 30
    assert 60 <= sum(loop.pauses) <= 125


def test_a_server_that_names_its_pause_is_given_it() -> None:
    asked = (429, fault("circuit_breaking_exception"), {"retry-after": "7"})
    loop = Loop(asked, (429, fault("x"), {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}), written)
    assert loop.outcomes(1) == ["written"]
    assert loop.pauses == [7.0, 1.0]


def test_documents_put_off_for_ever_end_too() -> None:
    loop = Loop((200, {"items": [item(429, "es_rejected_execution_exception")]}))
    with pytest.raises(EngineOverloaded, match="1 documents"):
        loop.outcomes(1)


def test_nobody_there_ends_as_unavailable() -> None:
    with pytest.raises(EngineUnavailable):
        Loop(ClientConnectionError("refused")).outcomes(1)


@pytest.mark.parametrize(
    "reply",
    [
        (
            200,
            {
                "items": [
                    item(
                        429,
                        "cluster_block_exception",
                        "index [a] blocked by: [TOO_MANY_REQUESTS/12/]",
                    )
                ]
            },
        ),
        (200, {"items": [item(403, "cluster_block_exception")]}),
        (403, fault("cluster_block_exception")),
        (429, fault("cluster_block_exception")),
    ],
)
def test_a_block_stops_at_once_with_the_remedy(reply: Any) -> None:
    loop = Loop(reply)
    with pytest.raises(EngineBlocked, match="disk space"):
        loop.outcomes(1)
    assert len(loop.replay.sent) == 1


def test_an_index_closed_by_a_rebuild_is_waited_for_however_long_the_server_was_busy() -> None:
    closed = (200, {"items": [item(403, "cluster_block_exception", "blocked: [FORBIDDEN/8/]")]})
    busy = (429, fault("es_rejected_execution_exception"))
    loop = Loop(busy, busy, busy, closed, closed, written)
    assert loop.outcomes(1) == ["written"]
    loop = Loop(busy, closed)
    with pytest.raises(EngineBlocked):
        loop.outcomes(1)
    assert len(loop.replay.sent) == 4


def test_a_missing_master_is_no_block() -> None:
    loop = Loop((503, fault("cluster_block_exception")), written)
    assert loop.outcomes(1) == ["written"]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ((401, fault("security_exception")), EngineRefused),
        ((403, fault("security_exception")), EngineRefused),
        ((200, {"items": [item(404, "index_not_found_exception")]}), IndexNotReady),
        (
            (
                400,
                fault(
                    "media_type_header_exception",
                    "Accept version must be either version 8 or 7, but found 9",
                ),
            ),
            EngineIncompatible,
        ),
    ],
)
def test_what_no_document_can_mend_stops_at_once(reply: Any, error: type[Exception]) -> None:
    loop = Loop(reply)
    with pytest.raises(error):
        loop.outcomes(4)
    assert len(loop.replay.sent) == 1


@pytest.mark.parametrize("status", [400, 413])
def test_a_refused_request_is_split_until_the_poison_stands_alone(status: int) -> None:
    def refuse_poison(lines: list[Any]) -> Any:
        poisoned = any(line.get("id") == "d5" for line in lines)
        return (status, fault("parse_exception", "torn")) if poisoned else written(lines)

    loop = Loop(refuse_poison)
    outcomes = loop.outcomes(8)
    assert outcomes == ["written"] * 5 + ["rejected"] + ["written"] * 2
    assert len(loop.replay.sent) == 7


def test_batches_hold_500_documents_or_5_megabytes() -> None:
    assert [len(batch) for batch in cut_batches(actions(1200))] == [500, 500, 200]
    assert [len(batch) for batch in cut_batches(actions(500))] == [250, 250]
    assert [len(batch) for batch in cut_batches(actions(99))] == [99]
    assert [len(batch) for batch in cut_batches(actions(5, size=2_000_000))] == [2, 2, 1]
    assert [len(batch) for batch in cut_batches(actions(2, size=6_000_000))] == [1, 1]


def test_answers_keep_their_order_over_batches() -> None:
    loop = Loop(written)
    outcomes = loop.loop.send(actions(1201))
    assert [each.id for each in outcomes] == [f"d{n}" for n in range(1201)]
    loop.loop.close()


def test_a_delete_has_one_line() -> None:
    assert delete_action("a", "d", 3).lines.count(b"\n") == 1


@pytest.mark.parametrize(
    ("document_id", "stored", "fault"),
    [
        ("é" * 256, {}, None),
        ("é" * 257, {}, "512 bytes"),
        ("", {}, "empty"),
        ("\ud800", {}, "Unicode"),
        ("d", {"source": "é" * 16_383}, None),
        ("d", {"source": "é" * 16_384}, "source"),
        ("d", {"tags": ["a", "x" * 40_000]}, "tags"),
        ("d", {"text": "x" * 40_000}, None),
    ],
)
def test_faults_known_before_asking(
    document_id: str, stored: dict[str, Any], fault: str | None
) -> None:
    found = find_fault(document_id, stored, ["source", "tags"])
    assert found is None if fault is None else found and fault in found
