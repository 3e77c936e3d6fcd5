"""Names that two persons may bear: their articles fall into two companies. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.librarian.census import Census

_FEWEST = 4
"""Articles of each of the two at least."""
_WHOLE = 0.8
"""Share of its articles with any company that the two companies have together at least."""
_TELLING = 3
"""Names that tell the smaller company, at most."""
_MOST = 200
"""Articles of a name: beyond, its parts always meet somewhere."""


@dataclass(frozen=True, slots=True)
class Split:
    """`beside` these names it may be somebody else: in `articles` of `all` with any company."""

    name: str
    beside: tuple[str, ...]
    articles: tuple[int, ...]
    all: int


def iter_splits(census: Census) -> Iterator[Split]:
    """The persons' names that fall in two, each with the company of the smaller part."""
    for name in census.of_kind("person"):
        articles = census.find_articles("person", name)
        if not 2 * _FEWEST <= len(articles) <= _MOST:
            continue
        company = {
            each: _find_company(census, each, census.numbers["person", name]) for each in articles
        }
        parts = _join({article: names for article, names in company.items() if names})
        if (split := _choose(parts)) is not None:
            part, whole = split
            beside = _tell(census, [company[each] for each in part])
            yield Split(name, beside, tuple(part), whole)


def _find_company(census: Census, article: int, name: int) -> frozenset[int]:
    return frozenset(census.held[article]) - census.everywhere - {name}


def _join(company: dict[int, frozenset[int]]) -> list[list[int]]:
    """Articles that share company, directly or through others; the largest part first."""
    part_of: dict[int, int] = {}
    parts: dict[int, list[int]] = {}
    members: dict[int, set[int]] = {}
    for article, names in company.items():
        met = sorted({part_of[name] for name in names if name in part_of})
        parts[article] = sorted({article, *(each for part in met for each in parts.pop(part))})
        members[article] = set(names).union(*(members.pop(part) for part in met))
        part_of |= dict.fromkeys(members[article], article)
    return sorted(parts.values(), key=lambda part: (-len(part), part))


def _choose(parts: Sequence[list[int]]) -> tuple[list[int], int] | None:
    whole = sum(map(len, parts))
    if len(parts) < 2 or len(parts[1]) < _FEWEST:  # noqa: PLR2004 - two persons
        return None
    return (parts[1], whole) if len(parts[0]) + len(parts[1]) >= _WHOLE * whole else None


def _tell(census: Census, company: Sequence[frozenset[int]]) -> tuple[str, ...]:
    """The fewest names that stand in most of these articles: each time the one that tells most."""
    left = list(company)
    chosen: list[str] = []
    while left and len(chosen) < _TELLING:
        counts = Counter(name for names in left for name in names)
        best = min(counts, key=lambda name: (-counts[name], census.names[name]))
        chosen.append(census.names[best][1])
        left = [names for names in left if best not in names]
    return tuple(chosen)
