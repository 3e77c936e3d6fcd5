"""The engine's schema, made of the mapping: what Elasticsearch indexes is indexed here, no more.

Dates are whole numbers of milliseconds since 1970: the engine's own dates are whole seconds, and
end in 2262. What a field looks like is never asked of the index, so all of a document lies in one
stored field.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tantivy import SchemaBuilder

from dateline.errors import IndexNotReady
from dateline.search.embedded.analysis import EXACT
from mappings import ARTICLES, load_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from tantivy import Schema

    Kind = Literal["value", "words", "number", "date"]

STORED = "_stored"
"""The document in its stored form, as JSON."""
ORDINAL = "_ordinal"
"""A number of its own for each article, kept for good: the last key of every order."""
NEWEST = "_newest"
OLDEST = "_oldest"
"""`published_at`, once with undated articles before all dates, once behind them."""
BEYOND_DATES = 2**53
"""Milliseconds that no date reaches; floating point still counts so far without gaps."""

_KINDS: Mapping[str, Kind] = {
    "keyword": "value",
    "text": "words",
    "integer": "number",
    "long": "number",
    "date": "date",
}
_STORED_ONLY = frozenset({"geo_point"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field that is indexed; `exact` tells whether unstemmed words stand beside stemmed ones."""

    name: str
    kind: Kind
    exact: bool = False


@cache
def index_fields() -> tuple[Field, ...]:
    """The indexed fields of the articles. Raises IndexNotReady for a type unknown here."""
    return read_fields(load_mapping(ARTICLES)["mappings"]["properties"])


def read_fields(properties: Mapping[str, Mapping[str, Any]]) -> tuple[Field, ...]:
    """The indexed fields of a mapping's properties; what is stored only is left out."""
    read = (_read_field(name, options) for name, options in properties.items())
    return tuple(field for field in read if field is not None)


def build_schema(fields: tuple[Field, ...]) -> Schema:
    """The schema of these fields, and of our own: the document, its number, its date twice."""
    builder = SchemaBuilder()
    for field in fields:
        _add_field(builder, field)
    builder.add_bytes_field(STORED, stored=True)
    builder.add_integer_field(ORDINAL, indexed=True, fast=True)
    for name in (NEWEST, OLDEST):
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def _read_field(name: str, options: Mapping[str, Any]) -> Field | None:
    kind = options["type"]
    if kind in _STORED_ONLY or options.get("enabled", True) is False:
        return None
    if kind not in _KINDS:
        raise IndexNotReady(
            f"field {name} of the mapping has the type {kind}, unknown to the embedded engine",
            hint="set DATELINE_ELASTICSEARCH_URL, or teach dateline.search.embedded that type",
        )
    if options.get("index", True) is False:
        return None
    return Field(name, _KINDS[kind], exact="exact" in options.get("fields", {}))


def _add_field(builder: SchemaBuilder, field: Field) -> None:
    match field.kind:
        case "value":
            builder.add_text_field(
                field.name, fast=True, tokenizer_name="raw", index_option="basic"
            )
        case "words":
            names = (field.name, field.name + EXACT) if field.exact else (field.name,)
            for name in names:
                builder.add_text_field(name, tokenizer_name="whitespace")
        case "number" | "date":
            builder.add_integer_field(field.name, indexed=True, fast=True)
