"""Who stands in which articles: all that proposals are made of, from one walk. Pure.

Names are held as numbers, so 20,000 articles with 15 names each take some 20 MB.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING

from indexer.knowledge.names import find_aliases
from indexer.knowledge.naming import make_rulings, open_naming
from indexer.knowledge.values import NAMED, Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.documents import EntityKind
    from indexer.knowledge.decisions import Decisions
    from indexer.knowledge.naming import NameKey
    from indexer.knowledge.values import Facts

_SAMPLE = 200
"""Articles of a name that are looked into for its company, evenly spread: enough for a share."""
_EVERYWHERE = 20
"""Who stands in one article of so many is company for everybody, and says nothing."""
_FEW = 100
"""In fewer articles nobody is everywhere."""


@dataclass(frozen=True, slots=True)
class Named:
    """An article, its source, and its own names per kind."""

    id: str
    source: str | None
    names: dict[EntityKind, tuple[str, ...]]


def keep_names(facts: Facts) -> Named:
    """Of an article's facts what a census needs; each spelling is kept in memory once."""
    names = {kind: tuple(map(intern, facts.names[kind])) for kind in NAMED}
    return Named(facts.id, facts.source, names)


@dataclass(frozen=True)
class Census:
    """`ids` of the articles; `names` by number; `held`: article → its names, by number."""

    ids: Sequence[str]
    names: Sequence[NameKey]
    held: Sequence[array[int]]
    _company: dict[int, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def articles(self) -> list[array[int]]:
        """Name → its articles, ascending, all by number."""
        found = [array("L") for _ in self.names]
        for article, names in enumerate(self.held):
            for name in names:
                found[name].append(article)
        return found

    @cached_property
    def numbers(self) -> dict[NameKey, int]:
        """Name → its number."""
        return {name: number for number, name in enumerate(self.names)}

    def of_kind(self, kind: EntityKind) -> dict[str, int]:
        """The names of a kind and in how many articles each stands, sorted."""
        return {
            name: len(self.articles[number])
            for number, (of, name) in sorted(enumerate(self.names), key=lambda each: each[1])
            if of == kind
        }

    def find_articles(self, kind: EntityKind, name: str) -> array[int]:
        """The articles where a name stands; none of a name that is not there."""
        number = self.numbers.get((kind, name))
        return array("L") if number is None else self.articles[number]

    def count_together(self, kind: EntityKind, one: str, two: str) -> int:
        """In how many articles both stand."""
        articles = set(self.find_articles(kind, one))
        return len(articles.intersection(self.find_articles(kind, two)))

    def share_company(self, kind: EntityKind, one: str, two: str) -> float:
        """Of the names that stand beside `one`, the share that stand beside `two` as well."""
        pair = (self.numbers[kind, one], self.numbers[kind, two])
        first, second = (self._find_company(number).difference(pair) for number in pair)
        return len(first & second) / len(first) if first else 0.0

    def chance_company(self, kind: EntityKind, name: str) -> float:
        """The share of any name's company that stands beside this one by chance alone."""
        beside = self._find_company(self.numbers[kind, name])
        return sum(len(self.articles[number]) for number in beside) / max(self._said, 1)

    @cached_property
    def _said(self) -> int:
        """How often names that are not everywhere are said."""
        return sum(map(len, self.articles)) - sum(len(self.articles[n]) for n in self.everywhere)

    @cached_property
    def everywhere(self) -> frozenset[int]:
        """The names in so many articles that they are no company in particular."""
        most = max(len(self.ids), _FEW) // _EVERYWHERE
        return frozenset(n for n, articles in enumerate(self.articles) if len(articles) > most)

    def _find_company(self, number: int) -> frozenset[int]:
        if number not in self._company:
            articles = self.articles[number]
            sample = articles[:: max(1, -(-len(articles) // _SAMPLE))]
            beside = {name for article in sample for name in self.held[article]}
            self._company[number] = frozenset(beside - self.everywhere)
        return self._company[number]


def take_census(articles: Sequence[Named], decisions: Decisions) -> Census:
    """The census of these articles under the names that they would go by, so decided."""
    aliases = find_aliases(articles, make_rulings(decisions).apart)
    knowledge = Knowledge(aliases=aliases, decisions=decisions)
    numbers: dict[NameKey, int] = {}
    held = [_number(each, knowledge, numbers) for each in articles]
    return Census([each.id for each in articles], list(numbers), held)


def _number(article: Named, knowledge: Knowledge, numbers: dict[NameKey, int]) -> array[int]:
    naming = open_naming(knowledge, article.source, article.names)
    names: Iterable[NameKey] = dict.fromkeys(
        (kind, naming.find_name(kind, name)) for kind in NAMED for name in article.names[kind]
    )
    return array("L", [numbers.setdefault(name, len(numbers)) for name in names])
