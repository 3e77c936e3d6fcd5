"""The ledger after another index was put in force: it says of each article what the archive says.

A reprocessing refuses some articles and takes in others; a rollback takes that back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.verifying import CHUNK, iter_sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.search.base import Writer
    from dateline.search.results import Stored
    from indexer.ledger import Entry, Ledger

    Changed = tuple[Entry, str]
    """An entry, and the id of the original that may say what became of it."""


def follow(writer: Writer, ledger: Ledger) -> int:
    """Settle anew every entry of which the archive says another thing now; how many there were.

    An article that got another id, as a refused one does when it becomes an article, is found by
    its place and its bytes. Pending entries stay pending. Raises EngineError, SettingsError.
    """
    changed: list[Changed] = []
    adrift: list[Entry] = []
    for held, entries in iter_sides(writer, ledger):
        settled = [entry for entry in entries if entry.outcome is not None]
        if held.original is None:
            adrift += settled
        else:
            changed += [(each, held.id) for each in settled if _differs(each, held.original)]
    changed += _find_moved(adrift, writer)
    return sum(_settle(some, writer, ledger) for some in _cut(changed))


def _differs(entry: Entry, stored: Stored) -> bool:
    """Whether the archive holds these very bytes and says another thing of them."""
    said = "indexed" if entry.is_held else entry.outcome
    return entry.content_hash == stored.content_hash and said != stored.outcome


def _find_moved(adrift: Iterable[Entry], writer: Writer) -> Iterator[Changed]:
    """Originals of the same bytes as entries whose id the archive does not know any more."""
    wanted: dict[str, list[Entry]] = {}
    for entry in adrift:
        wanted.setdefault(entry.content_hash, []).append(entry)
    for held in writer.iter_held() if wanted else ():
        if held.original is not None:
            yield from ((each, held.id) for each in wanted.get(held.original.content_hash, ()))


def _settle(changed: Iterable[Changed], writer: Writer, ledger: Ledger) -> int:
    entries: dict[str, list[Entry]] = {}
    for entry, document_id in changed:
        entries.setdefault(document_id, []).append(entry)
    count = 0
    for original in writer.iter_originals(sorted(entries)):
        for entry in entries[original.id]:
            if entry.id == original.id or entry.location == original.location:
                ledger.restate(
                    entry,
                    original.outcome,
                    code=original.code,
                    reason=original.reason,
                    document_id=original.id,
                )
                count += 1
    return count


def _cut(changed: list[Changed]) -> Iterator[list[Changed]]:
    return (changed[start : start + CHUNK] for start in range(0, len(changed), CHUNK))
