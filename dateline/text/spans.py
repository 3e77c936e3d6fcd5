"""Cutting, joining and mending text that knows where each stretch of it came from.

Every function takes time linear in the text and runs it touches; none changes its arguments.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from dateline.documents import Run, Span, TracedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Replacement = tuple[int, int, str]
"""Start, end and the new text of a stretch; start = end inserts, an empty new text deletes."""

_START = attrgetter("start")


def trace(text: str, original_start: int = 0) -> TracedText:
    """Text that is a copy of the original from `original_start` on."""
    return TracedText(text, (Run(0, original_start, len(text)),) if text else ())


def untraced(text: str) -> TracedText:
    """Text that was made by us and stands nowhere in the original."""
    return TracedText(text, ())


def cut(traced: TracedText, start: int, end: int) -> TracedText:
    """The half-open range of code points; half a repair maps to the whole of it."""
    start, end = max(start, 0), min(end, len(traced.text))
    if start == 0 and end == len(traced.text):
        return traced
    runs = tuple(_clipped(run, start, end) for run in _touching(traced.runs, start, end))
    return TracedText(traced.text[start:end], runs)


def strip(traced: TracedText, characters: str | None = None) -> TracedText:
    """The text without blanks, or without `characters`, at both ends."""
    end = len(traced.text.rstrip(characters))
    return cut(traced, min(end, len(traced.text) - len(traced.text.lstrip(characters))), end)


def join(parts: Iterable[TracedText], separator: str = "\n") -> TracedText:
    """The parts in order; the separator between them maps to nothing."""
    texts: list[str] = []
    runs: list[Run] = []
    position = 0
    for part in parts:
        if texts:
            texts.append(separator)
            position += len(separator)
        texts.append(part.text)
        _append(runs, part.runs, position)
        position += len(part.text)
    return TracedText("".join(texts), tuple(runs))


def replace(traced: TracedText, replacements: Iterable[Replacement]) -> TracedText:
    """The text with sorted stretches that do not overlap replaced; each maps whole to whole."""
    parts: list[TracedText] = []
    position = 0
    for start, end, new in replacements:
        parts.append(cut(traced, position, start))
        parts.append(_repaired(traced.runs, Span(start, end), new))
        position = end
    if not parts:
        return traced
    return join([*parts, cut(traced, position, len(traced.text))], "")


def original_span(runs: Sequence[Run], span: Span) -> Span | None:
    """Where a stretch of the text stands in the decoded original; None if it was made by us.

    Exact at ends that were copied; an end inside a repair takes the whole repaired stretch.
    """
    places = [_place(run, span) for run in _touching(runs, span.start, span.end)]
    if not places:
        return None
    return Span(min(start for start, _ in places), max(end for _, end in places))


def _touching(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """The runs that share at least one code point with the range."""
    if start >= end:
        return
    first = max(bisect_right(runs, start, key=_START) - 1, 0)
    for index in range(first, len(runs)):
        run = runs[index]
        if run.start >= end:
            return
        if run.start + run.length > start:
            yield run


def _clipped(run: Run, start: int, end: int) -> Run:
    """The part of the run inside the range, with its start counted from the range's start."""
    first, last = max(run.start, start), min(run.start + run.length, end)
    if run.original_length is not None:
        return Run(first - start, run.original_start, last - first, run.original_length)
    return Run(first - start, run.original_start + first - run.start, last - first)


def _place(run: Run, span: Span) -> tuple[int, int]:
    """Where the part of the run inside the span stands in the original."""
    if run.original_length is not None:
        return run.original_start, run.original_start + run.original_length
    shift = run.original_start - run.start
    return max(run.start, span.start) + shift, min(run.start + run.length, span.end) + shift


def _repaired(runs: Sequence[Run], span: Span, new: str) -> TracedText:
    """The new text of a stretch, mapped whole to the whole of what it replaces."""
    source = original_span(runs, span) if new and span.start < span.end else None
    if source is None:
        return untraced(new)
    return TracedText(new, (Run(0, source.start, len(new), source.end - source.start),))


def _append(runs: list[Run], more: Iterable[Run], offset: int) -> None:
    """Add runs shifted by `offset`; copies that go on where the last one ended become one run."""
    for run in more:
        start = run.start + offset
        last = runs[-1] if runs else None
        if last is not None and _continues(last, start, run):
            runs[-1] = Run(last.start, last.original_start, last.length + run.length)
        else:
            runs.append(Run(start, run.original_start, run.length, run.original_length))


def _continues(last: Run, start: int, run: Run) -> bool:
    return (
        last.original_length is None
        and run.original_length is None
        and last.start + last.length == start
        and last.original_start + last.length == run.original_start
    )
