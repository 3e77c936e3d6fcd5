"""The real command line in a process of its own, with names found without the entity model.

The model takes two seconds to load and 30 ms an article; a fault test asks what becomes of
articles, not which names are in them. All the rest (sources, cleaning, ledger, engine) is real.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from promises import ENDURANCE

from dateline import cli
from dateline.documents import Entities, Mention
from dateline.search.elastic import client, patience
from indexer import repairing, reprocessing, resolving, running
from indexer.pipeline import make_batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indexer.entities.finder import EntityText
    from indexer.pipeline import Job, Made, Rules
    from indexer.settings import IndexerSettings

TESTS = Path(__file__).resolve().parent.parent
SHORT = {} if ENDURANCE else {"FAULTS_LONGEST_PAUSE": "0.4", "FAULTS_WRITE_TIMEOUT": "2"}
"""For a command that meets a fault that stays: in `.ci/run` a pause lasts 0.4 s, a request two."""
_NAME = re.compile(r"\b[A-Z]\w+ [A-Z]\w+\b")


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Two capitalised words are a person: enough to fill every field of a document."""

    def find(self, texts: Sequence[EntityText]) -> list[Entities]:
        return [self._find(each.text) for each in texts]

    def _find(self, text: str) -> Entities:
        found = [
            Mention("person", match[0], match[0], match.start(), match.end())
            for match in _NAME.finditer(text)
        ]
        return Entities(tuple(dict.fromkeys(each.name for each in found)), mentions=tuple(found))


@dataclass(slots=True)
class InlineMaker:
    """Makes documents in this very process: one to kill, and nothing to wait for."""

    rules: Rules

    def make(self, batches: Iterable[Sequence[Job]]) -> Iterator[list[Made]]:
        for batch in batches:
            yield make_batch(batch, self.rules, NameFinder())

    def close(self) -> None: ...


def open_inline(_settings: IndexerSettings, rules: Rules) -> InlineMaker:
    return InlineMaker(rules)


def start(
    *arguments: str, env: Mapping[str, str] | None = None, text: bool = True
) -> subprocess.Popen[str]:
    """The command line with these arguments, begun; both its outputs are pipes."""
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    # under a clock that jumps, where the test says so
    module = "faults.jumping" if env and "FAULTS_CLOCK_JUMPS" in env else "faults.quick"
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=text,
        env={**os.environ, "PYTHONPATH": paths, **(env or {})},
    )


def run(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The command line with these arguments, run to its end."""
    with start(*arguments, env=env) as command:
        stdout, stderr = command.communicate(timeout=900)
    return subprocess.CompletedProcess(arguments, command.returncode, stdout, stderr)


def _shorten_pauses() -> None:
    """Faults that a person waits minutes for take seconds where the test says so."""
    if longest := os.environ.get("FAULTS_LONGEST_PAUSE"):
        patience.LONGEST_PAUSE = float(longest)
    if timeout := os.environ.get("FAULTS_WRITE_TIMEOUT"):
        client.WRITE_TIMEOUT = float(timeout)


def main() -> None:
    _shorten_pauses()
    for room in (running, reprocessing, repairing, resolving):
        room.open_pool = open_inline  # type: ignore[attr-defined]  # the seam has the same shape
    cli.main()


if __name__ == "__main__":
    main()
