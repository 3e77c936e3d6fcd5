"""Which articles are reprints of one another: pairs by their sketches, then groups.

A pair are reprints when the smaller one's stretches of words are in the larger one, mostly, and the
larger one is not much more: so cut, edited and padded copies count, and a long article that quotes
a short one does not. In a group each is a reprint of each: what quotes two articles never makes one
group of them, and no chain of ever different copies grows without end.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.knowledge.marks import Hashes, Sketch

    Numbers = NDArray[np.int64]

CONTAINED = 0.65
"""So much of the smaller sketch is in the larger one."""
COMPARABLE = 0.35
"""The shorter text has at least this share of the longer one's stretches."""
FEWEST = 8
"""A smaller sketch says too little: an article of some 35 words."""
COMMON = 100
"""What stands in more different articles is a formula, and tells nothing."""

Pair = tuple[int, int]


def group_reprints(sketches: Mapping[str, Sketch]) -> dict[str, str]:
    """The id of every reprint → the smallest id of its group; whatever order the articles have."""
    classes = _class_alike(sketches)
    firsts = sorted(classes)
    distinct = [classes[first] for first in firsts]
    pairs = dict(find_pairs([sketches[ids[0]] for ids in distinct]))
    groups = join_groups(pairs, len(distinct))
    return {
        key: firsts[group[0]]
        for group in groups
        for number in group
        for key in distinct[number]
        if len(group) > 1 or len(distinct[number]) > 1
    }


def _class_alike(sketches: Mapping[str, Sketch]) -> dict[str, list[str]]:
    """Articles of one and the same sketch, under the smallest id."""
    alike: dict[bytes, list[str]] = defaultdict(list)
    for key in sorted(sketches):
        sketch = sketches[key]
        if len(sketch.hashes) >= FEWEST:
            alike[sketch.hashes.tobytes()].append(key)
    return {ids[0]: ids for ids in alike.values()}


def find_pairs(sketches: Sequence[Sketch]) -> Iterator[tuple[Pair, float]]:
    """Pairs of reprints by their numbers, the smaller first, and which part of both they share."""
    hashes, owners = _lay_out(sketches)
    if not len(hashes):
        return
    sizes = np.bincount(owners, minlength=len(sketches))
    stretches = np.array([sketch.stretches for sketch in sketches])
    for first, second, shared in _count_shared(hashes, owners, len(sketches)):
        smaller = min(sizes[first], sizes[second])
        fewer, more = sorted((stretches[first], stretches[second]))
        if smaller >= FEWEST and shared >= CONTAINED * smaller and fewer >= COMPARABLE * more:
            yield (first, second), shared / int(sizes[first] + sizes[second] - shared)


def _lay_out(sketches: Sequence[Sketch]) -> tuple[Hashes, Numbers]:
    """All hashes, ascending, that are not common, and whose they are."""
    if not sketches:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    hashes = np.concatenate([sketch.hashes for sketch in sketches])
    owners = np.repeat(np.arange(len(sketches)), [len(sketch.hashes) for sketch in sketches])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    _, places, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    telling = counts[places] <= COMMON
    return hashes[telling], owners[telling]


def _count_shared(hashes: Hashes, owners: Numbers, articles: int) -> Iterator[tuple[int, int, int]]:
    """Pairs that share hashes, and how many."""
    coded = list(_code_pairs(hashes, owners, articles))
    if not coded:
        return
    codes, counts = np.unique(np.concatenate(coded), return_counts=True)
    likely = counts >= CONTAINED * FEWEST
    for code, shared in zip(codes[likely].tolist(), counts[likely].tolist(), strict=True):
        yield code // articles, code % articles, shared


def _code_pairs(hashes: Hashes, owners: Numbers, articles: int) -> Iterator[Numbers]:
    """Each pair of owners of one hash, as one number; hashes of as many owners at once."""
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    lengths = np.diff(np.r_[starts, len(hashes)])
    for length in np.unique(lengths[lengths > 1]).tolist():
        places = starts[lengths == length][:, None] + np.arange(length)
        owning = owners[places]  # ascending in each row: the sort was stable
        first, second = np.triu_indices(length, 1)
        yield (owning[:, first] * articles + owning[:, second]).ravel()


def join_groups(pairs: Mapping[Pair, float], articles: int) -> list[list[int]]:
    """Groups in which each is a reprint of each, the closest pairs joined first, ties by number."""
    groups = _Groups(articles, pairs)
    for first, second in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        groups.join(first, second)
    return groups.listed()


class _Groups:
    """Groups that grow: between two of them the pairs of reprints are counted."""

    def __init__(self, articles: int, pairs: Iterable[Pair]) -> None:
        self._members = {number: [number] for number in range(articles)}
        self._group = list(range(articles))
        self._between: dict[int, dict[int, int]] = defaultdict(dict)
        for first, second in pairs:
            self._between[first][second] = self._between[second][first] = 1

    def join(self, first: int, second: int) -> None:
        """Make one group of two, if each of the one is a reprint of each of the other."""
        kept, gone = sorted((self._group[first], self._group[second]))
        if kept == gone:
            return
        possible = len(self._members[kept]) * len(self._members[gone])
        if self._between[kept].get(gone, 0) < possible:
            return
        for number in self._members[gone]:
            self._group[number] = kept
        self._members[kept] += self._members.pop(gone)
        for other, count in self._between.pop(gone).items():
            self._between[other].pop(gone)
            if other != kept:
                total = self._between[kept].get(other, 0) + count
                self._between[kept][other] = self._between[other][kept] = total

    def listed(self) -> list[list[int]]:
        """Every group, its numbers ascending."""
        return [sorted(members) for members in self._members.values()]
