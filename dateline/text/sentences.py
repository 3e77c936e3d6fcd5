"""Sentences of the stored text: where they stand, and which may stand in a summary."""

from __future__ import annotations

from dateline.documents import Span


def split_sentences(text: str, body_start: int) -> tuple[Span, ...]:
    """The sentences of the body in order, never across lines, without blanks at their ends."""
    import nupunkt  # noqa: PLC0415  # loads its model: only who splits sentences pays

    spans: list[Span] = []
    position = body_start
    for line in text[body_start:].split("\n"):
        if line.strip():
            for start, end in nupunkt.sent_spans(line):
                piece = line[start:end]
                left = start + len(piece) - len(piece.lstrip())
                right = start + len(piece.rstrip())
                if right > left:
                    spans.append(Span(position + left, position + right))
        position += len(line) + 1
    return tuple(spans)


def summarizable(text: str, spans: tuple[Span, ...], *, truncated: bool) -> tuple[bool, ...]:
    """For each sentence: may it stand in a summary?"""
    last = len(spans) - 1
    return tuple(
        text[s.start : s.end].rstrip("\"”’')»").endswith((".", "!", "?")) and not (truncated and i == last)
        for i, s in enumerate(spans)
    )
