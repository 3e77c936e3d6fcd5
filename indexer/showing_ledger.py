"""The ledger, withdrawn articles and what `verify` found, for a person or as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from indexer.ledger.values import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import Original
    from dateline.search.base import Writer
    from indexer.comparing import Difference
    from indexer.ledger import Counts, Ledger, Run
    from indexer.verifying import Verified

_RUNS = 5
_WITHDRAWN = 20
_SHOWN = 20
"""Differences of one kind that are shown; all are counted."""
_DESCRIBED = 1_000
"""Differences that JSON lists; all are counted."""


@dataclass(frozen=True, slots=True)
class LedgerStatus:
    """What `status` tells of the ledger: counts, the last runs, those that were killed."""

    path: str
    counts: Counts
    runs: tuple[Run, ...]
    killed: tuple[Run, ...]


def read_ledger(ledger: Ledger | None) -> LedgerStatus | None:
    """What `status` tells of a ledger; None where there is none."""
    if ledger is None:
        return None
    killed = ledger.runs(_RUNS, killed=True)
    return LedgerStatus(str(ledger.path), ledger.counts(), tuple(ledger.runs(_RUNS)), tuple(killed))


def find_withdrawn(writer: Writer, ledger: Ledger | None, total: int) -> list[Original]:
    """The first withdrawn articles of an archive that says it has `total`."""
    most = min(total, _WITHDRAWN)
    known = ledger.ids_of("withdrawn", most) if ledger and most else []
    found = [each for each in _read(writer, known) if each.outcome == "withdrawn"]
    if len(found) >= most:
        return found
    return _read(writer, _find_ids(writer, most))


def _find_ids(writer: Writer, most: int) -> list[str]:
    ids: list[str] = []
    for held in writer.iter_held():
        if held.original is not None and held.original.outcome == "withdrawn":
            ids.append(held.id)
        if len(ids) >= most:
            break
    return ids


def _read(writer: Writer, ids: Sequence[str]) -> list[Original]:
    return list(writer.iter_originals(ids)) if ids else []


def describe_ledger(status: LedgerStatus | None) -> dict[str, Any] | None:
    """The ledger as JSON values, None where there is none."""
    if status is None:
        return None
    return {
        "path": status.path,
        "counts": asdict(status.counts),
        "runs": [_describe_run(run) for run in status.runs],
        "killed_runs": [_describe_run(run) for run in status.killed],
    }


def _describe_run(run: Run) -> dict[str, Any]:
    return {
        "run": run.number,
        "state": run.state,
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "process": run.process,
        "machine": run.machine,
        "pipeline": run.pipeline,
        "counts": asdict(run.counts),
    }


def describe_withdrawn(withdrawn: Sequence[Original]) -> list[dict[str, str]]:
    """Withdrawn articles as JSON values."""
    return [{"id": each.id, "reason": each.reason, "location": each.location} for each in withdrawn]


def show_ledger(status: LedgerStatus | None) -> Iterator[str]:
    """What the ledger says, a fact a line."""
    if status is None:
        yield f"{'ledger':<13}none in this data folder; `dateline ingest` begins one"
        return
    yield f"{'ledger':<13}{show_counts(status.counts)}"
    for run in status.runs:
        yield f"  {_show_run(run)}"
    shown = {run.number for run in status.runs}
    for run in status.killed:
        if run.number not in shown:
            yield f"  {_show_run(run)}"


def show_counts(counts: Counts) -> str:
    """Counts in one line: "403 accepted = 397 indexed + 6 unchanged + 0 pending"."""
    parts = [
        f"{number:,} {kind}"
        for kind in KINDS
        if (number := getattr(counts, kind)) or kind == "indexed"
    ]
    return f"{counts.accepted:,} accepted = {' + '.join([*parts, f'{counts.pending:,} pending'])}"


def _show_run(run: Run) -> str:
    began = run.started_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return f"run {run.number}, {began}, {run.state}: {show_counts(run.counts)}"


def show_withdrawn(withdrawn: Sequence[Original], total: int) -> Iterator[str]:
    """Withdrawn articles with their reasons, one a line, and how many more there are."""
    if withdrawn:
        yield "withdrawn articles"
    for each in withdrawn:
        yield f"  {each.id}: {each.reason}"
    if total > len(withdrawn):
        yield f"  … and {total - len(withdrawn):,} more"


def describe_verified(found: Verified) -> dict[str, Any]:
    """What `verify` found as JSON values; of many differences the first thousand."""
    return {
        "ids": found.ids,
        "originals": found.originals,
        "documents": found.documents,
        "ledger_entries": found.entries,
        "ingests_at_work": found.live,
        "counts": dict(found.counts()),
        "differences": [_describe(each) for each in found.differences[:_DESCRIBED]],
    }


def _describe(difference: Difference) -> dict[str, Any]:
    return {
        "kind": difference.kind,
        "id": difference.id,
        "location": difference.location,
        "what": difference.what,
        "way_out": difference.way_out,
    }


def show_verified(found: Verified) -> Iterator[str]:
    """What `verify` found, a difference a line, the counts last."""
    counts = found.counts()
    for kind, count in sorted(counts.items()):
        alike = [each for each in found.differences if each.kind == kind]
        for each in alike[:_SHOWN]:
            place = each.location or "place unknown"
            yield f"{kind} {each.id} ({place}): {each.what}; {each.way_out}"
        if count > _SHOWN:
            yield f"… and {count - _SHOWN:,} more {kind}; --json lists them"
    entries = "no ledger" if found.entries is None else f"{found.entries:,} ledger entries"
    said = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items()))
    what = f"{found.originals:,} originals, {found.documents:,} documents, {entries}"
    yield f"{what}: {said or 'no difference'}"
    if found.live and counts:
        yield "an ingest is at work: look again when it is done"
