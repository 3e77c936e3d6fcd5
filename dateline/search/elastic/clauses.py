"""Our clause tree in Elasticsearch's words; user text only ever becomes the value of a match."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dateline.search.asking import (
    PAIR_WEIGHT,
    PAIR_WORDS,
    TITLE_WEIGHT,
    content_words,
    has_more_than_function_words,
    plain_words,
)
from dateline.search.elastic.filters import filter_dates, filter_value
from dateline.search.queries import And, Fuzzy, Not, Or, Phrase, Prefix, Published, Value, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.search.asking import Leaf
    from dateline.search.naming import NameTable
    from dateline.search.queries import Clause, ParsedQuery, TextField

Query = dict[str, Any]

ALL_WORDS = "all_words"
"""Name of the clause that tells, in a widened answer, which hits hold every word."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a clause is read in: the default field and what each name means."""

    field: TextField
    names: NameTable


def compile_question(parsed: ParsedQuery, scope: Scope, *, widened: bool) -> Query | None:
    """The scored query of what was typed, all words or (`widened`) any; None when nothing was."""
    if parsed.clause is None:
        return None
    if not parsed.plain:
        return compile_clause(parsed.clause, scope)
    words = plain_words(parsed)
    query = _any_word(words, scope) if widened else _join_all(words, scope)
    pairs = _pairs(words, scope.field)
    return _with_wanted(query, pairs) if pairs else query


def hold_all_words(words: Sequence[Word], field: TextField) -> Query:
    """Documents that hold every content word."""
    return {"bool": {"filter": [match_leaf(word, field) for word in content_words(words)]}}


def hold_any_word(words: Sequence[Word], field: TextField) -> Query:
    """Documents that hold at least one content word."""
    return _any_of([match_leaf(word, field) for word in content_words(words)])


def compile_clause(clause: Clause, scope: Scope) -> Query:
    """The scored query of one clause and all below it."""
    match clause:
        case And(clauses):
            return _join_all(clauses, scope)
        case Or(clauses):
            return _any_of([compile_clause(each, scope) for each in clauses])
        case Not(inner):
            return {"bool": {"must_not": [compile_clause(inner, scope)]}}
        case Value() | Published():
            return {"bool": {"filter": [_filter_clause(clause, scope)]}}
        case _:
            return _with_wanted(match_leaf(clause, scope.field), _title_bonus(clause, scope.field))


def match_leaf(leaf: Leaf, field: TextField, boost: float = 1.0) -> Query:
    """The one clause of a word, phrase, prefix or fuzzy word on its field."""
    name = leaf.field or field
    match leaf:
        case Word(text):
            return _match("match", name, boost, query=text, operator="and")
        case Phrase(text, slop):
            return _match("match_phrase", f"{name}.exact", boost, query=text, slop=slop)
        case Prefix(text):
            # analysed like a word, its last token then a prefix: `prefix` itself would not fold
            return _match("match_bool_prefix", f"{name}.exact", boost, query=text, operator="and")
        case Fuzzy(text, edits):
            return _match("match", f"{name}.exact", boost, query=text, **_fuzziness(edits))


def _match(kind: str, field: str, boost: float, **options: Any) -> Query:
    return {kind: {field: options if boost == 1.0 else {**options, "boost": boost}}}


def _fuzziness(edits: int) -> dict[str, Any]:
    return {
        "operator": "and",
        "fuzziness": edits,
        "fuzzy_transpositions": True,
        "fuzzy_rewrite": "constant_score",
    }


def _join_all(clauses: Sequence[Clause], scope: Scope) -> Query:
    parts: dict[str, list[Query]] = {"must": [], "should": [], "filter": [], "must_not": []}
    optional = has_more_than_function_words(clauses)
    for clause in clauses:
        for occur, query in _occurrences(clause, scope, optional=optional):
            parts[occur].append(query)
    return {"bool": {occur: queries for occur, queries in parts.items() if queries}}


def _occurrences(clause: Clause, scope: Scope, *, optional: bool) -> Iterator[tuple[str, Query]]:
    match clause:
        case Word() | Phrase() | Prefix() | Fuzzy():
            wanted = optional and isinstance(clause, Word) and clause.function_word
            yield ("should" if wanted else "must"), match_leaf(clause, scope.field)
            for query in _title_bonus(clause, scope.field):
                yield "should", query
        case Not(inner):
            yield "must_not", compile_clause(inner, scope)
        case Value() | Published():
            yield "filter", _filter_clause(clause, scope)
        case _:
            yield "must", compile_clause(clause, scope)


def _any_word(words: Sequence[Word], scope: Scope) -> Query:
    wanted = [word for word in words if word not in content_words(words)]
    extras = [match_leaf(word, scope.field) for word in wanted]
    for word in words:
        extras += _title_bonus(word, scope.field)
    named = {"filter": hold_all_words(words, scope.field), "boost": 0, "_name": ALL_WORDS}
    extras.append({"constant_score": named})
    return _with_wanted(hold_any_word(words, scope.field), extras)


def _title_bonus(leaf: Leaf, field: TextField) -> list[Query]:
    """A word in the title counts a little more; a word that asks a field of its own does not."""
    if (leaf.field or field) != "text":
        return []
    return [match_leaf(leaf, "title", TITLE_WEIGHT)] if leaf.field is None else []


def _pairs(words: Sequence[Word], field: TextField) -> list[Query]:
    if len(words) not in PAIR_WORDS:
        return []
    return [
        _match("match_phrase", field, PAIR_WEIGHT, query=f"{first.text} {second.text}")
        for first, second in pairwise(words)
    ]


def _with_wanted(query: Query, wanted: list[Query]) -> Query:
    """The query as it is, scored higher where it also meets what is wanted."""
    if not wanted:
        return query
    inner = query.get("bool", {})
    if "must" in inner:  # such a `should` decides nothing but the score
        return {"bool": {**inner, "should": [*inner.get("should", []), *wanted]}}
    return {"bool": {"must": [query], "should": wanted}}


def _any_of(queries: list[Query]) -> Query:
    return {"bool": {"should": queries, "minimum_should_match": 1}}


def _filter_clause(clause: Value | Published, scope: Scope) -> Query:
    if isinstance(clause, Published):
        return filter_dates(clause.after, clause.before)
    return filter_value(clause.field, clause.text, scope.names)
