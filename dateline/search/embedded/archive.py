"""Where the archive lies, and the index as readers see it: pinned, and never older than the disk.

DATELINE_DATA_DIR/embedded/articles/     one folder per DATELINE_INDEX
    current                              names what is in force, and what was before
    articles-v1-first/                   an index, with made.json: how it was made
    originals.sqlite                     originals, run reports, records, each article's number
    tasks/                               held by whoever is at a task
    writer.sqlite, writer.json           held by the one writer; who it is
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson
from tantivy import Index, Query

from dateline.errors import EngineRefused, IndexNotReady
from dateline.search.embedded.made import check_make
from dateline.search.embedded.schema import ORDINAL, STORED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tantivy import DocAddress, Schema, Searcher

    from dateline.search.settings import SearchSettings

MISSING_HINT = "run `dateline ingest` once to create it, or correct DATELINE_DATA_DIR"
FIRST_ORIGINALS = "originals.sqlite"
_META = "meta.json"
"""The engine replaces this file of its own at each commit."""


@dataclass(frozen=True, slots=True)
class Force:
    """What is in force, by file name, and what was before; None: there is no way back.

    `since` is the number of the last change when it was put in force.
    """

    index: str
    originals: str = FIRST_ORIGINALS
    previous: str | None = None
    previous_originals: str | None = None
    since: int = 0


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths of one archive."""

    path: Path

    @property
    def pointer(self) -> Path:
        """The file that names the index in force."""
        return self.path / "current"

    @property
    def originals(self) -> Path:
        """The file of originals and run reports in force."""
        return self.path / (self.in_force().originals if self.pointer.exists() else FIRST_ORIGINALS)

    @property
    def lock(self) -> Path:
        """What the one writer holds."""
        return self.path / "writer.sqlite"

    def in_force(self) -> Force:
        """What the pointer names. Raises IndexNotReady without one."""
        try:
            named = self.pointer.read_bytes()
        except FileNotFoundError:
            raise IndexNotReady(f"no archive in {self.path}", hint=MISSING_HINT) from None
        if named.startswith(b"{"):
            return Force(**orjson.loads(named))
        return Force(named.decode().strip())  # from before there was a way back

    def current(self) -> Path:
        """The folder of the index in force. Raises IndexNotReady without one."""
        return self.path / self.in_force().index

    def put_in_force(self, force: Force) -> None:
        """Point at one stroke, for this and all other processes."""
        draft = self.pointer.with_suffix(".new")
        with draft.open("wb") as file:
            file.write(orjson.dumps(asdict(force)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.pointer)


def folder_of(settings: SearchSettings) -> Folder:
    """Where these settings keep the archive."""
    return Folder(settings.data_dir / "embedded" / settings.index)


@dataclass(frozen=True)
class Snapshot:
    """The index at one moment; all parts of an answer come from one of these.

    `facts` remembers what was found out about it, such as its first and last day.
    """

    searcher: Searcher
    schema: Schema
    facts: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def size(self) -> int:
        """How many documents there are."""
        return self.searcher.num_docs

    def addresses(self) -> list[DocAddress]:
        """Where all documents lie, in no order."""
        found = self.searcher.search(Query.all_query(), limit=max(self.size, 1), count=False)
        return [address for _, address in found.hits]

    def read(self, address: DocAddress) -> dict[str, Any]:
        """A document in its stored form."""
        content = self.searcher.doc(address).get_first(STORED)
        stored: dict[str, Any] = orjson.loads(content or b"{}")
        return stored

    def ordinals(self, addresses: Sequence[DocAddress]) -> list[int]:
        """The number of each of these documents."""
        values = self.searcher.fast_field_values(ORDINAL, list(addresses))
        return [int(value or 0) for value in values]

    def find(self, document_id: str) -> DocAddress | None:
        """Where the document of this id lies."""
        asked = Query.term_query(self.schema, "id", document_id, "basic")
        hits = self.searcher.search(asked, limit=1, count=False).hits
        return hits[0][1] if hits else None

    def count(self, query: Query) -> int:
        """How many documents match."""
        found = self.searcher.search(query, limit=1)
        return int(found.count)  # type: ignore[attr-defined]  # left out of the binding's stubs

    def aggregate(self, query: Query, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The answers to these aggregations over what matches."""
        answers: dict[str, Any] = self.searcher.aggregate(query, dict(asked)) if asked else {}
        return answers


class Watched:
    """An index, opened again whenever it was written, or `find` names another folder."""

    def __init__(self, find: Callable[[], Path]) -> None:
        self._find = find
        self._lock = Lock()
        self._seen: tuple[object, ...] = ()
        self._opened: tuple[Path, Index] | None = None
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The index as it is on the disk now. Raises IndexNotReady."""
        with self._lock:
            path = self._find()
            seen = (path, *_state(path / _META))
            if self._snapshot is None or seen != self._seen:
                self._snapshot, self._seen = self._look(path), seen
            return self._snapshot

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._opened = self._snapshot = None

    def _look(self, path: Path) -> Snapshot:
        if self._opened is None or self._opened[0] != path:
            check_make(path)
            self._opened = path, open_index(path)
        index = self._opened[1]
        index.reload()
        return Snapshot(index.searcher(), index.schema)


def open_index(path: Path) -> Index:
    """An index that lies there. Raises IndexNotReady, EngineRefused."""
    try:
        index = Index.open(str(path))
    except ValueError as error:
        if "LockFailure" in str(error):
            raise EngineRefused(
                f"the archive's folder refuses: no lock can be taken in {path}",
                hint="the engine needs one even to read: let this user write in DATELINE_DATA_DIR",
            ) from error
        raise IndexNotReady(
            f"the index in {path} cannot be opened: {error}", hint=MISSING_HINT
        ) from error
    index.config_reader("manual")  # we look at the disk ourselves: nothing is ever a moment late
    return index


def _state(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise IndexNotReady(f"no index in {path.parent}", hint=MISSING_HINT) from None
    return found.st_ino, found.st_mtime_ns, found.st_size
