"""Which hits of a page are left out, and what must be asked to know it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search.queries import SearchQuery
from dateline.search.reprints import (
    Members,
    Sought,
    go_on,
    join_pages,
    seek_groups,
    settle_reprints,
)
from dateline.search.results import Hit, SearchResults, Total

COLLAPSE = SearchQuery(reprints="collapse")
SHOW = SearchQuery()


def hits_of(*groups: str | None, start: int = 0) -> tuple[Hit, ...]:
    return tuple(
        Hit(str(n), {} if group is None else {"reprint_group": group})
        for n, group in enumerate(groups, start)
    )


def found(hits: tuple[Hit, ...], *, incomplete: bool = False) -> SearchResults:
    return SearchResults(hits=hits, total=Total(len(hits)), incomplete=incomplete)


@given(st.lists(st.sampled_from([None, "a", "b", "c", "d"]), max_size=40), st.integers(1, 12))
def test_all_pages_together_hold_each_group_once_and_add_up(
    groups: list[str | None], size: int
) -> None:
    hits = hits_of(*groups)
    firsts = {group: hit.id for group, hit in reversed(list(zip(groups, hits, strict=True)))}
    shown: list[str] = []
    collapsed = 0
    for page, start in enumerate(range(0, len(hits), size), 1):
        query = replace(COLLAPSE, page=page, page_size=size)
        some = hits[start : start + size]
        sought = seek_groups(query, some)
        asked = {g: firsts[g] for g in sought.groups} if sought and sought.firsts else {}
        answer = settle_reprints(query, found(some), Members(firsts=asked))
        shown += [hit.id for hit in answer.hits]
        collapsed += answer.collapsed

    alone = {hit.id for group, hit in zip(groups, hits, strict=True) if group is None}
    expected = alone | {each for group, each in firsts.items() if group is not None}
    assert shown == sorted(expected, key=int)
    assert len(shown) + collapsed == len(hits)


def test_a_page_of_a_walk_that_lacks_hits_goes_on_for_as_many() -> None:
    walk = replace(COLLAPSE, cursor="x", page_size=5)
    short = replace(found(hits_of("a", "b")), collapsed=3, next_cursor="y")
    further = go_on(walk, short)
    assert further is not None
    assert (further.cursor, further.page_size) == ("y", 3)
    assert (further.facets, further.interval) == ((), None)
    assert further.reprints == "collapse"


def test_full_pages_last_pages_and_pages_by_number_do_not_go_on() -> None:
    walk = replace(COLLAPSE, cursor="x", page_size=2)
    full = replace(found(hits_of("a", "b")), collapsed=3, next_cursor="y")
    assert go_on(walk, full) is None
    assert go_on(walk, replace(full, hits=(), next_cursor=None)) is None
    assert go_on(walk, replace(full, hits=(), collapsed=0)) is None
    assert go_on(replace(walk, cursor=None), replace(full, hits=())) is None


def test_stretches_of_one_page_keep_the_counts_of_the_first_and_the_place_of_the_last() -> None:
    first = replace(found(hits_of("a")), collapsed=1, next_cursor="y", undated=7)
    second = replace(found(hits_of("b"), incomplete=True), collapsed=2, next_cursor="z")
    page = join_pages(first, second)
    assert [hit.stored["reprint_group"] for hit in page.hits] == ["a", "b"]
    assert (page.collapsed, page.next_cursor, page.undated) == (3, "z", 7)
    assert page.total == first.total
    assert page.incomplete


def test_nothing_is_asked_where_no_hit_has_a_group() -> None:
    for query in (SHOW, COLLAPSE, replace(COLLAPSE, page=2), replace(COLLAPSE, cursor="x")):
        assert seek_groups(query, hits_of(None, None)) is None
        assert seek_groups(query, ()) is None


def test_only_behind_the_first_page_must_the_engine_tell_who_comes_first() -> None:
    hits = hits_of("a", None, "b", "a")
    assert seek_groups(SHOW, hits) == Sought(("a", "b"), firsts=False)
    assert seek_groups(COLLAPSE, hits) == Sought(("a", "b"), firsts=False)
    assert seek_groups(replace(COLLAPSE, page=2), hits) == Sought(("a", "b"), firsts=True)
    assert seek_groups(replace(COLLAPSE, cursor="x"), hits) == Sought(("a", "b"), firsts=True)
    assert seek_groups(replace(SHOW, page=2, cursor="x"), hits) == Sought(("a", "b"), firsts=False)


def test_counts_that_nobody_asked_for_cost_no_request() -> None:
    hits = hits_of("a")
    assert seek_groups(replace(SHOW, fields=("title",)), hits) is None
    assert seek_groups(replace(COLLAPSE, fields=("title",)), hits) is None
    assert seek_groups(replace(COLLAPSE, fields=("title",), page=2), hits) is not None


def test_a_hit_does_not_count_itself_and_none_is_nought() -> None:
    hits = hits_of("a", "b", None, "gone")
    answer = settle_reprints(SHOW, found(hits), Members(counts={"a": 3, "b": 1}))
    assert [hit.reprint_count for hit in answer.hits] == [2, 0, 0, 0]


def test_a_group_the_engine_no_longer_knows_is_shown_rather_than_lost() -> None:
    query = replace(COLLAPSE, page=2)
    answer = settle_reprints(query, found(hits_of("a", "a", "b")), Members(firsts={"b": "9"}))
    assert [hit.id for hit in answer.hits] == ["0"]
    assert answer.collapsed == 2


@pytest.mark.parametrize(("first", "second"), [(False, True), (True, False), (True, True)])
def test_an_answer_in_part_stays_one(first: bool, second: bool) -> None:
    answer = settle_reprints(
        SHOW, found(hits_of("a"), incomplete=first), Members(incomplete=second)
    )
    assert answer.incomplete
