"""sumy's summarizers over sentences that are already split; importing this module imports sumy."""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer, null_stemmer
from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from dateline.summaries.ranking import rank_sentences
from dateline.summaries.words import find_words, language_name, read_stop_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.summaries.candidates import Candidate


class _Classic(NamedTuple):
    """A class of sumy's and how many sentences it may weigh: it costs their square, or cube."""

    summarizer: type[AbstractSummarizer]
    most_sentences: int


CLASSICS = {
    "lexrank": _Classic(LexRankSummarizer, 200),
    "textrank": _Classic(TextRankSummarizer, 200),
    "lsa": _Classic(LsaSummarizer, 200),
    "luhn": _Classic(LuhnSummarizer, 200),
    "sumbasic": _Classic(SumBasicSummarizer, 200),
    "kl": _Classic(KLSummarizer, 60),
}

MOST_SENTENCE_WORDS = 100
"""A sentence is weighed by so many first words: a text without full stops is one sentence."""


class CentroidMmrSummarizer(AbstractSummarizer):
    """Our own order behind sumy's interface, for those who work with sumy's documents."""

    def __call__(self, document: ObjectDocumentModel, sentences_count: Any) -> tuple[Sentence, ...]:
        """The best sentences in text order; `sentences_count` as sumy takes it (3, "20%")."""
        texts = [str(sentence) for sentence in document.sentences]
        ranks = rank_sentences(texts, [True] * len(texts))
        ranked = [
            (sentence, rank)
            for sentence, rank in zip(document.sentences, ranks, strict=True)
            if rank is not None
        ]
        ratings = iter([-rank for _, rank in ranked])
        best: tuple[Sentence, ...] = self._get_best_sentences(
            [sentence for sentence, _ in ranked], sentences_count, lambda _: next(ratings)
        )
        return best


class _WordTokenizer:
    """What sumy asks of a tokenizer, without NLTK's download."""

    @staticmethod
    def to_words(sentence: str) -> tuple[str, ...]:
        return tuple(find_words(sentence)[:MOST_SENTENCE_WORDS])


def order_by_classic(
    candidates: Sequence[Candidate], name: str, language: str
) -> tuple[list[int], str]:
    """Indices of candidates, the best first, and a note where not all could be weighed.

    Beyond its cap a classic sees the first sentences only, of several texts the first of each. The
    candidates hold no sentence twice: sumy rates equal sentences as one and returns both.
    """
    classic = CLASSICS[name]
    seen = _find_first(candidates, classic.most_sentences)
    order = _rate(classic.summarizer, [candidates[index].text for index in seen], language)
    note = f"{name} weighed the first {len(seen)} of {len(candidates)} sentences"
    return [seen[turn] for turn in order], note if len(seen) < len(candidates) else ""


def load_stemmer(language: str) -> Callable[[str], str]:
    """The Snowball stemmer of a language; for one without, a function that changes nothing."""
    name = language_name(language)
    stemmer: Callable[[str], str] = Stemmer(name) if name else null_stemmer
    return stemmer


def _find_first(candidates: Sequence[Candidate], most: int) -> list[int]:
    def by_depth(index: int) -> tuple[int, int]:
        return candidates[index].depth, index

    return sorted(sorted(range(len(candidates)), key=by_depth)[:most])


def _rate(
    summarizer_class: type[AbstractSummarizer], texts: Sequence[str], language: str
) -> list[int]:
    """The turns of the texts under one of sumy's classes, ties in text order."""
    order: list[int] = []

    def keep_order(infos: Any) -> Any:
        order.extend(found.order for found in infos)
        return infos

    summarizer = summarizer_class(cache(load_stemmer(language)))
    summarizer.stop_words = read_stop_words(language)
    tokenizer = _WordTokenizer()
    document = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in texts])])
    # LexRank divides by zero and LSA warns where sentences share no words; both then keep text order
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        summarizer(document, keep_order)
    return order
