"""`rebuild`, `reprocess` and `rollback` as they are typed, on both engines, ledger and all."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
import servers
from typer.testing import CliRunner
from unit.test_pipeline import BODY, Finder

from dateline import cli
from dateline.documents import Entities, Mention
from dateline.search.opening import open_reader
from dateline.search.queries import SearchQuery
from dateline.search.settings import SearchSettings
from indexer.pipeline import Rules, make_batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dateline.documents import ArticleDocument, Original
    from indexer.entities.finder import EntityText
    from indexer.pipeline import Job, Made

LONG = f"{BODY} " * 12
COMMANDS = ("rebuild", "reprocess", "rollback")


@dataclass
class People(Finder):
    """Finds one person in every article."""

    name: str = "Ada Quist"

    def find(self, batch: Sequence[EntityText]) -> list[Entities]:
        return [Entities(people=(self.name,), mentions=(self._first(each),)) for each in batch]

    def _first(self, article: EntityText) -> Mention:
        """As if the first word were the name."""
        form = article.text.split()[0]
        return Mention("person", self.name, form, 0, len(form))


@dataclass
class Maker:
    """Makes documents right here; `rules` are those of the run."""

    rules: Rules
    finder: Finder = field(default_factory=People)

    def make(self, batches: Iterable[Sequence[Job]]) -> Iterator[list[Made]]:
        return (make_batch(jobs, self.rules, self.finder) for jobs in batches)

    def close(self) -> None:
        pass


@dataclass
class Desk:
    """One archive, and the command line before it."""

    settings: SearchSettings
    folder: Path

    def call(self, *arguments: str, code: int = 0) -> Any:
        answer = CliRunner().invoke(cli.app, [*arguments, *self.flags()])
        assert answer.exit_code == code, answer.output
        return answer

    def flags(self) -> list[str]:
        return ["--elasticsearch-url", *self.settings.hosts] if self.settings.hosts else []

    def read(self) -> tuple[Mapping[str, ArticleDocument], Mapping[str, Original]]:
        """All documents, but for the time of their making, and all originals, by id."""
        return asyncio.run(self._read())

    async def _read(self) -> tuple[Mapping[str, ArticleDocument], Mapping[str, Original]]:
        reader = open_reader(self.settings)
        documents = {d.id: replace(d, indexed_at=None) async for d in reader.scan(SearchQuery())}
        originals = {each.id: each async for each in reader.scan_originals()}
        await reader.close()
        return documents, originals

    def status(self) -> Any:
        return json.loads(self.call("status", "--json").stdout)

    def check_ledger(self) -> None:
        """Ledger and archive say the same, and the ledger's sum is whole."""
        self.call("verify", "--deep")
        counts = dict(self.status()["ledger"]["counts"])
        assert counts.pop("accepted") == sum(counts.values())
        assert counts["pending"] == 0
        documents, _ = self.read()
        assert counts["indexed"] + counts["unchanged"] >= len(documents)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def desk(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """An archive of five articles and two refused ones, made with a finder that needs no model."""
    monkeypatch.chdir(tmp_path)
    values: dict[str, Any] = {"data_dir": tmp_path / "data", "index": f"test-{uuid.uuid4().hex}"}
    url = None
    if request.param == "elasticsearch":
        url = request.getfixturevalue("elasticsearch_url")
        values["elasticsearch_url"] = url
    for name in ("data_dir", "index"):
        monkeypatch.setenv(f"DATELINE_{name.upper()}", str(values[name]))
    use_finder(monkeypatch, People())
    desk = Desk(SearchSettings.model_validate(values), tmp_path)
    write_articles(tmp_path / "in")
    desk.call("ingest", str(tmp_path / "in"), "--source", "Quay Post", code=3)
    yield desk
    if url:
        servers.delete_indices(url, values["index"])


def use_finder(monkeypatch: pytest.MonkeyPatch, finder: Finder) -> None:
    for module in ("running", "reprocessing", "repairing"):
        monkeypatch.setattr(
            f"indexer.{module}.open_pool", lambda _settings, rules: Maker(rules, finder)
        )


def write_articles(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.txt").write_text(f"Harbour shuts\n\n{BODY}\n")
    (folder / "b.md").write_text(f"# Quay mended\n\n{BODY} Twice.\n")
    (folder / "c.csv").write_text(f'id,title,text\n7,Tide,"{BODY} Thrice."\n8,Empty,\n')
    records = [{"id": "9", "title": "Long", "text": LONG}, {"id": "10", "text": f"{BODY} Four."}]
    (folder / "d.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records) + "{\n")


@pytest.mark.parametrize("command", ["rebuild", "reprocess"])
def test_all_is_the_same_afterwards_and_the_way_back_too(desk: Desk, command: str) -> None:
    before = desk.read()
    assert (len(before[0]), len(before[1])) == (5, 7)
    told = json.loads(desk.call(command, "--json").stdout)
    assert told["documents"] == 5
    assert told["before"] != told["after"]
    assert desk.read() == before
    desk.check_ledger()
    back = json.loads(desk.call("rollback", "--json").stdout)
    assert (back["before"], back["after"]) == (told["after"], told["before"])
    assert desk.read() == before
    desk.check_ledger()


def test_a_reprocessing_makes_all_anew_by_todays_rules(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, originals = desk.read()
    use_finder(monkeypatch, People(name="Zoe Marlow"))
    shown = desk.call("reprocess").stdout
    assert "7 originals" in shown
    assert "5 indexed, 1 rejected, 1 unusable" in shown
    documents, kept = desk.read()
    assert {each.people for each in documents.values()} == {("Zoe Marlow",)}
    assert {key: replace(each, evidence=originals[key].evidence) for key, each in kept.items()} == (
        originals
    )
    shown_names = [each.evidence["names"] for each in kept.values() if each.evidence]
    assert shown_names == [{"person": ["Zoe Marlow"], "organisation": []}] * 5
    desk.call("rollback")
    assert {each.people for each in desk.read()[0].values()} == {("Ada Quist",)}


def test_a_withdrawn_article_stays_out_whatever_is_done(desk: Desk) -> None:
    desk.call("withdraw", "Quay-Post:9", "--reason", "an order of court")
    for command in ("rebuild", "reprocess", "rollback", "reprocess", "rebuild"):
        desk.call(command)
        documents, originals = desk.read()
        assert "Quay-Post:9" not in documents
        assert originals["Quay-Post:9"].outcome == "withdrawn"
        assert originals["Quay-Post:9"].reason == "an order of court"
        status = desk.status()
        assert (status["articles"], status["withdrawn"]) == (4, 1)
        assert [each["id"] for each in status["withdrawn_articles"]] == ["Quay-Post:9"]
        desk.check_ledger()
    again = desk.call("ingest", str(desk.folder / "in"), "--source", "Quay Post", code=3)
    assert "1 withdrawn" in again.stdout


def test_a_reason_in_another_encoding_is_refused_in_one_line(desk: Desk) -> None:
    """As a terminal of Latin-1 hands it over."""
    answer = desk.call("withdraw", "Quay-Post:9", "--reason", "Beschlu\udcdf", code=2)
    assert "UTF-8" in answer.stderr
    assert "Quay-Post:9" in desk.read()[0]


@pytest.mark.parametrize("command", ["rebuild", "reprocess"])
def test_what_is_written_and_withdrawn_after_the_swap_survives_the_way_back(
    desk: Desk, command: str
) -> None:
    desk.call(command)
    (desk.folder / "late.txt").write_text(f"Late edition\n\n{BODY} Late.\n")
    desk.call("ingest", str(desk.folder / "late.txt"))
    desk.call("withdraw", "Quay-Post:10", "--reason", "a mistake")
    before = desk.read()
    desk.call("rollback")
    assert desk.read() == before
    assert len(before[0]) == 5
    desk.check_ledger()


def test_an_article_that_is_refused_now_is_named_and_comes_back_by_a_rollback(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.read()
    counts = desk.status()["ledger"]["counts"]
    monkeypatch.setenv("DATELINE_MAX_CHARACTERS", "1000")
    answer = desk.call("reprocess", code=3)
    assert "were indexed and are refused now: 1" in answer.stderr
    assert "d.jsonl:1" in answer.stderr
    documents, originals = desk.read()
    assert before[0].keys() - documents.keys() == {"Quay-Post:9"}
    assert originals["Quay-Post:9"].code == "too_long"
    assert originals.keys() == before[1].keys()
    lost = desk.status()["ledger"]["counts"]
    assert (lost["indexed"], lost["rejected"]) == (counts["indexed"] - 1, counts["rejected"] + 1)
    desk.check_ledger()
    desk.call("rollback")
    assert desk.read() == before
    assert desk.status()["ledger"]["counts"] == counts
    desk.check_ledger()


def test_an_article_that_was_refused_is_taken_in_by_a_later_reprocessing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_MAX_CHARACTERS", "1000")
    desk.call("reprocess", code=3)
    monkeypatch.delenv("DATELINE_MAX_CHARACTERS")
    told = json.loads(desk.call("reprocess", "--json").stdout)
    assert (told["gained"], told["lost"], told["documents"]) == (1, [], 5)
    desk.check_ledger()


def test_a_record_that_could_not_be_read_gets_its_own_id_when_it_can(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an update that knows one more name for the body of a record."""
    record = {"id": "11", "story": f"{BODY} Five."}
    (desk.folder / "e.jsonl").write_text(json.dumps(record))
    desk.call("ingest", str(desk.folder / "e.jsonl"), "--source", "Quay Post", code=3)
    _, before = desk.read()
    assert "Quay-Post:11" not in before
    with monkeypatch.context() as updated:
        updated.setattr("indexer.sources.records._BODY", ("text", "story"))
        told = json.loads(desk.call("reprocess", "--json").stdout)
    assert (told["gained"], told["documents"]) == (1, 6)
    documents, originals = desk.read()
    assert "Quay-Post:11" in documents
    assert len(originals) == len(before)
    desk.check_ledger()
    desk.call("rollback")
    assert desk.read()[1] == before
    desk.check_ledger()


def test_an_interrupt_leaves_the_archive_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(People):
        def find(self, batch: Sequence[EntityText]) -> list[Entities]:
            raise KeyboardInterrupt

    before = desk.read()
    names = [desk.call("rebuild", "--json").stdout, desk.call("rollback", "--json").stdout]
    use_finder(monkeypatch, Interrupted())
    answer = desk.call("reprocess", code=130)
    assert "the archive is as it was" in answer.stderr
    assert desk.read() == before
    use_finder(monkeypatch, People())
    after = json.loads(desk.call("reprocess", "--json").stdout)
    assert after["before"] == json.loads(names[1])["after"]
    assert desk.read() == before


def test_an_interrupt_after_the_swap_does_not_say_that_nothing_was_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.following.follow", interrupt)
    answer = desk.call("reprocess", code=130)
    assert "as it was, or the new index is in force" in answer.stderr


def test_a_rollback_with_nothing_to_go_back_to_says_so(desk: Desk) -> None:
    before = desk.read()
    answer = desk.call("rollback", code=4)
    assert "no index before" in answer.stderr
    assert desk.read() == before


DYING = """
import os, sys
from contract.test_replacing import Maker, People
from dateline.cli import app
from indexer import reprocessing
class Dying(People):
    def find(self, batch):
        os._exit(137)
reprocessing.open_pool = lambda _settings, rules: Maker(rules, Dying())
app(["reprocess", *sys.argv[1:]])
"""


def test_a_reprocessing_that_is_killed_leaves_the_archive_as_it_was(desk: Desk, root: Path) -> None:
    before = desk.read()
    killed = subprocess.run(
        [sys.executable, "-c", DYING, *desk.flags()],
        env=os.environ | {"PYTHONPATH": f"{root / 'tests'}{os.pathsep}{root}"},
        capture_output=True,
        check=False,
    )
    assert killed.returncode == 137, killed.stderr
    assert desk.read() == before
    desk.check_ledger()
    (desk.folder / "late.txt").write_text(f"Late edition\n\n{BODY} Late.\n")
    desk.call("ingest", str(desk.folder / "late.txt"))
    assert len(desk.read()[0]) == len(before[0]) + 1


@pytest.mark.parametrize("command", COMMANDS)
def test_an_archive_that_is_not_there_is_one_line_and_code_4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(cli.app, [command])
    assert answer.exit_code == 4
    assert "Traceback" not in answer.output
    assert "dateline ingest" in answer.stderr
    assert CliRunner().invoke(cli.app, ["status"]).exit_code == 4


@pytest.mark.parametrize("command", COMMANDS)
def test_an_archive_that_is_not_on_the_server_is_not_made_by_asking_for_it(
    elasticsearch_url: str, index_prefix: str, command: str
) -> None:
    given = ["--elasticsearch-url", elasticsearch_url, "--index", index_prefix]
    answer = CliRunner().invoke(cli.app, [command, *given])
    assert answer.exit_code == 4
    assert "dateline ingest" in answer.stderr
    listed = f"{elasticsearch_url}/_cat/indices/{index_prefix}*?format=json&expand_wildcards=all"
    assert servers.ask(listed) == []
