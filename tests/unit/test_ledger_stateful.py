"""The ledger under any order of events: what is promised holds at every moment."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from unit.archiving import Killed, MemoryArchive
from unit.test_ingest import InProcess, article

from dateline.text.spans import trace
from indexer import ingest
from indexer.ingest import Ingest
from indexer.ledger import Ledger
from indexer.verifying import verify

if TYPE_CHECKING:
    from dateline.documents import RawArticle

IDS, PLACES = ("x", "y"), ("p0", "p1", "p2")
TEXTS = ("First", "Second", "Third", "wombat", "12 34")
"""The engine refuses wombats; the last is no text."""
DAYS = ("2020-01-01", "2020-01-02")
STEPS = ("accepted", "making", "between", "written")

folders = st.dictionaries(
    st.sampled_from(PLACES),
    st.tuples(st.sampled_from(IDS), st.sampled_from(TEXTS), st.sampled_from(DAYS)),
    min_size=1,
).map(lambda places: tuple(sorted(places.items())))


def read(folder: tuple[tuple[str, tuple[str, str, str]], ...]) -> list[RawArticle]:
    return [_make(place, *said) for place, said in folder]


def _make(place: str, key: str, text: str, day: str) -> RawArticle:
    made = article(text, given_id=key, day=day, location=place)
    if text == "wombat":  # ids of their own: a refused copy takes its original's place
        return article(text, given_id=f"{key}w", day=day, location=place)
    if text != TEXTS[-1]:
        return made
    return type(made)(place, f"{key} {day}".encode(), trace(text), metadata=made.metadata)


class Archive(RuleBasedStateMachine):
    """Two data folders, one archive; kills, withdrawals, corrections, in any order."""

    @initialize(far_apart=st.booleans())
    def begin(self, far_apart: bool) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.archive = MemoryArchive(refuses="wombat")
        self.ledgers = [Ledger(self.folder / f"{n}" / "ledger.sqlite") for n in range(2)]
        self.given: list[set[tuple[str, bytes]]] = [set(), set()]
        self.unfinished: dict[int, list[RawArticle]] = {0: [], 1: []}
        self.patch = patch.multiple(ingest, WRITTEN=1 if far_apart else 200, _CHECKED=2)
        self.patch.start()

    @rule(number=st.sampled_from((0, 1)), folder=folders)
    def ingest(self, number: int, folder: tuple[tuple[str, tuple[str, str, str]], ...]) -> None:
        self._run(number, read(folder))
        self._run(number, read(folder))  # what stood in a refused copy's place gives way
        if not any(self.unfinished.values()):  # a killed writing heals when it is resumed
            self._check_stays_as_it_is(number, read(folder))

    def _check_stays_as_it_is(self, number: int, articles: list[RawArticle]) -> None:
        before, documents = self.archive.written, dict(self.archive.documents)
        rows = self.ledgers[number].counts().accepted
        report = self._run(number, articles)
        assert "indexed" not in report
        refused_by_engine = sum(b"wombat" in each.original for each in articles)
        assert self.archive.written - before <= refused_by_engine
        assert self.archive.documents == documents
        assert self.ledgers[number].counts().accepted == rows

    @rule(number=st.sampled_from((0, 1)), folder=folders, step=st.sampled_from(STEPS))
    def kill(
        self, number: int, folder: tuple[tuple[str, tuple[str, str, str]], ...], step: str
    ) -> None:
        articles = read(folder)
        self.archive.dies_at = step
        account = self.ledgers[number].begin("1")
        try:
            Ingest(InProcess(), self.archive, "1", lambda _o, _made: None, account).run(articles)  # type: ignore[arg-type]
            account.end()
        except Killed:
            account._lock.close()
            self.unfinished[number] += articles
        self.archive.dies_at = ""

    @rule(key=st.sampled_from(IDS))
    def withdraw(self, key: str) -> None:
        if key in self.archive.originals:
            self.archive.withdraw(key, "an order")
            self.ledgers[0].withdraw(key, "an order")

    @rule(number=st.sampled_from((0, 1)))
    def resume(self, number: int) -> None:
        articles, self.unfinished[number] = self.unfinished[number], []
        if articles:
            self._run(number, articles)

    def _run(self, number: int, articles: list[RawArticle]) -> dict[str, int]:
        with self.ledgers[number].begin("1") as account:
            drive = Ingest(InProcess(), self.archive, "1", lambda _o, _made: None, account)  # type: ignore[arg-type]
            report = drive.run(articles)
        assert sum(report.counts.values()) == len(articles)
        assert drive._repeats == {}
        assert self.ledgers[number].runs(1)[0].counts.pending == 0
        return dict(report.counts)

    @invariant()
    def nothing_is_unaccounted_for(self) -> None:
        for ledger in getattr(self, "ledgers", ()):
            for counts in (ledger.counts(), *(each.counts for each in ledger.runs())):
                assert counts.accepted == counts.settled + counts.pending
                assert counts.pending >= 0

    @invariant()
    def what_is_withdrawn_is_in_no_search(self) -> None:
        if hasattr(self, "archive"):
            originals = self.archive.originals.values()
            gone = {each.id for each in originals if each.outcome == "withdrawn"}
            assert not gone & self.archive.documents.keys()

    def teardown(self) -> None:
        if not hasattr(self, "ledgers"):
            return
        for number, ledger in enumerate(self.ledgers):
            self.resume(number)
            assert ledger.counts().pending == 0
        for ledger in self.ledgers:
            assert {
                each.kind for each in verify(ledger=ledger, writer=self.archive).differences
            } <= {"stale"}  # type: ignore[arg-type]
            ledger.close()
        self.patch.stop()
        shutil.rmtree(self.folder)


@pytest.mark.filterwarnings("ignore:.*unused.*")
def test_nothing_is_lost_and_nothing_comes_twice_in_whatever_order() -> None:
    run_state_machine_as_test(
        Archive,
        settings=settings(
            max_examples=40,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
