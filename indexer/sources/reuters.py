"""Reuters-21578: newswire stories in SGML (Latin-1), one original a story.

The layout is described in the collection's own README (D. D. Lewis, 1997). Lines of the body are
wrapped: one that begins with a blank begins a paragraph or a table row, any other goes on with the
line before.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, BinaryIO

from dateline.documents import ArticleMetadata, RawArticle, TracedText
from dateline.text.spans import cut, join, replace, strip, trace
from indexer.dates import read_record_date, read_zone
from indexer.sources.values import (
    MAX_ARTICLE_BYTES,
    Origin,
    Refusal,
    SourceOptions,
    too_large,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ENCODING = "latin-1"
_MEDIA_TYPE = "text/sgml"
_CHUNK = 256 * 1024
_OPEN, _CLOSE = b"<REUTERS", b"</REUTERS>"
_NUMBER = re.compile(r'<REUTERS[^>]*\bNEWID="(\d+)"')
_ITEM = re.compile(r"<D>([^<]*)</D>")
_DATE = re.compile(
    r"<DATE>\s*(\d{1,2})-([A-Z]{3})-(\d{4})(?:\s+(\d\d:\d\d:\d\d)(?!\d))?"
    r"(?![^<]*guess)",  # "date added … as guesswork", say the collection's editors
    re.IGNORECASE,
)
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_ENTITY = re.compile(r"&(?:#\d{1,7}|[a-zA-Z]{1,8});")
_WRAP = re.compile(r"[ \t]*\r?\n(?=[^ \r\n])")
_SIGN_OFF = re.compile(r"\s*\n\s*REUTERS?\s*\Z", re.IGNORECASE)
_BYLINE = re.compile(r"\A\s*by\s+|,\s*Reuters\s*\Z", re.IGNORECASE)


def iter_reuters(
    stream: BinaryIO, location: str, options: SourceOptions
) -> Iterator[RawArticle | Refusal]:
    """Yield the stories of a file; a story without body (BRIEF, UNPROC) is unusable."""
    number = 0
    for number, story in enumerate(_iter_stories(stream), start=1):
        place = f"{location}#{number}"
        yield (
            too_large(place)
            if len(story) > MAX_ARTICLE_BYTES
            else read_story(story, place, options)
        )
    if number == 0:
        yield Refusal(location, "empty", "there is no <REUTERS> story in it", "unusable")


def _iter_stories(stream: BinaryIO) -> Iterator[bytes]:
    """Cut a stream into stories; one that does not close ends where the next begins."""
    buffer = bytearray()
    while chunk := stream.read(_CHUNK):
        buffer += chunk
        while (begin := buffer.find(_OPEN)) >= 0 and (end := _end_of_story(buffer, begin)) > 0:
            yield bytes(buffer[begin:end])
            del buffer[:end]
        if len(buffer) > MAX_ARTICLE_BYTES + _CHUNK:
            yield bytes(buffer)
            buffer.clear()
    if (begin := buffer.find(_OPEN)) >= 0:
        yield bytes(buffer[begin:])


def _end_of_story(buffer: bytearray, begin: int) -> int:
    """The index behind a story, or -1 when more bytes are needed."""
    close = buffer.find(_CLOSE, begin)
    following = buffer.find(_OPEN, begin + len(_OPEN), close if close >= 0 else len(buffer))
    if following >= 0:
        return following
    return close + len(_CLOSE) if close >= 0 else -1


def read_story(content: bytes, location: str, options: SourceOptions) -> RawArticle | Refusal:
    """Read one story: title, body with its date line before it, date, topics and places as tags."""
    text = content.decode(ENCODING)
    origin = Origin(location, content, _MEDIA_TYPE, ENCODING, options.given())
    if not text.rstrip().endswith(_CLOSE.decode()):
        return origin.refuse("cut_off", "the story does not end with </REUTERS>")
    body = _element(text, "BODY")
    if body is None or not body.text.strip():
        return origin.refuse("no_body", "the story has no body", "unusable")
    dateline, title = _element(text, "DATELINE"), _element(text, "TITLE")
    parts = (part for part in (_flow(dateline), _flow(body)) if part.text)
    return RawArticle(
        location=location,
        original=content,
        title=_flow(title) if title and title.text.strip() else None,
        body=_without_sign_off(join(parts, " ")),
        metadata=_read_metadata(text, options),
        media_type=_MEDIA_TYPE,
        encoding=ENCODING,
        options=origin.options,
    )


def _element(text: str, tag: str) -> TracedText | None:
    """What stands between a tag and its end, traced, entities read; None where there is no such."""
    found = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    if found is None:
        return None
    inner = trace(found[1], found.start(1))
    entities = _ENTITY.finditer(found[1])
    return replace(inner, ((m.start(), m.end(), html.unescape(m[0])) for m in entities))


def _flow(wrapped: TracedText | None) -> TracedText:
    """Text with its wrapped lines joined."""
    if wrapped is None:
        return TracedText("", ())
    inner = strip(wrapped)
    return replace(inner, ((m.start(), m.end(), " ") for m in _WRAP.finditer(inner.text)))


def _without_sign_off(body: TracedText) -> TracedText:
    """The body without the agency's name that ends a transmission."""
    found = _SIGN_OFF.search(body.text)
    return cut(body, 0, found.start()) if found else body


def _read_metadata(text: str, options: SourceOptions) -> ArticleMetadata:
    number = _NUMBER.match(text)
    author = _element(text, "AUTHOR")
    name = _BYLINE.sub("", " ".join(author.text.split())) if author else ""
    return ArticleMetadata(
        given_id=number[1] if number else None,
        source=options.source or "Reuters",
        authors=(name,) if name else (),
        language="en",
        tags=tuple(dict.fromkeys((*_items(text, "TOPICS"), *_items(text, "PLACES")))),
        published=read_record_date(_read_date(text), read_zone(options.time_zone)),
    )


def _items(text: str, tag: str) -> list[str]:
    found = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    return _ITEM.findall(found[1]) if found else []


def _read_date(text: str) -> str | None:
    """The date as ISO 8601; without the time where that is damaged (a few stories)."""
    found = _DATE.search(text)
    if found is None or found[2].upper() not in _MONTHS:
        return None
    month = _MONTHS.index(found[2].upper()) + 1
    day = f"{found[3]}-{month:02}-{int(found[1]):02}"
    return f"{day} {found[4]}" if found[4] else day
