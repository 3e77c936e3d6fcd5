"""Sentences in, a summary of whole sentences out. Pure; importing it imports neither sumy nor numpy."""

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

__all__ = [
    "CENTROID_METHOD",
    "DEFAULT_WORDS",
    "SUMMARIZERS",
    "SentenceList",
    "Summary",
    "SummaryOptions",
    "SummarySentence",
    "rank_sentences",
    "summarize",
    "summarize_stored",
    "take_sentences",
]
