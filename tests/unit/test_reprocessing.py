"""Originals made anew: ids and receipts stay, nothing vanishes without a word."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import pytest
from unit.test_ingest import FakeWriter, InProcess, run
from unit.test_pipeline import BODY, Finder

from dateline.errors import EngineFault
from dateline.search.results import Held, Replaced
from indexer.identity import find_refused_id
from indexer.reprocessing import Remade, Reprocess, remake
from indexer.sources import SourceOptions
from indexer.sources.json_records import read_json
from indexer.sources.texts import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import ArticleDocument, Original, Outcome, RawArticle
    from indexer.reprocessing import Reprocessed
    from indexer.sources import Refusal

RECEIVED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class FakeReplacement(FakeWriter):
    """An index beside; `archive` gets its content when it is put in force."""

    archive: FakeArchive | None = None

    def put_in_force(self, expected: int | None = None) -> Replaced:
        if expected != len(self.documents):
            raise EngineFault(f"expected {expected}, there are {len(self.documents)}")
        assert self.archive is not None
        self.archive.documents, self.archive.originals = self.documents, self.originals
        return Replaced("a-1", "a-2", len(self.documents), len(self.originals), 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@dataclass
class FakeArchive(FakeWriter):
    """A writer that can be replaced."""

    next_refuses: str = "\x00"
    begun: list[bool] = field(default_factory=list)

    def iter_originals(self, document_ids: Sequence[str] | None = None) -> Iterator[Original]:
        ids = sorted(self.originals) if document_ids is None else document_ids
        return (self.originals[each] for each in ids if each in self.originals)

    def iter_held(self) -> Iterator[Held]:
        for key in sorted(self.originals.keys() | self.documents.keys()):
            yield Held(key, self.stored([key]).get(key))

    def iter_documents(self, document_ids: Sequence[str]) -> Iterator[ArticleDocument]:
        return (self.documents[each] for each in document_ids if each in self.documents)

    def replace(self, *, originals: bool) -> FakeReplacement:
        self.begun.append(originals)
        return FakeReplacement(archive=self, refuses=self.next_refuses)

    def age(self, document_id: str, **changes: object) -> None:
        """Change how an original is kept, as if another pipeline had made it."""
        self.originals[document_id] = replace(self.originals[document_id], **changes)  # type: ignore[arg-type]


def text(words: str, location: str = "a.txt") -> RawArticle | Refusal:
    return read_text(words.encode(), location, SourceOptions(source="Post"), "text/plain")


def record(words: str, location: str) -> RawArticle | Refusal:
    content = f'{{"id": "7", "title": "Rain", "text": "{words}"}}'.encode()
    return read_json(content, location, SourceOptions())


def filled(*articles: RawArticle | Refusal) -> FakeArchive:
    archive = FakeArchive()
    run(archive, *articles)
    for each in archive.originals:
        archive.age(each, received_at=RECEIVED)
    return archive


def reprocess(
    archive: FakeArchive, finder: Finder | None = None
) -> tuple[Reprocessed, list[Outcome]]:
    heard: list[Outcome] = []
    maker = InProcess(finder or Finder())
    done = Reprocess(maker, "2", heard.append).run(archive)  # type: ignore[arg-type]
    assert maker.closed
    assert archive.begun == [True]
    assert sum(done.counts.values()) == len(heard)
    return done, heard


def timeless(document: ArticleDocument) -> ArticleDocument:
    return replace(document, indexed_at=None, pipeline="")


def test_a_document_without_an_original_comes_along_as_it_is() -> None:
    archive = filled(text(f"{BODY} One."), text(f"{BODY} Two."))
    alone = next(iter(archive.documents.values()))
    del archive.originals[alone.id]
    done, _heard = reprocess(archive)
    assert done.counts == {"indexed": 1}
    assert done.replaced.documents == 2
    assert archive.documents[alone.id] == alone


def test_all_that_is_made_anew_is_the_same_but_for_time_and_pipeline() -> None:
    archive = filled(text(f"{BODY} One."), text(f"{BODY} Two."), text("12 34"), text(""))
    before = (archive.documents, archive.originals)
    done, _heard = reprocess(archive)
    assert done.counts == {"indexed": 2, "unusable": 2}
    assert (done.lost, done.gained) == ((), 0)
    assert archive.originals == {
        key: replace(each, pipeline="2") for key, each in before[1].items()
    }
    for key, document in archive.documents.items():
        assert timeless(document) == timeless(before[0][key])
        assert document.indexed_at is not None
        assert document.indexed_at > RECEIVED
        assert document.pipeline == "2"


def test_a_withdrawn_article_stays_withdrawn_word_for_word() -> None:
    archive = filled(text(f"{BODY} One."), text(f"{BODY} Two."))
    gone = min(archive.originals)
    archive.age(gone, outcome="withdrawn", code="withdrawn", reason="a court order")
    kept = archive.originals[gone]
    done, _heard = reprocess(archive)
    assert done.counts == {"indexed": 1, "withdrawn": 1}
    assert archive.originals[gone] == kept
    assert gone not in archive.documents


def test_what_was_refused_is_tried_again() -> None:
    archive = filled(text(f"{BODY} One."))
    (key,) = archive.originals
    archive.age(key, outcome="unusable", code="no_words", reason="of another time")
    archive.documents.clear()
    done, _heard = reprocess(archive)
    assert (done.counts, done.gained) == ({"indexed": 1}, 1)
    assert archive.originals[key].outcome == "indexed"
    assert key in archive.documents


def test_what_was_indexed_and_is_refused_now_is_told_by_name() -> None:
    archive = filled(text(f"{BODY} One."), text(f"{BODY} Two."))
    key = min(archive.originals)
    archive.age(key, content=b"12 34")
    done, heard = reprocess(archive)
    assert done.counts == {"indexed": 1, "unusable": 1}
    assert done.refusals == {"unusable:no_words": 1}
    assert [(each.id, each.code) for each in done.lost] == [(key, "no_words")]
    assert set(done.lost) <= set(heard)
    assert archive.originals[key].outcome == "unusable"


def test_what_cannot_even_be_read_any_more_keeps_its_id() -> None:
    archive = filled(text(f"{BODY} One."))
    (key,) = archive.originals
    archive.age(key, content=b"")
    done, _heard = reprocess(archive)
    assert [each.id for each in done.lost] == [key]
    assert archive.originals[key].code == "empty"


def test_an_article_keeps_its_id_even_if_today_it_would_get_another() -> None:
    archive = filled(text(f"{BODY} One."))
    ((key, original),) = archive.originals.items()
    archive.originals = {"of-old": replace(original, id="of-old")}
    archive.documents = {"of-old": replace(archive.documents[key], id="of-old")}
    done, _heard = reprocess(archive)
    assert (done.counts, done.lost) == ({"indexed": 1}, ())
    assert (list(archive.originals), list(archive.documents)) == (["of-old"], ["of-old"])


def test_what_the_engine_refuses_counts_as_lost_and_not_as_expected() -> None:
    archive = filled(text(f"{BODY} One."), text(f"{BODY} Two."))
    archive.next_refuses = "Two."
    done, _heard = reprocess(archive)
    assert done.counts == {"indexed": 1, "rejected": 1}
    assert [(each.code, each.reason) for each in done.lost] == [("engine", "the engine says no")]


def kept_as_refused(archive: FakeArchive, key: str, location: str) -> str:
    """Move an original to the id that a refused one has."""
    original = replace(archive.originals.pop(key), location=location, outcome="rejected", code="x")
    place = find_refused_id(original.location, original.content)
    archive.originals[place] = replace(original, id=place)
    archive.documents.pop(key, None)
    return place


def test_an_article_that_was_kept_as_refused_gets_the_id_of_an_article() -> None:
    archive = filled(record(BODY, "a.json#1"))
    place = kept_as_refused(archive, "7", "a.json#1")
    done, _heard = reprocess(archive)
    assert (done.counts, done.gained) == ({"indexed": 1}, 1)
    assert (list(archive.originals), list(archive.documents)) == (["7"], ["7"])
    assert place not in archive.originals


def test_a_refused_copy_never_takes_the_place_of_the_article_itself() -> None:
    archive = filled(record(f"{BODY} Copy.", "b.json#1"))
    place = kept_as_refused(archive, "7", "b.json#1")
    run(archive, record(BODY, "a.json#1"))
    copy = archive.originals[place]
    done, _heard = reprocess(archive)
    assert done.counts == {"indexed": 1, "rejected": 1}
    assert archive.originals[place] == copy
    assert archive.originals["7"].location == "a.json#1"


def test_of_two_refused_copies_of_one_article_one_becomes_it() -> None:
    archive = filled(record(BODY, "a.json#1"))
    kept_as_refused(archive, "7", "a.json#1")
    run(archive, record(f"{BODY} More.", "b.json#1"))
    kept_as_refused(archive, "7", "b.json#1")
    done, _heard = reprocess(archive)
    assert (done.counts, done.gained) == ({"indexed": 1, "rejected": 1}, 1)
    assert len(archive.originals) == 2
    assert list(archive.documents) == ["7"]


def test_each_is_made_with_the_options_it_was_ingested_with() -> None:
    archive = filled(
        *[
            read_text(f"{BODY} {name}".encode(), "a", SourceOptions(source=name), "text/plain")
            for name in ("Post", "Herald")
        ]
    )
    reprocess(archive)
    assert sorted(each.source or "" for each in archive.documents.values()) == ["Herald", "Post"]


def test_a_fault_midway_leaves_the_archive_as_it_was() -> None:
    class Interrupted(Finder):
        def find(self, batch: Sequence[object]) -> list[object]:  # type: ignore[override]
            raise KeyboardInterrupt

    archive = filled(text(f"{BODY} One."))
    before = (dict(archive.documents), dict(archive.originals))
    with pytest.raises(KeyboardInterrupt):
        reprocess(archive, Interrupted())
    assert (archive.documents, archive.originals) == before


def test_a_few_originals_are_made_anew_for_whoever_asks() -> None:
    archive = filled(*[text(f"{BODY} Number {number}.") for number in range(40)], text(""))
    maker = InProcess(Finder())
    remade = list(remake(archive.iter_originals(), maker, "2"))  # type: ignore[arg-type]
    assert {each.before.id for each in remade} == set(archive.originals)
    assert all(each.before.id == each.made.original.id for each in remade)
    assert all(isinstance(each, Remade) for each in remade)
    assert not maker.closed
