"""What is proposed, best first: candidates, weighed by what the articles show. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from indexer.knowledge.decisions import Decision
from indexer.librarian.organisations import iter_organisations
from indexer.librarian.people import iter_people
from indexer.librarian.splits import iter_splits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.documents import EntityKind
    from indexer.librarian.candidates import Candidate
    from indexer.librarian.census import Census
    from indexer.librarian.splits import Split

_SPLIT = 0.3
_WORTH = 0.07
"""Below it, of 1,017 news articles, hardly a proposal was right."""
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """An open decision, why, and what speaks for it.

    `articles` of the name, of the other (of a split: of all of the name), and of both together;
    `company`: of the names beside it, the share that stand beside the other. `examples` are ids.
    """

    decision: Decision
    reason: str
    articles: tuple[int, int, int]
    company: float
    grade: float
    examples: tuple[str, ...]


def propose(
    census: Census, kinds: Sequence[EntityKind], decided: Iterable[Decision], least: int
) -> list[Proposal]:
    """The proposals about names of these kinds, best first, one a name.

    `decided` are the lines of the file: what they accept or reject is not proposed again. A name
    stands in at least `least` articles.
    """
    settled = _Settled.of(decided)
    found = [
        each
        for kind in kinds
        for each in _iter_proposals(census, kind, least, settled)
        if each.grade >= _WORTH
    ]
    found.sort(key=_rank)
    return list(_iter_best(found))


def _iter_best(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The first of each name; of a pair that comes either way round the first as well."""
    names: set[tuple[str, str, bool]] = set()
    pairs: set[tuple[str, str, str]] = set()
    for each in proposals:
        kind, name, into = each.decision.kind, each.decision.name, each.decision.into
        own = (kind, name, each.decision.scoped)
        if own not in names and (kind, into, name) not in pairs:
            names.add(own)
            pairs.add((kind, name, into))
            yield each


def _rank(each: Proposal) -> tuple[float, Decision]:
    """How sure it is, and how much it would change: in the logarithm, or reach would be all."""
    return -each.grade * log2(1 + each.articles[0]), each.decision


@dataclass(frozen=True, slots=True)
class _Settled:
    """Pairs that were decided on, either way round, and names that were split or were not to be."""

    pairs: frozenset[tuple[EntityKind, str, str]]
    split: frozenset[tuple[EntityKind, str]]

    @classmethod
    def of(cls, lines: Iterable[Decision]) -> _Settled:
        settled = [each for each in lines if each.verdict != "open"]
        pairs = [(each.kind, each.name, each.into) for each in settled if not each.scoped]
        turned = [(kind, into, name) for kind, name, into in pairs]
        split = [(each.kind, each.name) for each in settled if each.scoped]
        return cls(frozenset([*pairs, *turned]), frozenset(split))


def _iter_proposals(
    census: Census, kind: EntityKind, least: int, settled: _Settled
) -> Iterator[Proposal]:
    counts = census.of_kind(kind)
    candidates = iter_people(counts) if kind == "person" else iter_organisations(counts, census)
    for each in candidates:
        if counts[each.name] >= least and (kind, each.name, each.into) not in settled.pairs:
            yield _weigh(census, each, counts[each.name], counts[each.into])
    for split in iter_splits(census) if kind == "person" else ():
        if (kind, split.name) not in settled.split and len(split.articles) >= least:
            yield _weigh_split(census, split, counts[split.name])


def _weigh(census: Census, pair: Candidate, own: int, other: int) -> Proposal:
    """Names that keep one company and never meet are likely one; an acronym meets its name.

    Only the company beyond that of chance counts: beside a name of many articles stands everybody.
    """
    together = census.count_together(pair.kind, pair.name, pair.into)
    company = census.share_company(pair.kind, pair.name, pair.into)
    chance = census.chance_company(pair.kind, pair.into)
    telling = max(0.0, company - chance) / (1 - chance) if chance < 1 else 0.0
    meeting = 1.0 if pair.joint else (1 - together / min(own, other)) ** 2
    return Proposal(
        decision=Decision(pair.kind, pair.into, pair.name, "open"),
        reason=pair.reason,
        articles=(own, other, together),
        company=round(company, 2),
        grade=round(pair.weight * meeting * (1 + 2 * telling) / 3, 3),
        examples=_choose_examples(census, pair),
    )


def _choose_examples(census: Census, pair: Candidate) -> tuple[str, ...]:
    """Two articles of the name and one of the other, or what there is."""
    own, other = (census.find_articles(pair.kind, each) for each in (pair.name, pair.into))
    chosen = dict.fromkeys([*own[:2], *other[:_EXAMPLES]])
    return tuple(census.ids[each] for each in list(chosen)[:_EXAMPLES])


def _weigh_split(census: Census, split: Split, articles: int) -> Proposal:
    part = len(split.articles)
    first = split.beside[0]
    return Proposal(
        decision=Decision(
            "person", f"{split.name} ({first})", split.name, "open", beside=split.beside
        ),
        reason=f"two persons? {part:,} of {split.all:,} articles share no other with the rest",
        articles=(part, articles, 0),
        company=0.0,
        grade=round(_SPLIT * 2 * part / split.all, 3),
        examples=tuple(census.ids[each] for each in split.articles[:_EXAMPLES]),
    )
