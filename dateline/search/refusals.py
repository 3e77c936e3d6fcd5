"""What no engine takes: known before it is asked, and the same for all of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from mappings import load_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mappings import MappingName

MAX_ID_BYTES = 512
"""Elasticsearch refuses the whole request for a longer id."""
MAX_KEYWORD_BYTES = 32_766
"""Lucene's longest term."""


def is_id(text: str) -> bool:
    """Whether this can be a document's id."""
    try:
        return 0 < len(text.encode()) <= MAX_ID_BYTES
    except UnicodeEncodeError:
        return False


def find_fault(document_id: str, stored: Mapping[str, Any], keywords: Sequence[str]) -> str | None:
    """Why this document would be refused, known before asking; None when it would not."""
    if not is_id(document_id):
        return f"its id is empty, no Unicode or longer than {MAX_ID_BYTES} bytes"
    for name in keywords:
        values = stored.get(name, ())
        for value in (values,) if isinstance(values, str) else values:
            # 4 bytes per character is the most that UTF-8 takes
            if len(value) * 4 > MAX_KEYWORD_BYTES and len(value.encode()) > MAX_KEYWORD_BYTES:
                return f"{name} holds a value longer than {MAX_KEYWORD_BYTES:,} bytes"
    return None


@cache
def keyword_fields(mapping: MappingName) -> tuple[str, ...]:
    """The fields of a mapping whose values are terms whole."""
    properties = load_mapping(mapping)["mappings"]["properties"]
    return tuple(
        name
        for name, field in properties.items()
        if field["type"] == "keyword" and "ignore_above" not in field
    )
