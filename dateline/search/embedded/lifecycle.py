"""Versioned folders behind the pointer file: made, checked, built anew; the one writer's lock."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
from tantivy import Index, Query

from dateline.errors import EngineBlocked, IndexNotReady
from dateline.search.embedded.archive import Snapshot, open_index
from dateline.search.embedded.building import build_document
from dateline.search.embedded.made import read_make, wanted_make, write_make
from dateline.search.embedded.schema import build_schema, index_fields
from mappings import ARTICLES, load_mapping

if TYPE_CHECKING:
    from pathlib import Path

    from tantivy import IndexWriter

    from dateline.search.embedded.archive import Folder

FIRST = "first"
"""Stamp of an archive's first index; one built anew is stamped with its time."""
HEAP = 64_000_000
"""Bytes the engine gathers documents in before it writes them out."""
_REBUILD_BATCH = 5_000


def create_index(folder: Folder, stamp: str) -> Path:
    """An empty index in a folder of its own, not yet in force."""
    meta = load_mapping(ARTICLES)["mappings"]["_meta"]
    path = folder.path / f"{meta['schema']}-v{meta['version']}-{stamp}"
    shutil.rmtree(path, ignore_errors=True)  # what a killed start left behind
    path.mkdir(parents=True)
    Index(build_schema(index_fields()), path=str(path))
    write_make(path)
    return path


def ensure_index(folder: Folder) -> None:
    """Make the first index, or build one anew that another version made. Raises IndexNotReady."""
    if not folder.pointer.exists():
        folder.point_to(create_index(folder, FIRST))
        return
    current = folder.current()
    made, meta = read_make(current), load_mapping(ARTICLES)["mappings"]["_meta"]
    if {name: made.get(name) for name in meta} != meta:
        raise IndexNotReady(
            f"{current} has another mapping: {made.get('schema')} version {made.get('version')}",
            hint="ingest into another DATELINE_INDEX, or use the program that made it",
        )
    if made != wanted_make():
        rebuild_index(folder)
    _sweep(folder)


def rebuild_index(folder: Folder) -> Path:
    """Build the index anew from its own stored documents, and put it in force."""
    old = open_index(folder.current())
    old.reload()
    snapshot = Snapshot(old.searcher(), old.schema)
    new = create_index(folder, f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
    writer = open_index(new).writer(HEAP, 1)
    hits = snapshot.searcher.search(
        Query.all_query(), limit=max(snapshot.size, 1), count=False
    ).hits
    for start in range(0, len(hits), _REBUILD_BATCH):
        addresses = [address for _, address in hits[start : start + _REBUILD_BATCH]]
        for address, ordinal in zip(addresses, snapshot.ordinals(addresses), strict=True):
            writer.add_document(build_document(snapshot.read(address), ordinal))
        writer.commit()
    close_writer(writer)
    folder.point_to(new)
    return new


def close_writer(writer: IndexWriter) -> None:
    """Let merges end and give the engine's own lock back."""
    writer.wait_merging_threads()


class WriterLock:
    """Held by the one writer of an archive; the system lets it go when its process ends.

    It is SQLite's lock on an empty database: one that every system knows, that children do not
    inherit, and that no killed process leaves behind.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._held: sqlite3.Connection | None = None

    def take(self) -> None:
        """Hold the lock from now on. Raises EngineBlocked, which names the holder."""
        if self._held is not None:
            return
        self._folder.path.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(self._folder.lock, timeout=0, check_same_thread=False)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            raise EngineBlocked(
                f"another program writes to {self._folder.path}: {_holder(self._folder)}",
                hint="wait until it is done, or end it; one archive has one writer",
            ) from error
        self._held = lock
        self._folder.holder.write_bytes(orjson.dumps(_ourselves()))

    def release(self) -> None:
        """Let the next writer come."""
        if self._held is not None:
            self._folder.holder.unlink(missing_ok=True)
            self._held.close()
            self._held = None


def _ourselves() -> dict[str, Any]:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"process": os.getpid(), "machine": socket.gethostname(), "since": since}


def _holder(folder: Folder) -> str:
    try:
        known = orjson.loads(folder.holder.read_bytes())
    except (FileNotFoundError, ValueError):
        return "a process that has not said its name"
    return f"process {known['process']} on {known['machine']}, since {known['since']}"


def _sweep(folder: Folder) -> None:
    """Remove indices that are no longer in force, as far as the system lets us."""
    current = folder.current()
    for path in folder.path.glob("*-v*-*"):
        if path.is_dir() and path != current:
            with suppress(OSError):
                shutil.rmtree(path)
