"""An archive of either engine as a fault test sees it: through the command line, then laid bare."""

from __future__ import annotations

import asyncio
import json
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from faults import quick

from dateline.cli.options import writing
from dateline.search.opening import open_reader
from dateline.search.queries import SearchQuery
from dateline.search.settings import SearchSettings
from dateline.search.storing import store_document, store_original
from indexer.ledger import find_ledger
from indexer.verifying import verify

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping
    from pathlib import Path

_OF_THE_MOMENT = ("indexed_at", "received_at", "location")
"""What two undisturbed runs differ in: when, and from which folder."""

Stored = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archive lies; `url` None is the embedded engine."""

    data: Path
    url: str | None = None
    index: str = "articles"
    more: Mapping[str, str] = field(default_factory=dict)
    """Further settings by their names: `{"ca_certs": …}`."""

    @property
    def env(self) -> dict[str, str]:
        """The settings that a command needs to find it."""
        given = {"data_dir": str(self.data), "index": self.index, **self.more}
        server = {"elasticsearch_url": self.url} if self.url else {}
        return {f"DATELINE_{name.upper()}": value for name, value in (given | server).items()}

    @property
    def settings(self) -> SearchSettings:
        """The same for this very process."""
        given = {"data_dir": self.data, "index": self.index, "search_timeout": 30, **self.more}
        return SearchSettings.model_validate({**given, "elasticsearch_url": self.url})

    def beside(self, name: str) -> Place:
        """Another archive of the same engine."""
        data = self.data.with_name(f"{self.data.name}-{name}")
        return Place(data, self.url, self.index + name, self.more)

    def by_way_of(self, url: str) -> Place:
        """The same archive, its server reached at another address."""
        return Place(self.data, url, self.index, self.more)

    def start(self, *arguments: str, **env: str) -> subprocess.Popen[str]:
        """A command on this archive, begun."""
        return quick.start(*arguments, env={**self.env, **env})

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """A command on this archive, run to its end."""
        return quick.run(*arguments, env={**self.env, **env})

    def ask(self, *arguments: str) -> Any:
        """What a command answers in JSON."""
        done = self.run(*arguments, "--json")
        assert done.returncode in {0, 3}, done.stderr
        return json.loads(done.stdout)

    def contents(self) -> tuple[Stored, Stored]:
        """Every document and every original by its id, as stored, times aside."""
        return asyncio.run(self._contents())

    async def _contents(self) -> tuple[Stored, Stored]:
        reader = open_reader(self.settings)
        try:
            documents = [store_document(each) async for each in reader.scan(SearchQuery())]
            originals = [store_original(each) async for each in reader.scan_originals()]
        finally:
            await reader.close()
        return _by_id(documents), _by_id(originals)


def _by_id(stored: list[dict[str, Any]]) -> Stored:
    known = {each["id"]: _lasting(each) for each in stored}
    assert len(known) == len(stored), "an id came twice"
    return known


def _lasting(stored: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in stored.items() if name not in _OF_THE_MOMENT}


def check_alike(
    found: Place, wanted: Place, tell: Callable[[str, object], None] | None = None
) -> None:
    """The same documents and originals in both, counted by id and by content hash.

    `tell` is pytest's `record_property`: the counts stand in docs/RESILIENCE.md.
    """
    for ours, theirs in zip(found.contents(), wanted.contents(), strict=True):
        lost, twice = theirs.keys() - ours.keys(), ours.keys() - theirs.keys()
        if tell is not None:
            for name, count in (("compared", theirs), ("lost", lost), ("twice", twice)):
                tell(name, len(count))
        assert not lost, f"{len(lost)} lost, such as {sorted(lost)[:3]}"
        assert not twice, f"{len(twice)} too many, such as {sorted(twice)[:3]}"
        other = [key for key in theirs if ours[key] != theirs[key]]
        assert not other, f"{len(other)} differ, such as {other[:3]}"


def check_ledger(place: Place) -> None:
    """Nothing pending, every accepted article in one outcome, and the engine agrees."""
    settings = place.settings
    with writing(settings) as writer, find_ledger(settings) or nullcontext() as ledger:
        assert ledger is not None
        counts = asdict(ledger.counts())
        accepted = counts.pop("accepted")
        assert counts.pop("pending") == 0
        assert sum(counts.values()) == accepted
        differences = verify(writer, ledger).differences
    assert not differences, differences[:3]
