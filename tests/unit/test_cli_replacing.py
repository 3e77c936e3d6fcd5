"""`rebuild`, `reprocess` and `rollback`: what they say, and how they end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner
from unit.test_cli import FakeWriter

from dateline import cli
from dateline.documents import Outcome
from dateline.errors import EngineFault, EngineUnavailable, IndexNotReady
from dateline.search.results import Replaced
from indexer.reprocessing import Reprocessed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REPLACED = Replaced("a-1", "a-2", 1403, 1410, 2)
LOST = Outcome("rejected", "a.json#3", "post:7", "too_long", "200,000 characters; split it")


class Writer(FakeWriter):
    """Replaces what it is told to."""

    def rebuild(self) -> Replaced:
        self._do("rebuild")
        return REPLACED

    def rollback(self) -> Replaced:
        self._do("rollback")
        return REPLACED


class Run:
    """A reprocessing that ends as it is told to."""

    ends: Reprocessed | BaseException

    def __init__(self, tell: Callable[[Outcome], None]) -> None:
        self.tell = tell

    def run(self, _writer: object) -> Reprocessed:
        if isinstance(self.ends, BaseException):
            raise self.ends
        self.tell(LOST)
        return self.ends


@pytest.fixture(autouse=True)
def writer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Writer:
    fake = Writer()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dateline.search.opening.open_writer", lambda _settings: fake)
    return fake


def end_with(monkeypatch: pytest.MonkeyPatch, ends: Reprocessed | BaseException) -> None:
    monkeypatch.setattr(Run, "ends", ends, raising=False)
    monkeypatch.setattr(
        "indexer.reprocessing.open_reprocess", lambda _settings, tell, _knowledge: Run(tell)
    )


def done(*lost: Outcome) -> Reprocessed:
    counts = {"indexed": 1403, "rejected": 7}
    return Reprocessed(REPLACED, counts, {"rejected:too_long": 7}, lost, 4, 141.0)


def call(*arguments: str) -> Any:
    return CliRunner().invoke(cli.app, list(arguments))


@pytest.mark.parametrize("command", ["rebuild", "reprocess", "rollback"])
def test_every_command_shows_an_example(command: str) -> None:
    assert f"Example: dateline {command}" in call(command, "--help").stdout


@pytest.mark.parametrize("command", ["rebuild", "rollback"])
def test_the_names_the_counts_and_what_came_meanwhile_are_told(
    writer: Writer, command: str
) -> None:
    answer = call(command)
    assert answer.exit_code == 0
    for fact in ("a-2 is in force in place of a-1", "1,403 documents", "1,410 originals", " 2;"):
        assert fact in answer.stdout
    assert writer.calls[-2:] == [(command,), ("close",)]


def test_a_program_is_told_the_same() -> None:
    found = json.loads(call("rebuild", "--json").stdout)
    assert (found["before"], found["after"], found["carried"]) == ("a-1", "a-2", 2)


def test_the_way_back_names_the_same_archive_and_no_password() -> None:
    answer = call("rebuild", "--elasticsearch-url", "http://me:hunter2@es:9201", "--index", "post")
    way = "dateline rollback --elasticsearch-url http://es:9201 --index post"
    assert way in answer.stderr
    assert "hunter2" not in answer.output


def test_a_reprocessing_tells_its_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    end_with(monkeypatch, done())
    answer = call("reprocess")
    assert answer.exit_code == 0
    assert "1,410 originals (10.0/s): 1,403 indexed, 7 rejected" in answer.stdout
    assert "refused before and indexed now: 4" in answer.stdout
    assert "a-2 is in force in place of a-1" in answer.stdout
    assert "dateline rollback" in answer.stderr


def test_an_article_lost_by_a_reprocessing_is_named_and_the_exit_code_is_3(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    end_with(monkeypatch, done(LOST))
    answer = call("reprocess")
    assert answer.exit_code == 3
    assert "were indexed and are refused now: 1" in answer.stderr
    assert "a.json#3: 200,000 characters; split it (too_long)" in answer.stderr
    listed = json.loads(call("reprocess", "--json").stdout)
    assert [each["id"] for each in listed["lost"]] == ["post:7"]
    assert listed["counts"] == {"indexed": 1403, "rejected": 7}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (EngineFault("the new index holds 3 of 4 documents"), 4),
        (EngineUnavailable("nobody answers"), 4),
        (KeyboardInterrupt(), 130),
    ],
)
def test_a_reprocessing_that_breaks_off_says_why_in_one_line(
    monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int
) -> None:
    end_with(monkeypatch, fault)
    answer = call("reprocess")
    assert answer.exit_code == code
    assert len(answer.stderr.splitlines()) == 2
    if code == 130:
        assert "the archive is as it was" in answer.stderr


def test_a_rollback_without_an_index_to_go_back_to_says_so(writer: Writer) -> None:
    writer.fault = IndexNotReady("there is no index before articles-1", hint="nothing to go back")
    answer = call("rollback")
    assert answer.exit_code == 4
    assert "there is no index before" in answer.stderr
