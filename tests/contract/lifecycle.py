"""One index in another's place: what every engine promises of it. Mixins; see `archive`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from contract.archive import question
from contract.documents import ARTICLES, make_document, with_originals

from dateline.errors import (
    DocumentNotFound,
    DocumentWithdrawn,
    EngineBusy,
    EngineFault,
    IndexNotReady,
)
from dateline.search.storing import store_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from contract.archive import Archive

    from dateline.documents import ArticleDocument

NOTES = [make_document(f"n{n}", f"Note {n}", "Salt and rope.", day="2024-01-01") for n in range(30)]


def late(name: str, **given: Any) -> ArticleDocument:
    return make_document(name, "Late", "Salt and a lamp.", day="2024-02-01", **given)


def stored(archive: Archive) -> list[dict[str, Any]]:
    return [store_document(each) for each in archive.scan()]


def ids(archive: Archive) -> list[str]:
    return [each.id for each in archive.scan()]


def copy_into(new: Any, documents: Sequence[ArticleDocument]) -> None:
    new.write(*with_originals(documents))


class Rebuilding:
    """`rebuild` and `replace`."""

    def test_a_rebuild_keeps_every_document_as_it_was(self, fresh: Archive) -> None:
        fresh.fill(ARTICLES)
        before, originals, facets = stored(fresh), fresh.originals(), fresh.facets("person")
        replaced = fresh.writer.rebuild()
        assert (replaced.documents, replaced.originals) == (len(ARTICLES), 0)
        assert replaced.carried == 0  # nobody wrote meanwhile
        assert replaced.before != replaced.after
        assert (stored(fresh), fresh.originals()) == (before, originals)
        assert fresh.facets("person").facets == facets.facets

    def test_a_walk_goes_on_through_a_rebuild_without_loss_or_repeat(self, fresh: Archive) -> None:
        fresh.fill(NOTES)
        asked = question(sort="newest", page_size=7)
        first = fresh.run(fresh.reader.search(asked))
        fresh.writer.rebuild()
        rest = []
        cursor = first.next_cursor
        while cursor is not None:
            page = fresh.run(fresh.reader.search(replace(asked, cursor=cursor)))
            rest += [hit.id for hit in page.hits]
            cursor = page.next_cursor
        walked = [hit.id for hit in first.hits] + rest
        assert sorted(walked) == sorted(each.id for each in NOTES)

    def test_what_is_written_meanwhile_is_there_afterwards(self, fresh: Archive) -> None:
        fresh.fill(NOTES)
        with fresh.writer.replace(originals=True) as new:
            copy_into(new, NOTES)
            fresh.fill([late("mid"), make_document("n3", "Note 3", "Changed.", day="2024-01-01")])
            replaced = new.put_in_force(len(NOTES))
        assert replaced.carried == len(["mid", "n3"])
        assert sorted(ids(fresh)) == sorted(["mid", *(each.id for each in NOTES)])
        assert "Changed." in fresh.get("n3").text
        assert {each.id for each in fresh.originals()} == set(ids(fresh))

    def test_what_is_withdrawn_meanwhile_stays_withdrawn(self, fresh: Archive) -> None:
        fresh.fill(NOTES)
        fresh.writer.withdraw("n1", "an order")
        with fresh.writer.replace(originals=True) as new:
            copy_into(new, NOTES)
            fresh.writer.withdraw("n2", "another order")
            new.put_in_force()
        for gone in ("n1", "n2"):
            assert gone not in ids(fresh)
            with pytest.raises(DocumentWithdrawn, match="order"):
                fresh.get(gone)

    def test_readers_see_nothing_of_it_before_the_swap(self, fresh: Archive) -> None:
        fresh.fill(NOTES[:3])
        with fresh.writer.replace(originals=True) as new:
            copy_into(new, [late("unseen")])
            assert ids(fresh) == ["n0", "n1", "n2"]
            with pytest.raises(DocumentNotFound):
                fresh.get("unseen")

    def test_a_wrong_count_changes_nothing(self, fresh: Archive) -> None:
        fresh.fill(NOTES)
        with fresh.writer.replace(originals=True) as new:
            copy_into(new, NOTES[1:])
            with pytest.raises(EngineFault, match="29 documents, 30 were written"):
                new.put_in_force(30)
        assert len(ids(fresh)) == len(NOTES)
        assert fresh.writer.rebuild().documents == len(NOTES)

    def test_what_is_left_without_being_put_in_force_is_gone(self, fresh: Archive) -> None:
        fresh.fill(NOTES)
        with fresh.writer.replace(originals=True) as new:
            copy_into(new, NOTES[:2])
        assert len(ids(fresh)) == len(NOTES)
        with pytest.raises(IndexNotReady, match="go back"):
            fresh.writer.rollback()

    def test_records_and_reports_come_along(self, fresh: Archive) -> None:
        fresh.fill(NOTES[:2])
        fresh.writer.keep_record("knowledge", {"version": 1})
        with fresh.writer.replace(originals=True) as new:
            copy_into(new, NOTES[:2])
            fresh.writer.keep_record("knowledge", {"version": 2})
            new.put_in_force(2)
        assert fresh.writer.read_record("knowledge") == {"version": 2}
        assert fresh.status().originals == 2


class RollingBack:
    """`rollback`."""

    def test_without_a_swap_there_is_nothing_to_go_back_to(self, fresh: Archive) -> None:
        with pytest.raises(IndexNotReady, match="dateline rebuild"):
            fresh.writer.rollback()

    def test_it_keeps_what_was_written_since(self, fresh: Archive) -> None:
        fresh.fill(NOTES)
        fresh.writer.rebuild()
        fresh.fill([late("after"), make_document("n3", "Note 3", "Changed.", day="2024-01-01")])
        fresh.writer.withdraw("n4", "an order")
        fresh.writer.rollback()
        assert set(ids(fresh)) == {"after", *(each.id for each in NOTES)} - {"n4"}
        assert "Changed." in fresh.get("n3").text

    def test_originals_come_back_with_their_documents(self, fresh: Archive) -> None:
        fresh.fill(NOTES)
        before = stored(fresh), fresh.originals()
        with fresh.writer.replace(originals=True) as new:
            copy_into(new, [replace(each, pipeline="9") for each in NOTES])
            new.put_in_force(len(NOTES))
        assert (stored(fresh), fresh.originals()) != before
        fresh.writer.rollback()
        assert (stored(fresh), fresh.originals()) == before

    def test_it_can_be_taken_back(self, fresh: Archive) -> None:
        fresh.fill(NOTES)
        with fresh.writer.replace(originals=True) as new:
            copy_into(new, [replace(each, pipeline="9") for each in NOTES])
            new.put_in_force(len(NOTES))
        after = stored(fresh)
        fresh.writer.rollback()
        fresh.fill([late("since")])
        fresh.writer.rollback()
        assert [each for each in stored(fresh) if each["id"] != "since"] == after
        assert "since" in ids(fresh)


class Holding:
    """`iter_held` and its neighbours, records, tasks, and what a withdrawal outlasts."""

    def test_it_tells_originals_and_documents_apart(self, fresh: Archive) -> None:
        originals, documents = with_originals(NOTES[:3])
        fresh.writer.write(originals, documents[1:])
        fresh.writer.write([], [late("alone")])
        held = {each.id: each for each in fresh.writer.iter_held()}
        assert list(held) == ["alone", "n0", "n1", "n2"]
        assert held["alone"].original is None
        assert held["n0"].document is None
        both = held["n1"]
        assert both.original is not None
        assert both.document is not None
        assert both.original.content_hash == both.document.content_hash
        assert both.original_revision == both.document_revision == documents[1].revision

    def test_it_walks_originals_and_documents_by_id(self, fresh: Archive) -> None:
        fresh.fill(NOTES)
        wanted = sorted(each.id for each in NOTES)
        assert [each.id for each in fresh.writer.iter_originals()] == wanted
        assert [each.id for each in fresh.writer.iter_documents()] == wanted
        some = ["n7", "nobody", "n2"]
        assert {each.id for each in fresh.writer.iter_originals(some)} == {"n2", "n7"}
        assert {each.id for each in fresh.writer.iter_documents(some)} == {"n2", "n7"}

    def test_it_walks_the_evidence(self, fresh: Archive) -> None:
        (original,), documents = with_originals(NOTES[:1])
        fresh.writer.write([replace(original, evidence={"lines": ["a"]})], documents)
        (found,) = fresh.writer.iter_evidence()
        assert (found.id, found.outcome, found.facts) == ("n0", "indexed", {"lines": ["a"]})

    def test_a_record_takes_the_place_of_the_last(self, fresh: Archive) -> None:
        assert fresh.writer.read_record("knowledge") is None
        fresh.writer.keep_record("knowledge", {"version": 1})
        fresh.writer.keep_record("knowledge", {"version": 2, "of": ["a"]})
        assert fresh.writer.read_record("knowledge") == {"version": 2, "of": ["a"]}
        assert fresh.status().originals == 0
        assert fresh.originals() == []

    def test_only_one_is_at_a_task(self, fresh: Archive) -> None:
        with fresh.writer.hold("resolve"):
            with (
                pytest.raises(EngineBusy, match=r"resolve.*process"),
                fresh.writer.hold("resolve"),
            ):
                pass
            with fresh.writer.hold("other"):
                pass
        with fresh.writer.hold("resolve"):
            pass

    def test_an_original_without_its_document_is_not_known(self, fresh: Archive) -> None:
        fresh.fill(NOTES[:2])
        fresh.writer.delete(["n0"])
        fresh.writer.refresh()
        assert set(fresh.writer.stored(["n0", "n1"])) == {"n1"}

    def test_no_later_copy_brings_a_withdrawn_article_back(self, fresh: Archive) -> None:
        fresh.fill(NOTES[:1])
        fresh.writer.withdraw("n0", "an order")
        (written,) = fresh.fill([replace(NOTES[0], revision=NOTES[0].revision + 5)])
        assert written.outcome == "newer_there"
        assert fresh.scan() == []
        assert fresh.originals()[0].outcome == "withdrawn"

    def test_a_document_without_an_original_can_be_withdrawn(self, fresh: Archive) -> None:
        fresh.writer.write([], [late("alone")])
        fresh.writer.refresh()
        fresh.writer.withdraw("alone", "an order")
        assert fresh.scan() == []
        with pytest.raises(DocumentWithdrawn, match="an order"):
            fresh.get("alone")
