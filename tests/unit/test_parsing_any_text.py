"""The query language, for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.errors import QuerySyntaxError
from dateline.search.parsing import parse_query
from dateline.search.queries import ParsedQuery

SIGNS = [
    *"a\u00e95 \t-\u2013\u2014~*:()\"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019'.,!?&/+#|\\",
    *(" AND ", " OR ", " NOT ", "title:", "person:", "after:", "2022", "the ", "alpha", "beta "),
    *("title:(", "foo:", '"~3', "\u0130", "\u200b", "\u0301", "\u00b2", "\U0001f600", "\u00a0"),
    *("-(", " (", ") "),
]
QUERIES = st.lists(st.sampled_from(SIGNS), max_size=60).map("".join)

DEATH_SET = [
    *("(" * depth for depth in (10, 100, 3_000, 20_000, 1_000_000)),
    *("(" * depth + "a" + ")" * depth for depth in (5, 100, 10_000)),
    "-(" * 200,
    "title:(" * 70,
    "NOT " * 120,
    "-" * 500,
    '"' * 499,
    "\u2018" * 500,
    "\u2018a " * 166,
    "~" * 500,
    "*" * 500,
    "a OR " * 100_000,
    "word " * 20_000,
    "x" * 100_000,
    "x " * 30_000,
    "*",
    "*a*",
    "a*",
    "a~9",
    "%00",
    "\x00",
    "\ud800",
    "\ufffe",
    "\u202eabc",
    "e" + "\u0301" * 499,
    "\u0301" * 100_000,
]


def outcome(text: str) -> ParsedQuery | QuerySyntaxError:
    try:
        return parse_query(text)
    except QuerySyntaxError as fault:
        return fault


@pytest.mark.parametrize("text", DEATH_SET, ids=range(len(DEATH_SET)))
def test_hostile_text_is_read_or_refused(text: str) -> None:
    assert isinstance(outcome(text), ParsedQuery | QuerySyntaxError)


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_with_a_hint(text: str) -> None:
    found = outcome(text)
    if isinstance(found, QuerySyntaxError):
        assert found.hint
        assert found.position is None or 0 <= found.position <= len(text)


@given(QUERIES)
@settings(max_examples=1_500, deadline=None)
@example("alpha title:(beta OR -gamma)")
@example("a\u0301title:a")
@example("~foo:a~")
@example("~foo:a/bar*")
@example("\u2018tis title:(x\u2019)")
@example('"a"-\u2018title:x')
@example("\u2018OR alpha")
def test_reading_is_read_as_the_same_query(text: str) -> None:
    found = outcome(text)
    if not isinstance(found, ParsedQuery) or len(found.reading) > 500:
        return
    again = parse_query(found.reading)
    assert again.clause == found.clause
    assert again.reading == found.reading


@given(QUERIES)
@settings(max_examples=500, deadline=None)
def test_a_place_of_fault_lies_in_the_text(text: str) -> None:
    found = outcome(text)
    if isinstance(found, QuerySyntaxError) and found.position is not None:
        assert 0 <= found.position <= len(text)
