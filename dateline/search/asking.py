"""What a question asks of any engine: its words, how they are widened, what is marked and drawn."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from dateline.errors import ParameterError
from dateline.search.calendars import choose_interval
from dateline.search.queries import (
    HIT_FIELDS,
    NAME_FIELDS,
    REPRINT_GROUP,
    And,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dateline.search.calendars import Step
    from dateline.search.queries import Clause, FacetField, Filters, ParsedQuery, SearchQuery

Leaf = Word | Phrase | Prefix | Fuzzy
Extent = tuple["date", "date"]
"""The archive's first and last day."""

TITLE_WEIGHT = 0.25
PAIR_WEIGHT = 0.25
"""Weights as measured (DECISIONS.md): nDCG@10 +.040 for the title, +.003 to +.020 for pairs."""
PAIR_WORDS = range(2, 9)
WIDEN_BELOW = 10
"""A query that fewer articles of the whole archive match is widened (DECISIONS.md)."""
MAX_VALUES = 50
"""Values of one filter."""
EXCLUDABLE: tuple[FacetField, ...] = (*NAME_FIELDS, "source")


def check_values(filters: Filters) -> None:
    """Raises ParameterError for more values of one filter than an engine is asked for at once."""
    for each in fields(filters):
        values = getattr(filters, each.name)
        if isinstance(values, tuple) and len(values) > MAX_VALUES:
            raise ParameterError(
                f"{each.name} has {len(values):,} values",
                hint=f"give at most {MAX_VALUES}",
                parameter=each.name,
            )


def plain_words(parsed: ParsedQuery) -> tuple[Word, ...]:
    """The bare words of a plain query, each once, as typed first; empty for any other query."""
    if not parsed.plain or parsed.clause is None:
        return ()
    clauses = parsed.clause.clauses if isinstance(parsed.clause, And) else (parsed.clause,)
    words: dict[str, Word] = {}
    for each in clauses:
        if isinstance(each, Word):
            words.setdefault(each.text.casefold(), each)
    return tuple(words.values())


def content_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words a query turns on: all but function words, unless there are no others."""
    return tuple(word for word in words if not word.function_word) or tuple(words)


def has_more_than_function_words(clauses: Sequence[Clause]) -> bool:
    """Whether something is asked for beside words that are wanted only."""
    return any(
        not isinstance(each, Not) and not (isinstance(each, Word) and each.function_word)
        for each in clauses
    )


def positive_leaves(clause: Clause | None) -> Iterator[Leaf]:
    """The words a document may be found by: nothing under a Not, no values, no dates."""
    match clause:
        case And(clauses) | Or(clauses):
            for each in clauses:
                yield from positive_leaves(each)
        case Word() | Phrase() | Prefix() | Fuzzy():
            yield clause


def marked_leaves(parsed: ParsedQuery) -> list[Leaf]:
    """What is marked in a hit: what the user typed, function words only inside phrases."""
    return [
        leaf
        for leaf in positive_leaves(parsed.clause)
        if not (isinstance(leaf, Word) and leaf.function_word)
    ]


def may_widen(query: SearchQuery) -> bool:
    """Whether this question is widened when few articles hold all its words."""
    return query.match == "auto" and query.sort == "relevance" and _has_several_words(query)


def starts_widened(query: SearchQuery) -> bool:
    """Whether any of the words was asked for outright."""
    return query.match == "some" and _has_several_words(query)


def choose_step(query: SearchQuery, extent: Extent | None) -> Step | None:
    """The calendar step of the histogram; None when it takes the archive's extent to know it."""
    if query.interval != "auto":
        return query.interval
    first = query.filters.published_from or (extent and extent[0])
    last = query.filters.published_to or (extent and extent[1])
    return choose_interval(first, last) if first and last else None


def stored_fields(query: SearchQuery) -> list[str]:
    """The stored fields a hit carries: its id, those asked for, and what collapsing turns on."""
    asked = query.fields if query.fields is not None else HIT_FIELDS
    needed = (REPRINT_GROUP,) if query.reprints == "collapse" else ()
    return list(dict.fromkeys(("id", *asked, *needed)))


def widening_warning(every: int, some: int) -> str:
    """The sentence that says how far a query was widened, with both counts."""
    return (
        f"in the whole archive {_articles(every, 'holds', 'hold')} all of these words, so the "
        f"{some:,} that hold some of them were searched; match=all asks for all words"
    )


def _articles(count: int, verb: str, verbs: str) -> str:
    if not count:
        return f"no article {verb}"
    return f"{count:,} article {verb}" if count == 1 else f"{count:,} articles {verbs}"


def _has_several_words(query: SearchQuery) -> bool:
    return len(content_words(plain_words(query.parsed))) > 1
