from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from dateline import cli
from dateline.documents import Outcome
from dateline.errors import (
    DatelineError,
    DocumentNotFound,
    EngineBusy,
    EngineIncompatible,
    EngineRefused,
    EngineUnavailable,
    SettingsError,
    SourceError,
)
from dateline.search.results import ArchiveStatus, FacetValue, RunReport
from indexer.knowledge.values import NOTHING_KNOWN
from indexer.resolving import Resolved

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOW = datetime(2023, 6, 24, 10, tzinfo=UTC)
SERVER = ["--elasticsearch-url", "http://127.0.0.1:1"]


class FakeWriter:
    """Answers status, and raises what it is told to."""

    def __init__(self, fault: BaseException | None = None) -> None:
        self.fault = fault
        self.calls: list[tuple[str, ...]] = []
        self.withdrawn: dict[str, str] = {}

    def _do(self, *call: str) -> None:
        self.calls.append(call)
        if self.fault:
            raise self.fault

    def status(self) -> ArchiveStatus:
        self._do("status")
        run = RunReport(NOW, NOW, {"indexed": 3}, {}, "1")
        sources = (FacetValue("post", "post", 3),)
        return ArchiveStatus(
            engine="elasticsearch",
            engine_version="9.4.3",
            index="articles",
            articles=3,
            undated=2,
            first_published=NOW,
            last_published=NOW,
            sources=sources,
            languages=sources,
            originals=4,
            refused={"unusable:empty": 1},
            withdrawn=0,
            last_run=run,
            pipelines={"1": 3},
        )

    def withdraw(self, document_id: str, reason: str, *, anew: bool = False) -> str:
        self._do("withdraw", document_id, reason, *(["anew"] if anew else []))
        return reason if anew else self.withdrawn.setdefault(document_id, reason)

    def refresh(self) -> None:
        self._do("refresh")

    def read_record(self, _key: str) -> None:
        """Nothing is known."""

    def close(self) -> None:
        self.calls.append(("close",))


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("ELASTICSEARCH_URL", "INDEX", "CONFIG", "API_KEY"):
        monkeypatch.delenv(f"DATELINE_{name}", raising=False)


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> FakeWriter:
    fake = FakeWriter()
    monkeypatch.setattr("dateline.search.opening.open_writer", lambda _settings: fake)
    return fake


def call(*arguments: str, stdin: str | None = None) -> Any:
    return CliRunner().invoke(cli.app, list(arguments), input=stdin)


def test_help_imports_no_engine_no_web_and_no_model() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom dateline.cli import app\n"
        "assert CliRunner().invoke(app, ['ingest', '--help']).exit_code == 0\n"
        "heavy = {'elasticsearch', 'fastapi', 'spacy', 'numpy', 'sumy', 'nupunkt', 'httpx'}\n"
        "heavy |= {'lxml', 'trafilatura'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


COMMAND_NAMES = [
    *("ingest", "resolve", "status", "verify", "withdraw", "rebuild", "reprocess", "rollback"),
    *("copy", "serve", "demo", "keys add", "keys list", "keys revoke"),
    *("keys elasticsearch add", "keys elasticsearch list", "keys elasticsearch revoke"),
]


@pytest.mark.parametrize("command", COMMAND_NAMES)
def test_every_command_shows_an_example_on_a_line_of_its_own(command: str) -> None:
    answer = call(*command.split(), "--help")
    assert answer.exit_code == 0
    assert f"\n  Example: dateline {command}" in answer.stdout


@pytest.mark.parametrize("group", [[], ["keys"], ["keys", "elasticsearch"]])
def test_the_list_of_commands_ends_no_sentence_half_way(group: list[str]) -> None:
    listed = call(*group, "--help").stdout.partition("Commands:")[2]
    assert listed
    assert "..." not in listed


def test_the_version_is_told() -> None:
    assert call("--version").stdout.startswith("dateline 0.")


def test_status_answers_a_person_and_a_program(writer: FakeWriter) -> None:
    shown = call("status", *SERVER)
    assert "3 (2 undated)" in shown.stdout
    assert "unusable:empty 1" in shown.stdout
    found = json.loads(call("status", "--json", *SERVER).stdout)
    assert (found["articles"], found["last_run"]["counts"]) == (3, {"indexed": 3})
    assert writer.calls[-1] == ("close",)


def test_withdraw_needs_a_reason_and_passes_it_on(writer: FakeWriter) -> None:
    assert call("withdraw", "7", *SERVER).exit_code == 2
    assert call("withdraw", "7", "--reason", " ", *SERVER).exit_code == 2
    assert call("withdraw", "7", "--reason", "an order", *SERVER).exit_code == 0
    assert ("withdraw", "7", "an order") in writer.calls


def test_a_second_withdrawal_tells_that_the_first_reason_stays_unless_it_is_replaced(
    writer: FakeWriter,
) -> None:
    again = ["withdraw", "7", *SERVER, "--reason", "names a minor"]
    assert call("withdraw", "7", *SERVER, "--reason", "an order").stderr == ""
    answer = call(*again, "--json")
    assert (answer.exit_code, json.loads(answer.stdout)["reason"]) == (0, "an order")
    assert "given before: an order; --replace-reason replaces it" in answer.stderr
    answer = call(*again, "--replace-reason")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert ("withdraw", "7", "names a minor", "anew") in writer.calls


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (EngineUnavailable("nobody answers at http://h:9200", hint="start it"), 4),
        (EngineIncompatible("a server 7", hint="use 9"), 4),
        (EngineRefused("wrong key"), 4),
        (SettingsError("no url"), 2),
        (SourceError("no file"), 2),
        (DocumentNotFound("no article 7"), 2),
        (DatelineError("ours"), 1),
        (RuntimeError("password=hunter2"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_fault_is_one_line_and_has_its_code(
    writer: FakeWriter, fault: BaseException, code: int
) -> None:
    writer.fault = fault
    answer = call("status", *SERVER)
    assert answer.exit_code == code
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1
    assert "hunter2" not in answer.stderr
    assert getattr(fault, "hint", "") in answer.stderr


def test_without_server_and_archive_one_line_says_how_to_begin() -> None:
    answer = call("status")
    assert answer.exit_code in {2, 4}
    assert len(answer.stderr.splitlines()) == 1
    assert "DATELINE_" in answer.stderr


def test_a_server_that_is_not_there_is_one_line_and_code_4() -> None:
    answer = call("status", *SERVER)
    assert answer.exit_code == 4
    assert len(answer.stderr.splitlines()) == 1
    assert "nobody answers" in answer.stderr


def test_a_settings_file_is_read_and_a_flag_comes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, ...]] = []

    def open_writer(settings: Any) -> FakeWriter:
        seen.append((settings.index, *settings.hosts))
        return FakeWriter()

    monkeypatch.setattr("dateline.search.opening.open_writer", open_writer)
    monkeypatch.setenv("DATELINE_CONFIG", "unset-after-this-test")
    file = tmp_path / "mine.toml"
    file.write_text('index = "mine"\nelasticsearch_url = "http://u:secret@10.0.0.1:9200"\n')
    assert call("status", "--config", str(file)).exit_code == 0
    assert call("status", "--config", str(file), "--index", "flagged").exit_code == 0
    assert seen == [("mine", "http://10.0.0.1:9200"), ("flagged", "http://10.0.0.1:9200")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest"],
        ["ingest", "nowhere.txt", "--dry-run"],
        ["ingest", "-", "a.txt", "--dry-run"],
        ["ingest", ".", "--dry-run", "--date", "30 February"],
        ["ingest", ".", "--dry-run", "--time-zone", "Mars/Base"],
        ["ingest", ".", "--dry-run", "--language", "English"],
        ["ingest", ".", "--dry-run", "--workers", "0"],
        ["ingest", ".", "--dry-run", "--colour"],
        ["serve", "--port", "99999"],
        ["dance"],
    ],
)
def test_wrong_usage_is_told_before_any_work(arguments: list[str]) -> None:
    answer = call(*arguments)
    assert answer.exit_code == 2
    assert answer.stderr
    assert answer.stdout == ""


RESOLVED = Resolved(NOTHING_KNOWN, 7, 0, 2, 1, 0, {"Post": 3}, 0.5)


def end_resolve(monkeypatch: pytest.MonkeyPatch, fault: DatelineError | None = None) -> None:
    def resolve_in_turn(*_: object, **_named: object) -> Resolved:
        if fault:
            raise fault
        return RESOLVED

    monkeypatch.setattr("indexer.resolving.resolve_in_turn", resolve_in_turn)


def fake_run(
    monkeypatch: pytest.MonkeyPatch, refused: Sequence[Outcome] = ()
) -> list[tuple[Any, Any, Any]]:
    end_resolve(monkeypatch)
    calls: list[tuple[Any, Any, Any]] = []

    def run_ingest(given: Any, settings: Any, writer: Any, show: Any, _ledger: Any) -> Any:
        calls.append((given, settings, writer))
        for outcome in refused if show else ():
            show(outcome, None)
        counts = {"indexed": 3, "rejected": len(refused)}
        return RunReport(NOW, NOW, counts, {"rejected:binary": len(refused)}, "1"), list(refused)

    monkeypatch.setattr("indexer.running.run_ingest", run_ingest)
    return calls


def test_an_ingest_passes_its_options_on(
    writer: FakeWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = fake_run(monkeypatch)
    options = ["--source", "Post", "--date", "2022-09-27", "--language", "en", "--workers", "3"]
    answer = call("ingest", ".", *options, *SERVER)
    assert answer.exit_code == 0
    assert "3 indexed" in answer.stdout
    (given, settings, used) = calls[0]
    assert (given.options.source, given.options.language) == ("Post", "en")
    assert given.options.published.source == "given"
    assert settings.workers == 3
    assert used is writer


def test_refused_articles_are_told_on_standard_error_and_by_code_3(
    writer: FakeWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_run(
        monkeypatch, [Outcome("rejected", f"{n}.txt", "x", "binary", "no text") for n in range(30)]
    )
    answer = call("ingest", ".", *SERVER)
    assert answer.exit_code == 3
    lines = answer.stderr.splitlines()
    assert "rejected 0.txt: no text (binary)" in lines[0]
    assert "10 more (binary)" in lines[-2]
    assert "documents rewritten: 2 (1 made again)" in lines[-1]


def test_the_report_as_json_lists_every_refused_article(
    writer: FakeWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_run(
        monkeypatch, [Outcome("rejected", f"{n}.txt", "x", "binary", "no text") for n in range(30)]
    )
    report = json.loads(call("ingest", ".", "--json", *SERVER).stdout)
    assert report["counts"] == {"indexed": 3, "rejected": 30}
    assert len(report["refused"]) == 30
    assert report["refused"][0]["reason"] == "no text"


def test_the_report_as_json_tells_what_was_resolved_unless_it_was_not_to_be(
    writer: FakeWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_run(monkeypatch)
    resolved = json.loads(call("ingest", ".", "--json", *SERVER).stdout)["resolve"]
    assert (resolved["articles"], resolved["rewritten"], resolved["dropped_lines"]) == (7, 2, 3)
    left = json.loads(call("ingest", ".", "--json", "--no-resolve", *SERVER).stdout)
    assert left["resolve"] is None


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (EngineBusy("process 7 is at it"), 0),
        (EngineUnavailable("nobody"), 4),
        (SettingsError("no such model"), 2),
        (DatelineError("worker processes end"), 1),
    ],
)
def test_a_resolve_that_fails_is_no_failure_of_the_ingest(
    writer: FakeWriter, monkeypatch: pytest.MonkeyPatch, fault: DatelineError, code: int
) -> None:
    fake_run(monkeypatch)
    end_resolve(monkeypatch, fault)
    answer = call("ingest", ".", *SERVER)
    assert (answer.exit_code, "3 indexed" in answer.stdout) == (code, True)
    (line,) = answer.stderr.splitlines()
    assert "the articles are in" in line
    assert fault.message in line


def test_a_dry_run_opens_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = fake_run(monkeypatch, [Outcome("rejected", "a.txt", "x", "binary", "no text")])
    answer = call("ingest", ".", "--dry-run")
    assert answer.exit_code == 3
    assert calls[0][2] is None
    assert "a.txt: rejected" in answer.stdout
    assert answer.stderr.endswith("; a dry run, nothing is stored\n")


def test_a_dry_run_of_standard_input_shows_what_the_article_became() -> None:
    text = "Storm closes harbour\n\n" + "The harbour was closed on Monday after the storm. " * 4
    done = subprocess.run(
        [sys.executable, "-m", "dateline.cli", "ingest", "-", "--dry-run", "--workers", "1"],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "title:         Storm closes harbour" in shown
    assert "language:      en" in shown
    assert "published:     unknown" in shown


def test_serve_passes_host_and_port_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int, str]] = []
    monkeypatch.setattr(
        "api.serving.serve", lambda api, search: seen.append((api.host, api.port, search.index))
    )
    assert (
        call("serve", "--host", "0.0.0.0", "--port", "81", *SERVER, "--index", "a").exit_code == 0
    )
    assert seen == [("0.0.0.0", 81, "a")]


def test_a_folder_without_articles_says_what_is_read(tmp_path: Path) -> None:
    answer = call("ingest", str(tmp_path), "--dry-run")
    assert answer.exit_code == 0
    assert "no article found" in answer.stderr
    assert ".jsonl" in answer.stderr
