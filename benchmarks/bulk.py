"""Our writing with the ledger on against `helpers.parallel_bulk` of the very same documents.

    python benchmarks/bulk.py [--server URL] [--articles 4000] [--rounds 3]

Articles are made into documents beforehand, without the entity model; both sides turn them into
JSON themselves, use the same client, begin with empty indices of our mappings and end with a
refresh. Rounds alternate. Two comparisons:

documents alone        ours: accept in the ledger, `Writer.write` of documents, settle, 1,000 at
                       once;
                       theirs: the documents, 500 at once, four threads (the helper's defaults)
documents + originals  ours: a whole `Ingest.run` from articles in memory: hash, accept, look up,
                       write originals and documents, settle, report;
                       theirs: all originals, then all documents
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import uuid
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from elasticsearch import helpers

from dateline.documents import Entities, Outcome, RawArticle
from dateline.search.elastic.client import connect_writer
from dateline.search.elastic.writer import ElasticWriter
from dateline.search.settings import SearchSettings
from dateline.search.storing import store_document, store_original
from indexer.building import Identity
from indexer.identity import find_id, hash_content
from indexer.ingest import WRITTEN, Ingest
from indexer.ledger import Copy, Ledger, Settlement
from indexer.pipeline import Job, Rules, make_batch
from indexer.settings import load_settings
from indexer.sources import SourceOptions, iter_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from elasticsearch import Elasticsearch

    from indexer.entities import EntityText
    from indexer.pipeline import Made

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "reuters21578-sgml.tar.xz"


class NoFinder:
    """Finds nothing, at once."""

    def find(self, batch: Sequence[EntityText]) -> list[Entities]:
        """No names."""
        return [Entities() for _ in batch]


@dataclass(frozen=True)
class Prepared:
    """Gives back what was made beforehand."""

    made: dict[str, Made]

    def make(self, batches: Iterable[Sequence[Job]]) -> Iterator[list[Made]]:
        """One answer per batch, in order."""
        return ([self.made[job.identity.id] for job in jobs] for jobs in batches)

    def close(self) -> None:
        """Nothing to end."""


@dataclass(frozen=True)
class Room:
    """An empty archive with a ledger of its own."""

    settings: SearchSettings
    client: Elasticsearch
    writer: ElasticWriter
    ledger: Ledger


def prepare(most: int) -> tuple[list[RawArticle], list[Made]]:
    """Articles with bodies, and what they are made into."""
    read = iter_articles([CORPUS], SourceOptions())
    whole = [each for each in islice(read, most * 2) if isinstance(each, RawArticle)][:most]
    now, rules = datetime.now(UTC), Rules(load_settings().max_characters)
    jobs = [
        Job(each, Identity(find_id(each), hash_content(each.original, each.options), "1", now))
        for each in whole
    ]
    made = make_batch(jobs, rules, NoFinder())
    pairs = [(job.article, each) for job, each in zip(jobs, made, strict=True) if each.document]
    return [article for article, _ in pairs], [each for _, each in pairs]


def ours_alone(room: Room, _articles: Sequence[RawArticle], made: Sequence[Made]) -> None:
    """Accept, write documents, settle."""
    with room.ledger.begin("1") as account:
        for start in range(0, len(made), WRITTEN):
            some = made[start : start + WRITTEN]
            account.accept(
                [Copy(e.original.location, e.original.content_hash, e.original.id) for e in some]
            )
            room.writer.write([], [each.document for each in some if each.document])
            account.settle([_settlement(each) for each in some])
    room.writer.refresh()


def _settlement(made: Made) -> Settlement:
    original, document = made.original, made.document
    outcome = Outcome("indexed", original.location, original.id)
    return Settlement(outcome, original.content_hash, document.revision if document else None)


def ours_with_originals(room: Room, articles: Sequence[RawArticle], made: Sequence[Made]) -> None:
    """A whole run, the making left out."""
    maker = Prepared({each.original.id: each for each in made})
    with room.ledger.begin("1") as account:
        Ingest(maker, room.writer, "1", lambda _outcome, _made: None, account).run(articles)


def theirs_alone(room: Room, _articles: Sequence[RawArticle], made: Sequence[Made]) -> None:
    """The helper with documents."""
    _bulk(room, _document_actions(room, made))


def theirs_with_originals(
    room: Room, _articles: Sequence[RawArticle], made: Sequence[Made]
) -> None:
    """The helper with originals, then with documents."""
    _bulk(room, _original_actions(room, made))
    _bulk(room, _document_actions(room, made))


def _bulk(room: Room, actions: Iterator[dict[str, Any]]) -> None:
    deque(helpers.parallel_bulk(room.client, actions), maxlen=0)
    room.writer.refresh()


def _document_actions(room: Room, made: Sequence[Made]) -> Iterator[dict[str, Any]]:
    for each in made:
        if each.document:
            yield _action(
                room.settings.index, each, each.document.revision, store_document(each.document)
            )


def _original_actions(room: Room, made: Sequence[Made]) -> Iterator[dict[str, Any]]:
    for each in made:
        revision = each.document.revision if each.document else 0
        yield _action(room.settings.originals, each, revision, store_original(each.original))


def _action(alias: str, made: Made, revision: int, stored: dict[str, Any]) -> dict[str, Any]:
    return {
        "_op_type": "index",
        "_index": alias,
        "_id": made.original.id,
        "version": revision,
        "version_type": "external_gte",
        "_source": stored,
    }


def time_side(
    server: str,
    side: Callable[[Room, Sequence[RawArticle], Sequence[Made]], None],
    articles: Sequence[RawArticle],
    made: Sequence[Made],
) -> float:
    """Documents per second of one side, in an empty archive that is deleted afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        index = f"bench-{uuid.uuid4().hex[:8]}"
        settings = SearchSettings(elasticsearch_url=server, index=index)  # type: ignore[arg-type]
        client, writer = connect_writer(settings), ElasticWriter(settings)
        writer.prepare()
        try:
            with Ledger(Path(folder) / "ledger.sqlite") as ledger:
                begun = time.perf_counter()
                side(Room(settings, client, writer, ledger), articles, made)
                seconds = time.perf_counter() - begun
            count = client.count(index=index)["count"]
            if count != len({each.original.id for each in made}):
                sys.exit(f"{side.__name__} wrote {count} documents of {len(made)}")
        finally:
            for alias in (settings.index, settings.originals):
                client.indices.delete(index=",".join(client.indices.get_alias(name=alias)))
            writer.close()
            client.close()
    return len(made) / seconds


def main() -> None:
    """Compare both ways, rounds alternating, and print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    default = os.environ.get("DATELINE_TEST_ELASTICSEARCH_URL", "http://127.0.0.1:9200")
    parser.add_argument("--server", default=default)
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    articles, made = prepare(asked.articles)
    words = sum(each.document.word_count for each in made if each.document) / len(made)
    print(f"{len(made):,} stories of {words:.0f} words on average, {asked.rounds} rounds")
    pairs = {
        "documents alone": (ours_alone, theirs_alone),
        "documents + originals": (ours_with_originals, theirs_with_originals),
    }
    for name, (ours, theirs) in pairs.items():
        time_side(asked.server, theirs, articles[:500], made[:500])  # warms the server
        rates: dict[Any, list[float]] = {ours: [], theirs: []}
        for number in range(asked.rounds):
            for side in (ours, theirs) if number % 2 else (theirs, ours):
                rates[side].append(time_side(asked.server, side, articles, made))
        print(f"{name}: ours {_show(rates[ours])}, parallel_bulk {_show(rates[theirs])}", end=", ")
        print(f"ratio {median(rates[ours]) / median(rates[theirs]):.2f}", flush=True)


def _show(rates: Sequence[float]) -> str:
    each = ", ".join(f"{rate:,.0f}" for rate in rates)
    return f"{median(rates):,.0f}/s ({each})"


if __name__ == "__main__":
    main()
