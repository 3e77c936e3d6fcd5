"""api/Dockerfile and .dockerignore, read, and the wheel that their build makes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def dockerfile(root: Path) -> str:
    return (root / "api" / "Dockerfile").read_text("utf-8").replace("\\\n", "")


def instructions(dockerfile: str, name: str) -> list[str]:
    return re.findall(rf"^{name} (.*)$", dockerfile, re.MULTILINE)


def test_the_image_is_built_from_pinned_pythons_and_hashed_locks(dockerfile: str) -> None:
    bases = {base.split()[0] for base in instructions(dockerfile, "FROM")}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", bases.pop())
    installs = re.findall(r"pip install (.*?)(?:&&|$)", dockerfile, re.MULTILINE)
    assert installs
    assert all("--require-hashes" in it or "--no-index" in it for it in installs)


def test_the_image_runs_as_nobody_special(dockerfile: str) -> None:
    assert instructions(dockerfile, "USER") == ["10001:10001"]


def test_image_and_compose_agree(root: Path, dockerfile: str) -> None:
    api = yaml.safe_load((root / "docker-compose.yml").read_text("utf-8"))["services"]["api"]
    (check,) = instructions(dockerfile, "HEALTHCHECK")
    assert json.loads(check.partition("CMD ")[2]) == api["healthcheck"]["test"][1:]
    assert json.loads(instructions(dockerfile, "ENTRYPOINT")[0]) == api["entrypoint"]
    assert json.loads(instructions(dockerfile, "CMD")[0]) == api["command"]


def copied(dockerfile: str) -> list[str]:
    lines = [line.split() for line in instructions(dockerfile, "COPY")]
    return [name.rstrip("/") for line in lines if "--from" not in line[0] for name in line[:-1]]


def test_the_build_sees_what_it_copies_and_nothing_else(root: Path, dockerfile: str) -> None:
    lines = (root / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == set(copied(dockerfile))


def test_what_is_copied_makes_a_whole_wheel(root: Path, dockerfile: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in copied(dockerfile):
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, source / name)
    pip = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--no-index"]
    subprocess.run([*pip, "-q", "--wheel-dir", tmp_path, "."], cwd=source, check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    assert {"dateline/cli/__init__.py", "api/main.py", "mappings/articles.v1.json"} <= names
    assert sum(name.startswith("dateline/samples/") for name in names) >= 30
    assert not any(name.startswith(("tests/", "tools/")) for name in names)
