"""Entities and people: strict and facet F1, names of labelled mentions, what the rules cost.

cd tests; python -m quality.measure_entities CORPORA [MODEL]
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, get_args

from quality.article_texts import BBC, article_ids, read_article
from quality.figures import Figure, share
from quality.name_labels import count_pairs, count_verdicts, find_labelled
from quality.scoring import MEMBERS, read_corpus, score_corpus, score_kinds
from quality.unseen_names import count_judged

from indexer.entities import DEFAULT_MODEL, EntityFinder, EntityText, open_finder
from indexer.entities.names import Kind, read_page, straighten
from indexer.entities.rules import apply_rules, build_entities

if TYPE_CHECKING:
    from collections.abc import Iterator

STAGE = "entities"
STRICT = {"testa": 0.77, "wikigold": 0.69}
PEOPLE = {"testa": 0.86, "wikigold": 0.76}
NAMES, COST = 0.97, 1.15
TIMED = 80
"""Articles whose reading is timed."""


def figures(corpora: Path, model: str = DEFAULT_MODEL) -> list[Figure]:
    """All figures of the stage; some two minutes."""
    finder = open_finder(model)
    scored = [figure for member in MEMBERS for figure in _score(corpora, finder, member)]
    names = [*_judge_names(corpora, finder), *_count_wrong(corpora, finder)]
    return [*scored, *names, measure_cost(corpora, finder)]


def _score(corpora: Path, finder: EntityFinder, member: str) -> Iterator[Figure]:
    """F1 of a corpus; `count` is how many names its gold has."""
    documents = read_corpus(corpora / "ner-dev.tar.xz", member)
    found = finder.find([EntityText(document.text, 0, "en") for document in documents])
    scores = score_corpus(documents, found)
    strict, people = scores.strict, scores.people
    yield Figure(
        STAGE, f"{member}: strict F1", strict.f1 / 100, strict.wanted, reach=STRICT[member]
    )
    for kind, score in score_kinds(documents, found).items():
        yield Figure(STAGE, f"{member}: strict F1, {kind}", score.f1 / 100, score.wanted)
    yield Figure(
        STAGE, f"{member}: people facet F1", people.f1 / 100, people.wanted, reach=PEOPLE[member]
    )
    yield share(STAGE, f"{member}: people facet precision", people.right, people.found)


def _judge_names(corpora: Path, finder: EntityFinder) -> Iterator[Figure]:
    found = find_labelled(corpora, finder)
    counts = count_verdicts(found)
    right = counts["right"]
    known = right + counts["name"]
    yield share(STAGE, "labelled names right, of those found as their kind", right, known, NAMES)
    everywhere = known + counts["kind"] + counts["missed"]
    yield share(STAGE, "labelled names found and right, of all", right, everywhere)
    nothing = counts["nothing there"]
    yield share(
        STAGE, "labelled words that are no name left alone", nothing, nothing + counts["invented"]
    )
    yield share(STAGE, "one word in two articles joined or told apart rightly", *count_pairs(found))


def _count_wrong(corpora: Path, finder: EntityFinder) -> Iterator[Figure]:
    """Wrong names an article, by the verdicts of golds/unseen.md; `count` is the articles.

    A name that nobody judged counts as wrong: it is one that the rules brought since the reading.
    """
    counts, articles = count_judged(corpora, finder)
    wrong = {
        kind: (counts[kind, "wrong"] + counts[kind, "not judged"]) / articles
        for kind in get_args(Kind)
    }
    open_ones = sum(n for (_, told), n in counts.items() if told == "not judged") / articles
    people, every = wrong["person"], sum(wrong.values())
    yield Figure(STAGE, "wrong people an article", people, articles, reach=1, at_most=True)
    yield Figure(STAGE, "wrong names of all kinds an article", every, articles, at_most=True)
    yield Figure(STAGE, "names not judged an article", open_ones, articles, at_most=True)


def measure_cost(corpora: Path, finder: EntityFinder) -> Figure:
    """The time of model, rules and ids over that of the model alone, in one run."""
    texts = [
        read_article(corpora, BBC, each) for each in islice(article_ids(corpora, BBC), 0, None, 27)
    ]
    pages = [read_page(straighten(text)) for text in texts[:TIMED]]
    finder.read(pages[:8])  # warm
    start = process_time()
    seen = finder.read(pages)
    model = process_time() - start
    start = process_time()
    for names, page in zip(seen, pages, strict=True):
        build_entities(apply_rules(names, read_page(page.text)), page, page.text)
    ratio = 1 + (process_time() - start) / model
    what = "cost over the model alone"
    return Figure(STAGE, what, ratio, len(pages), reach=COST, at_most=True, timed=True)


if __name__ == "__main__":
    for figure in figures(Path(sys.argv[1]), *sys.argv[2:3]):
        print(figure)  # noqa: T201 - what this is run for
