"""Proposals about names, as lines to paste into the file, and as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer.librarian.lines import render_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.librarian.proposals import Proposal
    from indexer.librarian.reviewing import Review

_TITLE = 60


def show_review(review: Review) -> Iterator[str]:
    """The proposals, each as comments and the line that would say it: all of it may be pasted."""
    for number, each in enumerate(review.proposals, 1):
        yield f"# {number}. {show_why(each)}"
        for example in each.examples:
            yield f"#    {example}: {_cut(review.titles.get(example, ''))}"
        yield render_line(each.decision)


def show_why(each: Proposal) -> str:
    """What speaks for a proposal, in one line."""
    own, other, both = each.articles
    if each.decision.scoped:
        return f"{each.reason}; {other:,} articles"
    return (
        f"{each.reason}; articles {own:,} + {other:,}, both in {both:,}; "
        f"company shared {each.company:.0%}"
    )


def _cut(title: str) -> str:
    shown = " ".join(title.split())
    return shown if len(shown) <= _TITLE else f"{shown[: _TITLE - 1]}…"


def describe_review(review: Review) -> dict[str, Any]:
    """The proposals as JSON values."""
    return {
        "articles": review.articles,
        "total": review.total,
        "proposals": [_describe(each, review) for each in review.proposals],
    }


def _describe(each: Proposal, review: Review) -> dict[str, Any]:
    own, other, both = each.articles
    return {
        "kind": each.decision.kind,
        "from": each.decision.name,
        "to": each.decision.into,
        "beside": list(each.decision.beside),
        "reason": each.reason,
        "articles": {"from": own, "to": other, "both": both},
        "company": each.company,
        "grade": each.grade,
        "examples": [{"id": id_, "title": review.titles.get(id_)} for id_ in each.examples],
        "line": render_line(each.decision).strip(),
    }


def count_review(review: Review, written: int | None) -> str:
    """What was found, in one line; `written` lines went into the file."""
    shown = (
        f", the best {len(review.proposals):,} of them here"
        if len(review.proposals) < review.total
        else ""
    )
    wrote = "" if written is None else f"; lines written as open: {written:,}"
    return f"proposals about names of {review.articles:,} articles: {review.total:,}{shown}{wrote}"
