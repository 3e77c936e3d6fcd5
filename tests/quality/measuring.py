"""Runs the modules that measure, each in a process of its own, and notes which corpora each opens.

`python -m quality.measuring PACKAGE.measure_STAGE CORPORA RESULT` is such a process.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from quality.corpus_files import ALL
from quality.floors import Measured, read_figures, write_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
CORPORA = HERE.parents[2] / "shared" / "corpora"
AT_ONCE = 2
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""More threads add in another order, and figures would hang on the number of cores."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a module measured in how many seconds; `fault` is its last words if it failed."""

    module: str
    figures: tuple[Measured, ...]
    seconds: float
    fault: str = ""


def find_modules(folder: Path = HERE) -> list[Path]:
    """The modules of a folder that measure, by name."""
    return sorted(folder.glob("measure_*.py"))


def is_quick(module: Path) -> bool:
    """Whether a module says of itself, by `QUICK = True`, that it needs less than two seconds."""
    return "\nQUICK = True\n" in module.read_text(encoding="utf-8")


def missing(corpora: Path) -> list[str]:
    """The files of the corpora that are not there."""
    return [name for name in ALL if not (corpora / name).exists()]


def measure_all(
    modules: Sequence[Path], corpora: Path, at_once: int = AT_ONCE
) -> Iterator[Measurement]:
    """Runs the modules, `at_once` at a time; in their order."""
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(lambda module: measure(module, corpora), modules)


def measure(module: Path, corpora: Path) -> Measurement:
    """Runs one module in a process of its own."""
    start = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "figures.json"
        done = _run(module, corpora, result)
        seconds = perf_counter() - start
        if done.returncode:
            return Measurement(module.stem, (), seconds, _last_words(done))
        return Measurement(module.stem, tuple(read_figures(result)), seconds)


def _run(module: Path, corpora: Path, result: Path) -> subprocess.CompletedProcess[str]:
    name = f"{module.parent.name}.{module.stem}"
    command = [sys.executable, "-m", "quality.measuring", name, str(corpora.resolve()), str(result)]
    paths = [HERE.parent, module.parent.parent, os.environ.get("PYTHONPATH", "")]
    path = os.pathsep.join(filter(None, map(str, paths)))
    return subprocess.run(
        command,
        cwd=HERE.parent,
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def _last_words(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"ended with code {done.returncode}"


class Opened:
    """The files of the corpora that this process opens from now on."""

    def __init__(self, corpora: Path) -> None:
        self._root = f"{corpora}{os.sep}"
        self._files: set[str] = set()
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            path = str(arguments[0])
            if path.startswith(self._root):
                self._files.add(path)

    def digests(self) -> dict[str, str]:
        """SHA-256 by name below the corpora."""
        files = sorted(map(Path, self._files))
        return {
            str(file.relative_to(self._root)): sha256(file.read_bytes()).hexdigest()
            for file in files
        }


def main(name: str, corpora: Path, result: Path) -> None:
    """Measures in this process and writes the figures down."""
    opened = Opened(corpora)
    figures = importlib.import_module(name).figures(corpora)
    digests = opened.digests()
    module = name.rpartition(".")[2]
    write_figures(result, [Measured(each, module, digests) for each in figures])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
