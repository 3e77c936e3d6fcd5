"""Stored forms: field names are the mapping's, and everything comes back."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

import pytest
from contract.documents import STORIES, make_document, make_original

from dateline.documents import ArticleDocument, Mention, Original, Run, Sentence
from dateline.search.results import RunReport
from dateline.search.storing import (
    format_date,
    parse_date,
    read_document,
    read_original,
    read_run,
    store_document,
    store_original,
    store_run,
)
from mappings import load_mapping

NOW = datetime(2024, 5, 1, 12, 30, 15, 250_000, tzinfo=UTC)
FULL = make_document(
    "full",
    "Title",
    "Body.",
    people=["Ada Quist"],
    places=["Port Elder"],
    organisations=["Fell Ferries"],
    day="2024-03-05",
    url="https://quay.example/",
    source="Post",
    authors=["Rhea Stone"],
    section="Courts",
    tags=["sea"],
    image_url="https://quay.example/a.jpg",
    description="Words.",
    modified_at=NOW,
    indexed_at=NOW,
    countries=["NX"],
    place_ids=["1"],
    locations=((1.5, -2.0),),
    mentions=(Mention("person", "Ada Quist", "Quist", 0, 5),),
    sentences=(Sentence(0, 5, 0), Sentence(6, 9)),
    summary="Body.",
    summary_method="centroid",
    reprint_group="full",
)
REPORT = RunReport(NOW, NOW, {"indexed": 2}, {"unusable:empty": 1}, pipeline="1")


def stored_fields(name: str) -> set[str]:
    return set(load_mapping(name)["mappings"]["properties"])  # type: ignore[arg-type]


def test_a_full_document_stores_every_field_of_the_mapping_and_no_other() -> None:
    assert set(store_document(FULL)) == stored_fields("articles.v1")
    assert {field.name for field in fields(ArticleDocument)} == stored_fields("articles.v1")


def test_originals_and_runs_store_every_field_of_the_mapping_and_no_other() -> None:
    kept = make_original(FULL, code="x", reason="y", options={"a": "b"}, evidence={"lines": []})
    odd = make_original(FULL, content=b"\xff")
    together = set(store_original(kept)) | set(store_original(odd)) | set(store_run(REPORT))
    assert together == stored_fields("originals.v1")
    ours = {field.name for field in fields(Original)} - {"content"}
    assert ours | {"kind", "text", "base64", "report"} == stored_fields("originals.v1")


@pytest.mark.parametrize("document", [FULL, *STORIES], ids=lambda each: each.id)
def test_a_document_comes_back(document: ArticleDocument) -> None:
    assert read_document(store_document(document)) == document


def test_what_is_absent_is_left_out() -> None:
    stored = store_document(make_document("bare", "", "Salt."))
    assert "published_at" not in stored
    assert "people" not in stored
    assert None not in stored.values()
    assert stored["body_start"] == 0


def test_a_day_is_stored_as_its_midnight() -> None:
    assert store_document(FULL)["published_at"] == "2024-03-05T00:00:00.000Z"


@pytest.mark.parametrize("content", [b"", b"\x00", "é🚀\r\n".encode(), b"\xff", b"\xed\xa0\x80"])
def test_an_original_comes_back_to_the_byte(content: bytes) -> None:
    original = make_original(FULL, content=content, span_map=(Run(0, 1, 2), Run(2, 5, 1, 3)))
    assert read_original(store_original(original)) == original


def test_strict_utf_8_is_stored_as_text_and_other_bytes_are_not() -> None:
    assert store_original(make_original(FULL, content=b"abc"))["text"] == "abc"
    assert store_original(make_original(FULL, content=b"\xed\xa0\x80"))["base64"] == "7aCA"


def test_a_span_map_is_lists_of_numbers() -> None:
    stored = store_original(make_original(FULL, span_map=(Run(0, 1, 2), Run(2, 5, 1, 3))))
    assert stored["span_map"] == [[0, 1, 2], [2, 5, 1, 3]]


def test_a_run_comes_back() -> None:
    assert read_run(store_run(REPORT)) == REPORT


def test_dates_are_stored_in_utc_to_the_millisecond() -> None:
    there = datetime(2024, 1, 1, 1, 0, 0, 123_999, tzinfo=timezone(timedelta(hours=2)))
    assert format_date(there) == "2023-12-31T23:00:00.123Z"
    assert parse_date("2023-12-31T23:00:00.123Z") == there.replace(microsecond=123_000)
    assert format_date(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00.000Z"
