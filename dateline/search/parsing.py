"""The query language: what a person types, read once into clauses.

    query  = item+                 all of these; AND between them may be typed
    item   = part (OR part)*       OR binds tighter than the blank: a b OR c is a (b OR c)
    part   = (- | NOT)* leaf
    leaf   = ( query ) | title:( query ) | word | word* | word~ | "a phrase" | "a phrase"~5
           | field:value | after:date | before:date

Operators count in capitals only. Every length and depth is bounded before anything recurses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from dateline.errors import QuerySyntaxError
from dateline.search.queries import And, ParsedQuery, Published, Word
from dateline.search.terms import read_term
from dateline.search.tokens import MAX_DEPTH, cut_tokens
from dateline.search.trees import all_of, any_of, count_brackets, iter_leaves, none_of, read_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.search.queries import Clause
    from dateline.search.tokens import Token

MAX_CLAUSES = 32
"""Words, phrases, values and dates of a query; repeats and optional function words are free."""

MAX_WARNINGS = 8
"""Sentences an answer carries about one query, first come."""

_SIGNS = {"minus": "-", "not": "NOT", "and": "AND", "or": "OR"}


def parse_query(text: str) -> ParsedQuery:
    """The user's text as clauses; blank text asks for all articles (`clause` None).

    `reading` is the query as it was read: it parses to the same clauses, as long as it keeps within
    the length allowed. Raises QuerySyntaxError with the position, in code points, and the way out.
    """
    tokens, warnings = cut_tokens(text)
    pieces = tuple(piece for piece in map(_Piece, tokens) if not piece.empty)
    if not pieces:
        return _read_nothing(tokens)
    parser = _Parser(pieces, len(text))
    clause = parser.parse()
    _check_size(clause)
    _check_dates(clause)
    reading = read_out(clause)
    told = (*warnings, *_warn_mixed(reading, mixed=parser.mixed), *_warn_words(clause, tokens))
    return ParsedQuery(clause, reading, _is_plain(tokens, clause), told[:MAX_WARNINGS])


def _read_nothing(tokens: Sequence[Token]) -> ParsedQuery:
    if not tokens:
        return ParsedQuery()
    raise QuerySyntaxError(
        "the query holds no letter or digit",
        hint="type a word, or leave q out to get all articles",
        position=tokens[0].position,
    )


class _Piece:
    """A token, read: an operator, a bracket, or a clause."""

    __slots__ = ("clause", "empty", "kind", "position")

    def __init__(self, token: Token) -> None:
        self.kind = token.kind
        self.position = token.position
        leaf = token.kind in ("word", "phrase")
        self.clause = read_term(token) if leaf else None
        self.empty = leaf and self.clause is None


class _Parser:
    """Recursive descent over pieces whose brackets pair and nest at most four deep."""

    def __init__(self, pieces: Sequence[_Piece], end: int) -> None:
        self._pieces = pieces
        self._end = end
        self._at = 0
        self.mixed = False

    def parse(self) -> Clause:
        return self._query()

    def _kind(self) -> str:
        return self._pieces[self._at].kind if self._at < len(self._pieces) else "end"

    def _position(self) -> int:
        return self._pieces[self._at].position if self._at < len(self._pieces) else self._end

    def _query(self) -> Clause:
        items: list[Clause] = []
        ands = ors = False
        while self._kind() not in ("end", "close"):
            if self._kind() == "and":
                ands = True
                self._skip_operator(follows=bool(items))
            item, several = self._item()
            ors = ors or several
            items.append(item)
        self.mixed = self.mixed or (ands and ors)
        return all_of(items)

    def _item(self) -> tuple[Clause, bool]:
        parts = [self._part()]
        while self._kind() == "or":
            self._skip_operator(follows=True)
            parts.append(self._part())
        return any_of(parts), len(parts) > 1

    def _skip_operator(self, *, follows: bool) -> None:
        """Past AND or OR, which must stand between two parts."""
        piece = self._pieces[self._at]
        if not follows:
            self._dangling(piece, "before")
        self._at += 1
        if self._kind() in ("end", "close", "and", "or"):
            self._dangling(piece, "after")

    def _part(self) -> Clause:
        negations = 0
        while self._kind() in ("minus", "not"):
            piece = self._pieces[self._at]
            negations += 1
            self._at += 1
            if self._kind() in ("end", "close", "and", "or"):
                self._dangling(piece, "after")
        leaf = self._leaf()
        return none_of(leaf) if negations % 2 else leaf

    def _leaf(self) -> Clause:
        piece = self._pieces[self._at]
        if piece.kind == "or":
            self._dangling(piece, "before")
        self._at += 1
        if piece.clause is not None:
            return piece.clause
        return self._group(piece)

    def _group(self, opening: _Piece) -> Clause:
        if self._kind() == "close":
            raise QuerySyntaxError(
                "nothing stands between these brackets",
                hint="type words between them, or leave them out",
                position=opening.position,
            )
        inner = self._query()
        self._at += 1
        return inner

    def _dangling(self, piece: _Piece, side: str) -> NoReturn:
        sign = _SIGNS[piece.kind]
        raise QuerySyntaxError(
            f"nothing stands {side} {sign}",
            hint=f'type a word there; to search for the word itself type "{sign.lower()}"'
            if sign != "-"
            else "type the word to leave out right after it: -word",
            position=piece.position,
        )


def _check_size(clause: Clause) -> None:
    count = sum(not (isinstance(leaf, Word) and leaf.function_word) for leaf in iter_leaves(clause))
    if count > MAX_CLAUSES:
        raise QuerySyntaxError(
            f"the query has too many words: {count}, {MAX_CLAUSES} are allowed",
            hint='ask for its most telling words, or put a sentence in "quotes"',
        )
    if count_brackets(clause) > MAX_DEPTH:
        raise QuerySyntaxError(
            f"the query is nested too deeply: {MAX_DEPTH} levels of brackets are allowed",
            hint="ask in two queries, or with fewer brackets",
        )


def _check_dates(clause: Clause) -> None:
    """Two dates that both must hold and leave no day between them."""
    parts = clause.clauses if isinstance(clause, And) else ()
    dates = [part for part in parts if isinstance(part, Published)]
    after = max((part.after for part in dates if part.after), default=None)
    before = min((part.before for part in dates if part.before), default=None)
    if after and before and after > before:
        raise QuerySyntaxError(
            f"no day lies after {after} and before {before}", hint="swap the two dates"
        )


def _is_plain(tokens: Sequence[Token], clause: Clause) -> bool:
    bare = all(token.kind == "word" and token.field is None for token in tokens)
    return bare and all(isinstance(leaf, Word) for leaf in iter_leaves(clause))


def _warn_mixed(reading: str, *, mixed: bool) -> Iterable[str]:
    if mixed:
        yield f"AND and OR stand together and were read as {reading}; brackets say otherwise"


def _warn_words(clause: Clause, tokens: Sequence[Token]) -> Iterable[str]:
    optional = [
        leaf.text for leaf in iter_leaves(clause) if isinstance(leaf, Word) and leaf.function_word
    ]
    if optional:
        listed = ", ".join(f"“{word}”" for word in optional)
        yield f'wanted, not required, as most articles hold them: {listed}; "quotes" require them'
    for word in ("or", "not"):
        if word in optional:
            yield f"“{word}” was read as a word; the operator is typed in capitals: {word.upper()}"
    if _is_shouted(tokens):
        yield "AND, OR and NOT in capitals are operators; write them small to use them as words"


def _is_shouted(tokens: Sequence[Token]) -> bool:
    words = [token.text for token in tokens if token.kind == "word"]
    operators = any(token.kind in ("and", "or", "not") for token in tokens)
    return operators and len(words) > 1 and all(word.isupper() for word in words)
