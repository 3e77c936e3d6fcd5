"""`dateline copy`: from the embedded engine to a real Elasticsearch, and what it makes sure of."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import servers
from contract.archive import Archive
from contract.documents import ARTICLES, STORIES, make_document, make_original
from typer.testing import CliRunner

from dateline import cli
from dateline.errors import DocumentNotFound, DocumentWithdrawn
from dateline.search.elastic.writer import ElasticWriter
from dateline.search.opening import open_reader, open_writer
from dateline.search.results import RunReport
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dateline.documents import ArticleDocument, Original
    from dateline.search.results import Written

TRIAL, SECOND = STORIES[:2]
REFUSED = make_original(
    make_document("bad", "", "Salt."),
    content=b"\xff\x00bytes",
    encoding="latin-1",
    outcome="unusable",
    code="too_short",
    reason="nothing to read",
)


def opened(settings: SearchSettings) -> Archive:
    return Archive(open_reader(settings), open_writer(settings))


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Archive]:
    """An embedded archive of articles, a refused one, a withdrawn one, and a run."""
    with opened(SearchSettings(data_dir=tmp_path / "data")) as filled:
        filled.writer.prepare()
        filled.fill(ARTICLES)
        filled.writer.write([REFUSED], [])
        filled.writer.withdraw("emoji", "asked for")
        moment = REFUSED.received_at
        filled.writer.record_run(
            RunReport(moment, moment, {"indexed": 20}, {"unusable:too_short": 1}, "1")
        )
        yield filled


@pytest.fixture
def target(elasticsearch_url: str, index_prefix: str) -> Iterator[Archive]:
    settings = SearchSettings(elasticsearch_url=elasticsearch_url, index=index_prefix)
    with opened(settings) as archive:
        yield archive


class Copying:
    """Runs the command as a person would."""

    def __init__(self, data: Path, url: str, index: str) -> None:
        self.url, self.index = url, index
        self._environment = {"DATELINE_DATA_DIR": str(data)}

    def run(self, *more: str) -> Any:
        arguments = ["copy", "--to", self.url, "--to-index", self.index, *more]
        return CliRunner().invoke(cli.app, arguments, env=self._environment)

    def answer(self) -> tuple[int, dict[str, Any]]:
        done = self.run("--json")
        return done.exit_code, json.loads(done.stdout)

    def writes(self) -> int:
        """How many writes the server has counted."""
        found = servers.ask(f"{self.url}/{self.index}*/_stats/indexing")
        return int(found["_all"]["primaries"]["indexing"]["index_total"])


@pytest.fixture
def copying(source: Archive, elasticsearch_url: str, index_prefix: str, tmp_path: Path) -> Copying:
    source.writer.close()
    return Copying(tmp_path / "data", elasticsearch_url, index_prefix)


def test_a_copy_holds_every_document_original_refusal_mark_and_the_last_run(
    source: Archive, target: Archive, copying: Copying
) -> None:
    code, answer = copying.answer()

    assert (code, answer["verified"]) == (0, True)
    assert (answer["documents"], answer["originals"]) == (len(ARTICLES) - 1, len(ARTICLES) + 1)
    assert target.scan() == source.scan()
    assert target.originals() == source.originals()
    ours, theirs = source.status(), target.status()
    assert theirs == replace(
        ours, engine=theirs.engine, engine_version=theirs.engine_version, index=copying.index
    )
    with pytest.raises(DocumentWithdrawn):
        target.get("emoji")


def test_a_second_copy_writes_nothing(copying: Copying) -> None:
    first, _ = copying.answer()
    writes = copying.writes()
    code, answer = copying.answer()

    assert (first, code, answer["verified"], answer["written"]) == (0, 0, True, 0)
    assert copying.writes() == writes


def test_what_changed_in_the_source_is_brought_after(
    source: Archive, target: Archive, copying: Copying
) -> None:
    copying.answer()
    later = replace(SECOND, revision=SECOND.revision + 1, title="Later")
    source.fill([later, make_document("new", "New", "Salt.")])
    source.writer.withdraw(TRIAL.id, "an order")
    source.writer.close()
    code, answer = copying.answer()

    assert (code, answer["written"]) == (0, 3)
    assert target.get(SECOND.id).title == "Later"
    assert target.get("new").title == "New"
    with pytest.raises(DocumentWithdrawn) as caught:
        target.original(TRIAL.id)
    assert caught.value.reason == "an order"


def test_what_was_withdrawn_at_the_target_is_not_brought_back(
    target: Archive, copying: Copying
) -> None:
    copying.answer()
    target.writer.withdraw(TRIAL.id, "an order")
    code, answer = copying.answer()

    assert (code, answer["written"], answer["withheld"]) == (0, 0, [TRIAL.id])
    with pytest.raises(DocumentWithdrawn):
        target.get(TRIAL.id)


def test_a_withdrawal_has_the_reason_of_the_source(target: Archive, copying: Copying) -> None:
    copying.answer()
    target.writer.withdraw("emoji", "another reason", anew=True)

    assert copying.answer()[0] == 0
    with pytest.raises(DocumentWithdrawn, match="asked for"):
        target.get("emoji")


def test_other_articles_of_the_target_stay(target: Archive, copying: Copying) -> None:
    copying.answer()
    target.fill([make_document("theirs", "Theirs", "Salt.")])

    assert copying.answer()[0] == 0
    assert target.get("theirs").title == "Theirs"


def test_a_document_that_was_altered_at_the_target_is_mended(
    target: Archive, copying: Copying
) -> None:
    copying.answer()
    target.fill([replace(TRIAL, summary="Altered.")])
    code, answer = copying.answer()

    assert (code, answer["written"]) == (0, 1)
    assert target.get(TRIAL.id) == TRIAL


def test_a_newer_copy_at_the_target_is_left_and_told(target: Archive, copying: Copying) -> None:
    copying.answer()
    target.fill([replace(TRIAL, revision=TRIAL.revision + 1, title="Newer")])
    code, answer = copying.answer()

    assert (code, answer["verified"]) == (3, False)
    assert answer["differing"] == {TRIAL.id: "a newer copy is there"}
    assert target.get(TRIAL.id).title == "Newer"


def test_a_document_that_was_lost_on_the_way_is_found_out(
    target: Archive, copying: Copying, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = ElasticWriter.write

    def write_one_less(
        self: ElasticWriter, originals: Sequence[Original], documents: Sequence[ArticleDocument]
    ) -> list[Written]:
        return write(self, originals, [each for each in documents if each.id != TRIAL.id])

    monkeypatch.setattr(ElasticWriter, "write", write_one_less)
    done = copying.run()

    assert done.exit_code == 3
    assert "different: 1" in done.stdout
    assert TRIAL.id in done.stderr
    with pytest.raises(DocumentNotFound):
        target.get(TRIAL.id)


def test_a_server_that_is_not_there_and_an_archive_that_is_not_there_are_one_line_and_code_4(
    copying: Copying, tmp_path: Path
) -> None:
    there = copying.url
    copying.url = "http://127.0.0.1:9"
    nobody = copying.run()
    nothing = Copying(tmp_path / "empty", there, copying.index).run()

    for done, said in ((nobody, "nobody answers"), (nothing, "no archive")):
        assert done.exit_code == 4
        assert done.stdout == ""
        assert said in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr
