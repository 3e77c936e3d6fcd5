"""One index in another's place, while others read and write.

What is written meanwhile lands in the index before, whose changes are numbered. They are carried
over in passes until little is left; then the alias moves at one stroke; then the index before is
closed for writing (a request that was on its way is refused, comes again and finds the new one),
and what it got last is carried over. A copy never takes the place of a newer one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dateline.errors import EngineFault
from dateline.search.elastic.bulk import delete_action, index_action
from dateline.search.elastic.errors import engine_errors
from dateline.search.elastic.lifecycle import MASTER_TIMEOUT
from dateline.search.elastic.lives import Life, read_life, write_life
from dateline.search.elastic.walking import (
    CONTENT_PAGE,
    NOTHING_YET,
    iter_by_id,
    iter_changed,
    read_by_ids,
    read_checkpoints,
    refresh,
)
from dateline.search.storing import ORIGINAL_KIND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.search.elastic.bulk import BulkLoop
    from dateline.search.elastic.patience import Server
    from dateline.search.elastic.walking import Marks

_PASSES = 5
"""Passes before the swap at most; under steady writing each finds less than the one before."""
_FEW = 100
"""Changes that need no further pass before the swap."""
_ARTICLES: Mapping[str, Any] = {"exists": {"field": "id"}}
"""Run reports and records have no such field."""
_KEEPSAKES: Mapping[str, Any] = {
    "bool": {
        "should": [
            {"bool": {"must_not": [{"term": {"kind": ORIGINAL_KIND}}]}},
            {"term": {"outcome": "withdrawn"}},
        ]
    }
}
_REPLICAS_WAIT = "30s"


@dataclass(frozen=True, slots=True)
class Side:
    """What an alias stands for, and what it is to stand for."""

    alias: str
    before: str
    after: str


@dataclass(slots=True)
class Swap:
    """A swap of one or two aliases. `marks` are, per alias, the changes of `before` carried so far.

    `originals` is where outcomes are read: the index of originals that will be in force.
    """

    server: Server
    loop: BulkLoop
    sides: Sequence[Side]
    marks: dict[str, Marks]
    originals: str
    stamp: str
    carried: set[str] = field(default_factory=set)
    """Ids of the articles that were changed meanwhile."""

    def copy_all(self) -> None:
        """Bring over all that the index before holds; what changes from now on is carried."""
        self.marks = {
            alias: dict.fromkeys(marks, NOTHING_YET) for alias, marks in self.marks.items()
        }
        self._carry_once()
        self.carried.clear()

    def carry_keepsakes(self) -> None:
        """Bring over what no article is made of anew: run reports, records, withdrawn originals."""
        for side in self.sides[1:]:
            begun = dict.fromkeys(self.marks[side.alias], NOTHING_YET)
            for batch in _cut(
                iter_changed(self.server, side.before, begun, _KEEPSAKES), CONTENT_PAGE
            ):
                self._copy(batch, side.after)

    def carry(self) -> None:
        """Bring over what changed, until little is left."""
        for _ in range(_PASSES):
            if self._carry_once() <= _FEW:
                return

    def check_complete(self) -> None:
        """Raises EngineFault when the index after lacks what the one before has."""
        held = {side.alias: set(self._iter_ids(side.before)) for side in self.sides}
        self._carry_once()
        for side in self.sides:
            # those deleted meanwhile are not wanted any more
            lacking = self._there(side.before, held[side.alias] - set(self._iter_ids(side.after)))
            if lacking:
                raise EngineFault(
                    f"{side.after} lacks {len(lacking)} documents of {side.before}",
                    hint="nothing was changed; give the command again",
                )

    def swap(self) -> None:
        """Move the aliases at one stroke, and note first where the carrying goes on."""
        self._wait_for_replicas()
        for side in self.sides:
            own = read_checkpoints(self.server, side.after)
            life = Life("carrying", side.before, self.stamp, self.marks[side.alias], own)
            write_life(self.server, side.after, life)
        actions: list[dict[str, Any]] = []
        for side in self.sides:
            actions += [
                {"remove": {"index": side.before, "alias": side.alias, "must_exist": True}},
                {"add": {"index": side.after, "alias": side.alias}},
            ]
        with engine_errors():
            self.server.client.indices.update_aliases(
                actions=actions, master_timeout=MASTER_TIMEOUT
            )

    def settle(self) -> None:
        """After the swap: bring over the last changes; no article that was withdrawn comes back."""
        for side in self.sides:
            with engine_errors():
                # answers once no write is under way any more
                self.server.client.indices.add_block(index=side.before, block="write")
        self._carry_once()
        self._drop_refused()
        for side in self.sides:
            own = read_life(self.server, side.after).own
            write_life(self.server, side.after, Life("in force", side.before, self.stamp, own))

    def count(self, side: Side) -> int:
        """The articles, or originals, of the index after."""
        refresh(self.server, side.after)
        count = self.server.client.count
        with engine_errors():
            counted = self.server.ask(lambda: count(index=side.after, query=_ARTICLES))
        return int(counted["count"])

    def _carry_once(self) -> int:
        """One pass over all sides; how many changes it found."""
        found = 0
        for side in self.sides:
            marks = read_checkpoints(self.server, side.before)
            hits = iter_changed(self.server, side.before, self.marks[side.alias])
            for batch in _cut(hits, CONTENT_PAGE):
                self._copy(batch, side.after)
                found += len(batch)
                self.carried |= {hit["_id"] for hit in batch if "id" in hit["_source"]}
            self.marks[side.alias] = marks
        return found

    def _copy(self, hits: Sequence[Mapping[str, Any]], into: str) -> None:
        answers = self.loop.send(
            [index_action(into, hit["_id"], hit["_source"], hit["_version"]) for hit in hits]
        )
        refused = [each for each in answers if each.outcome == "rejected"]
        if refused:
            raise EngineFault(
                f"{into} refuses {refused[0].id}: {refused[0].reason}",
                hint="the index before is untouched; please report this",
            )

    def _drop_refused(self) -> None:
        """Delete documents whose original says that they are not to be found."""
        articles = self.sides[0].after
        refresh(self.server, self.originals)
        refused = {
            "bool": {
                "filter": [{"term": {"kind": ORIGINAL_KIND}}],
                "must_not": [{"term": {"outcome": "indexed"}}],
            }
        }
        hits = iter_by_id(self.server, self.originals, refused, source=False)
        for batch in _cut(hits, 1_000):
            versions = self._versions(articles, [hit["_id"] for hit in batch])
            self.loop.send([delete_action(articles, *each) for each in versions.items()])

    def _versions(self, index: str, ids: Sequence[str]) -> dict[str, int]:
        found = read_by_ids(self.server, index=index, ids=list(ids), source=False)
        return {each["_id"]: each["_version"] for each in found if each["found"]}

    def _there(self, index: str, ids: Iterable[str]) -> set[str]:
        return {
            each
            for batch in _cut(iter(sorted(ids)), 1_000)
            for each in self._versions(index, batch)
        }

    def _iter_ids(self, index: str) -> Iterator[str]:
        refresh(self.server, index)
        return (hit["_id"] for hit in iter_by_id(self.server, index, _ARTICLES, source=False))

    def _wait_for_replicas(self) -> None:
        """A moment for the copies of the new indices: without them one lost node loses them."""
        with engine_errors():
            self.server.client.options(ignore_status=408).cluster.health(
                index=",".join(side.after for side in self.sides),
                wait_for_status="green",
                timeout=_REPLICAS_WAIT,
            )


def _cut(items: Iterator[Any], most: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch
