"""Which lines of a page are its article: trafilatura's choice, mended, and traced to the source.

Runs in a worker: the page is a stranger's, and the parser is written in C.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dateline.documents import Unusable
from dateline.text.spans import join
from indexer.pages.aligning import align, fold
from indexer.pages.judging import judge
from indexer.pages.pruning import prune
from indexer.pages.slimming import slim
from indexer.pages.supplementing import read, supplement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.documents import RawArticle

_BREAKS = frozenset([
    *("p", "head", "item", "list", "quote", "table", "row", "cell", "code", "lb", "body"),
    *("div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "br", "blockquote"),
    *("article", "section", "main", "td", "tr", "figure", "figcaption", "details", "summary"),
])  # fmt: skip
"""Elements that begin and end a line, in trafilatura's vocabulary and in HTML's."""
_LARGE = 3000
"""Elements beyond which trafilatura's second opinions are not asked: one takes square time (8,000
cells of a table: 5 s), and of 258 pages of news two were larger."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines that were taken, and the texts, folded, of the page's links."""

    lines: list[str]
    linked: frozenset[str]


def extract_article(article: RawArticle) -> RawArticle | Unusable:
    """The article in a page, its lines traced to the page's source, or why there is none.

    Codes of refusal: "no_body", "paywall", "consent", "index_page", "error_page", "too_complex",
    "too_long".
    """
    slimmed = slim(article.body.text)
    if isinstance(slimmed, Unusable):
        return slimmed
    choice = choose_lines(slimmed.source, filter(None, [article.metadata.description]))
    if refused := judge(article, choice.lines, choice.linked):
        return refused
    found = align(slimmed.text, choice.lines)
    if not found.lines:
        return Unusable("no_body", "no article is found in the page")
    ordered = sorted(found.lines, key=lambda line: line.runs[0].original_start)
    return replace(article, body=join(ordered, "\n\n"))


def choose_lines(source: str, descriptions: Iterable[str] = ()) -> Choice:
    """The lines of the article in a slimmed page; none where no article is found.

    `descriptions` are what the page states of its article: its standfirst is told by them.
    """
    from trafilatura.core import bare_extraction  # noqa: PLC0415 - 0.1 s, for workers alone
    from trafilatura.utils import load_html  # noqa: PLC0415 - likewise

    tree = load_html(source)
    if tree is None:
        return Choice([], frozenset())
    linked = frozenset(fold(read(link)) for link in tree.iter("a"))
    prune(tree)
    # No metadata: it guesses dates from anything that looks like one.
    large = sum(1 for _ in tree.iter()) > _LARGE
    found = bare_extraction(tree, fast=large, include_comments=False, with_metadata=False)
    body = getattr(found, "body", None)
    lines = [] if body is None else list(_iter_lines(body))
    return Choice([*lines, *supplement(tree, lines, descriptions)] if lines else [], linked)


def _iter_lines(body: Any) -> Iterator[str]:
    """The texts of a tree, a line per block."""
    line: list[str] = []
    for event, element in _walk(body):
        if element.tag in _BREAKS and line:
            yield "".join(line)
            line = []
        text = element.text if event == "start" else element.tail
        if text:
            line.append(text)
    if line:
        yield "".join(line)


def _walk(body: Any) -> Iterator[tuple[str, Any]]:
    """Where each element of a tree begins and ends, in order; comments are no elements."""
    pending = [("end", body), ("start", body)]
    while pending:
        event, element = pending.pop()
        yield event, element
        if event == "start":
            for child in reversed(element):
                if isinstance(child.tag, str):
                    pending += [("end", child), ("start", child)]
