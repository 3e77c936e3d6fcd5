"""The fields of a record → an article, in the layouts that news crawlers and news services write.

news-please (title, maintext, date_publish, …), NewsAPI (title, content, publishedAt, source{…}, …)
and our own names (title, text, published_at, …), mixed as they come.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.documents import ArticleMetadata, RawArticle
from indexer.dates import read_record_date, read_zone

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.documents import TracedText
    from indexer.sources.values import Origin, Refusal, SourceOptions

_BODY = ("maintext", "text", "body", "content")
_TITLE = ("title", "headline", "title_page", "title_rss")
_PUBLISHED = ("date_publish", "publishedAt", "published_at", "date_published", "date")
_MODIFIED = ("date_modify", "modifiedAt", "modified_at", "updated_at")
_SOURCE = ("source_domain", "source", "source_name")
_AUTHORS = ("authors", "author", "byline")
_IMAGE = ("image_url", "urlToImage")
_SECTION = ("section", "category")
_TAGS = ("tags", "keywords")
_ID = ("id", "article_id")

_BY = re.compile(r"\A\s*by\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:;|\band\b|&)\s*")
_MAX_VALUE = 2000
_MAX_VALUES = 50


@dataclass(frozen=True, slots=True)
class Record:
    """Values by field name, and how to trace the string of a field to the original."""

    values: Mapping[str, object]
    trace: Callable[[str], TracedText]


def read_record(record: Record, origin: Origin, options: SourceOptions) -> RawArticle | Refusal:
    """Read an article out of a record; unusable without a body, rejected when that is no text."""
    name = _first(record.values, _BODY)
    if name is None:
        return origin.refuse("no_body", f"the record has no text in {_list(_BODY)}", "unusable")
    if not isinstance(record.values[name], str):
        return origin.refuse("wrong_type", f"“{name}” is not a text")
    title = next((key for key in _TITLE if _text(record.values.get(key))), None)
    return RawArticle(
        location=origin.location,
        original=origin.original,
        body=record.trace(name),
        title=record.trace(title) if title else None,
        metadata=_read_metadata(record.values, options),
        media_type=origin.media_type,
        encoding=origin.encoding,
        options=origin.options,
    )


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _first(values: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The first field that says something: a text of more than blanks, or another value."""
    for name in names:
        value = values.get(name)
        if value.strip() if isinstance(value, str) else value is not None:
            return name
    return None


def _read_metadata(values: Mapping[str, Any], options: SourceOptions) -> ArticleMetadata:
    zone = read_zone(options.time_zone)
    published = (read_record_date(values.get(name), zone) for name in _PUBLISHED)
    modified = (read_record_date(values.get(name), zone) for name in _MODIFIED)
    return ArticleMetadata(
        given_id=_given_id(values),
        url=_text(values.get("url")),
        source=_source(values) or options.source,
        authors=_names(_value(values, _AUTHORS)),
        section=_text(_value(values, _SECTION)),
        tags=_texts(_value(values, _TAGS)),
        image_url=_text(_value(values, _IMAGE)),
        description=_text(values.get("description"), limit=10 * _MAX_VALUE),
        language=_text(values.get("language")),
        published=next((date for date in published if date.value), ArticleMetadata().published),
        modified_at=next((date.value for date in modified if date.value), None),
    )


def _value(values: Mapping[str, object], names: tuple[str, ...]) -> object:
    name = _first(values, names)
    return values[name] if name else None


def _text(value: object, *, limit: int = _MAX_VALUE) -> str | None:
    """A text without control characters and outer blanks; None for anything else."""
    if not isinstance(value, str):
        return None
    text = value[: 2 * limit]
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:limit] or None


def _texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or of a text with commas; each once, in order."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)):
        return ()
    texts = (_text(part) for part in parts[:_MAX_VALUES])
    return tuple(dict.fromkeys(text for text in texts if text))


def _names(value: object) -> tuple[str, ...]:
    """Authors of a list or a byline: "By Ann Lee and Bo Ek, Desk" → Ann Lee, Bo Ek, Desk."""
    if isinstance(value, str):
        value = _AND.sub(",", _BY.sub("", value))
    names = _texts(value)
    return tuple(dict.fromkeys(_BY.sub("", name) for name in names if _BY.sub("", name)))


def _source(values: Mapping[str, object]) -> str | None:
    for name in _SOURCE:
        value = values.get(name)
        if isinstance(value, Mapping):
            value = _text(value.get("name")) or _text(value.get("id"))
        if text := _text(value):
            return text
    return None


def _given_id(values: Mapping[str, object]) -> str | None:
    value = _value(values, _ID)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(value)
