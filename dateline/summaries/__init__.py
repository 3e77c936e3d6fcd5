"""Sentences in, a summary of whole sentences out. Importing it imports neither sumy nor numpy."""

from dateline.summaries.ranking import rank_sentences
from dateline.summaries.summarizing import summarize, summarize_stored
from dateline.summaries.taking import take_sentences
from dateline.summaries.values import (
    CENTROID_METHOD,
    DEFAULT_WORDS,
    SUMMARIZERS,
    SentenceList,
    Summary,
    SummaryOptions,
    SummarySentence,
)
from dateline.summaries.words import count_words

__all__ = [
    "CENTROID_METHOD",
    "DEFAULT_WORDS",
    "SUMMARIZERS",
    "SentenceList",
    "Summary",
    "SummaryOptions",
    "SummarySentence",
    "count_words",
    "rank_sentences",
    "summarize",
    "summarize_stored",
    "take_sentences",
]
