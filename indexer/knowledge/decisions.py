"""What a person decided about names: values, and their JSON forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.documents import EntityKind

Verdict = Literal["open", "accepted", "rejected"]
_DIGEST = 16


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """`name` is `into`, says the verdict "accepted"; "rejected": they are two; "open": not yet.

    With a `source` it counts in that source's articles alone; with `beside` in those that also name
    one of these people or organisations.
    """

    kind: EntityKind
    into: str
    name: str
    verdict: Verdict = "accepted"
    source: str | None = None
    beside: tuple[str, ...] = ()

    @property
    def scoped(self) -> bool:
        """Whether it counts in some articles only."""
        return self.source is not None or bool(self.beside)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided, sorted; what is still open is not there."""

    all: tuple[Decision, ...] = field(default=())

    def __hash__(self) -> int:
        """Of the first line alone: it is asked for with every article, and lines may be many."""
        return hash(self.all[:1])

    @property
    def digest(self) -> str:
        """A digest of the decisions: equal where and only where they are."""
        content = orjson.dumps(store_decisions(self), option=orjson.OPT_SORT_KEYS)
        return sha256(content).hexdigest()[:_DIGEST]

    def count(self, verdict: Verdict) -> int:
        """How many lines have this verdict."""
        return sum(each.verdict == verdict for each in self.all)


NOTHING_DECIDED = Decisions()


def make_decisions(lines: Iterable[Decision]) -> Decisions:
    """The decisions among these lines, each once."""
    decided = {each for each in lines if each.verdict != "open"}
    return Decisions(tuple(sorted(decided, key=_order)))


def _order(each: Decision) -> tuple[str, ...]:
    scope = (each.source or "", *each.beside)
    return (each.kind, each.into, each.name, each.verdict, *scope)


def store_decisions(decisions: Decisions) -> list[dict[str, Any]]:
    """The decisions as JSON values; a scope only where there is one."""
    return [
        {"kind": each.kind, "from": each.name, "to": each.into, "verdict": each.verdict}
        | ({"source": each.source} if each.source is not None else {})
        | ({"beside": list(each.beside)} if each.beside else {})
        for each in decisions.all
    ]


def read_decisions(stored: Sequence[Mapping[str, Any]]) -> Decisions:
    """The decisions that `store_decisions` stored."""
    return Decisions(
        tuple(
            Decision(
                kind=each["kind"],
                into=each["to"],
                name=each["from"],
                verdict=each["verdict"],
                source=each.get("source"),
                beside=tuple(each.get("beside", ())),
            )
            for each in stored
        )
    )
