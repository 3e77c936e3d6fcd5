"""JSON and JSON Lines: one record an element, or a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

from indexer.sources.decoding import WIDE_MARKS, decode, is_binary
from indexer.sources.json_elements import iter_elements
from indexer.sources.json_positions import JsonFault, read_object, trace_string
from indexer.sources.lines import iter_lines
from indexer.sources.records import Record, read_record
from indexer.sources.values import Origin, Refusal, SourceOptions, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.documents import RawArticle

_MEDIA_TYPE = "application/json"


def iter_json(
    stream: BinaryIO, location: str, options: SourceOptions
) -> Iterator[RawArticle | Refusal]:
    """Yield the articles of a JSON file: one record, a list, {"articles": […]}, or one by one."""
    element = None
    for element in iter_elements(stream):
        place = f"{location}#{element.number}"
        whole = element.fault != "too_large"
        yield read_json(element.content, place, options) if whole else too_large(place)
    if element is None:
        yield Refusal(location, "empty", "there is no record in it", "unusable")


def iter_json_lines(
    stream: BinaryIO, location: str, options: SourceOptions
) -> Iterator[RawArticle | Refusal]:
    """Yield the articles of a JSON Lines file; blank lines are passed."""
    line = None
    for line in iter_lines(stream):
        place = f"{location}:{line.number}"
        yield too_large(place) if line.too_large else read_json(line.content, place, options)
    if line is None:
        yield Refusal(location, "empty", "there is no record in it", "unusable")


def read_json(content: bytes, location: str, options: SourceOptions) -> RawArticle | Refusal:
    """Read one record from its own bytes."""
    decoded = decode(content)
    origin = Origin(location, content, _MEDIA_TYPE, decoded.encoding, options.given())
    if content.startswith(WIDE_MARKS) or is_binary(decoded.text):
        return origin.refuse("binary", "no JSON in UTF-8; save it as UTF-8")
    try:
        fields = read_object(decoded.text)
    except JsonFault as fault:
        return origin.refuse(fault.code, str(fault))
    record = Record(
        {name: field.value for name, field in fields.items()},
        lambda name: trace_string(decoded.text, fields[name]),
    )
    return read_record(record, origin, options)


def looks_like_record(line: bytes) -> bool:
    """Whether the first line of an unnamed input is a JSON object by itself."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
