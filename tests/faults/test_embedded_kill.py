"""The embedded archive after kill -9: nothing acknowledged is lost, the same ingest heals it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from contract.archive import Archive
from contract.documents import make_document

from dateline.errors import DocumentWithdrawn
from dateline.search.embedded.reader import EmbeddedReader
from dateline.search.embedded.writer import EmbeddedWriter
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dateline.documents import ArticleDocument

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")

BATCHES, SIZE = 30, 20
CHILD = """
import os, signal, sys
from pathlib import Path
from dateline.search.embedded import lifecycle, originals, pairs, writer
from dateline.search.settings import SearchSettings
from contract.documents import with_originals
from faults.test_embedded_kill import batch, BATCHES

folder, place, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if place:
    owner, name = {places}[place]
    inner, calls = getattr(owner, name), 0
    def dying(*given, **named):
        global calls
        calls += 1
        if calls == at and not place.startswith("after"):
            os.kill(os.getpid(), signal.SIGKILL)
        answer = inner(*given, **named)
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer
    setattr(owner, name, dying)
mine = writer.EmbeddedWriter(SearchSettings(data_dir=folder))
mine.prepare()
for number in range(BATCHES):
    mine.write(*with_originals(batch(number)))
    print(number, flush=True)
mine.withdraw("k0-0", "asked for")
print(BATCHES, flush=True)
"""
PLACES = """{
    "before the pointer": (lifecycle, "create_index"),
    "after the folder": (lifecycle, "create_index"),
    "after the originals": (originals.Originals, "keep"),
    "before the documents": (pairs.Pairs, "add"),
    "amid the documents": (pairs, "build_document"),
    "after the documents": (pairs.Pairs, "add"),
    "after the mark": (originals.Originals, "keep"),
}"""


def batch(number: int) -> list[ArticleDocument]:
    return [
        make_document(f"k{number}-{n}", f"Note {number} {n}", "Salt and rope.", day="2024-01-01")
        for n in range(SIZE)
    ]


EVERY = [document for number in range(BATCHES) for document in batch(number)]


def start(folder: Path, place: str = "", at: int = 0) -> subprocess.Popen[str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(
        [sys.executable, "-c", CHILD.replace("{places}", PLACES), str(folder), place, str(at)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )


def check_and_heal(folder: Path, acknowledged: Sequence[int]) -> None:
    settings = SearchSettings(data_dir=folder)
    with Archive(EmbeddedReader(settings), EmbeddedWriter(settings)) as archive:
        archive.writer.prepare()
        there = {each.id for each in archive.scan()}
        promised = {f"k{number}-{n}" for number in acknowledged for n in range(SIZE)}
        assert promised - there <= {"k0-0"}
        known = archive.writer.stored([each.id for each in EVERY])
        said = {key for key, each in known.items() if each.outcome == "indexed"}
        assert said == there
        archive.fill([each for each in EVERY if each.id not in known])
        ids = [each.id for each in archive.scan()]
        assert len(ids) == len(set(ids))
        assert {each.id for each in EVERY} - set(ids) <= {"k0-0"}
        assert archive.search("salt", match="all").total.value == len(ids)


@pytest.mark.parametrize(
    ("place", "at"),
    [
        ("before the pointer", 1),
        ("after the folder", 1),
        ("after the originals", 1),
        ("after the originals", 7),
        ("before the documents", 4),
        ("amid the documents", 2 * SIZE + 5),
        ("after the documents", 5),
    ],
)
@pytest.mark.promise(
    "kill -9 at each step of an embedded write", "what was acknowledged is there; it heals"
)
def test_killed_at_any_step_it_heals(tmp_path: Path, place: str, at: int) -> None:
    with start(tmp_path, place, at) as child:
        said, _ = child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    check_and_heal(tmp_path, [int(line) for line in said.split()])


@pytest.mark.promise("kill -9 of a withdrawal", "the article is withdrawn")
def test_killed_while_withdrawing_it_is_withdrawn(tmp_path: Path) -> None:
    with start(tmp_path, "after the mark", BATCHES + 1) as child:
        said, _ = child.communicate(timeout=60)
    assert said.split()[-1] == str(BATCHES - 1)
    check_and_heal(tmp_path, range(BATCHES))
    settings = SearchSettings(data_dir=tmp_path)
    with Archive(EmbeddedReader(settings), EmbeddedWriter(settings)) as archive:
        with pytest.raises(DocumentWithdrawn):
            archive.get("k0-0")
        assert "k0-0" not in archive.ids("salt", page_size=1000)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.promise(
    "kill -9 of an embedded writer at random moments", "what was acknowledged is there; it heals"
)
def test_killed_at_some_moment_it_heals(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with start(tmp_path) as child:
        assert child.stdout is not None
        acknowledged = [int(child.stdout.readline()) for _ in range(chance.randint(1, BATCHES - 1))]
        time.sleep(chance.random() / 50)
        child.kill()
        acknowledged += [int(line) for line in child.stdout.read().split()]
    check_and_heal(tmp_path, [each for each in acknowledged if each < BATCHES])
