"""ROUGE-1, -2 and -L as the package rouge-score counts them with stemming, F1."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nltk.stem.porter import PorterStemmer

_stemmer = PorterStemmer()


@dataclass(frozen=True, slots=True)
class Rouge:
    """F1 of single words, of pairs of words, and of the longest common subsequence (Lin 2004)."""

    one: float
    two: float
    longest: float


def rouge(candidate: str, reference: str) -> Rouge:
    """The likeness of a summary to a person's."""
    ours, theirs = _words(candidate), _words(reference)
    one = _f1((Counter(ours) & Counter(theirs)).total(), len(ours), len(theirs))
    pairs = (Counter(pairwise(ours)) & Counter(pairwise(theirs))).total()
    two = _f1(pairs, len(ours) - 1, len(theirs) - 1)
    return Rouge(one, two, _f1(_longest_common(ours, theirs), len(ours), len(theirs)))


def _f1(common: int, ours: int, theirs: int) -> float:
    return 2 * common / (ours + theirs) if common else 0.0


def _words(text: str) -> list[str]:
    return [_stem(word) for word in re.findall(r"[a-z0-9]+", text.lower())]


@cache
def _stem(word: str) -> str:
    return str(_stemmer.stem(word)) if len(word) > 3 else word


def _longest_common(ours: list[str], theirs: list[str]) -> int:
    row = [0] * (len(theirs) + 1)
    for word in ours:
        above_left = 0
        for place, other in enumerate(theirs, 1):
            above = row[place]
            row[place] = above_left + 1 if word == other else max(above, row[place - 1])
            above_left = above
    return row[-1]
