from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents import RawArticle
from indexer.sources import Refusal, SourceOptions
from indexer.sources.json_elements import iter_elements
from indexer.sources.json_positions import JsonFault, read_object, trace_string
from indexer.sources.json_records import iter_json, iter_json_lines, read_json

if TYPE_CHECKING:
    from dateline.documents import TracedText

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
RECORDS = st.lists(st.dictionaries(st.text(max_size=8), VALUES, max_size=4), max_size=5)


class Dribble(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, content: bytes, step: int) -> None:
        self._inner, self._step = io.BytesIO(content), step

    def read(self, _size: int = -1) -> bytes:
        return self._inner.read(self._step)


def replace_surrogates(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "�", text)


def assert_copies_true(traced: TracedText, original: str) -> None:
    for run in traced.runs:
        here = traced.text[run.start : run.start + run.length]
        length = run.length if run.original_length is None else run.original_length
        there = original[run.original_start : run.original_start + length]
        if run.original_length is not None:
            there = replace_surrogates(json.loads(f'"{there}"'))
        assert here == there


@given(RECORDS, st.booleans(), st.sampled_from([None, 1, 2]), st.integers(1, 40))
def test_each_element_of_a_list_is_its_own_slice_however_the_bytes_arrive(
    records: list[Any], ascii_only: bool, indent: int | None, step: int
) -> None:
    content = json.dumps(records, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "replace")
    elements = list(iter_elements(Dribble(content, step)))  # type: ignore[arg-type]
    assert [json.loads(each.content) for each in elements] == json.loads(content)
    assert all(each.content in content and each.fault is None for each in elements)


@given(RECORDS, st.integers(1, 40))
def test_the_articles_of_an_envelope_are_its_records(records: list[Any], step: int) -> None:
    envelope = {"status": "ok", "more": [1, {"a": []}], "articles": records, "x": {"y": [1]}}
    content = json.dumps(envelope).encode()
    elements = iter_elements(Dribble(content, step))  # type: ignore[arg-type]
    assert [json.loads(each.content) for each in elements] == records


@given(st.dictionaries(st.text(), st.text(), max_size=5), st.booleans())
def test_every_copied_stretch_of_a_string_stands_so_in_the_record(
    record: dict[str, str], ascii_only: bool
) -> None:
    text = json.dumps(record, ensure_ascii=ascii_only)
    fields = read_object(text)
    assert {name: field.value for name, field in fields.items()} == record
    for name, field in fields.items():
        traced = trace_string(text, field)
        assert_copies_true(traced, text)
        assert traced.text == replace_surrogates(record[name])


def test_neighbouring_escaped_letters_are_one_repair_and_signs_are_not() -> None:
    text = json.dumps({"title": 'Привет "друг"'})
    traced = trace_string(text, read_object(text)["title"])
    assert traced.text == 'Привет "друг"'
    repaired = [traced.text[r.start : r.start + r.length] for r in traced.runs if r.original_length]
    assert repaired == ["Привет", '"', "друг", '"']


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    text = r'{"a": "x\ud83dy \ud83d\ude00"}'
    assert trace_string(text, read_object(text)["a"]).text == "x�y 😀"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": 1', "broken_json"),
        ('{"a" 1}', "broken_json"),
        ('{"a": 1} x', "broken_json"),
        ('{"a": 1,}', "broken_json"),
        ("{1: 2}", "broken_json"),
        ("[1]", "not_an_object"),
        ('"a"', "not_an_object"),
        ("", "broken_json"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "too_deep"),
    ],
)
def test_what_is_no_object_says_why(text: str, code: str) -> None:
    with pytest.raises(JsonFault) as fault:
        read_object(text)
    assert fault.value.code == code


def test_numbers_that_no_one_can_hold_say_nothing() -> None:
    fields = read_object('{"a": NaN, "b": -Infinity, "c": ' + "9" * 5000 + "}")
    assert (fields["a"].value, fields["b"].value) == (None, None)
    assert fields["c"].value == "9" * 5000


def test_a_record_with_an_open_string_costs_no_neighbour() -> None:
    good, broken = b'{"t": "a, b"}', b'{"t": "open'
    for joint in (b",\n", b","):
        content = b"[\n" + joint.join([good, broken, good, good]) + b"\n]"
        faults = [each.fault for each in iter_elements(io.BytesIO(content))]
        assert faults == [None, "cut_off", None, None]


def test_a_record_with_an_open_bracket_costs_no_neighbour() -> None:
    good = b'{"t": "a"}'
    content = b"[\n " + b",\n ".join([good, b'{"t": [{"u": "b"}', good]) + b"\n]"
    assert [e.fault for e in iter_elements(io.BytesIO(content))] == [None, "cut_off", None]


def test_a_huge_record_is_passed_without_being_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.sources.json_elements.MAX_ARTICLE_BYTES", 1000)
    huge = json.dumps({"text": '"]},{ ' * 200_000}).encode()
    content = b'[{"a": 1}, ' + huge + b', {"b": 2}]'
    found = [(each.content, each.fault) for each in iter_elements(io.BytesIO(content))]
    assert found == [(b'{"a": 1}', None), (b"", "too_large"), (b'{"b": 2}', None)]


def test_records_stand_one_after_another_without_a_list() -> None:
    stream = io.BytesIO(b'\xef\xbb\xbf{"a": 1}\n{"b": [2]} {"c": "}"}')
    assert [each.content for each in iter_elements(stream)] == [
        b'{"a": 1}',
        b'{"b": [2]}',
        b'{"c": "}"}',
    ]


def test_a_record_keeps_the_bytes_of_its_line() -> None:
    line = '{"title": "Café", "maintext": "It \\"rained\\"."}'.encode()
    stream = io.BytesIO(b"\xef\xbb\xbf" + line + b"\r\n\n" + line)
    first, second = iter_json_lines(stream, "a.jsonl", SourceOptions())
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert (first.original, first.location) == (line, "a.jsonl:1")
    assert second.location == "a.jsonl:3"
    assert first.body.text == 'It "rained".'
    assert first.title is not None
    assert first.title.text == "Café"


def test_news_please_fields_become_metadata() -> None:
    content = json.dumps(
        {
            "authors": ["By Ann Lee", "Bo Ek", "Ann Lee"],
            "date_modify": None,
            "date_publish": "2016-04-04 07:13:48",
            "description": "A storm.",
            "image_url": "https://e.example/a.jpg",
            "language": "en",
            "localpath": None,
            "maintext": "It rained.",
            "source_domain": "news.example",
            "title": "Rain",
            "url": "https://news.example/rain",
        }
    ).encode()
    article = read_json(content, "a", SourceOptions(source="given"))
    assert isinstance(article, RawArticle)
    metadata = article.metadata
    assert metadata.authors == ("Ann Lee", "Bo Ek")
    assert metadata.published.value is not None
    assert metadata.published.value.isoformat() == "2016-04-04T07:13:48+00:00"
    assert (metadata.source, metadata.language) == ("news.example", "en")
    assert (metadata.url, metadata.description) == ("https://news.example/rain", "A storm.")
    assert metadata.image_url == "https://e.example/a.jpg"


def test_newsapi_fields_become_metadata() -> None:
    content = json.dumps(
        {
            "source": {"id": "post", "name": "The Harbour Post"},
            "author": "By Ann Lee and Bo Ek",
            "title": "Rain",
            "description": "A storm.",
            "url": "https://post.example/rain?utm_source=x",
            "urlToImage": "https://post.example/a.jpg",
            "publishedAt": "2023-06-24T10:20:00Z",
            "content": "It rained on Mon… [+1234 chars]",
        }
    ).encode()
    article = read_json(content, "a", SourceOptions())
    assert isinstance(article, RawArticle)
    assert article.metadata.source == "The Harbour Post"
    assert article.metadata.authors == ("Ann Lee", "Bo Ek")
    assert article.metadata.published.precision == "second"
    assert article.metadata.image_url == "https://post.example/a.jpg"


@pytest.mark.parametrize("authors", [5, {"a": 1}, [1, None, ""], "", None])
def test_metadata_of_a_wrong_type_is_left_out(authors: object) -> None:
    record = {"maintext": "It rained.", "authors": authors, "url": 4, "tags": 7, "source": [1]}
    article = read_json(json.dumps(record).encode(), "a", SourceOptions())
    assert isinstance(article, RawArticle)
    assert article.metadata.authors == ()
    assert (article.metadata.url, article.metadata.source, article.metadata.tags) == (
        None,
        None,
        (),
    )


def test_an_empty_file_is_unusable() -> None:
    for read in (iter_json, iter_json_lines):
        (only,) = read(io.BytesIO(b" \n"), "a", SourceOptions())
        assert isinstance(only, Refusal)
        assert (only.kind, only.code) == ("unusable", "empty")
