"""Does what is stored stand in the untouched original, where its span map says?

A stretch of the stored text must map to a place in the decoded original. What it copies must be the
same there, code point by code point, in the original's order; what it repairs must be one of the
declared repairs; what it has from nowhere may only be white space (line ends, the blank line).
"""

from __future__ import annotations

import html
import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ftfy import fix_text

from dateline.documents import Span
from dateline.text.spans import cut, original_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from dateline.documents import Original, Run, TracedText

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """A stretch of a stored text that its map does not bear out, and why."""

    location: str
    what: str
    stored: str
    original: str


def decoded(original: Original) -> str:
    """What came in, as the text that the span map speaks of."""
    return original.content.decode(original.encoding, "replace")


def random_spans(text: str, chance: Random, count: int) -> list[Span]:
    """Stretches of 1 to 40 code points, each within a line, as names are.

    Lines may come in another order than in the original: a record's title stands behind its text,
    a page's standfirst elsewhere.
    """
    starts = [chance.randrange(len(text)) for _ in range(count)]
    wanted = [Span(start, start + chance.randint(1, 40)) for start in starts]
    return [Span(w.start, min(w.end, _line_end(text, w.start))) for w in wanted]


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found


def find_faults(
    stored: TracedText, original: str, spans: Sequence[Span], location: str
) -> Iterator[Fault]:
    """Every span of the stored text that does not stand where its map says."""
    for span in spans:
        if span.start >= span.end:
            continue
        part = cut(stored, span.start, span.end)
        place = original_span(stored.runs, span)
        if place is None:
            if part.text.strip():
                yield Fault(location, "from nowhere", part.text[:SHOWN], "")
            continue
        for what, ours, theirs in _compare(part, original):
            yield Fault(location, what, ours[:SHOWN], theirs[:SHOWN])


def _compare(part: TracedText, original: str) -> Iterator[tuple[str, str, str]]:
    position = last = 0
    for run in part.runs:
        made = part.text[position : run.start]
        if made.strip():
            yield "from nowhere", made, ""
        ours = part.text[run.start : run.start + run.length]
        theirs = original[run.original_start : run.original_start + _reach(run)]
        if run.original_start < last:
            yield "out of order", ours, theirs
        if run.original_length is None and ours != theirs:
            yield "no copy", ours, theirs
        if run.original_length is not None and not is_repair(ours, theirs):
            yield "no declared repair", ours, theirs
        position, last = run.start + run.length, run.original_start
    if part.text[position:].strip():
        yield "from nowhere", part.text[position:], ""


def _reach(run: Run) -> int:
    return run.length if run.original_length is None else run.original_length


def is_repair(stored: str, original: str) -> bool:
    """Whether one of the declared repairs makes the stored stretch, or its half, of the original.

    White space; an escape of JSON or an entity of HTML; a broken encoding; composed letters; signs
    that nobody sees; the capital dotted I.
    """
    wanted = _plain(stored)
    return any(wanted in _plain(text) for text in _repaired(original))


def _repaired(original: str) -> Iterator[str]:
    yield original
    unescaped = html.unescape(original)
    yield unescaped
    yield fix_text(unescaped)
    try:
        text = str(json.loads(f'"{original}"', strict=False))
    except ValueError:
        return
    yield text
    yield html.unescape(text)
    yield fix_text(html.unescape(text))


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text.replace("İ", "I"))
    return "".join(sign for sign in composed if sign.isprintable() and not sign.isspace())
