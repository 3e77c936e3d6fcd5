"""Every exception of the client has its place in our tree."""

from __future__ import annotations

from typing import Any

import elastic_transport
import elasticsearch
import pytest
from unit.replaying import Replay, fault

from dateline import errors
from dateline.search.elastic.errors import TABLE, engine_errors


def exceptions_of(module: Any) -> set[type[Exception]]:
    return {
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, (elasticsearch.ApiError, elastic_transport.TransportError))
    }


@pytest.mark.parametrize(
    "kind",
    sorted(
        exceptions_of(elasticsearch) | exceptions_of(elastic_transport),
        key=lambda each: each.__name__,
    ),
)
def test_every_exception_of_the_client_is_in_the_table(kind: type[Exception]) -> None:
    assert any(issubclass(kind, known) for known in TABLE)


def test_the_table_names_the_most_special_class_first() -> None:
    kinds = list(TABLE)
    for position, kind in enumerate(kinds):
        assert not any(issubclass(later, kind) for later in kinds[position + 1 :])


@pytest.mark.parametrize(
    ("status", "kind", "ours"),
    [
        (400, "parsing_exception", errors.EngineFault),
        (400, "index_closed_exception", errors.IndexNotReady),
        (401, "security_exception", errors.EngineRefused),
        (403, "security_exception", errors.EngineRefused),
        (403, "cluster_block_exception", errors.EngineBlocked),
        (404, "index_not_found_exception", errors.IndexNotReady),
        (408, "timeout", errors.EngineUnavailable),
        (409, "version_conflict_engine_exception", errors.EngineFault),
        (429, "es_rejected_execution_exception", errors.EngineOverloaded),
        (429, "cluster_block_exception", errors.EngineBlocked),
        (500, "null_pointer_exception", errors.EngineFault),
        (502, "", errors.EngineUnavailable),
        (503, "cluster_block_exception", errors.EngineUnavailable),
        (503, "no_shard_available_action_exception", errors.EngineUnavailable),
        (504, "", errors.EngineUnavailable),
    ],
)
def test_answers(status: int, kind: str, ours: type[Exception]) -> None:
    client = Replay((status, fault(kind, "why so"))).client()
    with client, pytest.raises(ours) as caught, engine_errors():
        client.search(index="x")
    assert type(caught.value) is ours
    assert str(status) in str(caught.value) or ours is errors.EngineBlocked
    assert "why so" in str(caught.value)


@pytest.mark.parametrize(
    ("raised", "ours"),
    [
        (elastic_transport.ConnectionTimeout("late"), errors.EngineUnavailable),
        (
            elastic_transport.ConnectionError("x", errors=(OSError("refused"),)),
            errors.EngineUnavailable,
        ),
        (
            elastic_transport.TlsError("x", errors=(OSError("self-signed"),)),
            errors.EngineUnavailable,
        ),
        (elastic_transport.TransportError("odd"), errors.EngineFault),
    ],
)
def test_faults_of_the_line_say_their_deepest_reason(raised: Any, ours: type[Exception]) -> None:
    with Replay(raised).client() as client, pytest.raises(ours) as caught, engine_errors():
        client.search(index="x")
    for reason in raised.errors:
        assert str(reason) in str(caught.value)


def test_an_older_server_is_named_with_the_client_that_fits_it() -> None:
    reason = "Accept version must be either version 8 or 7, but found 9. Accept=application/…"
    reply = (400, fault("media_type_header_exception", reason))
    client = Replay(reply).client()
    with client, pytest.raises(errors.EngineIncompatible) as caught, engine_errors():
        client.info()
    assert caught.value.message == "the server is Elasticsearch 8"
    assert "elasticsearch<9" in caught.value.hint


def test_another_product_is_named_as_such() -> None:
    replay = Replay((200, {}), headers={"content-type": "application/json"})
    with (
        replay.client() as client,
        pytest.raises(errors.EngineIncompatible, match="not Elasticsearch"),
        engine_errors(),
    ):
        client.info()


def test_our_own_errors_pass_unchanged() -> None:
    with pytest.raises(errors.IndexNotReady, match=r"^mine$"), engine_errors():
        raise errors.IndexNotReady("mine")


def test_long_reasons_are_cut() -> None:
    client = Replay((500, fault("x", "y" * 9000))).client()
    with client, pytest.raises(errors.EngineFault) as caught, engine_errors():
        client.info()
    assert len(str(caught.value)) < 500
