"""Decisions about names, written short for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.knowledge.decisions import Decision, Decisions, make_decisions

if TYPE_CHECKING:
    from dateline.documents import EntityKind
    from indexer.knowledge.decisions import Verdict


def line(  # noqa: PLR0913, PLR0917 - a line has so many words
    name: str,
    into: str,
    verdict: Verdict = "accepted",
    kind: EntityKind = "person",
    source: str | None = None,
    beside: tuple[str, ...] = (),
) -> Decision:
    return Decision(kind, into, name, verdict, source, beside)


def decide(*lines: Decision) -> Decisions:
    return make_decisions(lines)
