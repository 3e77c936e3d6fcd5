"""What the writing side asks twice, and what it does not; the holder whose answer was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from elastic_transport import ConnectionError as ClientConnectionError
from elasticsearch import ApiError, ConflictError
from unit.replaying import Replay, fault

from dateline.errors import EngineBusy, EngineUnavailable
from dateline.search.elastic.patience import ATTEMPTS, Patience, Server
from dateline.search.elastic.records import Records, hold
from dateline.search.elastic.walking import iter_by_id, read_by_ids

if TYPE_CHECKING:
    from collections.abc import Callable

NOBODY = ClientConnectionError("refused")
AWAY = (503, fault("no_shard_available_action_exception"))
INFO = (200, {"version": {"number": "9.4.3"}})
NO_HITS = {"timed_out": False, "_shards": {"failed": 0}, "hits": {"hits": []}}
IN_PART = {**NO_HITS, "_shards": {"failed": 1}}


class Asked:
    """A server that gives these answers, and the pauses made between them."""

    def __init__(self, *replies: Any) -> None:
        self.replay = Replay(*replies)
        self.pauses: list[float] = []
        patience = Patience(self.pauses.append, lambda: 0.0)
        self.server = Server(self.replay.client(), patience)

    def greet(self) -> None:
        self.server.ask(self.server.client.info)


def test_a_server_that_never_answered_is_asked_once() -> None:
    asked = Asked(NOBODY)
    with pytest.raises(ClientConnectionError):
        asked.greet()
    assert (len(asked.replay.sent), asked.pauses) == (1, [])


def test_a_walk_over_a_server_that_is_away_ends_at_once() -> None:
    asked = Asked(NOBODY)
    with pytest.raises(EngineUnavailable):
        list(iter_by_id(asked.server, "a", {}, source=False))
    assert asked.pauses == []


def test_a_server_that_answered_is_waited_for() -> None:
    asked = Asked(INFO, NOBODY, AWAY, INFO)
    asked.greet()
    asked.greet()
    assert asked.pauses == [0.25, 0.5]


def test_patience_has_an_end() -> None:
    asked = Asked(INFO, AWAY)
    asked.greet()
    with pytest.raises(ApiError):
        asked.greet()
    assert len(asked.pauses) == ATTEMPTS - 1


def test_a_refusal_is_not_asked_twice() -> None:
    asked = Asked(INFO, (400, fault("parsing_exception")))
    asked.greet()
    with pytest.raises(ApiError):
        asked.greet()
    assert asked.pauses == []


@pytest.mark.parametrize(
    ("walk", "half", "whole"),
    [
        (lambda s: list(iter_by_id(s, "a", {}, source=False)), IN_PART, NO_HITS),
        (
            lambda s: list(read_by_ids(s, index="a", ids=["x"])),
            {"docs": [{"_id": "x", "error": {"type": "no_shard", "reason": "so"}}]},
            {"docs": []},
        ),
    ],
)
def test_an_answer_in_part_is_asked_for_again(
    walk: Callable[[Server], list[Any]], half: Any, whole: Any
) -> None:
    asked = Asked(INFO, (200, half), (200, whole))
    asked.greet()
    assert walk(asked.server) == []
    assert len(asked.pauses) == 1


def kept(body: Any) -> tuple[int, Any]:
    return 200, {"found": True, "_source": {"report": body}, "_seq_no": 1, "_primary_term": 1}


CONFLICT = (409, fault("version_conflict_engine_exception"))


class Locked:
    """A server whose first answer to a lock is lost; the second says that somebody holds it."""

    def __init__(self, holder: Callable[[Any], Any]) -> None:
        self.locks: list[Any] = []
        self.holder = holder

    def keep(self, lines: list[Any]) -> Any:
        self.locks.append(lines[0]["report"])
        raise NOBODY

    def tell(self, _lines: list[Any]) -> tuple[int, Any]:
        return kept(self.holder(self.locks[0]))


def test_a_lock_whose_answer_was_lost_is_ours() -> None:
    server = Locked(lambda ours: ours)
    asked = Asked(INFO, server.keep, CONFLICT, server.tell, server.tell, (200, {}))
    asked.greet()
    with hold(Records(asked.server, "o"), "resolve"):
        assert len(asked.pauses) == 1
    assert len(asked.replay.sent) == 6, "greeted, taken, looked at, and given back"


@pytest.mark.parametrize("end", [KeyboardInterrupt(), EngineUnavailable("nobody answers")])
def test_who_ends_on_a_fault_does_not_wait_for_a_server_to_give_the_lock_back(
    end: BaseException,
) -> None:
    asked = Asked((201, {}), NOBODY)
    with pytest.raises(type(end)) as caught, hold(Records(asked.server, "o"), "resolve"):
        raise end
    assert caught.value is end
    assert asked.pauses == []


def test_who_is_done_gives_the_lock_back_as_soon_as_the_server_answers() -> None:
    server = Locked(lambda ours: ours)
    asked = Asked(INFO, server.keep, (201, {}), NOBODY, server.tell, (200, {}))
    asked.greet()
    with hold(Records(asked.server, "o"), "resolve"):
        pass
    assert len(asked.pauses) == 2
    assert len(asked.replay.sent) == 6


def test_a_lock_that_another_one_took_is_not_ours() -> None:
    signs = iter(range(100))
    server = Locked(lambda _ours: {"holder": "another", "process": 7, "signs": next(signs)})
    asked = Asked(INFO, server.keep, CONFLICT, server.tell)
    asked.greet()
    records = Records(asked.server, "o")
    with pytest.raises(EngineBusy, match="process 7"), hold(records, "t", sleep=lambda _s: None):
        pass


def test_a_record_is_kept_once_however_often_its_answer_is_lost() -> None:
    asked = Asked(INFO, NOBODY, (200, {}))
    asked.greet()
    Records(asked.server, "o").keep("k", {"a": 1})
    first, second = asked.replay.sent[1:]
    assert first == second


def test_a_conflict_is_told_as_it_is() -> None:
    asked = Asked(CONFLICT)
    with pytest.raises(ConflictError):
        Records(asked.server, "o").keep("k", {}, op_type="create")
