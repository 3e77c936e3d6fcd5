"""The articles of the human summaries, plain and with noise, and the product's way to a summary.

Two kinds of noise, both seeded. Ours (`noise.py`): invented promos, captions said twice, share
bars, teasers and sentences run together. Of pages: the lines that readers of real crawled texts
labelled as no part of the article (golds/cleaning.json), each page's in their order and place, put
round and between the paragraphs of another article.
"""

from __future__ import annotations

import csv
import io
import random
import re
from pathlib import Path

from quality import noise
from quality.article_texts import cut_sentences
from quality.corpus_files import BBC, HUMAN_SUMMARIES, read_members
from quality.gold_texts import read_text
from quality.label_sets import cleaning_labels, read_rows, word

from dateline.documents import CleanArticle, Run, Sentence, TracedText
from dateline.summaries import rank_sentences
from dateline.text.cleaning import clean_article
from dateline.text.sentences import split_sentences, summarizable

Skeleton = list[tuple[float, str]]
"""The dropped lines of a page, each with the share of the page's kept lines above it."""

_HEADLINE = "The headline of no article"
_PARAGRAPH_SENTENCES = (1, 2, 2, 3)
_FEWEST_KEPT = 3
_FEWEST_LETTERS = 3
# the treebank's full stop stands apart, and its closing quote after it
_SMALL_END = re.compile(r"(?<= [.!?])(?: ''| \")? (?!''|\")")


def read_sentences(text: str) -> tuple[CleanArticle, list[Sentence]]:
    """A plain text cleaned, its sentences and their ranks, as the indexer stores them."""
    article = clean_article(TracedText(text, (Run(0, 0, len(text)),)), None)
    assert isinstance(article, CleanArticle)
    cleaned = article.text.text
    spans = split_sentences(cleaned, article.body_start)
    eligible = summarizable(cleaned, spans, truncated=article.truncated)
    ranks = rank_sentences([cleaned[span.start : span.end] for span in spans], eligible)
    return article, [Sentence(s.start, s.end, rank) for s, rank in zip(spans, ranks, strict=True)]


def read_human_summaries(corpora: Path) -> list[tuple[str, str]]:
    """Each article in one line, and a person's summary of it."""
    files = {
        Path(name).name: content.decode()
        for name, content in read_members(corpora / HUMAN_SUMMARIES).items()
    }
    rows = csv.DictReader(io.StringIO(files["cnndm_train_sample_100.csv"]))
    pairs = [(row["article"], row["highlights"]) for row in rows]
    texts, summaries = files["realsumm_src.txt"], files["realsumm_ref.txt"]
    pairs += zip(texts.splitlines(), summaries.splitlines(), strict=True)
    return [(_clear(text), _clear(summary)) for text, summary in pairs]


def _clear(text: str) -> str:
    return " ".join(re.sub(r"</?t>", " ", text).split())


def in_paragraphs(text: str, seed: str) -> list[str]:
    """The article in paragraphs of one to three sentences, as news has them."""
    dice = random.Random(f"paragraphs of {seed}")
    sentences = _sentences(text)
    paragraphs = []
    while sentences:
        count = dice.choice(_PARAGRAPH_SENTENCES)
        paragraphs.append(" ".join(sentences[:count]))
        sentences = sentences[count:]
    return paragraphs


def _sentences(text: str) -> list[str]:
    """The sentences; what holds next to no letter goes with the one before it."""
    if any(map(str.isupper, text)):
        pieces = [text[start:end] for start, end in cut_sentences(text)]
    else:
        pieces = [piece for piece in _SMALL_END.sub(r"\g<0>\n", text).split("\n") if piece.strip()]
    found: list[str] = []
    for piece in map(str.strip, pieces):
        if found and sum(map(str.isalnum, piece)) < _FEWEST_LETTERS:
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def with_our_noise(text: str, seed: str) -> str:
    """The article with the noise of `noise.py`, without a headline: the corpus has none."""
    article = "\n".join([_HEADLINE, *in_paragraphs(text, seed)])
    lines = [line.text for line in noise.noisy_lines(article, seed) if line.text != _HEADLINE]
    return "\n".join(lines).strip()


def read_skeletons(corpora: Path) -> list[Skeleton]:
    """The dropped lines of every labelled page that has some and an article too."""
    rows = [row for row in read_rows("cleaning") if row["file"] != BBC]
    labels = cleaning_labels(rows)
    skeletons = []
    for row in rows:
        lines = read_text(corpora, row["file"], row["document"]).split("\n")
        numbers = [number for number, *_ in row["lines"]]
        fates = [word(labels[row["file"], row["document"], number]) for number in numbers]
        judged = [(lines[n], fate == "drop") for n, fate in zip(numbers, fates, strict=True)]
        skeletons.append(_skeleton(judged))
    return [skeleton for skeleton in skeletons if skeleton]


def _skeleton(lines: list[tuple[str, bool]]) -> Skeleton:
    """Lines that say a kept one again would be no noise in another article."""
    kept = {text.strip() for text, out in lines if not out}
    total = sum(not out for _, out in lines)
    skeleton, above = [], 0
    for text, out in lines:
        above += not out
        if out and text.strip() not in kept:
            skeleton.append((above / max(total, 1), text))
    return skeleton if total >= _FEWEST_KEPT else []


def with_page_noise(text: str, seed: str, skeletons: list[Skeleton]) -> str:
    """The article with the dropped lines of a page drawn by seed, where they stood on that page."""
    paragraphs = in_paragraphs(text, seed)
    skeleton = random.Random(f"page round {seed}").choice(skeletons)
    lines = []
    for place in range(len(paragraphs) + 1):
        lines += [line for share, line in skeleton if round(share * len(paragraphs)) == place]
        lines += paragraphs[place : place + 1]
    return "\n".join(lines)
