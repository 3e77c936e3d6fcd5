from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from unit.archiving import MemoryArchive
from unit.test_ingest import InProcess, article
from unit.test_ledger import kill, run

from dateline.documents import Mention, Run, Sentence
from dateline.text.spans import trace
from indexer.ledger import Copy, Ledger
from indexer.repairing import Repair
from indexer.showing_ledger import describe_verified, find_withdrawn, show_verified
from indexer.verifying import pair_up, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dateline.documents import RawArticle
    from indexer.comparing import Difference


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        yield ledger


def three() -> list[RawArticle]:
    return [article(f"Note {n}", given_id=f"{n}", location=f"{n}.txt") for n in range(3)]


@pytest.fixture
def archive(ledger: Ledger) -> MemoryArchive:
    archive = MemoryArchive()
    run(archive, ledger, *three())
    return archive


def look(archive: MemoryArchive, ledger: Ledger | None, *, deep: bool = True) -> list[Difference]:
    return verify(archive, ledger, deep=deep).differences  # type: ignore[arg-type]


def kinds(found: list[Difference]) -> list[tuple[str, str, str | None, str]]:
    return [(each.kind, each.id, each.location, each.remedy) for each in found]


def mend(archive: MemoryArchive, ledger: Ledger | None) -> list[Difference]:
    Repair(archive, ledger, InProcess(), "1").run(look(archive, ledger))  # type: ignore[arg-type]
    return look(archive, ledger)


def test_a_whole_archive_has_no_difference(archive: MemoryArchive, ledger: Ledger) -> None:
    found = verify(archive, ledger, deep=True)  # type: ignore[arg-type]
    assert found.differences == []
    assert (found.ids, found.originals, found.documents, found.entries) == (3, 3, 3, 3)
    assert list(show_verified(found)) == [
        "3 originals, 3 documents, 3 ledger entries: no difference"
    ]


def test_a_missing_document_is_made_again_from_its_original(
    archive: MemoryArchive, ledger: Ledger
) -> None:
    lost = archive.documents.pop("1")
    assert kinds(look(archive, ledger)) == [("missing", "1", "1.txt", "remake")]
    assert kinds(look(archive, None)) == [("missing", "1", "1.txt", "remake")]
    assert mend(archive, ledger) == []
    assert archive.documents["1"].text == lost.text


def test_what_is_gone_altogether_becomes_pending_and_the_file_is_named(
    archive: MemoryArchive, ledger: Ledger
) -> None:
    del archive.documents["1"], archive.originals["1"]
    (found,) = look(archive, ledger)
    assert (found.kind, found.remedy) == ("missing", "reopen")
    assert "ingest 1.txt again" in found.way_out
    assert kinds(mend(archive, ledger)) == [("pending", "1", "1.txt", "none")]
    assert ledger.counts().pending == 1
    run(archive, ledger, *three())
    assert look(archive, ledger) == []


def test_a_stale_document_is_made_again(archive: MemoryArchive, ledger: Ledger) -> None:
    archive.documents["0"] = replace(archive.documents["0"], content_hash="f" * 64)
    archive.documents["1"] = replace(archive.documents["1"], revision=0)
    assert kinds(look(archive, ledger)) == [
        ("stale", "0", "0.txt", "remake"),
        ("stale", "1", "1.txt", "remake"),
    ]
    assert mend(archive, ledger) == []


def test_an_archive_that_fell_back_behind_its_ledger_is_told(
    archive: MemoryArchive, ledger: Ledger
) -> None:
    documents, originals = dict(archive.documents), dict(archive.originals)
    run(archive, ledger, article("Corrected", given_id="1", location="new.txt"))
    archive.documents, archive.originals = documents, originals
    assert kinds(look(archive, ledger)) == [("stale", "1", "new.txt", "reopen")]
    assert kinds(mend(archive, ledger)) == [("pending", "1", "new.txt", "none")]
    run(archive, ledger, article("Corrected", given_id="1", location="new.txt"))
    assert look(archive, ledger) == []
    assert archive.documents["1"].text.endswith("Corrected.")


def test_a_document_of_a_withdrawn_original_is_taken_out(
    archive: MemoryArchive, ledger: Ledger
) -> None:
    document = archive.documents["1"]
    archive.withdraw("1", "an order")
    assert look(archive, ledger) == []
    archive.documents["1"] = document
    assert kinds(look(archive, ledger)) == [("unexpected", "1", "1.txt", "remove")]
    assert mend(archive, ledger) == []
    assert "1" not in archive.documents


@pytest.mark.parametrize("with_ledger", [True, False])
def test_a_document_without_its_own_original_is_told_and_never_deleted(
    archive: MemoryArchive, ledger: Ledger, with_ledger: bool
) -> None:
    used = ledger if with_ledger else None
    del archive.originals["1"]
    refused = replace(archive.originals["2"], content_hash="f" * 64, outcome="rejected")
    archive.originals["2"] = refused
    found = verify(archive, used).differences  # type: ignore[arg-type]
    assert [(each.kind, each.id, each.remedy) for each in found] == [
        ("unexpected", "1", "none"),
        ("unexpected", "2", "none"),
    ]
    Repair(archive, used, InProcess(), "1").run(found)  # type: ignore[arg-type]
    assert {"1", "2"} <= archive.documents.keys()


def test_what_another_indexer_brought_is_no_difference(
    archive: MemoryArchive, ledger: Ledger, tmp_path: Path
) -> None:
    with Ledger(tmp_path / "other.sqlite") as other:
        run(archive, other, article("Elsewhere", given_id="9"), article("New", given_id="1"))
        assert look(archive, ledger) == []
        assert look(archive, other) == []


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("accepted", {"pending"}, {"pending"}),
        ("between", {"pending", "missing"}, set()),
        ("written", {"pending"}, set()),
    ],
)
def test_what_a_killed_run_left_is_told_and_settled_where_the_archive_holds_it(
    ledger: Ledger, step: str, before: set[str], after: set[str]
) -> None:
    archive = MemoryArchive()
    kill(archive, ledger, step, *three())
    assert {each.kind for each in look(archive, ledger)} == before
    mend(archive, ledger)  # the first mends documents, the second settles what they stand for
    assert {each.kind for each in mend(archive, ledger)} == after
    run(archive, ledger, *three())
    assert look(archive, ledger) == []


def test_two_places_of_one_article_are_settled_by_one_repair(ledger: Ledger) -> None:
    archive = MemoryArchive()
    twice = [article("Note", given_id="1", location=place) for place in ("a.txt", "b.txt")]
    kill(archive, ledger, "written", *twice)
    assert [each.remedy for each in look(archive, ledger)] == ["restate", "restate"]
    assert mend(archive, ledger) == []
    assert ledger.counts().pending == 0


def test_what_the_archive_refused_since_is_told_and_settled_as_it_says(
    archive: MemoryArchive, ledger: Ledger
) -> None:
    """As after a reprocessing that was killed before the ledger heard of it."""
    archive.originals["1"] = replace(archive.originals["1"], outcome="unusable", code="no_body")
    del archive.documents["1"]
    assert kinds(look(archive, ledger)) == [("missing", "1", "1.txt", "restate")]
    assert mend(archive, ledger) == []
    counts = ledger.counts()
    assert (counts.indexed, counts.unusable) == (2, 1)


def test_what_an_ingest_at_work_has_accepted_is_no_difference(
    archive: MemoryArchive, ledger: Ledger
) -> None:
    with ledger.begin("1") as account:
        run(archive, ledger, article("Other", given_id="8"))
        entries = list(ledger.iter_entries())
        account.accept([Copy(f"{e.location}.copy", e.content_hash, e.id) for e in entries])
        found = verify(archive, ledger)  # type: ignore[arg-type]
        assert (found.differences, found.live) == ([], 1)


def test_damaged_bytes_are_found_deep_and_healed_by_their_file(
    archive: MemoryArchive, ledger: Ledger
) -> None:
    archive.originals["1"] = replace(archive.originals["1"], content=b"other bytes")
    assert look(archive, ledger, deep=False) == []
    assert kinds(look(archive, ledger)) == [("damaged", "1", "1.txt", "restamp")]
    told = mend(archive, ledger)
    assert ("pending", "1", "1.txt", "none") in kinds(told)
    run(archive, ledger, *three())
    assert look(archive, ledger) == []
    assert archive.originals["1"].content == three()[1].original


@pytest.mark.parametrize(
    "damage",
    [
        {"sentences": (Sentence(0, 99_999, 0),)},
        {"sentences": (Sentence(5, 9, 0), Sentence(0, 6, 1))},
        {"mentions": (Mention("person", "Nobody", "Nobody", 0, 6),)},
        {"body_start": 99_999},
    ],
)
def test_spans_that_do_not_fit_are_found_deep_and_made_again(
    archive: MemoryArchive, ledger: Ledger, damage: dict[str, object]
) -> None:
    archive.documents["1"] = replace(archive.documents["1"], **damage)  # type: ignore[arg-type]
    assert look(archive, ledger, deep=False) == []
    assert kinds(look(archive, ledger)) == [("damaged", "1", "1.txt", "remake")]
    assert mend(archive, ledger) == []


def test_a_span_map_that_leads_astray_is_found_deep(archive: MemoryArchive, ledger: Ledger) -> None:
    for astray in (Run(0, 3, 20), Run(0, 0, 99_999), Run(0, 0, 4, 99_999)):
        archive.originals["1"] = replace(archive.originals["1"], span_map=(astray,))
        assert kinds(look(archive, ledger)) == [("damaged", "1", "1.txt", "remake")]
    assert mend(archive, ledger) == []


def test_a_refused_article_whose_original_is_gone_is_missing(ledger: Ledger) -> None:
    archive = MemoryArchive()
    empty = replace(three()[0], body=trace("12 34"), original=b"12 34")
    run(archive, ledger, empty)
    assert look(archive, ledger) == []
    archive.originals.clear()
    assert kinds(look(archive, ledger)) == [("missing", "0", "0.txt", "reopen")]


def test_many_differences_are_capped_and_counted(ledger: Ledger) -> None:
    archive = MemoryArchive()
    run(archive, ledger, *[article(f"N {n}", location=f"{n}") for n in range(30)])
    archive.documents.clear()
    found = verify(archive, ledger)  # type: ignore[arg-type]
    lines = list(show_verified(found))
    assert (len(lines), lines[-2]) == (22, "… and 10 more missing; --json lists them")
    assert lines[-1].endswith("30 missing")
    assert len(describe_verified(found)["differences"]) == 30


def test_two_sides_are_walked_together() -> None:
    left, right = iter([("a", 1), ("c", 3)]), iter([("b", 2), ("c", 4)])
    assert list(pair_up(left, right)) == [("a", 1, None), ("b", None, 2), ("c", 3, 4)]


@pytest.mark.parametrize("with_ledger", [True, False])
def test_withdrawn_articles_are_found_with_their_reasons(
    archive: MemoryArchive, ledger: Ledger, with_ledger: bool
) -> None:
    archive.withdraw("1", "an order")
    archive.withdraw("2", "a request")
    ledger.withdraw("2", "a request")
    found = find_withdrawn(archive, ledger if with_ledger else None, 2)  # type: ignore[arg-type]
    assert [(each.id, each.reason) for each in found] == [("1", "an order"), ("2", "a request")]
