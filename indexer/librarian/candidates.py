"""Pairs of names that may be one, found without comparing each with each. Pure."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from dateline.text.folding import fold_name
from indexer.librarian.likeness import is_one_edit, iter_edited, romanise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dateline.documents import EntityKind

Counts: TypeAlias = "Mapping[str, int]"
"""Names of one kind, and in how many articles each stands."""
Words: TypeAlias = "Mapping[str, tuple[str, ...]]"
CLEAR = 0.6
"""Share of the articles of all bearers of a short form that its likeliest bearer has at least."""
_CROWD = 40
"""Names that are alike in one way: of more, only those in most articles are paired."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`name` may be `into`, for this reason; `weight` from 0 to 1 is how telling the reason is.

    `joint` says that names of this kind stand together where they are one, as an acronym does.
    """

    kind: EntityKind
    name: str
    into: str
    reason: str
    weight: float
    joint: bool = False


def pair_alike(
    kind: EntityKind, counts: Counts, forms: Iterable[tuple[str, str]], reason: str, weight: float
) -> Iterator[Candidate]:
    """Names that share a form, given as (form, name), each with the one that most articles have."""
    alike: dict[str, set[str]] = defaultdict(set)
    for form, name in forms:
        alike[form].add(name)
    for names in alike.values():
        first, *others = sorted(names, key=lambda name: (-counts[name], name))[:_CROWD]
        yield from (Candidate(kind, other, first, reason, weight) for other in others)


def pair_edited(kind: EntityKind, counts: Counts, words: Words) -> Iterator[Candidate]:
    """Names of which one word is one letter off, the rarer first."""
    for one, two in _find_edited(words):
        name, into = sorted((one, two), key=lambda each: (counts[each], each))
        yield Candidate(kind, name, into, "one letter apart", 0.5)


def _find_edited(words: Words) -> Iterator[tuple[str, str]]:
    """Pairs one letter apart, by the hashes of their forms with one letter less."""
    names = list(words)
    owners, hashes = array("q"), array("q")
    for at, name in enumerate(names):
        forms = [hash(form) for form in iter_edited(words[name])]
        hashes.extend(forms)
        owners.extend([at] * len(forms))
    found: set[tuple[str, str]] = set()
    for group in _iter_equal(np.array(hashes), np.array(owners)):
        alike = sorted({names[at] for at in group[:_CROWD]})
        found |= set(combinations(alike, 2))
    yield from sorted(each for each in found if is_one_edit(words[each[0]], words[each[1]]))


def _iter_equal(hashes: NDArray[np.int64], owners: NDArray[np.int64]) -> Iterator[list[int]]:
    """The owners of each hash that has several."""
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    edges = np.flatnonzero(hashes[1:] != hashes[:-1]) + 1
    for begin, end in pairwise([0, *edges.tolist(), len(hashes)]):
        if end - begin > 1:
            yield owners[begin:end].tolist()


def choose_bearer(
    short: str, bearers: Sequence[str], counts: Counts
) -> tuple[str, int, int] | None:
    """Of the full names that a short form may stand for the likeliest, its articles, and all.

    Spellings of one sound count as one. None where no bearer is clearly the likeliest.
    """
    known = [name for name in bearers if name != short]
    if not known:
        return None
    grouped: dict[str, list[str]] = defaultdict(list)
    for name in known:
        grouped[romanise(fold_name(name).split())].append(name)
    sums = {form: sum(counts[name] for name in names) for form, names in grouped.items()}
    best = min(sums, key=lambda form: (-sums[form], form))
    total = sum(sums.values())
    if sums[best] < CLEAR * total:
        return None
    chosen = min(grouped[best], key=lambda name: (-counts[name], name))
    return chosen, sums[best], total


def pair_short(  # noqa: PLR0913, PLR0917 - what is short, whose, and what is said of it
    kind: EntityKind,
    counts: Counts,
    shorts: Iterable[str],
    find_bearers: Callable[[str], Sequence[str]],
    reason: str,
    weight: float,
) -> Iterator[Candidate]:
    """Short forms, each with its likeliest bearer.

    The weight is as large as that one's share of all bearers' articles, one unseen among them, and
    the smaller the more articles have the short form alone: whose it is would mostly be told.
    """
    for short in shorts:
        bearers = find_bearers(short)
        if chosen := choose_bearer(short, bearers, counts):
            into, articles, total = chosen
            said = f"{reason}: meant by {articles:,} of {total:,} articles with a fuller name"
            share = articles / (total + 1) * articles / (articles + counts[short])
            yield Candidate(kind, short, into, said, weight * share)
