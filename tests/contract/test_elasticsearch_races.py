"""Two at work on one archive on a real Elasticsearch, and a withdrawal that fails half-way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.archive import Archive
from contract.documents import make_document, with_originals

from dateline.errors import DocumentWithdrawn, EngineFault
from dateline.search.elastic import pairs, swapping
from dateline.search.elastic.reader import ElasticReader
from dateline.search.elastic.swapping import Swap
from dateline.search.elastic.writer import ElasticWriter
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTES = [make_document(f"n{n}", f"Note {n}", "Salt and rope.", day="2024-01-01") for n in range(5)]
LATE = make_document("late", "Late", "Salt and a lamp.", day="2024-02-01")


@pytest.fixture
def fresh(elasticsearch_url: str, index_prefix: str) -> Iterator[Archive]:
    settings = SearchSettings(
        elasticsearch_url=elasticsearch_url, index=index_prefix, search_timeout=30
    )
    with Archive(ElasticReader(settings), ElasticWriter(settings)) as empty:
        empty.writer.prepare()
        empty.fill(NOTES)
        yield empty


@pytest.mark.parametrize("originals", [False, True])
def test_what_is_written_between_swap_and_settlement_survives_the_way_back(
    fresh: Archive, monkeypatch: pytest.MonkeyPatch, originals: bool
) -> None:
    settle = Swap.settle

    def write_then_settle(swap: Swap) -> None:
        monkeypatch.setattr(Swap, "settle", settle)
        fresh.fill([LATE])
        settle(swap)

    monkeypatch.setattr(Swap, "settle", write_then_settle)
    with fresh.writer.replace(originals=originals) as new:
        if originals:
            new.write(*with_originals(NOTES))
        else:
            new.copy_all()
        new.put_in_force()
    assert "late" in fresh.ids()
    fresh.writer.rollback()
    assert fresh.ids() == {"late", *(each.id for each in NOTES)}
    assert fresh.original("late").id == "late"


def test_a_document_on_its_way_does_not_come_after_its_withdrawal(
    fresh: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its original is in, its document follows in a request of its own."""
    send = pairs.send_drafts

    def withdraw_then_send(*given: Any) -> Any:
        monkeypatch.setattr(pairs, "send_drafts", send)
        answers = send(*given)  # the originals
        fresh.writer.withdraw("late", "an order")
        return answers

    monkeypatch.setattr(pairs, "send_drafts", withdraw_then_send)
    fresh.fill([LATE])
    assert "late" not in fresh.ids()
    with pytest.raises(DocumentWithdrawn, match="order"):
        fresh.get("late")


def test_a_withdrawal_that_cannot_be_marked_takes_nothing_out_of_search(fresh: Archive) -> None:
    with pytest.raises(EngineFault, match="no JSON"):
        fresh.writer.withdraw("n1", "no Unicode: \udcff")
    assert fresh.get("n1") == NOTES[1]


def test_a_replacement_whose_index_another_one_swept_is_not_put_in_force(
    fresh: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its holder was taken for dead; the server makes the index anew, without our mapping."""
    monkeypatch.setattr(
        swapping, "_REPLICAS_WAIT", "1s"
    )  # that index has a copy that finds no node
    records = fresh.writer._records  # type: ignore[attr-defined]
    with fresh.writer.replace(originals=True) as late:
        records.drop("lock:replace")
        with fresh.writer.replace(originals=True) as new:
            late.write(*with_originals(NOTES))
            with pytest.raises(EngineFault, match="deleted"):
                late.put_in_force(len(NOTES))
            new.write(*with_originals(NOTES))
            assert new.put_in_force(len(NOTES)).documents == len(NOTES)
    assert fresh.ids("salt") == {each.id for each in NOTES}
