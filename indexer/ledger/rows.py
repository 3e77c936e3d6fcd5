"""Rows of the ledger's tables → values."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from indexer.ledger.values import KINDS, Counts, Entry, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.ledger.values import RunState

COLUMNS = "location, content_hash, id, outcome, code, reason, revision, pipeline, run, at, turn"
_NAMES = COLUMNS.split(", ")
RUN_COLUMNS = (
    f"number, state, started_at, ended_at, process, machine, pipeline, accepted, {', '.join(KINDS)}"
)


def read_entry(row: Sequence[Any]) -> Entry:
    """The entry of a row of COLUMNS."""
    values = dict(zip(_NAMES, row, strict=True))
    return Entry(**{**values, "at": datetime.fromisoformat(values["at"])})


def read_run(row: Sequence[Any], *, alive: bool) -> Run:
    """The run of a row of RUN_COLUMNS; one without an end that does not live was killed."""
    number, state, started, ended, process, machine, pipeline, accepted, *kinds = row
    return Run(
        number=number,
        state=_state(state, alive=alive),
        started_at=datetime.fromisoformat(started),
        ended_at=datetime.fromisoformat(ended) if ended else None,
        process=process,
        machine=machine,
        pipeline=pipeline,
        counts=count(accepted, dict(zip(KINDS, kinds, strict=True))),
    )


def count(accepted: int, kinds: Mapping[str, int]) -> Counts:
    """Counts of which all that has no outcome is pending."""
    return Counts(accepted=accepted, **kinds, pending=accepted - sum(kinds.values()))


def _state(said: RunState, *, alive: bool) -> RunState:
    return "killed" if said == "running" and not alive else said
