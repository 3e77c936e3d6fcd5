"""Learns the weights of `dateline.text.furniture_weights` and writes that module.

cd tests; python -m quality.learn_furniture CORPORA

Learned from: the development half of golds/cleaning.json (texts whose hash ends in an even digit);
the Fundus pages whose gold is complete, tags stripped, a line kept where the gold has it, without
the publishers of the labelled pages of the held-out half; BBC articles and Reuters
stories as they stand, all kept.
Logistic regression (full batch, Adam, L2); a kept line counts twice, a line read by people twice.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from quality import gold_texts, label_sets
from quality.article_texts import article_ids, read_article
from quality.scoring_cleaning import is_held_out, line_starts
from quality.scoring_html import read_pages

from dateline.text.characters import mend
from dateline.text.furniture import iter_features
from dateline.text.gluing import split_glued
from dateline.text.lines import line_key
from dateline.text.page_lines import read_page
from dateline.text.reading import read_lines
from dateline.text.spans import trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt
    from quality.scoring_html import GoldPage

    from dateline.documents import TracedText

TARGET = Path(__file__).parents[2] / "dateline" / "text" / "furniture_weights.py"
PLACES = ("head", "body", "tail")
CLEAN, SEED = {gold_texts.BBC: 1000, gold_texts.REUTERS: 400}, "furniture"
COMPLETE = 0.8
ROUNDS, STEP, DECAY, FEWEST = 500, 0.05, 3.0, 12
KEPT_COUNTS, READ_COUNTS = 2.0, 2.0
SMALLEST = 0.05
SHINGLE, FEWEST_LIKE, LIKE = 4, 6, 0.8

Example = tuple[str, list[str], bool, float]
"""The place of a line, its features, whether it is kept, and how much it counts."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text and for each code point whether it is kept; `counts` is the worth of its lines."""

    text: str
    kept: Sequence[bool]
    counts: float = 1.0


def iter_told(corpora: Path) -> Iterator[Told]:
    """Every text to learn from."""
    held_out = set()
    for row in label_sets.read_rows("cleaning"):
        text = gold_texts.read_text(corpora, row["file"], row["document"])
        if not is_held_out(text):
            yield Told(text, _labelled(text, row), READ_COUNTS)
        elif row["file"] == gold_texts.FUNDUS:
            held_out.add(_publisher(row["document"]))
    labelled = {row["document"] for row in label_sets.read_rows("cleaning")}
    golds = {page.content.decode("utf-8", "replace"): page for page in _pages(corpora)}
    for document in gold_texts.fundus_documents(corpora):
        if document not in labelled and _publisher(document) not in held_out:
            page = gold_texts.fundus_page(corpora, document)
            yield from _gold_told(gold_texts.strip_tags(page), golds[page])
    for file, count in CLEAN.items():
        documents = [each for each in article_ids(corpora, file) if each not in labelled]
        for document in Random(SEED).sample(documents, count):
            text = read_article(corpora, file, document)
            yield Told(text, [True] * len(text))


def _pages(corpora: Path) -> list[GoldPage]:
    return read_pages(corpora / gold_texts.FUNDUS)


def _publisher(document: str) -> str:
    return document.split("/")[1].split("_", maxsplit=1)[0]


def _labelled(text: str, row: dict[str, object]) -> list[bool]:
    kept = [False] * len(text)
    starts = line_starts(text)
    for (_, _, number), cuts in label_sets.cleaning_labels([row]).items():
        ends = [*(start for start, _ in cuts[1:]), starts[number + 1] - 1 - starts[number]]
        for (start, fate), end in zip(cuts, ends, strict=True):
            for place in range(starts[number] + start, starts[number] + end):
                kept[place] = fate == "keep"
    return kept


def _gold_told(text: str, page: GoldPage) -> Iterator[Told]:
    """The stripped page by its gold, where most of the gold is found in it."""
    wanted = Counter(_shingles(line_key(page.text)))
    whole = {line_key(line) for line in page.text.split("\n")}
    title, seen, kept = line_key(str(page.gold.get("title") or "")), set[str](), list[bool]()
    found: Counter[tuple[str, ...]] = Counter()
    for line in text.split("\n"):
        key = line_key(line)
        stays = key not in seen and (key == title or key in whole or _is_like(key, wanted))
        if stays and (key == title or key.count(" ") >= SHINGLE):
            seen.add(key)
        if stays:
            found.update(_shingles(key))
        kept += [stays] * (len(line) + 1)
    if sum((found & wanted).values()) > COMPLETE * sum(wanted.values()):
        yield Told(text, kept)


def _is_like(key: str, wanted: Counter[tuple[str, ...]]) -> bool:
    shingles = _shingles(key)
    known = sum(group in wanted for group in shingles)
    return len(shingles) > FEWEST_LIKE - SHINGLE and known >= LIKE * len(shingles)


def _shingles(key: str) -> list[tuple[str, ...]]:
    words = key.split()
    return list(zip(*(words[shift:] for shift in range(SHINGLE)), strict=False))


def iter_examples(told: Told) -> Iterator[Example]:
    """The lines of a text that cleaning would weigh."""
    lines = split_glued(read_lines(mend(trace(told.text))))
    page = read_page([line.text for line in lines])
    for index, features in iter_features(page):
        yield page.place(index), features, _is_kept(lines[index], told), told.counts


def _is_kept(line: TracedText, told: Told) -> bool:
    letters = [
        told.kept[run.original_start + shift]
        for run in line.runs
        for shift in range(run.length if run.original_length is None else run.original_length)
    ]
    return sum(letters) * 2 > len(letters)


def learn(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Of each feature its weight at each place."""
    counts = Counter((place, name) for place, names, _, _ in examples for name in names)
    columns = {pair: n for n, pair in enumerate(sorted(p for p in counts if counts[p] >= FEWEST))}
    rows = np.zeros((len(examples), len(columns)), dtype=np.float32)
    for number, (place, names, _, _) in enumerate(examples):
        for name in names:
            if (place, name) in columns:
                rows[number, columns[place, name]] = 1
    kept = np.array([kept for _, _, kept, _ in examples], dtype=float)
    worth = np.array([worth * (KEPT_COUNTS if kept else 1) for _, _, kept, worth in examples])
    weights = _descend(rows, kept, worth)
    found: dict[str, dict[str, float]] = {}
    for (place, name), column in columns.items():
        found.setdefault(name, {})[place] = round(float(weights[column]), 2)
    return found


def _descend(
    rows: npt.NDArray[np.float32], kept: npt.NDArray[np.float64], worth: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Adam (Kingma and Ba 2015) on the whole batch."""
    weights, mean, square = (np.zeros(rows.shape[1]) for _ in range(3))
    for turn in range(1, ROUNDS + 1):
        odds = 1 / (1 + np.exp(-rows @ weights))
        slope = (rows.T @ ((odds - kept) * worth) + DECAY * weights) / len(kept)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        size = np.sqrt(square / (1 - 0.999**turn)) + 1e-8
        weights -= STEP * mean / (1 - 0.9**turn) / size
    return weights


def write(weights: dict[str, dict[str, float]], examples: int) -> None:
    """The module of weights, a line per feature that matters somewhere."""
    lines = [
        f'    "{name}": ({", ".join(str(by.get(place, 0.0)) for place in PLACES)}),'
        for name, by in sorted(weights.items())
        if max(map(abs, by.values())) >= SMALLEST
    ]
    text = (
        '"""What each feature of a line is worth before, in and after the body.\n\n'
        "Log odds that the line is the article's own, learned by `tests/quality/learn_furniture.py`"
        f"\nfrom {examples} lines of labelled texts and Fundus pages; not edited by hand.\n"
        '"""\n\nfrom __future__ import annotations\n\n'
        "WEIGHTS: dict[str, tuple[float, float, float]] = {\n"
    )
    TARGET.write_text(text + "\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    found = [each for told in iter_told(Path(sys.argv[1])) for each in iter_examples(told)]
    write(learn(found), len(found))
