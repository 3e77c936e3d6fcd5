"""A stored document → what the engine indexes of it. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson
from tantivy import Document

from dateline.search.dates import to_epoch
from dateline.search.embedded.analysis import EXACT, both_forms, stemmed_words
from dateline.search.embedded.schema import (
    BEYOND_DATES,
    NEWEST,
    OLDEST,
    ORDINAL,
    STORED,
    index_fields,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.search.embedded.schema import Field


def build_document(stored: Mapping[str, Any], ordinal: int) -> Document:
    """The engine's document of one in its stored form, numbered for good.

    Raises TypeError when it holds what no JSON can say.
    """
    document = Document()
    document.add_bytes(STORED, orjson.dumps(stored))
    document.add_integer(ORDINAL, ordinal)
    for field in index_fields():
        if field.name in stored:
            _add(document, field, stored[field.name])
    published = stored.get("published_at")
    document.add_integer(NEWEST, _read_date(published) if published else -BEYOND_DATES)
    document.add_integer(OLDEST, _read_date(published) if published else BEYOND_DATES)
    return document


def _add(document: Document, field: Field, value: Any) -> None:
    match field.kind:
        case "value":
            for each in [value] if isinstance(value, str) else value:
                document.add_text(field.name, each)
        case "words":
            _add_words(document, field, value)
        case "number":
            document.add_integer(field.name, value)
        case "date":
            document.add_integer(field.name, _read_date(value))


def _add_words(document: Document, field: Field, text: str) -> None:
    """Words parted by blanks, which is all that the engine is left to part."""
    if not field.exact:
        document.add_text(field.name, " ".join(stemmed_words(text)))
        return
    forms = both_forms(text)
    document.add_text(field.name, " ".join([stemmed for stemmed, _ in forms]))
    document.add_text(field.name + EXACT, " ".join([exact for _, exact in forms]))


def _read_date(text: str) -> int:
    return to_epoch(datetime.fromisoformat(text))
