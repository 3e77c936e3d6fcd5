"""Walks: every article exactly once, at every page size, whatever its date."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest
from contract.archive import question
from contract.documents import IDS, make_document

from dateline.errors import CursorError

if TYPE_CHECKING:
    from contract.archive import Archive

    from dateline.documents import ArticleDocument


def one_day(count: int) -> list[ArticleDocument]:
    return [
        make_document(f"same-{n}", f"Note {n}", "Salt.", day="2024-01-01") for n in range(count)
    ]


def without_date(count: int) -> list[ArticleDocument]:
    return [make_document(f"none-{n}", f"Note {n}", "Salt.") for n in range(count)]


def within_a_second(count: int) -> list[ArticleDocument]:
    moments = (f"2024-01-01T10:00:00.{n:03}+00:00" for n in range(count))
    return [
        make_document(f"ms-{n}", f"Note {n}", "Salt.", day=day) for n, day in enumerate(moments)
    ]


class Paging:
    @pytest.mark.parametrize("sort", ["newest", "oldest"])
    def test_undated_articles_come_last_in_both_directions(
        self, archive: Archive, sort: str
    ) -> None:
        ids = [hit.id for hit in archive.search(sort=sort, page_size=100).hits]
        assert ids[-2:] == ["undated-a", "undated-b"]
        assert set(ids) == IDS

    def test_newest_is_oldest_turned_round_for_different_dates(self, archive: Archive) -> None:
        newest = [hit.id for hit in archive.search("captain", sort="newest").hits]
        assert newest == ["verdict", "trial"]
        assert [hit.id for hit in archive.search("captain", sort="oldest").hits] == newest[::-1]

    @pytest.mark.parametrize("size", [1, 2, 7, 21, 22, 100])
    @pytest.mark.parametrize("sort", ["newest", "oldest"])
    def test_a_walk_meets_everything_once(self, archive: Archive, sort: str, size: int) -> None:
        pages = archive.walk(sort=sort, page_size=size, facets=(), interval=None)
        ids = list(chain(*pages))
        assert sorted(ids) == sorted(IDS)
        assert all(pages)
        assert {len(page) for page in pages[:-1]} <= {size}

    def test_the_total_stays_the_same_along_a_walk(self, archive: Archive) -> None:
        first = archive.search(page_size=5)
        second = archive.search(page_size=5, cursor=first.next_cursor)
        assert first.total == second.total
        assert first.facets == second.facets

    def test_numbered_pages_put_together_are_one_long_page(self, archive: Archive) -> None:
        whole = [hit.id for hit in archive.search("harbour quay", page_size=12).hits]
        parts, page = [], 1
        while page:
            answer = archive.search("harbour quay", page_size=5, page=page)
            parts += [hit.id for hit in answer.hits]
            assert answer.next_cursor is None
            page = answer.next_page
        assert parts == whole

    def test_the_last_full_page_has_no_next(self, archive: Archive) -> None:
        answer = archive.search("harbour quay", page_size=12)
        assert (answer.next_page, answer.next_cursor) == (None, None)
        newest = archive.search("harbour", sort="newest", page_size=12)
        assert (newest.next_page, newest.next_cursor) == (None, None)

    def test_page_size_nought_counts_only(self, archive: Archive) -> None:
        answer = archive.search("captain", page_size=0)
        assert (answer.hits, answer.total.value, answer.next_page) == ((), 2, None)

    def test_a_page_beyond_the_end_is_empty(self, archive: Archive) -> None:
        answer = archive.search("captain", page=9)
        assert (answer.hits, answer.total.value, answer.next_page) == ((), 2, None)

    def test_a_cursor_of_another_query_is_refused(self, archive: Archive) -> None:
        cursor = archive.search(page_size=2).next_cursor
        for other in ({"q": "captain", "sort": "newest"}, {"sort": "oldest"}, {"source": ("x",)}):
            with pytest.raises(CursorError, match="another query"):
                archive.search(**other, cursor=cursor)

    @pytest.mark.parametrize("damage", ["", "x", "!!", "=" * 9, "é"])
    def test_a_damaged_cursor_is_refused(self, archive: Archive, damage: str) -> None:
        cursor = archive.search(page_size=2).next_cursor or ""
        with pytest.raises(CursorError, match="damaged"):
            archive.search(page_size=2, cursor=cursor[:-2] + damage)

    def test_page_size_and_facets_may_change_along_a_walk(self, archive: Archive) -> None:
        first = archive.search(page_size=4)
        rest = archive.search(page_size=100, facets=(), cursor=first.next_cursor)
        assert sorted(hit.id for hit in (*first.hits, *rest.hits)) == sorted(IDS)


class Walks:
    @pytest.mark.parametrize("make", [one_day, without_date, within_a_second])
    def test_ties_are_walked_once_at_any_page_size(self, fresh: Archive, make: object) -> None:
        documents = make(200)  # type: ignore[operator]  # one of three functions above
        fresh.fill(documents)
        for sort in ("newest", "oldest"):
            for size in (10, 99, 100):
                ids = list(chain(*fresh.walk(sort=sort, page_size=size, facets=(), interval=None)))
                assert len(ids) == 200
                assert set(ids) == {each.id for each in documents}

    def test_a_write_during_a_walk_neither_repeats_nor_skips_what_was_there(
        self, fresh: Archive
    ) -> None:
        fresh.fill(one_day(30))
        first = fresh.search(page_size=10)
        fresh.fill(
            [make_document(f"late-{n}", "Late", "Salt.", day="2025-01-01") for n in range(5)]
        )
        asked = question(page_size=100, cursor=first.next_cursor)
        second = fresh.run(fresh.reader.search(asked))
        ids = [hit.id for hit in (*first.hits, *second.hits)]
        assert sorted(ids) == sorted(each.id for each in one_day(30))


class Scanning:
    def test_a_scan_gives_every_match_once_by_id(self, archive: Archive) -> None:
        ids = [each.id for each in archive.scan()]
        assert ids == sorted(IDS)

    def test_a_scan_gives_whole_documents(self, archive: Archive) -> None:
        (found,) = archive.scan("jury", match="all")
        assert found == archive.get("trial")

    def test_a_scan_obeys_filters_names_and_widening(self, archive: Archive) -> None:
        assert [each.id for each in archive.scan(person=("quist",))] == ["emoji", "trial"]
        assert {each.id for each in archive.scan("captain regatta")} == {
            hit.id for hit in archive.search("captain regatta").hits
        }

    def test_a_scan_does_not_care_for_page_or_cursor(self, archive: Archive) -> None:
        assert len(archive.scan(page_size=1, page=3)) == len(IDS)

    def test_a_scan_of_nothing_is_empty(self, archive: Archive) -> None:
        assert archive.scan("nosuchword") == []
