"""Every original in one walk: what a copy, and whoever reads all anew, stands on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contract.documents import STORIES, make_document, make_original

from dateline.search.results import RunReport

if TYPE_CHECKING:
    from contract.archive import Archive

TRIAL = STORIES[0]


class Originals:
    def test_a_walk_gives_every_original_once_by_id(self, fresh: Archive) -> None:
        many = [make_document(f"m{n:04}", f"Note {n}", "Salt.") for n in range(1203)]
        fresh.fill([*many, make_document("É", "", "Salt."), make_document("~", "", "Salt.")])

        walked = [each.id for each in fresh.originals()]

        assert walked == [*(each.id for each in many), "~", "É"]

    def test_the_walk_holds_refused_and_withdrawn_ones_and_no_run_reports(
        self, fresh: Archive
    ) -> None:
        fresh.fill([TRIAL, STORIES[1]])
        refused = make_original(STORIES[2], content=b"\xff", outcome="unusable", code="empty")
        fresh.writer.write([refused], [])
        fresh.writer.withdraw(TRIAL.id, "an order")
        fresh.writer.record_run(
            RunReport(refused.received_at, refused.received_at, {"indexed": 2}, {}, "1")
        )
        fresh.writer.refresh()

        walked = {each.id: each for each in fresh.originals()}

        assert walked.keys() == {each.id for each in STORIES[:3]}
        assert walked[refused.id] == refused
        assert (walked[TRIAL.id].outcome, walked[TRIAL.id].reason) == ("withdrawn", "an order")
        assert walked[STORIES[1].id] == fresh.original(STORIES[1].id)

    def test_a_walk_through_an_empty_archive_ends(self, fresh: Archive) -> None:
        assert fresh.originals() == []

    def test_a_copy_of_a_later_revision_is_what_the_walk_gives(self, fresh: Archive) -> None:
        fresh.fill([TRIAL])
        newer = replace(TRIAL, revision=TRIAL.revision + 1)
        fresh.writer.write([make_original(newer, content=b"newer")], [newer])
        fresh.writer.refresh()

        assert [each.content for each in fresh.originals()] == [b"newer"]
