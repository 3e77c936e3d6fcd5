"""Stage by stage: what the indexer does of an article beside spaCy's NER alone, on one core.

    python benchmarks/text.py [PATH…] [--pages PATH] [--articles 320] [--profile]

Paths: anything that `dateline ingest` reads; without, the BBC and Yahoo corpora of ../shared. HTML
is reported apart. The baseline of every ratio is the model's `pipe` over the very texts that are
stored, measured batch by batch in turns with our work, both in processor time: a busy machine
slows both alike and is not counted. The stages are the functions that `indexer.pipeline` calls,
timed where it calls them; `entity rules` is all that the finder does but the model's first reading.
"""

from __future__ import annotations

import argparse
import pstats
import resource
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from stopwatch import Stopwatch
from summaries import ours, stock_lexrank

from dateline.documents import RawArticle
from indexer import pipeline
from indexer.building import Identity
from indexer.entities import open_finder
from indexer.identity import find_id, hash_content
from indexer.ingest import BATCH, BATCH_CHARACTERS, group_by_size
from indexer.pipeline import Job, Rules, make_batch, weigh
from indexer.pool import open_pool, open_settled
from indexer.settings import load_settings, use_one_thread
from indexer.sources import SourceOptions, iter_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities.finder import EntityFinder

CORPORA = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"
TEXTS = [CORPORA / "bbc-news.tar.xz", CORPORA / "yahoo-finance-2017.json.xz"]
PAGES = CORPORA / "fundus-parser-fixtures.tar"
STAGES = {
    "pages": ["extract_article"],
    "cleaning": ["clean_article"],
    "language": ["choose_language"],
    "sentences": ["split_sentences"],
    "summary": ["_rank", "summarize_stored"],
    "building": [
        "choose_date",
        "find_revision",
        "name_entities",
        "find_evidence",
        "build_original",
        "build_document",
        "count_dropped_lines",
    ],
}
"""Which of the names in `indexer.pipeline` are which stage."""
LEXRANKED = 8
"""Texts of each batch that sumy's LexRank is timed on too: it takes as long as the model."""
SHOWN = 12


class TimedModel:
    """spaCy's model, the first reading of each batch of articles timed apart from the second."""

    def __init__(self, model: Any, watch: Stopwatch) -> None:
        self.model, self.watch, self.first = model, watch, True

    def pipe(self, texts: Any, batch_size: int) -> Iterator[Any]:
        """The documents, as the model gives them."""
        name = "model in the finder" if self.first else "second reading"
        self.first = False
        documents = self.model.pipe(list(texts), batch_size=batch_size)
        while True:
            with self.watch.paused("finder"), self.watch.time(name):
                document = next(documents, None)
            if document is None:
                return
            yield document


@dataclass(slots=True)
class Measured:
    """What was measured of one kind of articles, batch by batch."""

    watch: Stopwatch
    articles: int = 0
    words: int = 0
    batches: list[dict[str, float]] = field(default_factory=list)

    def share(self, stage: str) -> float:
        """A stage's time by NER's: the median of all batches, so that no hiccup counts."""
        return median(batch[stage] / batch["NER alone"] for batch in self.batches)


def tell_stages(seconds: Counter[str]) -> dict[str, float]:
    """The seconds of a batch by the stages that are told."""
    rules = seconds["finder"] - seconds["model in the finder"]
    stages = {stage: seconds[stage] for stage in ("reading", *STAGES)} | {"entity rules": rules}
    beside = seconds["reading"] + seconds["all"] - seconds["model in the finder"]
    rest = {"all else": beside - sum(stages.values()), "beside NER": beside}
    return {"NER alone": seconds["NER alone"]} | stages | rest


class Bench:
    """The model once, and the pipeline with a stopwatch in it."""

    def __init__(self) -> None:
        self.finder = open_settled(open_finder)
        self.model = self.finder._model  # noqa: SLF001 - the very model that the finder asks
        self.rules = Rules(load_settings().max_characters)

    def measure(self, paths: Sequence[Path], most: int, *, profiling: bool) -> Measured:
        """Articles through the pipeline, in turns with the model alone and sumy's LexRank."""
        self._measure(paths, BATCH, Stopwatch())  # warm
        return self._measure(paths, most, Stopwatch(profiling))

    def _measure(self, paths: Sequence[Path], most: int, watch: Stopwatch) -> Measured:
        measured = Measured(watch)
        with instrumented(watch, self.finder):
            before: Counter[str] = Counter()
            for jobs in iter_batches(paths, most, watch):
                self._measure_batch(jobs, measured)
                measured.batches.append(tell_stages(watch.seconds - before))
                before = watch.seconds.copy()
        return measured

    def _measure_batch(self, jobs: Sequence[Job], measured: Measured) -> None:
        watch = measured.watch
        self.finder._model = TimedModel(self.model, watch)  # noqa: SLF001 - as above
        with watch.time("all"):
            made = make_batch(jobs, self.rules, self.finder)
        documents = [each.document for each in made if each.document]
        with watch.time("NER alone"):
            list(self.model.pipe([each.text for each in documents], batch_size=BATCH))
        with watch.time("stock LexRank"):
            for document in documents[:LEXRANKED]:
                stock_lexrank(document.text)
        with watch.time("ours beside it"):
            for document in documents[:LEXRANKED]:
                ours(document.text)
        measured.articles += len(documents)
        measured.words += sum(document.word_count for document in documents)


@contextmanager
def instrumented(watch: Stopwatch, finder: EntityFinder) -> Iterator[None]:
    """The stages of `indexer.pipeline` and the finder timed, until the end of the block."""
    names = [(stage, name) for stage, names in STAGES.items() for name in names]
    before = {name: getattr(pipeline, name) for _, name in names}
    for stage, name in names:
        setattr(pipeline, name, watch.wrap(stage, before[name]))
    finder.find = watch.wrap("finder", finder.find)  # type: ignore[method-assign]
    try:
        yield
    finally:
        del finder.find
        for name, function in before.items():
            setattr(pipeline, name, function)


def iter_batches(paths: Sequence[Path], most: int, watch: Stopwatch) -> Iterator[list[Job]]:
    """As many articles of each path, in batches as an ingest makes them; the reading is timed."""
    each = most // len(paths)
    found = chain.from_iterable(islice(iter_jobs(path), each) for path in paths)
    for jobs in group_by_size(watch.iterate("reading", found), BATCH, BATCH_CHARACTERS, weigh):
        yield list(jobs)


def iter_jobs(path: Path) -> Iterator[Job]:
    """The articles of a path; of the BBC corpus not the summaries that lie beside them."""
    now = datetime.now(UTC)
    for article in iter_articles([path], SourceOptions()):
        if isinstance(article, RawArticle) and "/Summaries/" not in article.location:
            digest = hash_content(article.original, article.options)
            yield Job(article, Identity(find_id(article), digest, "0", now))


def print_table(title: str, measured: Measured) -> None:
    """A line a stage: milliseconds an article, and the share of NER's time."""
    count = measured.articles
    print(f"{title}: {count} articles of {measured.words / count:.0f} words, one core")
    print("                 mean of all   by NER, median of batches")
    for stage, seconds in tell_stages(measured.watch.seconds).items():
        print(f"  {stage:14} {1000 * seconds / count:8.2f} ms {measured.share(stage):8.1%}")


def print_summaries(measured: Measured) -> None:
    """Sentences and summary, by 500 words and beside sumy's LexRank."""
    seconds = measured.watch.seconds
    stages = (seconds["sentences"] + seconds["summary"]) / measured.words
    times = seconds["stock LexRank"] / seconds["ours beside it"]
    print(f"  sentences + summary {500_000 * stages:.2f} ms per 500 words (at most 3),", end=" ")
    print(f"{times:.1f} x stock LexRank (at least 10)")


def print_profiles(watch: Stopwatch) -> None:
    """Where the time of each stage goes."""
    for stage in ("reading", *STAGES, "finder"):
        if watch.profiles[stage].getstats():
            print(f"--- {stage}")
            pstats.Stats(watch.profiles[stage]).sort_stats("tottime").print_stats(SHOWN)


def print_memory(paths: Sequence[Path], most: int) -> None:
    """The most that one worker process of an ingest ever held."""
    settings = load_settings(workers=1)
    pool = open_pool(settings, Rules(settings.max_characters))
    count = sum(map(len, pool.make(iter_batches(paths, most, Stopwatch()))))
    pool.close()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory of a worker over {count} articles: {peak:.0f} MB (at most 400)")


def main() -> None:
    """Print what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("paths", nargs="*", type=Path, default=TEXTS)
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--articles", type=int, default=320)
    parser.add_argument(
        "--profile", action="store_true", help="slower: for where, not for how much"
    )
    asked = parser.parse_args()
    use_one_thread()
    print_memory([*asked.paths, asked.pages], asked.articles)
    bench = Bench()
    plain = bench.measure(asked.paths, asked.articles, profiling=asked.profile)
    if asked.profile:
        print_profiles(plain.watch)
        return
    print_table("plain text", plain)
    print_summaries(plain)
    print_table("HTML", bench.measure([asked.pages], asked.articles // 4, profiling=False))


if __name__ == "__main__":
    main()
