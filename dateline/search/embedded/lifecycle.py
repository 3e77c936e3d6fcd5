"""Versioned folders behind the pointer file: made, checked, built anew, swept."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tantivy import Index

from dateline.errors import IndexNotReady
from dateline.search.embedded.archive import Force, Snapshot, open_index
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
        folder.put_in_force(Force(create_index(folder, FIRST).name))
        return
    current = folder.current()
    made, meta = read_make(current), load_mapping(ARTICLES)["mappings"]["_meta"]
    if {name: made.get(name) for name in meta} != meta:
        raise IndexNotReady(
            f"{current} has another mapping: {made.get('schema')} version {made.get('version')}",
            hint="ingest into another DATELINE_INDEX, or use the program that made it",
        )
    if made != wanted_make():
        new = create_index(folder, new_stamp())
        copy_documents(current, new)
        # this program could not read the index before: there is no way back to it
        folder.put_in_force(Force(new.name, folder.in_force().originals))
    sweep(folder)


def new_stamp() -> str:
    """What sets an index built anew apart from the ones before."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"


def copy_documents(old: Path, new: Path) -> None:
    """All documents of one index, as stored and with their numbers, into another, empty one."""
    index = open_index(old)
    index.reload()
    snapshot = Snapshot(index.searcher(), index.schema)
    writer = open_index(new).writer(HEAP, 1)
    found = snapshot.addresses()
    for start in range(0, len(found), _REBUILD_BATCH):
        addresses = found[start : start + _REBUILD_BATCH]
        for address, ordinal in zip(addresses, snapshot.ordinals(addresses), strict=True):
            writer.add_document(build_document(snapshot.read(address), ordinal))
        writer.commit()
    close_writer(writer)


def close_writer(writer: IndexWriter) -> None:
    """Let merges end and give the engine's own lock back."""
    writer.wait_merging_threads()


def sweep(folder: Folder) -> None:
    """Remove what is neither in force nor the way back, as far as the system lets us."""
    force = folder.in_force()
    for path in folder.path.glob("*-v*-*"):
        if path.is_dir() and path.name not in {force.index, force.previous}:
            with suppress(OSError):
                shutil.rmtree(path)
    kept = {force.originals, force.previous_originals or force.originals}
    for path in folder.path.glob("originals*.sqlite*"):
        # SQLite keeps two more files beside each of its own
        if path.name.removesuffix("-wal").removesuffix("-shm") not in kept:
            with suppress(OSError):
                path.unlink()
