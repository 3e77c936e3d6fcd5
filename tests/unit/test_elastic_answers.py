"""The engine's answer, read without an engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.search.asking import widening_warning
from dateline.search.elastic.answers import (
    find_next,
    is_incomplete,
    read_bars,
    read_extent,
    read_facet,
    read_highlights,
)
from dateline.search.elastic.asking import begin, revise
from dateline.search.naming import NameTable
from dateline.search.parsing import parse_query
from dateline.search.queries import Filters, SearchQuery
from dateline.search.results import Total

DAY = 86_400_000


def answered(hits: int, total: int) -> dict[str, Any]:
    found = [{"sort": [n, f"id{n}"]} for n in range(hits)]
    return {"hits": {"total": {"value": total}, "hits": found}}


def facet(
    *counts: tuple[str, int], other: int = 0, distinct: int = 0, bound: int = 0
) -> dict[str, Any]:
    return {
        "values": {
            "buckets": [{"key": key, "doc_count": count} for key, count in counts],
            "sum_other_doc_count": other,
            "doc_count_error_upper_bound": bound,
        },
        "distinct": {"value": distinct},
        "missing": {"doc_count": 3},
    }


def bars(*days: int) -> dict[str, Any]:
    return {"bars": {"buckets": [{"key": day * DAY, "doc_count": 1} for day in days]}}


@pytest.mark.parametrize(
    ("timed_out", "failed", "incomplete"),
    [(False, 0, False), (True, 0, True), (False, 1, True)],
)
def test_an_answer_in_part_says_so(timed_out: bool, failed: int, incomplete: bool) -> None:
    assert is_incomplete({"timed_out": timed_out, "_shards": {"failed": failed}}) is incomplete


@pytest.mark.parametrize(
    ("query", "hits", "total", "cursor", "page"),
    [
        (SearchQuery(page_size=5), 5, 6, True, 2),
        (SearchQuery(page_size=5), 5, 5, False, None),
        (SearchQuery(page_size=5), 4, 4, False, None),
        (SearchQuery(page_size=5, page=2), 5, 11, True, 3),
        (SearchQuery(page_size=5, page=2), 5, 10, False, None),
        (SearchQuery(page_size=5, cursor="…"), 6, 99, True, None),
        (SearchQuery(page_size=5, cursor="…"), 5, 99, False, None),
        (SearchQuery(page_size=5, sort="relevance"), 5, 99, False, 2),
        (SearchQuery(page_size=100, page=100, sort="relevance"), 100, 20_000, False, None),
        (SearchQuery(page_size=100, page=100), 100, 20_000, True, None),
        (SearchQuery(page_size=0), 0, 9, False, None),
    ],
)
def test_the_next_place(
    query: SearchQuery, hits: int, total: int, cursor: bool, page: int | None
) -> None:
    place = find_next(answered(hits, total), query, "all")
    assert (place.cursor is not None, place.page) == (cursor, page)


@pytest.mark.parametrize(
    ("raw", "distinct"),
    [
        (facet(("a", 2), ("b", 1)), Total(2)),
        (facet(("a", 2), other=9, distinct=100), Total(100)),
        (facet(("a", 2), other=9, distinct=3112), Total(3111, "gte")),
    ],
)
def test_distinct_values_are_counted_truly_or_as_at_least(
    raw: dict[str, Any], distinct: Total
) -> None:
    read = read_facet("source", raw, Filters(), NameTable(), 10)
    assert read.distinct.relation == distinct.relation
    assert read.distinct.value == pytest.approx(distinct.value, abs=1)
    assert read.missing == 3


def test_counts_that_may_be_short_are_not_called_exact() -> None:
    assert not read_facet("source", facet(("a", 2), bound=1), Filters(), NameTable(), 10).exact


def test_bars_have_no_gaps_and_group_days() -> None:
    read, warning = read_bars(bars(0, 3), Filters(), "day")
    assert ([bar.count for bar in read], warning) == ([1, 0, 0, 1], None)
    months, _ = read_bars(bars(0, 3, 31), Filters(), "month")
    assert [(bar.start.month, bar.count) for bar in months] == [(1, 2), (2, 1)]


def test_bars_before_1970_and_at_both_ends_of_time() -> None:
    read, _ = read_bars(bars(-3), Filters(), "day")
    assert read[0].start.date() == date(1969, 12, 29)
    wide = Filters(published_from=date(1, 1, 1), published_to=date(9999, 12, 31))
    assert len(read_bars(bars(0, 400), wide, "year")[0]) == 2


def test_too_many_bars_are_coarser_and_said() -> None:
    read, warning = read_bars(bars(0, 5000), Filters(), "day")
    assert len(read) < 1000
    assert warning
    assert sum(bar.count for bar in read) == 2


def test_an_archive_without_dates_has_no_extent() -> None:
    assert read_extent({"first": {"value": None}, "last": {"value": None}}) is None
    assert read_extent({"first": {"value": 0.0}, "last": {"value": 1.5 * DAY}}) == (
        date(1970, 1, 1),
        date(1970, 1, 2),
    )


def test_a_title_marked_twice_is_shown_once() -> None:
    marked = {"title": ["\ue000Salt\ue001"], "text": ["\ue000Salt\ue001\n\nRope."]}
    assert len(read_highlights(marked, {"body_start": 6})) == 1


def test_few_articles_with_all_words_call_for_a_second_request() -> None:
    query = SearchQuery(parsed=parse_query("salt rope"), sort="relevance", interval=None)
    asked = begin(query, None, 2000)
    for count, again in ((9, True), (10, False)):
        known, repeat = revise(query, asked, {"all_words": {"doc_count": count}})
        assert (known.match == "some", repeat) == (again, again)


def test_the_warning_holds_both_counts() -> None:
    said = widening_warning(1, 1234)
    assert "1 article holds" in said
    assert "1,234" in said
