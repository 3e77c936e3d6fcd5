"""What the document rules cost beside the model, and what they gain: one run, ratios and scores.

python benchmarks/entities.py [--articles 300]
"""

from __future__ import annotations

import argparse
import random
import sys
import tarfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from quality.scoring import MEMBERS, Score, Scores, read_corpus, score_corpus  # noqa: E402
from quality.scoring_reuters import score_countries  # noqa: E402

from indexer.entities import EntityFinder, open_finder  # noqa: E402 - the path comes first
from indexer.entities.names import read_page, straighten  # noqa: E402
from indexer.entities.rules import apply_rules, build_entities  # noqa: E402

CORPORA = ROOT.parent / "shared" / "corpora"
SEED, STORIES = 7, 1500


def read_articles(count: int) -> list[str]:
    """Articles of the BBC corpus, drawn by seed."""
    with tarfile.open(CORPORA / "bbc-news.tar.xz") as packed:
        members = [m for m in packed.getmembers() if m.isfile() and "/News Articles/" in m.name]
        drawn = random.Random(SEED).sample(sorted(members, key=lambda m: m.name), count)
        files = [packed.extractfile(member) for member in drawn]
        return [file.read().decode("utf-8", "replace") for file in files if file]


def measure_cost(finder: EntityFinder, texts: list[str]) -> dict[str, float]:
    """Seconds of the model, and of everything of ours around it."""
    finder.read([read_page(straighten(text)) for text in texts[:8]])  # warm
    start = perf_counter()
    pages = [read_page(straighten(text)) for text in texts]
    read = perf_counter()
    seen = finder.read(pages)
    labelled = perf_counter()
    for names, page, text in zip(seen, pages, texts, strict=True):
        build_entities(apply_rules(names, page), page, text)
    end = perf_counter()
    return {"model": labelled - read, "ours": (read - start) + (end - labelled)}


def measure_quality(finder: EntityFinder, member: str) -> tuple[Scores, Scores]:
    """Scores of the raw model and of the model with all rules."""
    documents = read_corpus(CORPORA / "ner-dev.tar.xz", member)
    pages = [read_page(straighten(document.text)) for document in documents]
    raw, ruled = [], []
    for names, page in zip(finder.read(pages), pages, strict=True):
        raw.append(build_entities(names, page, page.text))
        ruled.append(build_entities(apply_rules(names, page), page, page.text))
    return score_corpus(documents, raw), score_corpus(documents, ruled)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    count = parser.parse_args().articles
    finder = open_finder()
    cost = measure_cost(finder, read_articles(count))
    model, ours = (1000 * cost[part] / count for part in ("model", "ours"))
    print(f"model {model:.1f} ms, rules and ids {ours:.2f} ms an article")
    print(f"rules and ids / model: {cost['ours'] / cost['model']:.1%}")
    for member in MEMBERS:
        for label, scores in zip(("raw", "rules"), measure_quality(finder, member), strict=True):
            print(f"{member:8} {label:5}", _line(scores))
    countries = score_countries(finder, CORPORA / "reuters21578-sgml.tar.xz", STORIES)
    print(f"Reuters  countries of {STORIES} stories {_figures(countries)}")


def _line(scores: Scores) -> str:
    kinds = {"strict": scores.strict, "people": scores.people, "places": scores.places}
    return "  ".join(f"{kind} {_figures(score)}" for kind, score in kinds.items())


def _figures(score: Score) -> str:
    return f"F {score.f1:.1f} (P {score.precision:.1f} R {score.recall:.1f})"


if __name__ == "__main__":
    main()
