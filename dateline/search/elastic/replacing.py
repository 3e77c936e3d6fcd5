"""A new index beside the one in force, and the way back."""

from __future__ import annotations

from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from dateline.errors import EngineBusy, EngineError, EngineFault, EngineRefused, IndexNotReady
from dateline.search.elastic.bulk import BulkLoop
from dateline.search.elastic.errors import engine_errors
from dateline.search.elastic.lives import (
    create_beside,
    find_concrete,
    name_beside,
    read_life,
    sweep,
)
from dateline.search.elastic.pairs import Pairs
from dateline.search.elastic.records import hold
from dateline.search.elastic.swapping import Side, Swap
from dateline.search.elastic.walking import read_checkpoints
from dateline.search.results import Replaced
from mappings import ARTICLES, ORIGINALS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from dateline.documents import ArticleDocument, Original
    from dateline.search.elastic.patience import Server
    from dateline.search.elastic.records import Records
    from dateline.search.elastic.walking import Marks
    from dateline.search.results import Written
    from dateline.search.settings import SearchSettings

TASK = "replace"


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Replaces and brings back the indices of one archive, one hand at a time."""

    server: Server
    settings: SearchSettings
    records: Records

    def replace(self, *, originals: bool) -> ElasticReplacement:
        """Begin an empty index beside the one in force. Raises EngineBusy, IndexNotReady."""
        return ElasticReplacement(self, originals=originals)

    def rebuild(self) -> Replaced:
        """The stored documents into a new index."""
        with ElasticReplacement(self, originals=False) as new:
            new.copy_all()
            return new.put_in_force()

    def rollback(self) -> Replaced:
        """The indices before the last swap in force again. Raises IndexNotReady."""
        with hold(self.records, TASK), closing(self.open_loop()) as loop:
            self.finish(loop)
            swap = self._way_back(loop)
            with engine_errors():
                for side in swap.sides:
                    self.server.client.indices.put_settings(
                        index=side.after, settings={"index.blocks.write": None}
                    )
            swap.carry()
            return put_in_force(swap)

    def finish(self, loop: BulkLoop) -> None:
        """End what a process killed right after its swap left undone."""
        found = []
        for alias in (self.settings.index, self.settings.originals):
            current = find_concrete(self.server, alias)
            life = read_life(self.server, current)
            if life.state == "carrying" and life.previous is not None:
                found.append((Side(alias, life.previous, current), life))
        if found:
            self._swap(
                loop,
                [side for side, _ in found],
                {side.alias: life.since for side, life in found},
                found[0][1].swap or "",
            ).settle()

    def mend(self) -> None:
        """Finish for a process that was killed right after its swap; one at work is left alone."""
        aliases = (self.settings.index, self.settings.originals)
        lives = [read_life(self.server, find_concrete(self.server, alias)) for alias in aliases]
        if any(life.state == "carrying" for life in lives):
            with (
                suppress(EngineBusy),
                hold(self.records, TASK),
                closing(self.open_loop()) as loop,
            ):
                self._finish_for_another(loop)

    def _finish_for_another(self, loop: BulkLoop) -> None:
        try:
            self.finish(loop)
        except EngineRefused as refused:
            raise EngineRefused(
                f"a rebuild of {self.settings.index} was cut short, and this key may not end it",
                hint="give `dateline rebuild` once with the key of a rebuilder",
            ) from refused

    def open_loop(self) -> BulkLoop:
        """A bulk loop into indices that no alias leads to."""
        return BulkLoop(self.server.client, patience=self.server.patience, to_alias=False)

    def begin(self, loop: BulkLoop, *, originals: bool) -> Swap:
        """Sweep, and make the empty indices; changes count from now on."""
        self.finish(loop)
        stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        wanted = [(self.settings.index, ARTICLES)]
        if originals:
            wanted.append((self.settings.originals, ORIGINALS))
        for alias, _ in wanted:
            sweep(self.server, alias)
        sides: list[Side] = []
        marks: dict[str, Marks] = {}
        for alias, mapping in wanted:
            before = find_concrete(self.server, alias)
            marks[alias] = read_checkpoints(self.server, before)
            after = name_beside(alias, mapping, stamp)
            create_beside(self.server, before, after, mapping, self.settings.replicas)
            sides.append(Side(alias, before, after))
        swap = self._swap(loop, sides, marks, stamp)
        swap.carry_keepsakes()
        return swap

    def _way_back(self, loop: BulkLoop) -> Swap:
        index = self.settings.index
        current = find_concrete(self.server, index)
        life = read_life(self.server, current)
        self._require(current, life.previous)
        sides = [Side(index, current, life.previous or "")]
        marks = {index: life.since}
        kept = find_concrete(self.server, self.settings.originals)
        theirs = read_life(self.server, kept)
        if theirs.swap is not None and theirs.swap == life.swap:  # they came together
            self._require(kept, theirs.previous)
            sides.append(Side(self.settings.originals, kept, theirs.previous or ""))
            marks[self.settings.originals] = theirs.since
        stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        return self._swap(loop, sides, marks, stamp)

    def _require(self, current: str, previous: str | None) -> None:
        with engine_errors():
            there = previous is not None and self.server.client.indices.exists(index=previous)
        if not there:
            raise IndexNotReady(
                f"there is no index before {current} to go back to",
                hint="each `dateline rebuild` or `reprocess` keeps one way back",
            )

    def _swap(self, loop: BulkLoop, sides: list[Side], marks: dict[str, Marks], stamp: str) -> Swap:
        moved = {side.alias: side.after for side in sides}
        originals = moved.get(self.settings.originals, self.settings.originals)
        return Swap(self.server, loop, sides, marks, originals, stamp)


def put_in_force(swap: Swap) -> Replaced:
    """Swap, bring over the rest, and count."""
    swap.swap()
    swap.settle()
    articles, *originals = swap.sides
    return Replaced(
        before=articles.before,
        after=articles.after,
        documents=swap.count(articles),
        originals=sum(swap.count(side) for side in originals),
        carried=len(swap.carried),
    )


class ElasticReplacement:
    """A new index beside the one in force; see `Replacement`."""

    def __init__(self, lifecycle: Lifecycle, *, originals: bool) -> None:
        self._lifecycle = lifecycle
        self._in_force = self._complete = False
        with ExitStack() as stack:
            stack.enter_context(hold(lifecycle.records, TASK))
            self._loop = stack.enter_context(closing(lifecycle.open_loop()))
            self._swap = lifecycle.begin(self._loop, originals=originals)
            self._stack = stack.pop_all()
        self._pairs = Pairs(self._loop, self._swap.sides[0].after, self._swap.originals)

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """As `Writer.write`, into the new index. Withdrawn originals stay withdrawn."""
        return self._pairs.write(originals, documents)

    def copy_all(self) -> None:
        """All documents of the index in force, as they are stored."""
        self._complete = True
        self._swap.copy_all()

    def put_in_force(self, expected: int | None = None) -> Replaced:
        """Swap at one stroke; see `Replacement`. Raises EngineFault."""
        articles = self._swap.sides[0]
        if expected is not None and (found := self._swap.count(articles)) != expected:
            raise EngineFault(
                f"{articles.after} holds {found} documents, {expected} were written",
                hint="nothing was changed; give the command again",
            )
        self._swap.carry()
        if self._complete:
            self._swap.check_complete()
        self._in_force = True
        return put_in_force(self._swap)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Discard what was not put in force."""
        with self._stack:
            if not self._in_force:
                self._discard()

    def _discard(self) -> None:
        # what cannot be deleted now is swept by the next replacement
        with suppress(EngineError), engine_errors():
            for side in self._swap.sides:
                self._lifecycle.server.client.indices.delete(index=side.after)
