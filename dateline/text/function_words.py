"""The English function words: wanted in a query, not required; nothing a summary is about."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    (
        "a an and are as at be but by for if in into is it no not of on or such that the their "
        "then there these they this to was will with"
    ).split()
)
"""Lucene's EnglishAnalyzer.ENGLISH_STOP_WORDS_SET, whole: 33 words."""
