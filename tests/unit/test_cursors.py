from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import CursorError
from dateline.search.cursors import (
    MAX_CURSOR_LENGTH,
    Cursor,
    _checksum,
    decode_cursor,
    encode_cursor,
    query_digest,
)
from dateline.search.parsing import parse_query
from dateline.search.queries import Filters, SearchQuery

QUERY = SearchQuery(parsed=parse_query("alpha beta"), filters=Filters(person=("putin", "biden")))
DIGEST = query_digest(QUERY)
CURSOR = Cursor("newest", (1664236800000, "reuters:2022-09-27_1"), "all")
KEYS = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)


def forged(content: object) -> str:
    payload = content if isinstance(content, bytes) else json.dumps(content).encode()
    return urlsafe_b64encode(_checksum(payload) + payload).rstrip(b"=").decode()


@given(st.lists(KEYS, min_size=1, max_size=4), st.sampled_from(["newest", "oldest", "relevance"]))
@settings(deadline=None)
def test_a_cursor_comes_back_whole_with_unrounded_keys(keys: list[object], sort: str) -> None:
    cursor = Cursor(sort, tuple(keys), "some")  # type: ignore[arg-type]
    found = decode_cursor(encode_cursor(cursor, DIGEST), DIGEST)
    assert found == cursor
    assert [type(key) for key in found.keys] == [type(key) for key in keys]


def test_a_cursor_is_short_and_needs_no_escaping_in_an_url() -> None:
    text = encode_cursor(CURSOR, DIGEST)
    assert len(text) < 120
    assert text.replace("-", "").replace("_", "").isalnum()


def test_every_single_damaged_sign_is_recognised() -> None:
    text = encode_cursor(CURSOR, DIGEST)
    for at in range(len(text)):
        for sign in "A_z9=":
            if sign == text[at]:
                continue
            with pytest.raises(CursorError, match="damaged"):
                decode_cursor(text[:at] + sign + text[at + 1 :], DIGEST)


def test_a_shortened_lengthened_or_padded_cursor_is_recognised() -> None:
    text = encode_cursor(CURSOR, DIGEST)
    damaged = [text[:cut] for cut in range(len(text))]
    damaged += [text + more for more in ("A", "=", "==", " ", "\n", "AAAA")] + [
        " " + text,
        text * 2,
    ]
    for each in damaged:
        with pytest.raises(CursorError, match="damaged"):
            decode_cursor(each, DIGEST)


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_other_text_is_a_damaged_cursor(text: str) -> None:
    with pytest.raises(CursorError, match="damaged"):
        decode_cursor(text, DIGEST)


def test_a_huge_cursor_is_refused_before_it_is_read() -> None:
    with pytest.raises(CursorError, match="damaged"):
        decode_cursor("A" * (MAX_CURSOR_LENGTH + 4), DIGEST)


def test_another_querys_cursor_is_told_apart_from_a_damaged_one() -> None:
    other = query_digest(replace(QUERY, parsed=parse_query("alpha")))
    with pytest.raises(CursorError, match="another query") as raised:
        decode_cursor(encode_cursor(CURSOR, other), DIGEST)
    assert raised.value.hint
    assert raised.value.parameter == "cursor"


@pytest.mark.parametrize(
    "keys",
    [
        [True],
        [[1]],
        [{"_id": 1}],
        [2**63],
        [float("nan")],
        [float("inf")],
        ["\ud800"],
        ["x" * 1_001],
        [],
        [1] * 5,
    ],
)
def test_a_forged_cursor_brings_nothing_but_numbers_text_and_none(keys: list[object]) -> None:
    with pytest.raises(CursorError, match="damaged"):
        decode_cursor(forged([1, DIGEST, "newest", "all", *keys]), DIGEST)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[" * 1_000,
        b"[1e999]",
        b"\xff",
        [2, DIGEST, "newest", "all", 1],
        [1, DIGEST, "title", "all", 1],
        [1, DIGEST, ["newest"], "all", 1],
        [1, DIGEST, "newest", "auto", 1],
        [1, DIGEST, "newest"],
        [1, ["x"], "newest", {}, 1],
    ],
)
def test_a_forged_cursor_of_another_make_is_damaged(content: object) -> None:
    with pytest.raises(CursorError, match="damaged"):
        decode_cursor(forged(content), DIGEST)


@pytest.mark.parametrize("key", [float("nan"), True, 2**63, b"x", "x" * 5_000])
def test_no_cursor_is_made_of_impossible_keys(key: object) -> None:
    with pytest.raises(ValueError, match="sort values"):
        encode_cursor(Cursor("newest", (key,)), DIGEST)  # type: ignore[arg-type]


def test_cursors_with_long_keys_still_fit() -> None:
    key = "x" * 1_000
    assert (
        decode_cursor(encode_cursor(Cursor("oldest", (None, key)), DIGEST), DIGEST).keys[1] == key
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(QUERY, parsed=parse_query("alpha OR beta")),
        replace(QUERY, parsed=parse_query('"alpha beta"')),
        replace(QUERY, search_in="title"),
        replace(QUERY, sort="oldest"),
        replace(QUERY, filters=Filters(person=("putin",))),
        replace(QUERY, filters=Filters(place=("putin", "biden"))),
        replace(QUERY, filters=Filters(exclude_person=("putin", "biden"))),
        replace(QUERY, filters=replace(QUERY.filters, published_from=date(2022, 1, 1))),
        replace(QUERY, filters=replace(QUERY.filters, published_to=date(2022, 1, 1))),
        replace(QUERY, filters=replace(QUERY.filters, reprint_group="alpha")),
        replace(QUERY, filters=replace(QUERY.filters, exclude_id="alpha")),
        replace(QUERY, reprints="collapse"),
    ],
)
def test_another_question_has_another_digest(other: SearchQuery) -> None:
    assert query_digest(other) != DIGEST


@pytest.mark.parametrize(
    "same",
    [
        replace(QUERY, page=3, page_size=50, cursor="x", match="some"),
        replace(QUERY, facets=(), facet_size=3, interval=None, highlight=True, fields=("id",)),
        replace(QUERY, parsed=parse_query("alpha   AND beta")),
        replace(QUERY, filters=Filters(person=("biden", "putin"))),
    ],
)
def test_another_look_at_the_same_question_has_the_same_digest(same: SearchQuery) -> None:
    assert query_digest(same) == DIGEST
