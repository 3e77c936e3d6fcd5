"""What of a page is the article: its lines, in order, as an extractor's tree holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dateline.documents import Unusable
from dateline.text.spans import join
from indexer.pages.aligning import align
from indexer.pages.pruning import prune
from indexer.pages.scanning import read_text
from indexer.pages.supplementing import supplement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.documents import RawArticle
    from indexer.pages.aligning import Line

_BREAKS = frozenset({
    "p", "head", "item", "list", "quote", "table", "row", "cell", "code", "lb", "body", "div",
    "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "br", "blockquote", "article", "section",
    "main", "td", "tr", "figure", "figcaption", "details", "summary",
})  # fmt: skip


def extract_article(article: RawArticle) -> RawArticle | Unusable:
    """The article in a page, its lines traced to the page's source, or why there is none."""
    source = article.body.text
    lines = extract_lines(source, filter(None, [article.metadata.description]))
    found = align(read_text(source), lines)
    if not found.lines:
        return Unusable("no_body", "no article is found in the page")
    ordered = sorted(found.lines, key=lambda line: line.runs[0].original_start)
    return replace(article, body=join(ordered, "\n\n"))


def extract_lines(source: str, descriptions: Iterable[str] = ()) -> list[Line]:
    """The lines of the article in a page; [] where no article is found."""
    from lxml.html import HtmlElement  # noqa: PLC0415 - a worker's business, 0.1 s
    from trafilatura.core import bare_extraction  # noqa: PLC0415 - likewise
    from trafilatura.utils import load_html  # noqa: PLC0415 - likewise

    tree = load_html(source)
    if not isinstance(tree, HtmlElement):
        return []
    prune(tree)
    found = bare_extraction(tree, include_comments=False, with_metadata=False)
    body = getattr(found, "body", None)
    lines = [] if body is None else list(_iter_lines(body))
    return [*lines, *supplement(tree, lines, descriptions)] if lines else []


def _iter_lines(body: Any) -> Iterator[Line]:
    """The texts of a tree, a line per block."""
    line: list[str] = []
    for event, element in _walk(body):
        if element.tag in _BREAKS and line:
            yield tuple(line)
            line = []
        text = element.text if event == "start" else element.tail
        if text:
            line.append(text)
    if line:
        yield tuple(line)


def _walk(body: Any) -> Iterator[tuple[str, Any]]:
    from lxml.etree import iterwalk  # noqa: PLC0415 - as above

    return ((event, element) for event, element in iterwalk(body, events=("start", "end")) if isinstance(element.tag, str))
