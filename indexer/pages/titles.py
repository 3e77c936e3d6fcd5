"""Which of a page's titles is its headline: the one that readers see, if the page agrees."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from dateline.text.folding import folded_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.documents import TracedText
    from indexer.pages.stating import Statements

_STATED = ("og:title", "twitter:title", "title")
_AGREEING = 0.5


def choose_title(found: Statements, node: Mapping[str, Any]) -> TracedText | None:
    """The h1 that agrees best with what the page states elsewhere, else the stated title.

    `node` is its JSON-LD, or {}. None where the page has no title at all.
    """
    headline = node.get("headline")
    headline = html.unescape(headline) if isinstance(headline, str) else ""
    stated = [found.titles[name] for name in _STATED if name in found.titles]
    words = [set(folded_words(text)) for text in (headline, *(s.text for s in stated)) if text]
    if not words and found.headings:
        return found.headings[0]
    best = max(found.headings, key=lambda heading: _agreement(heading, words), default=None)
    if best is not None and _agreement(best, words) >= _AGREEING:
        return best
    return stated[0] if stated else None


def _agreement(heading: TracedText, stated: Sequence[set[str]]) -> float:
    """The largest share of words that a heading has in common with a statement."""
    own = set(folded_words(heading.text))
    return max((len(own & each) / (len(own | each) or 1) for each in stated), default=0.0)


def plain(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())
