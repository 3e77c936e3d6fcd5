"""How fast articles are read: whole corpora through the command, and where one core's time goes.

    python benchmarks/ingest.py [--server URL] [--reuters] [--articles 200]

Without a server the command runs dry (nothing is written). The corpora are ../shared/corpora.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.building import Identity
from indexer.entities import open_finder
from indexer.identity import find_id, hash_content
from indexer.pipeline import Job, Rules, make_batch
from indexer.settings import load_settings, use_one_thread
from indexer.sources import Refusal, SourceOptions, iter_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import Entities
    from indexer.entities import EntityFinder, EntityText

CORPORA = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"
YAHOO, REUTERS = "yahoo-finance-2017.json.xz", "reuters21578-sgml.tar.xz"
BATCH = 16


class Stopwatch:
    """Passes batches on to a finder and adds up its processor time."""

    def __init__(self, finder: EntityFinder) -> None:
        self.finder, self.seconds = finder, 0.0

    def find(self, batch: Sequence[EntityText]) -> list[Entities]:
        """Find, and time it."""
        begun = time.process_time()
        found = self.finder.find(batch)
        self.seconds += time.process_time() - begun
        return found


def ingest_corpus(name: str, server: str | None) -> None:
    """One corpus through the real command; prints counts and rate."""
    command = [sys.executable, "-m", "dateline.cli", "ingest", str(CORPORA / name), "--json"]
    where = ["--elasticsearch-url", server, "--index", f"bench-{uuid.uuid4().hex[:8]}"]
    command += where if server else ["--dry-run"]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    if done.returncode not in {0, 3}:
        sys.exit(f"{name}: exit code {done.returncode}: {done.stderr.strip()}")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    counts: Any = lines[-1]["counts"] if server else _count(lines)
    total = sum(counts.values())
    print(f"{name}: {total:,} articles in {seconds:.0f} s = {total / seconds:.1f}/s, {counts}")


def _count(lines: list[dict[str, Any]]) -> dict[str, int]:
    kinds = [line["outcome"] for line in lines]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def measure_stages(most: int) -> None:
    """Processor time per article, of the entity model alone and of all the rest."""
    options = SourceOptions()
    rules = Rules(load_settings().max_characters)
    begun = time.process_time()
    read = [a for a in iter_articles([CORPORA / YAHOO], options) if not isinstance(a, Refusal)]
    reading = (time.process_time() - begun) / len(read)
    now = datetime.now(UTC)
    jobs = [
        Job(a, Identity(find_id(a), hash_content(a.original, a.options), "0", now)) for a in read
    ]
    watch = Stopwatch(open_finder())
    make_batch(jobs[:BATCH], rules, watch)
    watch.seconds, begun = 0.0, time.process_time()
    made = [
        each
        for start in range(0, most, BATCH)
        for each in make_batch(jobs[start : start + BATCH], rules, watch)
    ]
    total = (time.process_time() - begun) / len(made)
    entities = watch.seconds / len(made)
    words = sum(each.document.word_count for each in made if each.document) / len(made)
    print(f"one core, {len(made)} Yahoo articles of {words:.0f} words on average, per article:")
    print(f"  reading {reading * 1000:.1f} ms, entities {entities * 1000:.1f} ms,", end=" ")
    print(f"all other stages {(total - entities) * 1000:.1f} ms")
    print(f"  all but entities / entities: {(total - entities + reading) / entities:.1%}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {1 / (total + reading):.1f} articles/s a core, peak memory {peak:.0f} MB")


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--server", default=os.environ.get("DATELINE_TEST_ELASTICSEARCH_URL"))
    parser.add_argument("--reuters", action="store_true", help="Reuters-21578 whole (minutes)")
    parser.add_argument("--articles", type=int, default=200)
    asked = parser.parse_args()
    use_one_thread()
    measure_stages(asked.articles)
    ingest_corpus(YAHOO, asked.server)
    if asked.reuters:
        ingest_corpus(REUTERS, asked.server)


if __name__ == "__main__":
    main()
