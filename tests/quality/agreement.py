"""How far two readers agree: the raw share, and Cohen's kappa, which takes chance off."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `count` labels, the share that both readers gave alike (0 to 1), and kappa (-1 to 1)."""

    count: int
    share: float
    kappa: float


def agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> Agreement:
    """Compare two readers' labels of the same things in the same order; at least one thing."""
    count = len(first)
    share = sum(one == other for one, other in zip(first, second, strict=True)) / count
    firsts, seconds = Counter(first), Counter(second)
    chance = sum(firsts[label] * seconds[label] for label in firsts) / count**2
    kappa = 1.0 if chance == 1 else (share - chance) / (1 - chance)
    return Agreement(count, share, kappa)
