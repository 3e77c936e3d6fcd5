"""`dateline names review` and the file of names, from the command line on an embedded archive."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from contract.archive import Archive
from contract.naming import FULL, OTHER, fill
from typer.testing import CliRunner

from dateline import cli
from dateline.search.opening import open_reader, open_writer
from dateline.search.results import RunReport
from dateline.search.settings import SearchSettings
from indexer.librarian import reviewing

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LINE = f'{{ verdict = "open", kind = "person", from = "{OTHER}", to = "{FULL}" }},'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an archive of four articles; the settings name it."""
    place = tmp_path / "data"
    settings = SearchSettings(data_dir=place)
    with Archive(open_reader(settings), open_writer(settings)) as archive:
        archive.writer.prepare()
        fill(archive)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_DATA_DIR", str(place))
    return place


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


def decide(path: Path, verdict: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("open", verdict), encoding="utf-8")


def read_people(folder: Path) -> list[tuple[str, ...]]:
    writer = open_writer(SearchSettings(data_dir=folder))
    writer.prepare()
    try:
        return sorted(each.people for each in writer.iter_documents())
    finally:
        writer.close()


def test_a_review_prints_lines_that_may_be_pasted(folder: Path) -> None:
    answer = call("names", "review")
    assert answer.exit_code == 0, answer.stderr
    assert LINE in answer.stdout
    assert "one letter apart; articles 1 + 3, both in 0; company shared 100%" in answer.stdout
    assert "Of the boats" in answer.stdout
    (entry,) = tomllib.loads(f"names = [\n{answer.stdout}]")["names"]
    assert (entry["verdict"], entry["from"], entry["to"]) == ("open", OTHER, FULL)
    assert "proposals about names of 4 articles: 1" in answer.stderr
    assert not (folder / "names.toml").exists()


def test_a_review_as_json_carries_the_evidence(folder: Path) -> None:
    answer = call("names", "review", "--json", "--kind", "person")
    told = json.loads(answer.stdout)
    assert (told["articles"], told["total"]) == (4, 1)
    (found,) = told["proposals"]
    assert (found["from"], found["to"], found["line"]) == (OTHER, FULL, LINE)
    assert found["articles"] == {"from": 1, "to": 3, "both": 0}
    assert len(found["examples"]) == 3


@pytest.mark.parametrize("options", [["--kind", "organisation"], ["--least", "2"]])
def test_a_review_of_other_names_has_nothing_to_say(folder: Path, options: list[str]) -> None:
    answer = call("names", "review", *options)
    assert (answer.exit_code, answer.stdout) == (0, "")


def test_places_are_not_joined_and_the_answer_says_why(folder: Path) -> None:
    answer = call("names", "review", "--kind", "place")
    assert answer.exit_code == 2
    assert "has an id" in answer.stderr


def test_one_word_accepts_resolve_applies_and_taking_the_line_out_undoes(folder: Path) -> None:
    before = read_people(folder)
    path = folder / "names.toml"
    assert call("names", "review", "--write").exit_code == 0
    assert call("names", "review", "--write").exit_code == 0
    assert path.read_text(encoding="utf-8").count(OTHER) == 1
    assert call("resolve").exit_code == 0
    assert read_people(folder) == before
    decide(path, "accepted")
    answer = call("resolve")
    assert "accepted 1, rejected 0, new 1, gone 0" in answer.stdout
    assert not [names for names in read_people(folder) if OTHER in names]
    assert call("names", "review").stdout == ""
    path.write_text("", encoding="utf-8")
    assert "new 0, gone 1" in call("resolve").stdout
    assert read_people(folder) == before


def test_what_is_written_into_the_file_during_a_review_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, review = folder / "names.toml", reviewing.review

    def review_slowly(*asked: Any) -> Any:
        found = review(*asked)
        path.write_text("names = [\n  # to be asked: the harbour office\n]\n", encoding="utf-8")
        return found

    monkeypatch.setattr(reviewing, "review", review_slowly)
    assert call("names", "review", "--write").exit_code == 0
    text = path.read_text(encoding="utf-8")
    assert "to be asked" in text
    assert OTHER in text


def test_without_a_file_the_archive_keeps_its_decisions(folder: Path) -> None:
    call("names", "review", "--write")
    decide(folder / "names.toml", "accepted")
    call("resolve")
    (folder / "names.toml").unlink()
    told = json.loads(call("resolve", "--json").stdout)
    assert (told["rewritten"], told["decisions"], told["decisions_gone"]) == (0, 1, 0)
    assert told["knowledge"]["decisions"][0]["from"] == OTHER
    assert json.loads(call("status", "--json").stdout)["knowledge"]["decisions"] == 1


def test_a_file_that_is_begun_takes_over_what_the_archive_keeps(folder: Path) -> None:
    path = folder / "names.toml"
    decided = '{ verdict = "accepted", kind = "person", from = "Odd Sund", to = "Odd Sundt" }'
    path.write_text(f"names = [ {decided} ]", encoding="utf-8")
    call("resolve")
    path.unlink()
    answer = call("names", "review", "--write")
    assert "lines written as open: 1" in answer.stderr
    assert "decisions that the archive keeps are in it too: 1" in answer.stderr
    told = json.loads(call("resolve", "--json").stdout)
    assert (told["decisions"], told["decisions_gone"], told["rewritten"]) == (1, 0, 0)
    path.write_text("", encoding="utf-8")
    assert "in it too" not in call("names", "review", "--write").stderr
    assert json.loads(call("resolve", "--json").stdout)["decisions_gone"] == 1


def test_what_the_archive_keeps_as_decided_is_not_proposed_again(folder: Path) -> None:
    call("names", "review", "--write")
    decide(folder / "names.toml", "accepted")
    call("resolve")
    (folder / "names.toml").unlink()
    assert call("names", "review").stdout == ""


def test_a_rejected_name_is_not_proposed_again_from_a_file_named_anywhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.toml"
    assert call("names", "review", "--write", "--names", str(path)).exit_code == 0
    decide(path, "rejected")
    assert LINE in call("names", "review").stdout
    assert call("names", "review", "--names", str(path)).stdout == ""
    monkeypatch.setenv("DATELINE_NAMES_FILE", str(path))
    assert call("names", "review").stdout == ""
    (tmp_path / "dateline.toml").write_text(f'names_file = "{path}"', encoding="utf-8")
    monkeypatch.delenv("DATELINE_NAMES_FILE")
    assert call("names", "review").stdout == ""


def test_a_name_that_no_article_says_is_told(folder: Path) -> None:
    call("names", "review", "--write")
    path = folder / "names.toml"
    decide(path, "accepted")
    path.write_text(path.read_text(encoding="utf-8").replace(OTHER, "Martin Quilon"), "utf-8")
    assert "no article says “Martin Quilon”" in call("resolve").stdout


@pytest.mark.parametrize("command", [["resolve"], ["names", "review"]])
def test_a_file_that_contradicts_itself_is_a_fault_of_usage(
    folder: Path, command: list[str]
) -> None:
    line = LINE.replace("open", "accepted")
    turned = f'{{ verdict = "accepted", kind = "person", from = "{FULL}", to = "{OTHER}" }},'
    (folder / "names.toml").write_text(f"names = [\n{line}\n{turned}\n]\n", encoding="utf-8")
    answer = call(*command)
    assert answer.exit_code == 2
    assert "circle: names.toml, line 2; names.toml, line 3" in answer.stderr


def test_an_ingest_beside_a_faulty_file_takes_the_articles_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "names.toml").write_text("names = [", encoding="utf-8")
    now = datetime(2024, 5, 1, tzinfo=UTC)
    report = RunReport(now, now, {"indexed": 1}, {}, "1")
    monkeypatch.setattr("indexer.running.run_ingest", lambda *_given, **_named: (report, []))
    answer = call("ingest", str(folder))
    assert answer.exit_code == 2
    assert "1 indexed" in answer.stdout
    assert "the articles are in, resolve was not done: names.toml is no TOML" in answer.stderr


def test_the_help_of_the_desk_needs_neither_indexer_nor_engine() -> None:
    code = (
        "import sys\nfrom dateline.cli import app\n"
        "try:\n    app(['names', 'review', '--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in sys.modules if name.split('.')[0] in "
        "{'indexer', 'api', 'numpy', 'tantivy', 'elasticsearch'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--least" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
