"""How long a newcomer waits: `make demo` from a fresh clone to the first search answer, and again.

    python benchmarks/demo.py [--python python3]

Clones what is committed into a folder of its own; packages come from pip's cache where it has them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEARCH = re.compile(r"http://\S+/v1/search\S+")
PATIENCE = 900.0
"""Seconds; without a cache hundreds of megabytes are fetched."""


def time_demo(checkout: Path, python: str) -> tuple[float, int]:
    """Seconds from `make demo` to the answer of the first search it prints, and its hits."""
    log = checkout.parent / "log"
    begun = time.monotonic()
    with log.open("w") as output:
        demo = subprocess.Popen(
            ["make", "demo", f"PYTHON={python}"],
            cwd=checkout,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        hits = wait_for_hits(log, demo)
        return time.monotonic() - begun, hits
    finally:
        os.killpg(demo.pid, signal.SIGINT)
        demo.wait(timeout=60)


def wait_for_hits(log: Path, demo: subprocess.Popen[bytes]) -> int:
    """How many hits the first search has, as soon as it is printed."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and demo.poll() is None:
        found = SEARCH.search(log.read_text())
        if found:
            with urllib.request.urlopen(found[0], timeout=30) as answer:
                return int(json.load(answer)["total"]["value"])
        time.sleep(0.1)
    raise SystemExit(f"make demo did not come to a search:\n{log.read_text()}")


def main() -> None:
    """Measure a first and a second start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default="python3")
    python = parser.parse_args().python
    with tempfile.TemporaryDirectory(prefix="dateline-demo-") as folder:
        checkout = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", ROOT, checkout], check=True)
        for start in ("first", "second"):
            seconds, hits = time_demo(checkout, python)
            print(f"{start} start to the first answer ({hits} hits): {seconds:.1f} s")


if __name__ == "__main__":
    main()
