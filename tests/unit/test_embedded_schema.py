"""The embedded engine's schema is made of the mapping file, and of nothing else."""

from __future__ import annotations

import pytest

from dateline.errors import IndexNotReady
from dateline.search.embedded.schema import build_schema, index_fields, read_fields
from dateline.search.queries import STORED_FIELD
from mappings import ARTICLES, load_mapping

PROPERTIES = load_mapping(ARTICLES)["mappings"]["properties"]


def test_every_field_that_elasticsearch_indexes_is_indexed_here() -> None:
    stored_only = {"image_url", "locations", "mentions", "sentences"}
    assert {field.name for field in index_fields()} == PROPERTIES.keys() - stored_only


def test_words_stand_stemmed_and_exact_where_the_mapping_says_so() -> None:
    both = {name for name, options in PROPERTIES.items() if "exact" in options.get("fields", {})}
    assert (
        {field.name for field in index_fields() if field.exact}
        == both
        == {
            "title",
            "text",
            "summary",
        }
    )


def test_every_filter_and_facet_field_is_a_value() -> None:
    kinds = {field.name: field.kind for field in index_fields()}
    assert {kinds[stored] for stored in STORED_FIELD.values()} == {"value"}


def test_a_type_of_another_engine_is_refused_by_name() -> None:
    with pytest.raises(IndexNotReady, match=r"field vector .* dense_vector") as caught:
        read_fields({"vector": {"type": "dense_vector"}})
    assert "DATELINE_ELASTICSEARCH_URL" in caught.value.hint


def test_the_schema_can_be_built() -> None:
    assert build_schema(index_fields()) is not None
