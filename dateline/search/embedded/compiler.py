"""Our clause tree as the engine's query objects; user text only ever becomes whole terms."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tantivy import Occur, Query

from dateline.search.asking import (
    PAIR_WEIGHT,
    PAIR_WORDS,
    TITLE_WEIGHT,
    content_words,
    has_more_than_function_words,
    plain_words,
)
from dateline.search.embedded.analysis import EXACT, words_of
from dateline.search.embedded.filters import required
from dateline.search.embedded.verifying import find_sloppy
from dateline.search.queries import And, Fuzzy, Not, Or, Phrase, Prefix, Published, Value, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.search.asking import Leaf
    from dateline.search.embedded.filters import Filterer
    from dateline.search.queries import Clause, ParsedQuery, TextField

Part = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles clauses for one index, in a default field, under what names mean."""

    filterer: Filterer
    field: TextField

    def question(self, parsed: ParsedQuery, *, widened: bool) -> Query | None:
        """The scored query of what was typed, all words or (`widened`) any; None for nothing."""
        if parsed.clause is None:
            return None
        if not parsed.plain:
            return self.clause(parsed.clause)
        words = plain_words(parsed)
        parts = self._any_word(words) if widened else list(self._parts(words))
        return _join([*parts, *self._pairs(words)])

    def clause(self, clause: Clause) -> Query:
        """The scored query of one clause and all below it."""
        match clause:
            case And(clauses):
                return _join(list(self._parts(clauses)))
            case Or(clauses):
                return _any_of([self.clause(each) for each in clauses])
            case _:
                return _join(list(self._parts((clause,))))

    def hold_all_words(self, words: Sequence[Word]) -> Query:
        """Documents that hold every content word."""
        return _join([required(self.leaf(word)) for word in content_words(words)])

    def hold_any_word(self, words: Sequence[Word]) -> Query:
        """Documents that hold at least one content word."""
        return _any_of([self.leaf(word) for word in content_words(words)])

    def leaf(self, leaf: Leaf, field: TextField | None = None) -> Query:
        """The one query of a word, phrase, prefix or fuzzy word on its field."""
        name: str = field or leaf.field or self.field
        match leaf:
            case Word(text):
                return _all_of([self._term(name, word) for word in words_of(name, text)])
            case Phrase(text, slop):
                return self._phrase(name + EXACT, text, slop)
            case Prefix(text):
                return self._prefix(name + EXACT, text)
            case Fuzzy(text, edits):
                words = words_of(name + EXACT, text)
                return _all_of([self._fuzzy(name + EXACT, word, edits) for word in words])

    def _parts(self, clauses: Sequence[Clause]) -> Iterator[Part]:
        optional = has_more_than_function_words(clauses)
        for clause in clauses:
            match clause:
                case Word() | Phrase() | Prefix() | Fuzzy():
                    wanted = optional and isinstance(clause, Word) and clause.function_word
                    yield Occur.Should if wanted else Occur.Must, self.leaf(clause)
                    yield from self._title_bonus(clause)
                case Not(inner):
                    yield Occur.MustNot, self.clause(inner)
                case Value(field, text):
                    yield required(self.filterer.value(field, text))
                case Published(after, before):
                    yield required(self.filterer.dates(after, before))
                case _:
                    yield Occur.Must, self.clause(clause)

    def _any_word(self, words: Sequence[Word]) -> list[Part]:
        content = content_words(words)
        parts = [(Occur.Must, self.hold_any_word(words))]
        parts += [(Occur.Should, self.leaf(word)) for word in words if word not in content]
        for word in words:
            parts += self._title_bonus(word)
        return parts

    def _title_bonus(self, leaf: Leaf) -> list[Part]:
        """A word in the title counts a little more; one that asks a field of its own does not."""
        if self.field != "text" or leaf.field is not None:
            return []
        return [(Occur.Should, Query.boost_query(self.leaf(leaf, "title"), TITLE_WEIGHT))]

    def _pairs(self, words: Sequence[Word]) -> list[Part]:
        if len(words) not in PAIR_WORDS:
            return []
        pairs = (self._phrase(self.field, f"{a.text} {b.text}", 0) for a, b in pairwise(words))
        return [(Occur.Should, Query.boost_query(pair, PAIR_WEIGHT)) for pair in pairs]

    def _phrase(self, name: str, text: str, slop: int) -> Query:
        words = words_of(name, text)
        if len(words) < 2:  # noqa: PLR2004  # one word is no phrase
            return _all_of([self._term(name, word) for word in words])
        sloppy = Query.phrase_query(self.filterer.schema, name, list(enumerate(words)), slop)
        if not slop or (len(words) == 2 and words[0] != words[1]):  # noqa: PLR2004  # a pair
            return sloppy
        matching = find_sloppy(self.filterer.snapshot, name, words, slop)
        return Query.boolean_query([required(matching), (Occur.Should, sloppy)])

    def _prefix(self, name: str, text: str) -> Query:
        *whole, begun = words_of(name, text) or [""]
        if not begun:
            return Query.empty_query()
        parts = [self._term(name, word) for word in whole]
        # a prefix is a fuzzy word without edits: unlike a regular expression it may be long
        parts.append(Query.fuzzy_term_query(self.filterer.schema, name, begun, 0, prefix=True))
        return _all_of(parts)

    def _term(self, name: str, word: str) -> Query:
        return Query.term_query(self.filterer.schema, name, word, "freq")

    def _fuzzy(self, name: str, word: str, edits: int) -> Query:
        return Query.fuzzy_term_query(self.filterer.schema, name, word, edits)


def narrowed(question: Query | None, parts: Sequence[Part]) -> Query:
    """A question under filters; without question all that the filters leave, unscored."""
    if question is not None:
        return _join([(Occur.Must, question), *parts]) if parts else question
    return _join(parts) if parts else Query.all_query()


def _join(parts: Sequence[Part]) -> Query:
    """A boolean query; one that only excludes asks for all the rest."""
    if all(occur == Occur.MustNot for occur, _ in parts):
        parts = [required(Query.all_query()), *parts]
    return Query.boolean_query(list(parts))


def _all_of(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    if not queries:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _any_of(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
