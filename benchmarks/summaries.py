"""Sentences + summary against stock sumy LexRank, both over the same texts in one run.

    python benchmarks/summaries.py [articles.tar.xz]

Texts: the `.txt` members of the archive under a folder "News Articles" or anywhere, at most 300;
without archive, invented texts of 500 words. The baseline is sumy's LexRank as its README shows it
(Snowball stems, stop words, three sentences), with NLTK's words as it has them and our sentences in
place of NLTK's, which need a download.
"""

from __future__ import annotations

import random
import sys
import tarfile
import time
from typing import TYPE_CHECKING

from nltk.tokenize.destructive import NLTKWordTokenizer
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer

from dateline.documents import Sentence
from dateline.summaries import rank_sentences, summarize_stored
from dateline.summaries.words import read_stop_words
from dateline.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_TEXTS = 300


class OfflineTokenizer:
    """What sumy's own tokenizer does, but for the sentences, whose model needs a download."""

    def __init__(self) -> None:
        self.words = NLTKWordTokenizer()

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """Sentences of a paragraph."""
        return tuple(paragraph[s.start : s.end] for s in split_sentences(paragraph, 0))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Words of a sentence."""
        return tuple(filter(Tokenizer._is_word, self.words.tokenize(sentence)))  # noqa: SLF001


def read_texts(path: str) -> list[str]:
    """The first texts of an archive."""
    texts: list[str] = []
    with tarfile.open(path) as archive:
        for member in archive:
            if not member.name.endswith(".txt") or "Summaries" in member.name:
                continue
            if file := archive.extractfile(member):
                texts.append(file.read().decode("utf-8", "replace"))
            if len(texts) == MOST_TEXTS:
                break
    return texts


def invent_texts() -> list[str]:
    """Texts of 500 words, as often as in language: the n-th word with frequency 1/n."""
    chance = random.Random(1)
    vocabulary = [
        "".join(chance.choices("abcdefghilmnoprstuvw", k=2 + n % 8)) for n in range(5_000)
    ]
    weights = [1 / (1 + n) for n in range(5_000)]
    return [
        " ".join(
            " ".join(chance.choices(vocabulary, weights, k=22)).capitalize() + "."
            for _ in range(23)
        )
        for _ in range(MOST_TEXTS)
    ]


def ours(text: str) -> None:
    """What the indexer does of an article: sentences, ranks, the default summary."""
    spans = split_sentences(text, 0)
    sentences = [text[span.start : span.end] for span in spans]
    ranks = rank_sentences(sentences, [True] * len(spans))
    ranked = zip(spans, ranks, strict=True)
    summarize_stored(text, [Sentence(span.start, span.end, rank) for span, rank in ranked])


def stock_lexrank(text: str) -> None:
    """The same by sumy."""
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = read_stop_words("en")
    summarizer(PlaintextParser.from_string(text, OfflineTokenizer()).document, 3)


def time_rounds(work: Callable[[str], None], texts: list[str], rounds: int = 3) -> float:
    """Texts per second in the best round."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for text in texts:
            work(text)
        best = min(best, time.perf_counter() - start)
    return len(texts) / best


def main() -> None:
    """Print both rates, their ratio and the time per 500 words."""
    texts = read_texts(sys.argv[1]) if len(sys.argv) > 1 else invent_texts()
    words = sum(len(text.split()) for text in texts) / len(texts)
    ours(texts[0])
    fast, stock = time_rounds(ours, texts), time_rounds(stock_lexrank, texts[:60])
    print(f"{len(texts)} texts of {words:.0f} words on average")
    print(f"dateline sentences + ranks + summary  {fast:8.0f} documents/s")
    print(f"stock sumy LexRank                    {stock:8.0f} documents/s")
    print(f"ratio {fast / stock:.1f}; {1000 / fast * 500 / words:.2f} ms per 500 words")


if __name__ == "__main__":
    main()
