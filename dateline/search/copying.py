"""Copies an archive into another one as it is stored, without reading any article anew.

What is equal already is left alone, so a second copy changes nothing; afterwards both archives are
walked and compared, by the hash of each stored form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson

from dateline.search.queries import SearchQuery
from dateline.search.storing import store_document, store_original

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from dateline.documents import ArticleDocument, Original
    from dateline.search.base import Reader, Writer

    Pair = tuple[Original | None, ArticleDocument | None]

_WRITTEN = 200
"""Articles that are handed to the writer at once."""
_BYTES = 4 * 1024 * 1024
"""Bytes of originals after which a batch is closed, however few they are."""
_EVERYTHING = SearchQuery()


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did and what the comparison found; an archive without its source's runs.

    `documents` and `originals` count the source, `written` the articles that were not there yet.
    `withheld` were withdrawn at the target and stay so. `differing` are ids that the target does
    not hold as the source does, with the target's reason where it gave one.
    """

    documents: int
    originals: int
    written: int
    withheld: tuple[str, ...]
    differing: Mapping[str, str]

    @property
    def verified(self) -> bool:
        """Whether the target holds all that the source holds, but what was withdrawn there."""
        return not self.differing


@dataclass(slots=True)
class _Marks:
    """The hash of every stored form of an archive, and which articles were withdrawn."""

    documents: dict[str, bytes] = field(default_factory=dict)
    originals: dict[str, bytes] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)

    def add(self, original: Original | None, document: ArticleDocument | None) -> None:
        if original is not None:
            self.originals[original.id] = hash_stored(store_original(original))
            if original.outcome == "withdrawn":
                self.withdrawn.add(original.id)
        if document is not None:
            self.documents[document.id] = hash_stored(store_document(document))

    def ids(self) -> list[str]:
        return sorted(self.documents.keys() | self.originals.keys())

    def agree(self, other: _Marks, article: str) -> bool:
        """Whether this article is the same in both, or as absent."""
        return self.documents.get(article) == other.documents.get(article) and self.originals.get(
            article
        ) == other.originals.get(article)


def hash_stored(stored: Mapping[str, Any]) -> bytes:
    """SHA-256 of a stored form as JSON, its keys sorted; nothing of it is left out."""
    return sha256(orjson.dumps(dict(stored), option=orjson.OPT_SORT_KEYS)).digest()


async def copy_archive(
    source: Reader, target: Reader, writer: Writer, tell: Callable[[], None]
) -> Copied:
    """Copy what `target` does not hold yet, through the `writer` on it, and compare both.

    `tell` hears of every article of the source. Raises EngineError.
    """
    writer.prepare()
    writer.refresh()
    before = await _mark(target)
    copy = _Copy(writer, before)
    async for original, document in _iter_pairs(source):
        copy.take(original, document)
        tell()
    copy.write()
    await _copy_last_run(source, target, writer)
    writer.refresh()
    after = await _mark(target) if copy.written else before
    return _compare(copy, after)


@dataclass(slots=True)
class _Copy:
    """A copy under way: what the source holds so far, and the batch that waits to be written."""

    writer: Writer
    there: _Marks
    marks: _Marks = field(default_factory=_Marks)
    reasons: dict[str, str] = field(default_factory=dict)
    written: int = 0
    _originals: list[Original] = field(default_factory=list)
    _documents: list[ArticleDocument] = field(default_factory=list)

    def take(self, original: Original | None, document: ArticleDocument | None) -> None:
        """Note an article of the source, and write it unless the target holds it or must not."""
        article = _id_of(original, document)
        self.marks.add(original, document)
        if self.is_withheld(article) or self.marks.agree(self.there, article):
            return
        self.written += 1
        if original is not None and self._is_to_withdraw(original):
            self.writer.withdraw(article, original.reason, anew=True)
            return
        # together: an original has the revision of its document
        self._originals.extend([original] if original else [])
        self._documents.extend([document] if document else [])
        if self._is_full():
            self.write()

    def is_withheld(self, article: str) -> bool:
        """Whether it was withdrawn at the target alone: a copy never brings it back."""
        return article in self.there.withdrawn and article not in self.marks.withdrawn

    def write(self) -> None:
        """Hand the batch over."""
        for answer in self.writer.write(self._originals, self._documents):
            if answer.outcome == "rejected":
                self.reasons[answer.id] = answer.reason
            elif answer.outcome == "newer_there":
                self.reasons[answer.id] = "a newer copy is there"
        self._originals, self._documents = [], []

    def _is_to_withdraw(self, original: Original) -> bool:
        return original.outcome == "withdrawn" and original.id in self.there.originals

    def _is_full(self) -> bool:
        size = sum(len(each.content) for each in self._originals)
        return max(len(self._originals), len(self._documents)) >= _WRITTEN or size >= _BYTES


def _compare(copy: _Copy, after: _Marks) -> Copied:
    withheld = [each for each in copy.marks.ids() if copy.is_withheld(each)]
    differing = {
        each: copy.reasons.get(each, "not there as it is in the source")
        for each in copy.marks.ids()
        if not copy.is_withheld(each) and not copy.marks.agree(after, each)
    }
    return Copied(
        documents=len(copy.marks.documents),
        originals=len(copy.marks.originals),
        written=copy.written,
        withheld=tuple(withheld),
        differing=differing,
    )


async def _mark(reader: Reader) -> _Marks:
    marks = _Marks()
    async for original in reader.scan_originals():
        marks.add(original, None)
    async for document in reader.scan(_EVERYTHING):
        marks.add(None, document)
    return marks


async def _iter_pairs(source: Reader) -> AsyncIterator[Pair]:
    """Every original with its document, if it has one; both walks go by id."""
    documents = source.scan(_EVERYTHING)
    document = await anext(documents, None)
    async for original in source.scan_originals():
        while document is not None and document.id < original.id:
            yield None, document
            document = await anext(documents, None)
        if document is not None and document.id == original.id:
            yield original, document
            document = await anext(documents, None)
        else:
            yield original, None
    while document is not None:
        yield None, document
        document = await anext(documents, None)


async def _copy_last_run(source: Reader, target: Reader, writer: Writer) -> None:
    """The report of the last run is what a status tells; a newer one of the target stays."""
    ours, theirs = (await source.status()).last_run, (await target.status()).last_run
    if ours is not None and (theirs is None or theirs.ended_at < ours.ended_at):
        writer.record_run(ours)


def _id_of(original: Original | None, document: ArticleDocument | None) -> str:
    known = original or document
    return known.id if known else ""
