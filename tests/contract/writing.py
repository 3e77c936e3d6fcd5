"""Writing: what comes back is what went in, and an answer for every document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from contract.documents import ADA, ARTICLES, STORIES, make_document, make_original

from dateline.documents import Mention, Run, Sentence
from dateline.errors import DocumentNotFound, DocumentWithdrawn
from dateline.search.queries import STORED_FIELD
from dateline.search.results import RunReport, Stored

if TYPE_CHECKING:
    from contract.archive import Archive

TRIAL = STORIES[0]


class Writing:
    def test_a_document_comes_back_as_it_went_in(self, fresh: Archive) -> None:
        full = replace(
            TRIAL,
            url="https://quay.example/trial",
            section="Courts",
            tags=("court", "sea"),
            image_url="https://quay.example/trial.jpg",
            description="A trial ends.",
            modified_at=datetime(2024, 2, 11, 9, 30, 0, 1000, tzinfo=UTC),
            indexed_at=datetime(2024, 2, 12, tzinfo=UTC),
            place_ids=("1", "2"),
            locations=((54.5, -1.25), (0.0, 180.0)),
            mentions=(Mention("person", ADA, "Quist", 3, 8, resolved=False),),
            sentences=(Sentence(0, 9), Sentence(10, 20, 0)),
            reprint_group="trial",
            date_precision="minute",
        )
        fresh.fill([full, make_document("bare", "", "Salt.")])
        assert fresh.get("trial") == full
        assert fresh.get("bare") == make_document("bare", "", "Salt.")

    @pytest.mark.parametrize(
        "content",
        [b"", "dûrch\r\n\x00\u2028🚀".encode(), b"\xff\xfe\x00caf\xe9", bytes(range(256))],
    )
    def test_an_original_gives_every_byte_back(self, fresh: Archive, content: bytes) -> None:
        kept = make_original(
            TRIAL,
            content=content,
            encoding="latin-1",
            span_map=(Run(0, 3, 5), Run(5, 9, 2, 4)),
            options={"source": "x"},
        )
        fresh.writer.write([kept], [TRIAL])
        assert fresh.original("trial") == kept

    def test_every_document_gets_its_answer_in_order(self, fresh: Archive) -> None:
        bad = make_document("x" * 513, "Too long an id", "Salt.")
        worse = make_document("worse", "Too long a value", "Salt.", source="s" * 40_000)
        written = fresh.fill([TRIAL, bad, STORIES[1], worse, STORIES[2]])
        assert [each.outcome for each in written] == [
            "written",
            "rejected",
            "written",
            "rejected",
            "written",
        ]
        assert "512 bytes" in written[1].reason
        assert "source" in written[3].reason
        assert fresh.search().total.value == 3

    def test_text_that_is_no_unicode_is_rejected_alone(self, fresh: Archive) -> None:
        broken = replace(make_document("broken", "Broken", "Salt."), description="\ud800")
        written = fresh.writer.write([], [broken, TRIAL])
        assert [each.outcome for each in written] == ["rejected", "written"]

    def test_an_older_revision_never_overwrites_a_newer_one(self, fresh: Archive) -> None:
        newer = replace(TRIAL, title="Newer", revision=20)
        fresh.fill([newer])
        (written,) = fresh.writer.write(
            [make_original(TRIAL, content=b"older")], [replace(TRIAL, title="Older", revision=19)]
        )
        assert written.outcome == "newer_there"
        assert fresh.get("trial").title == "Newer"
        assert fresh.original("trial").content == newer.text.encode()

    def test_the_same_revision_is_written_again(self, fresh: Archive) -> None:
        fresh.fill([TRIAL])
        assert fresh.fill([replace(TRIAL, title="Again")])[0].outcome == "written"
        assert fresh.get("trial").title == "Again"

    def test_a_deleted_document_may_be_written_again_at_once(self, fresh: Archive) -> None:
        fresh.fill([TRIAL])
        assert fresh.writer.delete(["trial", "nobody"]) == 1
        fresh.writer.refresh()
        assert fresh.search().total.value == 0
        assert fresh.original("trial").id == "trial"
        assert fresh.fill([TRIAL])[0].outcome == "written"
        assert fresh.search().total.value == 1

    def test_what_is_stored_is_known_by_id(self, fresh: Archive) -> None:
        fresh.fill([TRIAL])
        refused = make_original(STORIES[1], outcome="unusable", code="empty", reason="no text")
        assert fresh.writer.write([refused], []) == []
        assert fresh.writer.stored(["trial", "verdict", "nobody"]) == {
            "trial": Stored("hash-trial", "1", "indexed"),
            "verdict": Stored("hash-verdict", "1", "unusable"),
        }
        assert fresh.writer.stored([]) == {}

    def test_a_refused_copy_leaves_the_good_original_alone(self, fresh: Archive) -> None:
        fresh.fill([TRIAL])
        fresh.writer.write([make_original(TRIAL, content=b"", outcome="unusable")], [])
        assert fresh.original("trial").content == TRIAL.text.encode()

    def test_a_copy_that_no_engine_takes_leaves_the_good_original_alone(
        self, fresh: Archive
    ) -> None:
        fresh.fill([TRIAL])
        unfit = replace(TRIAL, section="x" * 40_000, content_hash="other")
        (answer,) = fresh.writer.write([make_original(unfit, content=b"other")], [unfit])
        assert answer.outcome == "rejected"
        assert fresh.get("trial") == TRIAL
        assert fresh.original("trial").content == TRIAL.text.encode()
        assert fresh.writer.stored(["trial"])["trial"].outcome == "indexed"
        assert fresh.writer.rebuild().documents == 1

    def test_a_withdrawn_article_is_out_of_search_and_marked(self, fresh: Archive) -> None:
        fresh.fill([TRIAL, STORIES[1]])
        fresh.writer.withdraw("trial", "names a minor")
        assert fresh.search().total.value == 1
        assert fresh.writer.stored(["trial"])["trial"].outcome == "withdrawn"
        for asked in (fresh.get, fresh.original):
            with pytest.raises(DocumentWithdrawn) as caught:
                asked("trial")
            assert caught.value.reason == "names a minor"

    def test_what_is_withdrawn_again_keeps_its_first_reason_unless_it_is_given_anew(
        self, fresh: Archive
    ) -> None:
        fresh.fill([TRIAL])
        assert fresh.writer.withdraw("trial", "names a minor") == "names a minor"
        assert fresh.writer.withdraw("trial", "an order") == "names a minor"
        (kept,) = fresh.originals()
        assert (kept.outcome, kept.reason) == ("withdrawn", "names a minor")
        assert fresh.writer.withdraw("trial", "an order", anew=True) == "an order"
        with pytest.raises(DocumentWithdrawn, match="an order"):
            fresh.get("trial")

    def test_a_refused_article_is_withdrawn_for_the_reason_given(self, fresh: Archive) -> None:
        fresh.writer.write([make_original(TRIAL, outcome="unusable", reason="too short")], [])
        assert fresh.writer.withdraw("trial", "an order") == "an order"

    def test_nothing_withdraws_what_is_not_there(self, fresh: Archive) -> None:
        with pytest.raises(DocumentNotFound):
            fresh.writer.withdraw("nobody", "no reason")

    @pytest.mark.parametrize(
        "asked", ["nobody", "", "x" * 2000, "a/b", "../_search", "é?x=1", "\ud800"]
    )
    def test_an_unknown_id_is_not_found(self, fresh: Archive, asked: str) -> None:
        for fetch in (fresh.get, fresh.original):
            with pytest.raises(DocumentNotFound):
                fetch(asked)

    def test_preparing_twice_changes_nothing(self, fresh: Archive) -> None:
        fresh.fill([TRIAL])
        fresh.writer.prepare()
        assert fresh.get("trial") == TRIAL

    def test_many_documents_are_written_in_one_call(self, fresh: Archive) -> None:
        many = [make_document(f"m{n}", f"Note {n}", "Salt.", revision=1) for n in range(1203)]
        assert {each.outcome for each in fresh.fill(many)} == {"written"}
        assert fresh.search().total.value == 1203


class Status:
    def test_an_empty_archive_says_so(self, fresh: Archive) -> None:
        status = fresh.status()
        assert (status.articles, status.originals, status.undated, status.withdrawn) == (0, 0, 0, 0)
        assert (status.first_published, status.last_published, status.last_run) == (
            None,
            None,
            None,
        )
        assert fresh.search().total.value == 0
        assert fresh.search("anything").hits == ()

    def test_it_counts_what_is_there(self, fresh: Archive) -> None:
        fresh.fill(ARTICLES)
        extra = make_document("bad", "Bad", "Salt.")
        fresh.writer.write(
            [
                make_original(extra, outcome="unusable", code="too_short"),
                make_original(replace(extra, id="worse"), outcome="unusable", code="too_short"),
            ],
            [],
        )
        fresh.writer.withdraw("emoji", "asked for")
        status = fresh.status()
        assert (status.articles, status.undated, status.withdrawn) == (len(ARTICLES) - 1, 2, 1)
        assert status.originals == len(ARTICLES) + 2
        assert status.refused == {"unusable:too_short": 2}
        assert status.first_published == datetime(2020, 3, 1, tzinfo=UTC)
        assert status.last_published == datetime(2024, 3, 5, tzinfo=UTC)
        assert (status.sources[0].value, status.sources[0].count) == ("The Quay Post", 14)
        assert {each.value: each.count for each in status.languages} == {"en": 19, "nl": 1}
        assert status.pipelines == {"1": 20}
        assert fresh.writer.status() == status

    def test_the_last_run_is_remembered(self, fresh: Archive) -> None:
        for day in (2, 3, 1):
            moment = datetime(2024, 5, day, 12, tzinfo=UTC)
            fresh.writer.record_run(
                RunReport(moment, moment, {"indexed": day}, {"unusable:empty": day}, pipeline="1")
            )
        fresh.writer.refresh()
        run = fresh.status().last_run
        assert run is not None
        assert (run.counts, run.refusals) == ({"indexed": 3}, {"unusable:empty": 3})
        assert fresh.status().originals == 0

    def test_the_engine_says_its_name_and_version(self, fresh: Archive) -> None:
        status = fresh.status()
        assert status.engine == fresh.reader.engine == fresh.writer.engine
        assert fresh.run(fresh.reader.ping()) == status.engine_version

    def test_every_facet_field_is_stored(self, fresh: Archive) -> None:
        fresh.fill([TRIAL])
        assert set(fresh.search(facets=tuple(STORED_FIELD)).facets) == set(STORED_FIELD)
