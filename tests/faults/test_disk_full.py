"""A disk that is full, or that nobody may write to: the archive stays whole, and goes on."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from faults.archives import Place, check_alike, check_ledger
from faults.service import serving
from promises import ENDURANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Tell = Callable[[str, object], None]

ROOMY = "256m"


class Disk:
    """A file system in memory of a size that can be changed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def resize(self, size: str) -> None:
        self._remount(f"size={size}")

    def fill(self) -> None:
        """To the last byte."""
        with (self.path / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while filler.write(b"x" * 4096):
                pass

    def shut(self) -> None:
        self._remount("ro")

    def _remount(self, option: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{option}", str(self.path)], check=True)


@contextmanager
def mounted(path: Path, size: str) -> Iterator[Disk]:
    """A small disk at a folder, gone after the block; not allowed to mount is said aloud."""
    path.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = f"no small disk can be mounted here: {done.stderr.strip()}"
        if os.environ.get("DATELINE_TEST_REQUIRE_ELASTICSEARCH") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, few_articles: Path) -> Place:
    place = Place(tmp_path_factory.mktemp("undisturbed"))
    assert place.run("ingest", str(few_articles)).returncode == 0
    return place


def check_remedy(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert "free disk space" in last
    assert "the same" in last


@pytest.mark.promise(
    "disk full under the embedded archive", "code 4 and the remedy; with room again it goes on"
)
@pytest.mark.parametrize("size", ["150k", "400k", "700k"] if ENDURANCE else ["400k"])
def test_an_archive_on_a_full_disk_goes_on_when_there_is_room(
    tmp_path: Path, few_articles: Path, undisturbed: Place, size: str, record_property: Tell
) -> None:
    with mounted(tmp_path / "disk", size) as disk:
        place = Place(disk.path / "archive")
        check_remedy(place.run("ingest", str(few_articles)))
        disk.resize(ROOMY)
        assert place.run("ingest", str(few_articles)).returncode == 0
        check_alike(place, undisturbed, record_property)
        check_ledger(place)


@pytest.mark.promise(
    "disk full under the ledger", "code 4 and the remedy; nothing accepted is lost"
)
def test_a_ledger_on_a_full_disk_goes_on_when_there_is_room(
    place: Place, tmp_path: Path, few_articles: Path, undisturbed: Place, record_property: Tell
) -> None:
    with mounted(tmp_path / "disk", "100k") as disk:
        there = Place(disk.path / "archive", place.url, place.index)
        check_remedy(there.run("ingest", str(few_articles)))
        disk.resize(ROOMY)
        assert there.run("ingest", str(few_articles)).returncode == 0
        check_alike(there, undisturbed, record_property)
        check_ledger(there)


@pytest.mark.promise(
    "full disk under a living archive", "what was committed is found; a rebuild changes nothing"
)
def test_what_was_committed_is_found_on_a_full_disk(tmp_path: Path, few_articles: Path) -> None:
    with mounted(tmp_path / "disk", ROOMY) as disk:
        place = Place(disk.path / "archive")
        assert place.run("ingest", str(few_articles)).returncode == 0
        before = place.contents()
        disk.resize("8m")
        disk.fill()
        check_remedy(place.run("rebuild"))
        with serving(place.env) as service:
            assert service.ask().json()["total"]["value"] == len(before[0])
            some = min(before[0])
            assert service.ask(f"/v1/articles/{some}").status == 200
            raw = service.ask(f"/v1/articles/{some}/raw")  # from SQLite, which needs a little room
            assert raw.status == 200 or raw.json()["code"] == "engine_blocked", raw.body
        (disk.path / "filler").unlink()
        disk.resize(ROOMY)
        assert place.run("rebuild").returncode == 0
        assert place.contents() == before
        check_ledger(place)


@pytest.mark.promise("read-only folder", "a refusal that names the setting; a running API goes on")
def test_an_archive_that_may_only_be_read_is_searched(tmp_path: Path, few_articles: Path) -> None:
    with mounted(tmp_path / "disk", ROOMY) as disk:
        place = Place(disk.path / "archive")
        assert place.run("ingest", str(few_articles)).returncode == 0
        with serving(place.env) as service:
            assert service.ask().status == 200
            disk.shut()
            for command in (["ingest", str(few_articles)], ["rebuild"], ["status"]):
                done = place.run(*command)
                assert done.returncode in {2, 4}, done.stderr
                assert "DATELINE_DATA_DIR" in done.stderr.splitlines()[-1]
                assert "Traceback" not in done.stderr
            assert service.ask().status == 200
            assert service.ask("/ready").status == 200
