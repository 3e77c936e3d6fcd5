"""`copy`: which of its options a fault of the target names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from dateline import cli
from dateline.search.opening import open_writer
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An embedded archive without articles, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    writer = open_writer(SearchSettings())
    writer.prepare()
    writer.close()


def copy(*arguments: str) -> Any:
    return CliRunner().invoke(cli.app, ["copy", *arguments])


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["--to", "ftp://a.example"], 2, "--to: write it as http"),
        (["--to", "http://127.0.0.1:1", "--to-index", "BAD"], 2, "--to-index: use lower-case"),
        (["--to", "http://127.0.0.1:1"], 4, "nobody answers at --to: "),
        (["--to", "http://127.0.0.1:1", "--index", "none"], 4, "no archive in .dateline"),
    ],
)
def test_a_fault_names_the_option_that_is_wrong(
    arguments: list[str], code: int, named: str
) -> None:
    answer = copy(*arguments)
    assert answer.exit_code == code
    assert named in answer.stderr


@pytest.mark.parametrize("to", ["", " "])
def test_an_archive_is_not_copied_to_itself(to: str) -> None:
    answer = copy("--to", to)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "--to is empty" in answer.stderr
