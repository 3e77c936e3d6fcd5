"""HTML: one article a page, its metadata read here and its body left to the workers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from dateline.documents import RawArticle
from dateline.text.spans import trace
from indexer.dates import read_zone
from indexer.pages import HTML
from indexer.pages.describing import choose_node, describe
from indexer.pages.stating import read_statements
from indexer.pages.titles import choose_title
from indexer.sources.decoding import decode, is_binary
from indexer.sources.values import MAX_ARTICLE_BYTES, Origin, Refusal, SourceOptions, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARSET = re.compile(rb"""<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BEGINNING = re.compile(
    rb"(?:<\?xml[^>]*+>\s*+|<!--(?>.{0,2000}?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_DECLARED_WITHIN = 4096
"""Bytes from the start in which a page must say its encoding; the standard asks for 1024."""


def looks_like_page(start: bytes) -> bool:
    """Whether bytes begin as a page does; browsers put a comment before a page they save."""
    return _BEGINNING.match(start) is not None


def find_declared(content: bytes) -> str:
    """The encoding that a page's own head names; "" for none."""
    found = _CHARSET.search(content, 0, _DECLARED_WITHIN)
    return found[1].decode("ascii", "replace") if found else ""


def iter_html(
    stream: BinaryIO, location: str, options: SourceOptions
) -> Iterator[RawArticle | Refusal]:
    """Yield the one article of a page; its body is the whole source, see `indexer.pages`."""
    content = stream.read(MAX_ARTICLE_BYTES + 1)
    if len(content) > MAX_ARTICLE_BYTES:
        yield too_large(location)
    else:
        yield read_page(content, location, options)


def read_page(content: bytes, location: str, options: SourceOptions) -> RawArticle | Refusal:
    """Read what a page states of its article."""
    decoded = decode(content, find_declared(content))
    origin = Origin(location, content, HTML, decoded.encoding, options.given())
    if not decoded.text.strip():
        return origin.refuse("empty", "there is no text in it", "unusable")
    if is_binary(decoded.text):
        return origin.refuse("binary", "no readable page: its bytes are no text")
    found = read_statements(decoded.text)
    node = choose_node(found)
    return RawArticle(
        location=location,
        original=content,
        body=trace(decoded.text),
        title=choose_title(found, node),
        metadata=describe(found, node, read_zone(options.time_zone), options.source),
        media_type=HTML,
        encoding=decoded.encoding,
        options=origin.options,
    )
