"""What the archive holds, as the writing side asks: all of it ordered by id, or by ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.search.results import Evidence, Held, Stored
from dateline.search.storing import read_document, read_original

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import ArticleDocument, Original
    from dateline.search.embedded.archive import Snapshot
    from dateline.search.embedded.originals import Originals

_PAGE = 200


def iter_held(snapshot: Snapshot, originals: Originals) -> Iterator[Held]:
    """What is held of every id, ordered by id."""
    kept, documents = originals.held(), _read_made_of(snapshot)
    for key in sorted(kept.keys() | documents.keys()):
        original, original_revision = kept.get(key, (None, 0))
        document, document_revision = documents.get(key, (None, 0))
        yield Held(key, original, document, original_revision, document_revision)


def iter_originals(originals: Originals, ids: Sequence[str] | None) -> Iterator[Original]:
    """All originals ordered by id, or those of these ids that are there."""
    if ids is not None:
        known = (originals.read(each) for each in ids)
        yield from (read_original(each[0]) for each in known if each is not None)
        return
    last = ""
    while some := originals.read_after(last, _PAGE):
        yield from (read_original(each) for each in some)
        last = some[-1]["id"]


def iter_documents(snapshot: Snapshot, ids: Sequence[str] | None) -> Iterator[ArticleDocument]:
    """All documents ordered by id, or those of these ids that are there."""
    if ids is not None:
        found = [snapshot.find(each) for each in ids]
    else:
        placed = {snapshot.read(each)["id"]: each for each in snapshot.addresses()}
        found = [placed[key] for key in sorted(placed)]
    yield from (read_document(snapshot.read(each)) for each in found if each is not None)


def iter_evidence(originals: Originals) -> Iterator[Evidence]:
    """The evidence of every original, ordered by id."""
    last = ""
    while some := originals.read_after(last, _PAGE):
        for each in some:
            yield Evidence(
                each["id"], each["outcome"], each.get("source"), each.get("evidence", {})
            )
        last = some[-1]["id"]


def _read_made_of(snapshot: Snapshot) -> dict[str, tuple[Stored, int]]:
    """What each document was made of, and its revision."""
    stored = (snapshot.read(address) for address in snapshot.addresses())
    return {
        each["id"]: (
            Stored(each["content_hash"], each["pipeline"], "indexed"),
            each["revision"],
        )
        for each in stored
    }
