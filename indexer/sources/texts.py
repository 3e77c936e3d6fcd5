"""Plain text and Markdown: one article a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from dateline.documents import ArticleMetadata, RawArticle
from dateline.text.spans import trace
from indexer.sources.decoding import decode, is_binary
from indexer.sources.values import (
    MAX_ARTICLE_BYTES,
    Origin,
    Refusal,
    SourceOptions,
    too_large,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER_KINDS = {
    b"%PDF-": "a PDF file",
    b"{\\rtf": "an RTF file",
    b"PK\x03\x04": "a Word, OpenDocument or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
}
"""How files of these kinds begin: what holds a text, but shows it to its own program only."""


def iter_text(
    stream: BinaryIO, location: str, options: SourceOptions, media_type: str = "text/plain"
) -> Iterator[RawArticle | Refusal]:
    """Yield the one article of a text file; line ends of every kind become one newline later."""
    content = stream.read(MAX_ARTICLE_BYTES + 1)
    if len(content) > MAX_ARTICLE_BYTES:
        yield too_large(location)
    else:
        yield read_text(content, location, options, media_type)


def read_text(
    content: bytes, location: str, options: SourceOptions, media_type: str
) -> RawArticle | Refusal:
    """Read one text: a body without title, metadata from the options alone."""
    decoded = decode(content)
    origin = Origin(location, content, media_type, decoded.encoding, options.given())
    if not decoded.text.strip():
        return origin.refuse("empty", "there is no text in it", "unusable")
    if kind := next((_OTHER_KINDS[head] for head in _OTHER_KINDS if content.startswith(head)), ""):
        return origin.refuse("binary", f"{kind}, not a text; save its text as .txt first")
    if is_binary(decoded.text):
        return origin.refuse("binary", "no readable text: neither UTF-8 nor Windows-1252")
    return RawArticle(
        location=location,
        original=content,
        body=trace(decoded.text),
        metadata=ArticleMetadata(source=options.source),
        media_type=media_type,
        encoding=decoded.encoding,
        options=origin.options,
    )
