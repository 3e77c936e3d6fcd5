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
