"""sumy's summarizers over sentences that are already split; importing this module imports sumy."""

from __future__ import annotations

import threading
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sumy.models import dom as untyped_dom
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


class _SteadyLsaSummarizer(LsaSummarizer):
    """LSA with its words in one order.

    From sumy's set they come differently in each process, and rounding breaks ties with them.
    """

    def _create_dictionary(self, document: Any) -> dict[str, int]:
        words = super()._create_dictionary(document)  # type: ignore[no-untyped-call]  # sumy's
        return {word: row for row, word in enumerate(sorted(words))}


class _Classic(NamedTuple):
    """A class of sumy's and how many sentences it may weigh: it costs their square, or cube."""

    summarizer: type[AbstractSummarizer]
    most_sentences: int


CLASSICS = {
    "lexrank": _Classic(LexRankSummarizer, 160),
    "textrank": _Classic(TextRankSummarizer, 160),
    "lsa": _Classic(_SteadyLsaSummarizer, 160),
    "luhn": _Classic(LuhnSummarizer, 160),
    "sumbasic": _Classic(SumBasicSummarizer, 160),
    "kl": _Classic(KLSummarizer, 60),
}

USUAL_SENTENCE_WORDS = 22
"""A news sentence. Times the cap in sentences this is the cap in words: long ones cost as much."""

MOST_SENTENCE_WORDS = 100
"""A sentence is weighed by so many first words: a text without full stops is one sentence."""

_dom: Any = untyped_dom
# the filters of warnings belong to all threads; the work holds the GIL, so waiting costs nothing
_ALONE = threading.Lock()


class CentroidMmrSummarizer(AbstractSummarizer):
    """Our own order behind sumy's interface, for those who work with sumy's documents."""

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """The best sentences in text order; `sentences_count` as sumy takes it (3, "20%")."""
        texts = [str(sentence) for sentence in document.sentences]
        ranks = rank_sentences(texts, [True] * len(texts))
        ranked = [
            (sentence, rank)
            for sentence, rank in zip(document.sentences, ranks, strict=True)
            if rank is not None
        ]
        ratings = iter([-rank for _, rank in ranked])
        best: tuple[Any, ...] = self._get_best_sentences(  # type: ignore[no-untyped-call]  # sumy's
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
    """Indices of eligible candidates, the best first, and a note where not all could be weighed.

    Beyond its cap a classic sees the first sentences only, of several texts the first of each. The
    candidates hold no sentence twice: sumy rates equal sentences as one and returns both.
    """
    classic = CLASSICS[name]
    seen = _find_first(candidates, classic.most_sentences)
    order = _rate(classic.summarizer, [candidates[index].text for index in seen], language)
    note = f"{name} weighed the first {len(seen)} of {len(candidates)} sentences"
    eligible = [seen[turn] for turn in order if candidates[seen[turn]].eligible]
    return eligible, note if len(seen) < len(candidates) else ""


def load_stemmer(language: str) -> Callable[[str], str]:
    """The Snowball stemmer of a language; for one without, a function that changes nothing."""
    name = language_name(language)
    make: Any = Stemmer
    stemmer: Callable[[str], str] = make(name) if name else null_stemmer
    return stemmer


def _find_first(candidates: Sequence[Candidate], most: int) -> list[int]:
    def by_depth(index: int) -> tuple[int, int]:
        return candidates[index].depth, index

    found: list[int] = []
    words = 0
    for index in sorted(range(len(candidates)), key=by_depth)[:most]:
        words += min(len(candidates[index].words), MOST_SENTENCE_WORDS)
        if words > most * USUAL_SENTENCE_WORDS:
            break
        found.append(index)
    return sorted(found)


def _rate(
    summarizer_class: type[AbstractSummarizer], texts: Sequence[str], language: str
) -> list[int]:
    """The turns of the texts under one of sumy's classes, ties in text order."""
    order: list[int] = []

    def keep_order(infos: Any) -> Any:
        order.extend(found.order for found in infos)
        return infos

    summarizer: Any = summarizer_class(cache(load_stemmer(language)))
    summarizer.stop_words = read_stop_words(language)
    tokenizer = _WordTokenizer()
    sentences = [_dom.Sentence(text, tokenizer) for text in texts]
    document = _dom.ObjectDocumentModel([_dom.Paragraph(sentences)])
    # where no word is said twice LexRank divides by zero and LSA warns; both then keep text order
    with _ALONE, np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        summarizer(document, keep_order)
    return order or list(range(len(texts)))  # LSA answers nothing where all words are stop words
