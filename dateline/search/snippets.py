"""Marked text to spans, spans to snippets: one piece of code for both engines.

A snippet is a verbatim stretch of the stored field with nothing added: no ellipsis stands in it.
A title is shown whole. A snippet of the body is a cutting: whoever shows it may put an ellipsis in
front of it unless `Highlight.start` is where the body begins, and behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import reduce
from operator import attrgetter, or_
from typing import TYPE_CHECKING, Literal

from dateline.documents import Span
from dateline.search.results import Highlight, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.search.queries import TextField

OPEN = "\ue000"
CLOSE = "\ue001"
"""Private-use marks the engine puts round a hit; stored text never holds them."""

MAX_SNIPPETS = 3
WIDTH = 160
"""Code points of a snippet, about: it ends at words, and a longer hit is shown whole."""

_CONSIDERED = 64
_start = attrgetter("start")
_end = attrgetter("end")
_MARK = re.compile(f"([{OPEN}{CLOSE}])")
_BLANK = re.compile(r"\s")


def read_marks(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The text without marks, exactly as stored, and the marked spans in it, in code points.

    Spans are sorted and disjoint; marks within marks make one span, a mark never closed ends with
    the text.
    """
    if OPEN not in marked:
        return marked.replace(CLOSE, ""), ()
    before, *pieces = marked.split(OPEN)
    if CLOSE in before or any(piece.count(CLOSE) != 1 for piece in pieces):
        return _read_tangled(marked)
    kept, spans, length = [before], [], len(before)
    for piece in pieces:
        hit, _, rest = piece.partition(CLOSE)
        if hit:
            spans.append(Span(length, length + len(hit)))
        kept += (hit, rest)
        length += len(hit) + len(rest)
    return "".join(kept), tuple(spans)


def _read_tangled(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The same for marks that nest or do not pair."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = start = depth = 0
    for piece in _MARK.split(marked + CLOSE * marked.count(OPEN)):
        if piece == OPEN:
            start = start if depth else length
            depth += 1
        elif piece == CLOSE:
            if depth == 1 and start < length:
                spans.append(Span(start, length))
            depth = max(depth - 1, 0)
        else:
            pieces.append(piece)
            length += len(piece)
    return "".join(pieces), tuple(spans)


def cut_snippets(
    text: str, spans: Sequence[Span], *, body_start: int = 0, field: TextField = "text"
) -> tuple[Highlight, ...]:
    """The title, whole, when a span stands in it, and up to three snippets of the body.

    `text` is a stored field, `spans` its hits (sorted, disjoint); what lies before `body_start` is
    the title. A snippet has about 160 code points, is cut at blanks, and those that show the most
    different hits are taken; they come in the order of the text. No spans, no highlights.
    """
    if field == "title":
        return (Highlight("title", _segments(text, spans, 0, len(text))),) if spans else ()
    first = bisect_left(spans, body_start, key=_start)
    title = _cut_title(text, spans[:first], body_start)
    body = spans[first:]
    if first and spans[first - 1].end > body_start:
        body = (Span(body_start, spans[first - 1].end), *body)
    shown: Literal["text", "summary"] = "summary" if field == "summary" else "text"
    ranges = _choose_ranges(text, body, body_start)
    return title + tuple(
        Highlight(shown, _segments(text, body, *found), found[0]) for found in ranges
    )


def _cut_title(text: str, spans: Sequence[Span], body_start: int) -> tuple[Highlight, ...]:
    if not spans:
        return ()
    end = len(text[:body_start].rstrip())
    return (Highlight("title", _segments(text, spans, 0, end)),)


def _segments(text: str, spans: Sequence[Span], start: int, end: int) -> tuple[Segment, ...]:
    """The stretch from `start` to `end`, parted into hits and what stands between."""
    segments: list[Segment] = []
    at = start
    for span in spans[bisect_left(spans, start, key=_end) : bisect_left(spans, end, key=_start)]:
        left, right = max(span.start, at), min(span.end, end)
        if at < left:
            segments.append(Segment(text[at:left], hit=False))
        if left < right:
            segments.append(Segment(text[left:right], hit=True))
            at = right
    if at < end:
        segments.append(Segment(text[at:end], hit=False))
    return tuple(segments)


def _choose_ranges(text: str, spans: Sequence[Span], body_start: int) -> list[tuple[int, int]]:
    """Where the snippets lie, in the order of the text."""
    spans = spans[:_CONSIDERED]
    forms = _number_forms(text, spans)
    free = list(range(len(spans)))
    chosen: list[tuple[int, int]] = []
    shown = 0
    while free and len(chosen) < MAX_SNIPPETS:
        first, last, seen = _best_window(spans, forms, free, shown)
        shown |= seen
        limits = _limits(spans[first].start, chosen, body_start, len(text))
        start, end = _widen(text, spans[first].start, spans[last].end, limits)
        chosen.append((start, end))
        free = [index for index in free if spans[index].end <= start or spans[index].start >= end]
    return sorted(chosen)


def _number_forms(text: str, spans: Sequence[Span]) -> list[int]:
    """For each hit the bit of its form; hits that read alike, but for case, share one."""
    bits: dict[str, int] = {}
    return [
        bits.setdefault(text[span.start : span.end].casefold(), 1 << len(bits)) for span in spans
    ]


def _best_window(
    spans: Sequence[Span], forms: Sequence[int], free: Sequence[int], shown: int
) -> tuple[int, int, int]:
    """First hit, last hit and forms of the earliest window with most forms not shown yet."""
    possible = reduce(or_, (forms[index] for index in free))
    best, found = (-1, -1), (free[0], free[0], 0)
    for place, first in enumerate(free):
        last, seen = _fill_window(spans, forms, free[place:])
        grade = ((seen & ~shown).bit_count(), seen.bit_count())
        if grade > best:
            best, found = grade, (first, last, seen)
        if seen == possible:
            break
    return found


def _fill_window(
    spans: Sequence[Span], forms: Sequence[int], free: Sequence[int]
) -> tuple[int, int]:
    """Last hit and forms of the window that begins with the first free hit."""
    last, seen = free[0], forms[free[0]]
    limit = spans[last].start + WIDTH
    for index in free[1:]:
        if index != last + 1 or spans[index].end > limit:
            break
        last = index
        seen |= forms[index]
    return last, seen


def _limits(hit: int, chosen: Iterable[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """How far a snippet round `hit` may reach without touching those already chosen."""
    for left, right in chosen:
        if right <= hit:
            start = max(start, right)
        else:
            end = min(end, left)
    return start, end


def _widen(text: str, start: int, end: int, limits: tuple[int, int]) -> tuple[int, int]:
    """The hits with as many words on either side as fit, without blanks at the ends."""
    low, high = limits
    spare = max(WIDTH - (end - start), 0)
    left = min(max(spare // 2, spare - (high - end)), start - low)
    right = min(spare - left, high - end)
    begin, stop = (
        _word_start(text, start - left, start, low),
        _word_end(text, end, end + right, high),
    )
    while begin < start and text[begin].isspace():
        begin += 1
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return begin, stop


def _word_start(text: str, at: int, hit: int, low: int) -> int:
    """The first word start from `at` on; `at` itself where no blank is left before the hit."""
    if at == low or text[at - 1].isspace():
        return at
    blank = _BLANK.search(text, at, hit)
    return blank.end() if blank else at


def _word_end(text: str, hit_end: int, at: int, high: int) -> int:
    """The last word end up to `at`; `at` itself where no blank stands after the hit."""
    if at == high or text[at].isspace():
        return at
    for place in range(at - 1, hit_end - 1, -1):
        if text[place].isspace():
            return place
    return at
