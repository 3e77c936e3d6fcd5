"""Which of a page's titles is its headline: the one that readers see, if the page agrees."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from dateline.text.folding import folded_words
from dateline.text.spans import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.documents import TracedText
    from indexer.pages.stating import Statements

_STATED = ("og:title", "twitter:title", "title")
_AGREEING = 0.5
_HEADLINE = 3
"""Words of the shortest headline that is told from its kicker."""
_OUTLET = 6
"""Words of the longest name of an outlet."""


def choose_title(found: Statements, node: Mapping[str, Any]) -> TracedText | None:
    """The h1 that agrees best with what the page states elsewhere, else the stated title.

    `node` is its JSON-LD, or {}. What stands in the h1 before the stated headline is a kicker.
    None where there is no title.
    """
    headline = node.get("headline")
    headline = html.unescape(headline) if isinstance(headline, str) else ""
    stated = [found.titles[name] for name in _STATED if name in found.titles]
    words = [set(folded_words(text)) for text in (headline, *(s.text for s in stated)) if text]
    if not words and found.headings:
        return found.headings[0]
    best = max(found.headings, key=lambda heading: _agreement(heading, words), default=None)
    if best is None or _agreement(best, words) < _AGREEING:
        begins = (h for h in found.headings if stated and _begins(h.text, stated[0].text))
        return next(begins, _without_outlet(stated[0], headline) if stated else None)
    again = [text for text in stated if folded_words(text.text) == folded_words(best.text)]
    if again and "\n" in best.text.strip():
        return again[0]  # it has the colon that the line end of "Kicker / Headline" stands for
    return _without_kicker(best, [headline, *(each.text for each in stated)])


def _begins(headline: str, title: str) -> bool:
    """Whether a title is this headline and, behind a sign but a colon, its outlet."""
    short = plain(headline)
    rest = plain(title)[len(short) :].lstrip()
    named = not rest[:1].isalnum() and rest[:1] != ":" and len(folded_words(rest)) <= _OUTLET
    return bool(short) and plain(title).startswith(short) and named


def _without_outlet(title: TracedText, headline: str) -> TracedText:
    """A stated title cut to the JSON-LD headline that it begins with."""
    short = plain(headline)
    if title.text.startswith(short) and len(short.split()) >= _HEADLINE:
        return cut(title, 0, len(short))
    return title


def _without_kicker(heading: TracedText, stated: Sequence[str]) -> TracedText:
    """The end of an h1 that is a stated headline by itself."""
    for text in filter(None, map(plain, stated)):
        place = len(heading.text.rstrip()) - len(text)
        if place > 0 and heading.text.rstrip().endswith(text) and len(text.split()) >= _HEADLINE:
            return cut(heading, place, place + len(text))
    return heading


def _agreement(heading: TracedText, stated: Sequence[set[str]]) -> float:
    """The largest share of words that a heading has in common with a statement."""
    own = set(folded_words(heading.text))
    return max((len(own & each) / (len(own | each) or 1) for each in stated), default=0.0)


def plain(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())
