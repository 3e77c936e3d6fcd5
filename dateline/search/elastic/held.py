"""What the archive holds, as the writing side asks: by ids, or all of it ordered by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.errors import DocumentNotFound
from dateline.search.elastic.walking import ALL, CONTENT_PAGE, iter_by_id, read_by_ids
from dateline.search.results import Evidence, Held, Stored
from dateline.search.storing import (
    ORIGINAL_KIND,
    empty_original,
    read_document,
    read_original,
    store_original,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.documents import ArticleDocument, Original
    from dateline.search.elastic.patience import Server
    from dateline.search.settings import SearchSettings

_ORIGINALS: Mapping[str, Any] = {"term": {"kind": ORIGINAL_KIND}}
_KNOWN = ["content_hash", "pipeline", "outcome"]
_MADE_OF = ["content_hash", "pipeline"]


def read_stored(server: Server, settings: SearchSettings, ids: Sequence[str]) -> dict[str, Stored]:
    """What the originals of these ids say, unless one says "indexed" and its document is not there.

    A document made of other bytes, or by another pipeline, is not there either.
    """
    asked = [
        {"_index": index, "_id": each, "_source": fields}
        for index, fields in ((settings.originals, _KNOWN), (settings.index, _MADE_OF))
        for each in ids
    ]
    found = read_by_ids(server, docs=asked)
    documents = {each["_id"]: each["_source"] for each in found[len(ids) :] if each["found"]}
    known = {}
    for each in found[: len(ids)]:
        if each["found"]:
            said = _stored(each["_source"])
            document = documents.get(each["_id"])
            if said.outcome != "indexed" or (document and _is_of(document, said)):
                known[each["_id"]] = said
    return known


def iter_held(server: Server, settings: SearchSettings) -> Iterator[Held]:
    """What is held of every id; both walks go by id."""
    documents = iter_by_id(server, settings.index, ALL, _MADE_OF)
    document = next(documents, None)
    for original in iter_by_id(server, settings.originals, _ORIGINALS, _KNOWN):
        while document is not None and document["_id"] < original["_id"]:
            yield _held(None, document)
            document = next(documents, None)
        if document is not None and document["_id"] == original["_id"]:
            yield _held(original, document)
            document = next(documents, None)
        else:
            yield _held(original, None)
    while document is not None:
        yield _held(None, document)
        document = next(documents, None)


def iter_originals(server: Server, index: str, ids: Sequence[str] | None) -> Iterator[Original]:
    """All originals ordered by id, or those of these ids that are there."""
    if ids is not None:
        return (read_original(each) for each in _iter_some(server, index, ids))
    hits = iter_by_id(server, index, _ORIGINALS, source=True, size=CONTENT_PAGE)
    return (read_original(hit["_source"]) for hit in hits)


def iter_documents(
    server: Server, index: str, ids: Sequence[str] | None
) -> Iterator[ArticleDocument]:
    """All documents ordered by id, or those of these ids that are there."""
    if ids is not None:
        return (read_document(each) for each in _iter_some(server, index, ids))
    hits = iter_by_id(server, index, ALL, source=True, size=CONTENT_PAGE)
    return (read_document(hit["_source"]) for hit in hits)


def iter_evidence(server: Server, index: str) -> Iterator[Evidence]:
    """The evidence of every original, ordered by id, without its content."""
    for hit in iter_by_id(server, index, _ORIGINALS, ["outcome", "source", "evidence"]):
        source = hit["_source"]
        yield Evidence(
            hit["_id"], source["outcome"], source.get("source"), source.get("evidence", {})
        )


def find_original(server: Server, settings: SearchSettings, document_id: str) -> Mapping[str, Any]:
    """The original of an article in its stored form.

    A document without one gets an empty original. Raises DocumentNotFound when there is neither.
    """
    asked = [
        {"_index": settings.originals, "_id": document_id},
        {"_index": settings.index, "_id": document_id},
    ]
    original, document = read_by_ids(server, docs=asked)
    if original["found"]:
        stored: Mapping[str, Any] = original["_source"]
        return stored
    if document["found"]:
        return store_original(empty_original(document["_source"]))
    raise DocumentNotFound(
        f"no article has the id {document_id}", hint="take ids from search answers"
    )


def _iter_some(server: Server, index: str, ids: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    for start in range(0, len(ids), CONTENT_PAGE):
        found = read_by_ids(server, index=index, ids=list(ids[start : start + CONTENT_PAGE]))
        yield from (each["_source"] for each in found if each["found"])


def _held(original: Mapping[str, Any] | None, document: Mapping[str, Any] | None) -> Held:
    known = original or document or {}
    return Held(
        id=known["_id"],
        original=_stored(original["_source"]) if original else None,
        document=_stored({**document["_source"], "outcome": "indexed"}) if document else None,
        original_revision=original["_version"] if original else 0,
        document_revision=document["_version"] if document else 0,
    )


def _stored(source: Mapping[str, Any]) -> Stored:
    return Stored(source.get("content_hash", ""), source.get("pipeline", ""), source["outcome"])


def _is_of(document: Mapping[str, Any], original: Stored) -> bool:
    return (document.get("content_hash"), document.get("pipeline")) == (
        original.content_hash,
        original.pipeline,
    )
