from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from unit.test_pipeline import BODY, Finder

from dateline.documents import ArticleMetadata, Original, Outcome, PublicationDate, RawArticle
from dateline.errors import EngineUnavailable
from dateline.search.results import RunReport, Stored, Written
from dateline.text.spans import trace
from indexer import ingest
from indexer.dates import read_given_date, read_zone
from indexer.ingest import Ingest, group_by_size
from indexer.pipeline import Rules, make_batch
from indexer.sources import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.documents import ArticleDocument
    from indexer.pipeline import Job, Made

RULES = Rules(5000)


@dataclass
class InProcess:
    """Makes documents right here."""

    finder: Finder = field(default_factory=Finder)
    closed: bool = False

    def make(self, batches: Iterable[Sequence[Job]]) -> Iterator[list[Made]]:
        return (make_batch(jobs, RULES, self.finder) for jobs in batches)

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeWriter:
    """Keeps what it is given as the engine does: by id, an older revision never over a newer."""

    documents: dict[str, ArticleDocument] = field(default_factory=dict)
    originals: dict[str, Original] = field(default_factory=dict)
    reports: list[RunReport] = field(default_factory=list)
    lookups: list[int] = field(default_factory=list)
    refuses: str = "\x00"
    refreshed: int = 0

    def stored(self, document_ids: Sequence[str]) -> Mapping[str, Stored]:
        self.lookups.append(len(document_ids))
        known = (self.originals[each] for each in document_ids if each in self.originals)
        return {o.id: Stored(o.content_hash, o.pipeline, o.outcome) for o in known}

    def write(
        self, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        assert len({each.id for each in originals}) == len(originals)
        newer = {d.id for d in documents if d.id in self.documents}
        newer = {d.id for d in documents if d.id in newer and self._is_older(d)}
        self.originals |= {each.id: each for each in originals if each.id not in newer}
        return [self._write(each) for each in documents]

    def _is_older(self, document: ArticleDocument) -> bool:
        return document.revision < self.documents[document.id].revision

    def _write(self, document: ArticleDocument) -> Written:
        if self.refuses in document.text:
            return Written(document.id, "rejected", "the engine says no")
        if document.id in self.documents and self._is_older(document):
            return Written(document.id, "newer_there")
        self.documents[document.id] = document
        return Written(document.id, "written")

    def record_run(self, report: RunReport) -> None:
        self.reports.append(report)

    def refresh(self) -> None:
        self.refreshed += 1


def article(
    text: str, *, given_id: str | None = None, day: str | None = None, location: str = "a.txt"
) -> RawArticle:
    body = f"{BODY} {text}."
    published = read_given_date(day, read_zone("UTC")) if day else PublicationDate()
    metadata = ArticleMetadata(given_id=given_id, published=published)
    return RawArticle(location, body.encode(), trace(body), metadata=metadata)


def run(
    writer: FakeWriter | None,
    *articles: RawArticle | Refusal,
    pipeline: str = "1",
    finder: Finder | None = None,
) -> tuple[RunReport, list[Outcome]]:
    heard: list[Outcome] = []
    maker = InProcess(finder or Finder())
    drive = Ingest(maker, writer, pipeline, lambda outcome, _made: heard.append(outcome))  # type: ignore[arg-type]
    report = drive.run(articles)
    assert maker.closed
    assert sum(report.counts.values()) == len(articles) == len(heard)
    return report, heard


def test_every_article_ends_in_one_counted_outcome() -> None:
    writer = FakeWriter()
    refusal = Refusal("b.txt", "empty", "there is no text in it", "unusable")
    report, _heard = run(writer, article("One"), refusal, article("Two"))
    assert report.counts == {"indexed": 2, "unusable": 1}
    assert report.refusals == {"unusable:empty": 1}
    assert len(writer.documents) == 2
    assert len(writer.originals) == 3
    assert writer.reports == [report]
    assert writer.refreshed == 1


def test_the_same_files_again_are_unchanged_and_cost_no_language_processing() -> None:
    writer, articles = FakeWriter(), [article(f"Number {number}") for number in range(40)]
    run(writer, *articles)
    finder = Finder()
    report, _heard = run(writer, *articles, finder=finder)
    assert report.counts == {"unchanged": 40}
    assert finder.batches == []


def test_ids_are_looked_up_once_for_a_group() -> None:
    writer = FakeWriter()
    run(writer, *[article(f"Number {number}") for number in range(130)])
    assert writer.lookups == [64, 64, 2]


def test_a_new_pipeline_or_other_bytes_make_the_document_anew() -> None:
    writer = FakeWriter()
    run(writer, article("One", given_id="7"))
    assert run(writer, article("One", given_id="7"), pipeline="2")[0].counts == {"indexed": 1}
    changed = article("One more", given_id="7")
    assert run(writer, changed, pipeline="2")[0].counts == {"indexed": 1}
    assert writer.documents["7"].text.endswith("One more.")


def test_a_withdrawn_article_stays_withdrawn() -> None:
    writer = FakeWriter()
    run(writer, article("One", given_id="7"))
    writer.originals["7"] = replace(writer.originals["7"], outcome="withdrawn")
    del writer.documents["7"]
    report, _heard = run(writer, article("One", given_id="7"), article("Other", given_id="7"))
    assert report.counts == {"withdrawn": 2}
    assert writer.documents == {}


def test_the_same_article_twice_in_a_run_is_indexed_once() -> None:
    writer = FakeWriter()
    report, heard = run(writer, article("One"), article("One", location="copy.txt"))
    assert report.counts == {"indexed": 1, "unchanged": 1}
    assert next(o for o in heard if o.kind == "unchanged").location == "copy.txt"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_copies_in_a_run_the_newer_one_stays(order: tuple[int, int]) -> None:
    writer = FakeWriter()
    copies = [
        article("Early", given_id="7", day="2020-01-01"),
        article("Late", given_id="7", day="2020-01-02"),
    ]
    report, heard = run(writer, *[copies[index] for index in order])
    assert report.counts == {"indexed": 1, "unchanged": 1}
    assert [o.code for o in heard if o.kind == "unchanged"] == ["older_copy"]
    assert writer.documents["7"].text.endswith("Late.")
    assert writer.originals["7"].content.endswith(b"Late.")


def test_of_two_copies_of_one_date_the_later_stays_and_a_second_run_changes_nothing() -> None:
    writer = FakeWriter()
    copies = [article("First", given_id="7"), article("Second", given_id="7")]
    run(writer, *copies)
    before = dict(writer.documents)
    assert run(writer, *copies)[0].counts == {"unchanged": 2}
    assert writer.documents == before
    assert before["7"].text.endswith("Second.")


def test_a_newer_copy_in_the_archive_is_left_there() -> None:
    writer = FakeWriter()
    run(writer, article("Late", given_id="7", day="2020-01-02"))
    report, heard = run(writer, article("Early", given_id="7", day="2020-01-01"))
    assert report.counts == {"unchanged": 1}
    assert heard[0].code == "newer_there"


def test_a_refused_copy_never_takes_the_place_of_an_indexed_original() -> None:
    writer = FakeWriter()
    run(writer, article("One", given_id="7"))
    empty = replace(article("One", given_id="7"), body=trace("12 34"), original=b"12 34")
    assert run(writer, empty)[0].counts == {"unusable": 1}
    assert writer.originals["7"].outcome == "indexed"
    assert sorted(original.outcome for original in writer.originals.values()) == [
        "indexed",
        "unusable",
    ]


def test_a_refused_article_given_twice_is_refused_twice() -> None:
    unread = Refusal("a.txt", "broken", "it cannot be read", original=b"\x00")
    report, heard = run(FakeWriter(), unread, unread)
    assert report.counts == {"rejected": 2}
    assert [each.code for each in heard] == ["broken", "broken"]


def test_what_the_engine_refuses_is_rejected_with_its_reason() -> None:
    writer = FakeWriter(refuses="wombat")
    report, heard = run(writer, article("A wombat"), article("Fine"))
    assert report.counts == {"indexed": 1, "rejected": 1}
    assert report.refusals == {"rejected:engine": 1}
    assert next(o for o in heard if o.kind == "rejected").reason == "the engine says no"


def test_a_good_copy_is_written_where_the_engine_refuses_the_later_ones() -> None:
    writer = FakeWriter(refuses="wombat")
    texts = ("Old", "Fine", "A wombat", "Another wombat")
    report, _heard = run(writer, *[article(text, given_id="7") for text in texts])
    assert report.counts == {"indexed": 1, "unchanged": 1, "rejected": 2}
    assert writer.documents["7"].text.endswith("Fine.")
    assert writer.originals["7"].content.endswith(b"Fine.")


def test_without_a_writer_all_is_made_and_nothing_kept() -> None:
    report, heard = run(None, article("One"), article("Two"))
    assert report.counts == {"indexed": 2}
    assert all(outcome.id for outcome in heard)


def test_an_engine_that_gives_out_ends_the_run_and_the_workers() -> None:
    class Gone(FakeWriter):
        def stored(self, document_ids: Sequence[str]) -> Mapping[str, Stored]:
            raise EngineUnavailable("nobody answers")

    maker = InProcess()
    drive = Ingest(maker, Gone(), "1", lambda _outcome, _made: None)  # type: ignore[arg-type]
    with pytest.raises(EngineUnavailable):
        drive.run([article("One")])
    assert maker.closed


def test_what_is_under_way_is_forgotten_once_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "WRITTEN", 4)
    writer = FakeWriter()
    drive = Ingest(InProcess(), writer, "1", lambda _outcome, _made: None)  # type: ignore[arg-type]
    drive.run([article(f"Number {number}") for number in range(20)])
    assert (drive._under_way, drive._archived, drive._waiting) == ({}, {}, {})


def test_groups_end_at_their_number_or_their_size() -> None:
    assert list(group_by_size("abcde", 2, 99, len)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(group_by_size(["aaa", "b", "c"], 9, 3, len)) == [["aaa"], ["b", "c"]]
    assert list(group_by_size([], 2, 2, len)) == []
