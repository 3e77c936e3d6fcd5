"""Where a summary stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.summaries.values import DEFAULT_WORDS, SPARE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def take_sentences(
    order: Sequence[int],
    count_of: Callable[[int], int],
    *,
    words: int = DEFAULT_WORDS,
    sentences: int | None = None,
) -> tuple[int, ...]:
    """The sentences of a summary, in text order.

    `order` are sentence numbers, the best first; `count_of(number)` their words, asked only
    where needed. Whole sentences are
    taken in this order until together they hold at least `words`; one that would pass `words` + 35
    is skipped, and the next that fits is taken. Where nothing fits, the best sentence stands
    alone, whole: a long summary says more than none. Too few sentences: all of them. With
    `sentences` the first so many of the order are taken, however long.
    """
    if sentences is not None:
        return tuple(sorted(order[:sentences]))
    taken: list[int] = []
    total = 0
    for number in order:
        if total >= words:
            break
        count = count_of(number)
        if total + count <= words + SPARE_WORDS:
            taken.append(number)
            total += count
    return tuple(sorted(taken or order[:1]))
