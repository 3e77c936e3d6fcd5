"""A new index beside the one in force, and the way back.

One program writes to an archive at a time, so what is written meanwhile comes from the same writer;
every change is numbered beside the originals, and what has a later number is carried over.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from dateline.errors import EngineFault, IndexNotReady
from dateline.search.embedded.archive import Force
from dateline.search.embedded.errors import engine_errors
from dateline.search.embedded.lifecycle import copy_documents, create_index, new_stamp, sweep
from dateline.search.embedded.made import check_make
from dateline.search.embedded.originals import Originals
from dateline.search.embedded.pairs import Pairs
from dateline.search.results import Replaced

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from threading import RLock
    from types import TracebackType

    from dateline.documents import ArticleDocument, Original
    from dateline.search.embedded.archive import Folder
    from dateline.search.results import Written


@dataclass(slots=True)
class Swap:
    """What is to come in force, and from which change on the rest is to be carried over."""

    folder: Folder
    current: Pairs
    new: Pairs
    force: Force
    since: int

    def carry(self) -> int:
        """Bring over what changed in the archive in force; how many articles."""
        changed = self.current.originals.changed(self.since)
        snapshot = self.current.watched.snapshot()
        found = {each: snapshot.find(each) for each in changed}
        if self._has_own_originals():
            self._carry_originals(changed)
        self.new.add([snapshot.read(address) for address in found.values() if address is not None])
        self.new.remove([each for each, address in found.items() if address is None])
        return len(changed)

    def put_in_force(self, carried: int) -> Replaced:
        """Point to the new index at one stroke; what is not to be found goes first."""
        before = self.folder.in_force()
        if self._has_own_originals():
            self.new.originals.copy_books(self.folder.originals)
        self.new.remove(self.new.originals.unwanted())
        documents = self.new.watched.snapshot().size
        originals = len(self.new.originals.held()) if self._has_own_originals() else 0
        self.new.close()
        self.current.close()
        self.folder.put_in_force(
            Force(
                self.force.index,
                self.force.originals,
                before.index,
                before.originals,
                self.new.originals.last_change(),
            )
        )
        return Replaced(before.index, self.force.index, documents, originals, carried)

    def _has_own_originals(self) -> bool:
        return self.force.originals != self.folder.in_force().originals

    def _carry_originals(self, changed: Sequence[str]) -> None:
        known = (self.current.originals.read(each) for each in changed)
        self.new.originals.keep(each for each in known if each is not None)


def begin_swap(folder: Folder, current: Pairs, *, originals: bool) -> Swap:
    """Sweep, and make what is to come in force; changes count from now on."""
    sweep(folder)
    stamp = new_stamp()
    index, force = create_index(folder, stamp), folder.in_force()
    named = f"originals-{stamp}.sqlite" if originals else force.originals
    new = _pairs(folder, index, named, current)
    since = current.originals.last_change()
    if originals:
        new.originals.create()
        new.originals.copy_keepsakes(folder.originals)
    return Swap(folder, current, new, Force(index.name, named), since)


def roll_back(folder: Folder, current: Pairs) -> Replaced:
    """Put the index before the last swap in force again. Raises IndexNotReady without one."""
    force = folder.in_force()
    if force.previous is None or not (folder.path / force.previous).is_dir():
        raise IndexNotReady(
            f"there is no index before {force.index} to go back to",
            hint="each `dateline rebuild` or `reprocess` keeps one way back",
        )
    index, named = folder.path / force.previous, force.previous_originals or force.originals
    check_make(index)
    new = _pairs(folder, index, named, current)
    swap = Swap(folder, current, new, Force(index.name, named), force.since)
    return swap.put_in_force(swap.carry())


def _pairs(folder: Folder, index: Path, originals: str, current: Pairs) -> Pairs:
    path = folder.path / originals
    # cursors from before the swap count by the numbers of the archive in force
    return Pairs(lambda: index, Originals(lambda: path), current.originals.number)


class EmbeddedReplacement:
    """A new index beside the one in force; see `Replacement`."""

    def __init__(self, swap: Swap, turn: RLock) -> None:
        self._swap = swap
        self._turn = turn
        self._in_force = False

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        """As `Writer.write`, into the new index. Withdrawn originals stay withdrawn."""
        with self._turn, engine_errors():
            return self._swap.new.write(originals, documents)

    def copy_all(self) -> None:
        """All documents of the index in force, as they are stored."""
        with self._turn, engine_errors():
            folder = self._swap.folder
            copy_documents(folder.current(), folder.path / self._swap.force.index)

    def put_in_force(self, expected: int | None = None) -> Replaced:
        """Swap at one stroke; see `Replacement`. Raises EngineFault."""
        with self._turn, engine_errors():
            found = self._swap.new.watched.snapshot().size
            if expected is not None and found != expected:
                raise EngineFault(
                    f"{self._swap.force.index} holds {found} documents, {expected} were written",
                    hint="nothing was changed; give the command again",
                )
            replaced = self._swap.put_in_force(self._swap.carry())
            self._in_force = True
            return replaced

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Discard what was not put in force; what cannot be deleted is swept the next time."""
        if not self._in_force:
            with suppress(OSError, ValueError, RuntimeError):
                self._swap.new.drop_engine()
                self._swap.new.close()
                shutil.rmtree(self._swap.folder.path / self._swap.force.index)
