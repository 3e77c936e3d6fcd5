"""Ledger, originals and documents of one id, held against each other. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.search.results import Held, Stored
    from indexer.ledger import Entry

DifferenceKind = Literal["missing", "unexpected", "stale", "damaged", "pending"]
Remedy = Literal["remake", "remove", "reopen", "restamp", "restate", "none"]
"""What a repair does: make the document again, take it out of search, call the ledger's entry
pending, the same and say honestly which bytes the archive holds, settle the entry, nothing."""
_REMAKE = "`dateline verify --repair` makes it again from its original"
_REMOVE = "`dateline verify --repair` takes it out of search"
_SETTLE = "`dateline verify --repair` settles it, so does the command that brought it"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as ledger, originals and documents together say.

    `location` is None where only the original knows it; `entry` is the ledger's row at stake.
    """

    kind: DifferenceKind
    id: str
    location: str | None
    what: str
    way_out: str
    remedy: Remedy = "none"
    entry: Entry | None = None


def compare(held: Held, entries: Sequence[Entry], live: frozenset[int]) -> Iterator[Difference]:
    """What differs at one id; `entries` are all rows of it, `live` the runs at work now.

    A document that no entry knows is no difference: several indexers feed one archive.
    """
    yield from _compare_archive(held, entries)
    for entry in entries:
        if entry.outcome is None and entry.run not in live:
            yield _tell_pending(held, entry)


def _compare_archive(held: Held, entries: Sequence[Entry]) -> Iterator[Difference]:
    location = _place(held, entries)
    if held.original is None:
        yield from _without_original(held, entries)
    elif held.original.outcome != "indexed":
        yield from _beside_refused(held, held.original, location)
        yield from _promised_otherwise(held, held.original, entries)
    elif held.document is None:
        what = "its original is there, its document is not"
        yield Difference("missing", held.id, location, what, _REMAKE, "remake")
    elif fault := _find_mismatch(held):
        yield Difference("stale", held.id, location, fault, _REMAKE, "remake")
    else:
        yield from _compare_entries(held, entries)


def _beside_refused(held: Held, original: Stored, location: str | None) -> Iterator[Difference]:
    """A document whose original was withdrawn or refused; one of other bytes has lost its own."""
    if held.document is None:
        return
    what = f"a document is in search, and its original says {original.outcome}"
    if original.outcome == "withdrawn" or original.content_hash == held.document.content_hash:
        yield Difference("unexpected", held.id, location, what, _REMOVE, "remove")
    else:
        way_out = (
            f"withdraw it, or give its own file again; what was refused is {location or held.id}"
        )
        yield Difference("unexpected", held.id, location, f"{what} of other bytes", way_out)


def _promised_otherwise(
    held: Held, original: Stored, entries: Sequence[Entry]
) -> Iterator[Difference]:
    """What the ledger saw in search, and the archive refused since; a withdrawal is no secret."""
    if original.outcome == "withdrawn":
        return
    for entry in entries:
        if entry.is_held and entry.content_hash == original.content_hash:
            what = f"the ledger says {entry.outcome}, the archive says {original.outcome}"
            yield Difference("missing", held.id, entry.location, what, _SETTLE, "restate", entry)


def _without_original(held: Held, entries: Sequence[Entry]) -> Iterator[Difference]:
    location = _place(held, entries)
    if held.document is not None:
        what, where = "a document without an original", location or "the file that it came from"
        way_out = f"ingest {where} again: that brings the original back"
        yield Difference("unexpected", held.id, location, what, way_out)
    elif (entry := _promised(entries)) is not None:
        what = f"the ledger says {entry.outcome}, and the archive holds nothing of it"
        way_out = f"ingest {entry.location} again; `--repair` notes it as pending"
        yield Difference("missing", held.id, entry.location, what, way_out, "reopen", entry)


def _find_mismatch(held: Held) -> str | None:
    original, document = held.original, held.document
    if original is None or document is None:
        return None
    if document.content_hash != original.content_hash:
        return "its document was made of other bytes than its original"
    if held.document_revision < held.original_revision:
        return "its document is older than its original"
    return None


def _compare_entries(held: Held, entries: Sequence[Entry]) -> Iterator[Difference]:
    """A sound document that is older than what the ledger saw indexed."""
    indexed = [entry for entry in entries if entry.outcome == "indexed"]
    digest = held.document.content_hash if held.document else ""
    known = [entry for entry in entries if entry.is_held and entry.content_hash == digest]
    if any((entry.revision or 0) > held.document_revision for entry in known if entry in indexed):
        what = "the ledger saw this document in a newer make"
        yield Difference("stale", held.id, known[-1].location, what, _REMAKE, "remake")
    for entry in indexed[-1:]:
        later = [each for each in known if entry.is_later_than(each)]
        if entry.content_hash != digest and known and len(later) == len(known):
            what = "the ledger saw a later copy indexed, and the archive holds an earlier one"
            way_out = f"ingest {entry.location} again; `--repair` notes it as pending"
            yield Difference("stale", held.id, entry.location, what, way_out, "reopen", entry)


def _tell_pending(held: Held, entry: Entry) -> Difference:
    original = held.original
    told = Difference("pending", held.id, entry.location, "", "", entry=entry)
    same = original is not None and original.content_hash == entry.content_hash
    if original is not None and same and (held.document or original.outcome != "indexed"):
        what = f"accepted and never settled; the archive says {original.outcome}"
        return replace(told, what=what, way_out=_SETTLE, remedy="restate")
    what, way_out = "accepted and never settled", f"ingest {entry.location} again"
    return replace(told, what=what, way_out=way_out)


def _promised(entries: Sequence[Entry]) -> Entry | None:
    """The entry whose copy must be in the archive: the last one, unless the engine refused it."""
    kept = [e for e in entries if e.outcome not in {None, "withdrawn"} and e.code != "engine"]
    return max(kept, key=lambda entry: entry.turn or 0, default=None)


def _place(held: Held, entries: Sequence[Entry]) -> str | None:
    """Where the article lay: the entry of the bytes that the archive holds, else the last one."""
    digests = {each.content_hash for each in (held.original, held.document) if each}
    same = [entry for entry in entries if entry.content_hash in digests]
    return (same or entries)[-1].location if entries else None
