"""How fast stored originals are made anew, against the ingest of the same articles just before.

    python benchmarks/reprocess.py [--server URL] [--articles 400]

Both go through the command, each with its own start and model load. The articles are the first of
Yahoo 2017 in ../shared/corpora; without a server the archive is the embedded engine's.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

CORPUS = (
    Path(__file__).resolve().parent.parent.parent
    / "shared"
    / "corpora"
    / "yahoo-finance-2017.json.xz"
)


def run(folder: Path, server: str | None, index: str, *command: str) -> tuple[float, Any]:
    """One command of ours in a data folder of its own; its seconds and its JSON."""
    where = ["--index", index, *(["--elasticsearch-url", server] if server else [])]
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "dateline.cli", *command, "--json", *where],
        env=os.environ | {"DATELINE_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - begun
    if done.returncode not in {0, 3}:
        sys.exit(f"{command[0]}: exit code {done.returncode}: {done.stderr.strip()}")
    return seconds, json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Ingest, reprocess, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--server", default=os.environ.get("DATELINE_TEST_ELASTICSEARCH_URL"))
    parser.add_argument("--articles", type=int, default=400)
    asked = parser.parse_args()
    index = f"bench-{uuid.uuid4().hex[:8]}"
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.json"
        records = json.loads(lzma.decompress(CORPUS.read_bytes()))[: asked.articles]
        articles.write_text(json.dumps(records))
        first, ingested = run(Path(folder), asked.server, index, "ingest", str(articles))
        again, remade = run(Path(folder), asked.server, index, "reprocess")
        _, verified = run(Path(folder), asked.server, index, "verify")
    count = sum(ingested["counts"].values())
    print(f"ingest:    {count:,} articles in {first:.1f} s = {count / first:.1f}/s")
    print(f"reprocess: {count:,} originals in {again:.1f} s = {count / again:.1f}/s")
    print(f"ratio {first / again:.2f}; {remade['counts']}; {len(verified['differences'])} differ")
    if asked.server:
        print(f"left on the server: indices {index}-*")


if __name__ == "__main__":
    main()
