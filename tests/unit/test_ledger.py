from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from unit.archiving import Killed, MemoryArchive
from unit.test_ingest import InProcess, article

from dateline.documents import Outcome, RawArticle
from dateline.errors import EngineBlocked, EngineUnavailable, SettingsError
from dateline.search.settings import SearchSettings
from dateline.text.spans import trace
from indexer import ingest
from indexer.ingest import Ingest
from indexer.ledger import Copy, Ledger, Settlement, find_ledger, open_ledger
from indexer.ledger.locks import is_held
from indexer.running import Input, read_options, run_ingest
from indexer.settings import load_settings
from indexer.sources import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dateline.search.results import RunReport


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        yield ledger


def run(
    archive: MemoryArchive, ledger: Ledger, *articles: RawArticle | Refusal, pipeline: str = "1"
) -> tuple[RunReport, list[Outcome]]:
    heard: list[Outcome] = []
    with ledger.begin(pipeline) as account:
        drive = Ingest(InProcess(), archive, pipeline, lambda o, _made: heard.append(o), account)  # type: ignore[arg-type]
        return drive.run(articles), heard


def kill(archive: MemoryArchive, ledger: Ledger, step: str, *articles: RawArticle) -> None:
    """A run whose process is gone at this step: its account is never closed."""
    archive.dies_at = step
    account = ledger.begin("1")
    with pytest.raises(Killed):
        Ingest(InProcess(), archive, "1", lambda _o, _made: None, account).run(articles)  # type: ignore[arg-type]
    account._lock.close()


def far_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "WRITTEN", 1)
    monkeypatch.setattr(ingest, "_CHECKED", 1)


def holds(ledger: Ledger) -> bool:
    every = [ledger.counts(), *(each.counts for each in ledger.runs())]
    return all(each.accepted == each.settled + each.pending and each.pending >= 0 for each in every)


def copies(number: int) -> list[Copy]:
    return [Copy(f"a.jsonl:{n}", f"{n:064x}", f"id{n}") for n in range(number)]


def settled(copy: Copy, kind: str = "indexed", code: str = "") -> Settlement:
    return Settlement(Outcome(kind, copy.location, copy.id, code), copy.content_hash, 1)  # type: ignore[arg-type]


def test_what_is_accepted_is_pending_until_it_is_settled(ledger: Ledger) -> None:
    account = ledger.begin("1")
    account.accept(copies(3))
    assert (ledger.counts().accepted, ledger.counts().pending) == (3, 3)
    account.settle([settled(copies(3)[0])])
    assert (ledger.counts().indexed, ledger.counts().pending) == (1, 2)
    assert ledger.runs()[0].counts == ledger.counts()
    account.end()
    assert holds(ledger)


def test_another_process_sees_the_promise_before_anything_is_done(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as one, Ledger(tmp_path / "l.sqlite") as other:
        with one.begin("1") as account:
            account.accept(copies(2))
            assert other.counts().pending == 2
            assert other.runs()[0].state == "running"
            assert other.live_runs() == {account.run}
        assert other.runs()[0].state == "ended"
        assert other.live_runs() == frozenset()


def test_the_same_folder_every_day_makes_the_ledger_no_larger(ledger: Ledger) -> None:
    archive, articles = MemoryArchive(), [article(f"N {n}", location=f"{n}") for n in range(9)]
    for day in range(3):
        report, _heard = run(archive, ledger, *articles)
        assert report.counts == ({"unchanged": 9} if day else {"indexed": 9})
    assert (ledger.counts().accepted, ledger.counts().indexed) == (9, 9)
    assert [each.counts.unchanged for each in ledger.runs()] == [9, 9, 0]


@pytest.mark.parametrize("step", ["accepted", "making", "between", "written"])
def test_a_killed_run_shows_its_pending_ones_and_the_same_command_does_them(
    ledger: Ledger, step: str
) -> None:
    archive, articles = MemoryArchive(), [article(f"N {n}", location=f"{n}") for n in range(5)]
    kill(archive, ledger, step, *articles)
    assert ledger.counts().pending == 5
    assert (ledger.runs()[0].state, ledger.runs()[0].counts.pending) == ("killed", 5)
    report, _heard = run(archive, ledger, *articles)
    assert sum(report.counts.values()) == 5
    assert ledger.counts().pending == 0
    assert len(archive.documents) == 5
    assert [each.state for each in ledger.runs()] == ["ended", "killed"]
    assert [each.number for each in ledger.runs(killed=True)] == [1]
    assert holds(ledger)


def test_a_killed_process_leaves_a_killed_run_and_no_lock(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from indexer.ledger import Copy, Ledger\n"
        "account = Ledger(Path(sys.argv[1])).begin('1')\naccount.accept([Copy('a', 'b', 'c')])\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    path = tmp_path / "l.sqlite"
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Ledger(path) as ledger:
        (killed,) = ledger.runs()
        assert (killed.state, killed.process == os.getpid()) == ("killed", False)
        assert ledger.counts().pending == 1
        ledger.begin("1").end()
        assert list(tmp_path.glob("run-*")) == []


def test_an_engine_that_gives_out_leaves_pending_articles_and_a_stopped_run(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    far_apart(monkeypatch)
    archive = MemoryArchive()
    articles = [article(f"N {n}", location=f"{n}") for n in range(5)]

    def give_out(*_: object) -> None:
        raise EngineUnavailable("nobody answers")

    run(archive, ledger, *articles[:2])
    monkeypatch.setattr(archive, "write", give_out)
    with pytest.raises(EngineUnavailable):
        run(archive, ledger, *articles)
    assert (ledger.runs()[0].state, ledger.counts().pending) == ("stopped", 1)
    monkeypatch.undo()
    run(archive, ledger, *articles)
    assert (ledger.counts().indexed, ledger.counts().pending) == (5, 0)


def test_an_interrupt_leaves_a_true_ledger(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = MemoryArchive()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(archive, "write", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(archive, ledger, article("One"), article("Two", location="b"))
    assert (ledger.runs()[0].state, ledger.runs()[0].counts.pending) == ("interrupted", 2)
    assert holds(ledger)


def test_two_copies_of_one_date_far_apart_are_written_once(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    far_apart(monkeypatch)
    archive = MemoryArchive()
    both = [
        article("First", given_id="7", location="a:1"),
        article("Second", given_id="7", location="a:2"),
    ]
    run(archive, ledger, *both)
    before = archive.written
    for _ in range(2):
        report, heard = run(archive, ledger, *both)
        assert report.counts == {"unchanged": 2}
        assert [each.code for each in heard] == ["superseded", ""]
    assert archive.written == before
    assert archive.documents["7"].text.endswith("Second.")


def test_a_corrected_article_of_the_same_date_replaces_the_older_one(ledger: Ledger) -> None:
    archive = MemoryArchive()
    for text in ("First", "Second", "First"):
        report, _heard = run(archive, ledger, article(text, given_id="7"))
        assert report.counts == {"indexed": 1}
        assert archive.documents["7"].text.endswith(f"{text}.")
    assert ledger.counts().accepted == 2


def test_an_older_copy_costs_no_language_processing_on_the_second_day(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    far_apart(monkeypatch)
    archive = MemoryArchive()
    both = [
        article("Late", given_id="7", day="2020-01-02", location="a:1"),
        article("Early", given_id="7", day="2020-01-01", location="a:2"),
    ]
    assert run(archive, ledger, *both)[1][1].code == "newer_there"
    assert [each.code for each in run(archive, ledger, *both)[1]] == ["", "superseded"]


def test_a_copy_that_another_indexer_brought_later_is_left_there(tmp_path: Path) -> None:
    archive = MemoryArchive()
    mine, theirs = article("Mine", given_id="7"), article("Theirs", given_id="7")
    with Ledger(tmp_path / "one.sqlite") as one, Ledger(tmp_path / "two.sqlite") as two:
        run(archive, one, mine)
        run(archive, two, theirs)
        for _ in range(2):
            assert run(archive, one, mine)[0].counts == {"unchanged": 1}
            assert run(archive, two, theirs)[0].counts == {"unchanged": 1}
    assert archive.documents["7"].text.endswith("Theirs.")


def test_an_archive_that_fell_back_takes_the_later_copy_again(ledger: Ledger) -> None:
    archive = MemoryArchive()
    run(archive, ledger, article("First", given_id="7", location="a"))
    documents, originals = dict(archive.documents), dict(archive.originals)
    second = article("Second", given_id="7", location="b")
    run(archive, ledger, second)
    archive.documents, archive.originals = documents, originals
    assert run(archive, ledger, second)[0].counts == {"indexed": 1}


def test_the_same_bytes_twice_are_settled_with_the_first_of_them(ledger: Ledger) -> None:
    archive = MemoryArchive()
    both = [article("One", given_id="7", location="a"), article("One", given_id="7", location="b")]
    kill(archive, ledger, "written", *both)
    assert ledger.counts().pending == 2
    assert run(archive, ledger, *both)[0].counts == {"unchanged": 2}
    empty = [replace(each, body=trace("12 34"), original=b"12 34") for each in both]
    report, heard = run(archive, ledger, *empty)
    assert report.counts == {"unusable": 2}
    assert [each.location for each in heard] == ["a", "b"]


def test_what_is_refused_every_day_is_told_every_day_and_written_once(ledger: Ledger) -> None:
    archive = MemoryArchive()
    empty = replace(article("x"), body=trace("12 34"), original=b"12 34")
    bad = Refusal("b.txt", "broken", "it is broken", original=b"\xff")
    for _ in range(3):
        report, _heard = run(archive, ledger, empty, bad)
        assert report.counts == {"unusable": 1, "rejected": 1}
        assert archive.written == 2
    assert (ledger.counts().unusable, ledger.counts().rejected) == (1, 1)
    (entry,) = [each for each in ledger.iter_entries() if each.outcome == "rejected"]
    assert (entry.code, entry.reason, entry.run) == ("broken", "it is broken", 1)


def test_withdrawing_is_noted_and_stays(ledger: Ledger) -> None:
    archive = MemoryArchive()
    run(archive, ledger, article("One", given_id="7"))
    archive.withdraw("7", "an order")
    ledger.withdraw("7", "an order")
    assert (ledger.counts().withdrawn, ledger.ids_of("withdrawn", 9)) == (1, ["7"])
    assert run(archive, ledger, article("One", given_id="7"))[0].counts == {"withdrawn": 1}
    assert archive.documents == {}


def test_nothing_is_accepted_where_there_is_no_entity_model(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour closes")
    given = Input([tmp_path / "a.txt"], read_options(None, None, None, "UTC"))
    with pytest.raises(SettingsError, match="not installed"):
        run_ingest(given, load_settings(entity_model="no_such_model"), None, ledger=ledger)
    assert ledger.counts().accepted == 0
    assert ledger.runs() == []


def test_a_withdrawal_said_again_keeps_its_time_and_another_reason_is_noted(
    ledger: Ledger,
) -> None:
    run(MemoryArchive(), ledger, article("One", given_id="7"))
    ledger.withdraw("7", "an order")
    (first,) = ledger.iter_entries()
    ledger.withdraw("7", "an order")
    assert list(ledger.iter_entries()) == [first]
    ledger.withdraw("7", "names a minor")
    (entry,) = ledger.iter_entries()
    assert (entry.outcome, entry.reason) == ("withdrawn", "names a minor")


def test_a_ledger_that_another_indexer_is_making_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        over = threading.Timer(0.3, other.execute, ["COMMIT"])
        over.start()
        with Ledger(path) as ledger:
            over.join()
            assert holds(ledger)


def test_a_run_that_ends_while_it_is_looked_at_was_not_killed(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = ledger.begin("1")

    def end_then_look(path: Path) -> bool:
        account.end()
        return is_held(path)

    monkeypatch.setattr("indexer.ledger.book.is_held", end_then_look)
    assert [each.state for each in ledger.runs()] == ["ended"]


def test_two_runs_at_once_share_one_file(tmp_path: Path) -> None:
    path, archive = tmp_path / "l.sqlite", MemoryArchive()
    articles = [article(f"N {n}", location=f"{n}") for n in range(40)]
    faults: list[BaseException] = []

    def work() -> None:
        try:
            with Ledger(path) as mine:
                run(archive, mine, *articles)
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    with Ledger(path) as ledger:
        assert (ledger.counts().accepted, ledger.counts().pending) == (40, 0)
        assert [each.counts.accepted for each in ledger.runs()] == [40] * 3
        assert holds(ledger)
    assert len(archive.documents) == 40


def test_a_run_can_never_settle_more_than_it_accepted(ledger: Ledger) -> None:
    account = ledger.begin("1")
    account.accept(copies(1))
    with pytest.raises(SettingsError):
        account.settle([settled(each) for each in copies(2)])
    assert ledger.counts().pending == 1


def test_engines_and_archives_have_ledgers_of_their_own(tmp_path: Path) -> None:
    embedded = SearchSettings(data_dir=tmp_path)
    server = SearchSettings(data_dir=tmp_path, elasticsearch_url="http://localhost:9200")  # type: ignore[arg-type]
    other = SearchSettings(data_dir=tmp_path, index="other")
    assert find_ledger(embedded) is None
    paths = set()
    for settings in (embedded, server, other):
        with open_ledger(settings) as ledger:
            paths.add(ledger.path)
    assert len(paths) == 3
    assert find_ledger(server) is not None


def test_a_file_that_is_no_ledger_is_told_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"no database at all, whatever its name" * 99)
    with pytest.raises(SettingsError, match=r"damaged.*move it away"):
        Ledger(path)
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="DATELINE_DATA_DIR"):
        Ledger(tmp_path / "file" / "ledger.sqlite")


def test_a_ledger_of_another_layout_is_refused(tmp_path: Path) -> None:
    Ledger(tmp_path / "l.sqlite").close()
    with sqlite3.connect(tmp_path / "l.sqlite") as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(SettingsError, match="layout 9"):
        Ledger(tmp_path / "l.sqlite")


def test_a_full_disk_is_told_and_loses_nothing(ledger: Ledger) -> None:
    account = ledger.begin("1")
    pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
    ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(EngineBlocked, match="same command"):
        account.accept([Copy(f"{n}" * 50, f"{n:064x}", "x") for n in range(5_000)])
    ledger._connection.execute("PRAGMA max_page_count = 100000")
    assert holds(ledger)
    account.end("stopped")
