"""Sloppy phrases that the engine cannot match as Lucene does, looked for in the stored texts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tantivy import Occur, Query

from dateline.search.embedded.analysis import EXACT, exact_words
from dateline.search.embedded.schema import ORDINAL
from dateline.search.embedded.sloppy import find_turns, iter_sloppy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tantivy import Schema

    from dateline.search.embedded.archive import Snapshot


def find_sloppy(snapshot: Snapshot, field: str, words: Sequence[str], slop: int) -> Query:
    """Documents that hold these words near each other, whichever the engine would find itself."""
    candidates = _neighbours(snapshot.schema, field, words, slop)
    hits = snapshot.searcher.search(candidates, limit=max(snapshot.size, 1), count=False).hits
    stored = field.removesuffix(EXACT)
    found = [
        address
        for _, address in hits
        if _holds(snapshot.read(address).get(stored, ""), words, slop)
    ]
    if not found:
        return Query.empty_query()
    return Query.term_set_query(snapshot.schema, ORDINAL, snapshot.ordinals(found))


def _neighbours(schema: Schema, field: str, words: Sequence[str], slop: int) -> Query:
    """Documents in which each two words of the phrase stand near: the engine knows pairs."""
    terms = [Query.term_query(schema, field, word, "basic") for word in dict.fromkeys(words)]
    # one more than the slop: a candidate too many is looked at and left, one too few is lost
    pairs = [
        Query.phrase_query(schema, field, list(pair), slop + 1)
        for pair in pairwise(words)
        if pair[0] != pair[1]
    ]
    return Query.boolean_query([(Occur.Must, each) for each in (*terms, *pairs)])


def _holds(text: str, words: Sequence[str], slop: int) -> bool:
    turns = find_turns(words, exact_words(text))
    return next(iter_sloppy(turns, slop), None) is not None
