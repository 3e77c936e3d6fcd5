"""Clause trees put in order (flattened, without repeats, function words optional) and read out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.search.queries import And, Fuzzy, Not, Or, Phrase, Prefix, Published, Value, Word
from dateline.search.terms import LONG_WORD
from dateline.search.words import count_letters, is_function_word, word_core

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.search.queries import Clause

Leaf = Word | Phrase | Prefix | Fuzzy | Value | Published

_BARE_VALUE = re.compile(r"\w[\w.'\u2019&/-]*")


def all_of(clauses: Sequence[Clause]) -> Clause:
    """All of these, flattened, each once; function words are wanted only, beside other words."""
    once = _once(_flat(clauses, And))
    asked = any(not isinstance(clause, Not) and not _is_optional(clause) for clause in once)
    wanted = [
        replace(clause, function_word=asked and _is_optional(clause))
        if isinstance(clause, Word)
        else clause
        for clause in once
    ]
    return wanted[0] if len(wanted) == 1 else And(tuple(wanted))


def any_of(clauses: Sequence[Clause]) -> Clause:
    """Any of these, flattened, each once; here every word counts."""
    once = _once(_flat(clauses, Or))
    return once[0] if len(once) == 1 else Or(tuple(once))


def none_of(clause: Clause) -> Clause:
    """None of this; what was left out twice is asked for. In an exclusion every word counts."""
    return clause.clause if isinstance(clause, Not) else Not(_strict(clause))


def iter_leaves(clause: Clause) -> Iterator[Leaf]:
    """Words, phrases, values and dates of the tree, in the order of the text."""
    if isinstance(clause, And | Or):
        for part in clause.clauses:
            yield from iter_leaves(part)
    elif isinstance(clause, Not):
        yield from iter_leaves(clause.clause)
    else:
        yield clause


def read_out(clause: Clause) -> str:
    """The tree in the query language, with brackets round every inner AND and OR."""
    if isinstance(clause, And):
        return " ".join(map(_bracketed, clause.clauses))
    if isinstance(clause, Or):
        return " OR ".join(map(_bracketed, clause.clauses))
    if isinstance(clause, Not):
        return f"-{_bracketed(clause.clause)}"
    return _read_leaf(clause)


def count_brackets(clause: Clause) -> int:
    """How deeply the brackets of `read_out` nest."""
    if isinstance(clause, Not):
        return count_brackets(clause.clause) + isinstance(clause.clause, And | Or)
    if not isinstance(clause, And | Or):
        return 0
    return max(count_brackets(part) + isinstance(part, And | Or) for part in clause.clauses)


def _flat(clauses: Iterable[Clause], kind: type[And | Or]) -> Iterator[Clause]:
    for clause in clauses:
        if isinstance(clause, kind):
            yield from _flat(clause.clauses, kind)
        else:
            yield clause


def _once(clauses: Iterable[Clause]) -> list[Clause]:
    kept: dict[object, Clause] = {}
    for clause in clauses:
        kept.setdefault(_sameness(clause), clause)
    return list(kept.values())


def _sameness(clause: Clause) -> object:
    return (word_core(clause.text), clause.field) if isinstance(clause, Word) else clause


def _is_optional(clause: Clause) -> bool:
    return (
        isinstance(clause, Word)
        and clause.field is None
        and is_function_word(word_core(clause.text))
    )


def _strict(clause: Clause) -> Clause:
    """The same with every word required."""
    if isinstance(clause, Word):
        return replace(clause, function_word=False)
    if isinstance(clause, And):
        return And(tuple(map(_strict, clause.clauses)))
    if isinstance(clause, Or):
        return Or(tuple(map(_strict, clause.clauses)))
    return clause


def _bracketed(clause: Clause) -> str:
    return f"({read_out(clause)})" if isinstance(clause, And | Or) else read_out(clause)


def _read_leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Published):
        return f"after:{leaf.after}" if leaf.after else f"before:{leaf.before}"
    if isinstance(leaf, Value):
        bare = _BARE_VALUE.fullmatch(leaf.text)
        return f"{leaf.field}:{leaf.text}" if bare else f'{leaf.field}:"{leaf.text}"'
    return (f"{leaf.field}:" if leaf.field else "") + _read_text(leaf)


def _read_text(leaf: Word | Phrase | Prefix | Fuzzy) -> str:
    if isinstance(leaf, Phrase):
        return f'"{leaf.text}"' + (f"~{leaf.slop}" if leaf.slop else "")
    if isinstance(leaf, Prefix):
        return f"{leaf.text}*"
    if isinstance(leaf, Fuzzy):
        usual = 1 if count_letters(leaf.text) < LONG_WORD else 2
        return f"{leaf.text}~" + ("" if leaf.edits == usual else str(leaf.edits))
    return leaf.text
