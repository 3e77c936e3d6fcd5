"""What is known, and what one article shows for it: values, and their JSON forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson

from indexer.knowledge.decisions import (
    NOTHING_DECIDED,
    Decisions,
    read_decisions,
    store_decisions,
)
from indexer.knowledge.marks import Sketch, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.documents import EntityKind
    from dateline.search.results import Evidence
    from indexer.knowledge.marks import Hashes

NAMED: tuple[EntityKind, ...] = ("person", "organisation")
"""The kinds that have aliases; places have ids of their own."""
_VERSION = 16


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A snapshot of what the archive knows.

    `aliases`: kind → spelling → canonical name, of spellings that are not canonical. `lines`:
    source → hashes of the lines that it repeats. `groups`: id of a reprint → smallest id of its
    group, whose own id is there too. `decisions` about names are a person's, and come first.
    """

    aliases: Mapping[EntityKind, Mapping[str, str]] = field(default_factory=dict)
    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions = NOTHING_DECIDED

    @property
    def version(self) -> str:
        """A digest of the content: equal where and only where the knowledge is."""
        content = orjson.dumps(store_knowledge(self), option=orjson.OPT_SORT_KEYS)
        return sha256(content).hexdigest()[:_VERSION]

    def find_lines(self, source: str | None) -> frozenset[int]:
        """The hashes of the lines that a source repeats; none where there is no source."""
        return self.lines.get(source, frozenset()) if source else frozenset()

    def find_name(self, kind: EntityKind, name: str) -> str:
        """The canonical name that is learned for a spelling; itself where no other is."""
        return self.aliases.get(kind, {}).get(name, name)


NOTHING_KNOWN = Knowledge()


def store_knowledge(knowledge: Knowledge) -> dict[str, Any]:
    """The snapshot as JSON values."""
    return {
        "aliases": {kind: dict(names) for kind, names in knowledge.aliases.items() if names},
        "lines": {
            source: [f"{each:016x}" for each in sorted(hashes)]
            for source, hashes in knowledge.lines.items()
        },
        "groups": dict(knowledge.groups),
    } | ({"decisions": store_decisions(knowledge.decisions)} if knowledge.decisions.all else {})


def read_knowledge(stored: Mapping[str, Any]) -> Knowledge:
    """The snapshot that `store_knowledge` stored."""
    return Knowledge(
        aliases=stored["aliases"],
        lines={
            source: frozenset(int(each, 16) for each in hashes)
            for source, hashes in stored["lines"].items()
        },
        groups=stored["groups"],
        decisions=read_decisions(stored.get("decisions", ())),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What one article shows, before any knowledge was applied to it.

    `names`: per kind its canonical names, in order of first mention. `lines`: the hashes of its
    body's long lines, in order; `line_count` counts the short ones too.
    """

    id: str
    source: str | None
    names: Mapping[EntityKind, tuple[str, ...]]
    lines: Hashes
    line_count: int
    sketch: Sketch


def read_facts(evidence: Evidence) -> Facts | None:
    """The facts of an article in search; None of one that was refused, or showed nothing yet."""
    if evidence.outcome != "indexed" or not evidence.facts:
        return None
    facts = evidence.facts
    return Facts(
        id=evidence.id,
        source=evidence.source,
        names={kind: tuple(facts["names"][kind]) for kind in NAMED},
        lines=unpack(facts["lines"]),
        line_count=facts["line_count"],
        sketch=Sketch(unpack(facts["sketch"]), facts["stretches"]),
    )
