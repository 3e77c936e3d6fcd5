"""The English function words: wanted in a query, not required; nothing a summary is about."""

from __future__ import annotations

_TYPED = (
    "a an and are as at be but by for if in into is it no not of on or such that the their "
    "then there these they this to was will with"
)
FUNCTION_WORDS = frozenset(_TYPED.split())
"""Lucene's EnglishAnalyzer.ENGLISH_STOP_WORDS_SET, whole: 33 words."""
