"""Reprints: counted, collapsed under any question and order, and never a group lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from contract.archive import question
from contract.documents import ADA, HERALD, POST, ZOE, make_document
from contract.paging import one_day, within_a_second, without_date

from dateline.errors import CursorError

if TYPE_CHECKING:
    from collections.abc import Callable

    from contract.archive import Archive

    from dateline.documents import ArticleDocument
    from dateline.search.results import SearchResults

COUNT = 110
SIZES = [1, 2, 10, 99]
FEW_SIZES = [3, 99]


def grouped(documents: list[ArticleDocument]) -> list[ArticleDocument]:
    """Groups of different sizes, each spread over the whole list; every third article has none."""
    keys = [None if n % 3 == 0 else n * n % 23 for n in range(len(documents))]
    smallest: dict[int, str] = {}
    for key, each in zip(keys, documents, strict=True):
        if key is not None:
            smallest[key] = min(each.id, smallest.get(key, each.id))
    return [
        each if key is None else replace(each, reprint_group=smallest[key])
        for key, each in zip(keys, documents, strict=True)
    ]


def of_many_kinds() -> list[ArticleDocument]:
    """Scored apart and alike, dated and not: `Salt` is said once, twice or five times."""
    days = ("2024-01-01", "2024-01-02", None)
    return [
        make_document(
            f"kind-{n}",
            f"Note {n}",
            "Salt. " * (1, 2, 5)[n * 7 % 3] + "Water.",
            day=days[n % 3] if n % 4 else None,
            source=(POST, HERALD)[n % 2],
            people=[ADA] if n % 5 else [ZOE],
        )
        for n in range(COUNT)
    ]


def firsts_of(ids: list[str], documents: list[ArticleDocument]) -> list[str]:
    """Of this order, what collapsing must leave: said again here in the plainest way."""
    groups = {each.id: each.reprint_group for each in documents}
    seen: set[str] = set()
    left = []
    for each in ids:
        group = groups[each]
        if group is None or group not in seen:
            left.append(each)
        if group is not None:
            seen.add(group)
    return left


def numbered(archive: Archive, q: str = "", **given: Any) -> list[SearchResults]:
    """The answers of all pages, by number."""
    answers = [archive.search(q, **given)]
    while (page := answers[-1].next_page) is not None:
        answers.append(archive.search(q, **given, page=page))
    return answers


def ids_of(answers: list[SearchResults]) -> list[str]:
    return [hit.id for answer in answers for hit in answer.hits]


def counts_of(archive: Archive, q: str = "", **given: Any) -> dict[str, int]:
    return {hit.id: hit.reprint_count for hit in archive.search(q, page_size=100, **given).hits}


PAIR = [
    make_document("a-post", "Salt", "Salt is dear.", day="2024-03-01", source=POST),
    make_document("b-herald", "Salt", "Salt is dear.", day="2024-03-02", source=HERALD),
    make_document("c-herald", "Salt", "Salt is dear.", day="2024-03-03", source=HERALD),
]
PAIRED = [replace(each, reprint_group="a-post") for each in PAIR]
ALONE = make_document("d-alone", "Pepper", "Pepper is not.", day="2024-03-04", source=POST)


class Reprints:
    @pytest.mark.parametrize("make", [one_day, without_date, within_a_second])
    def test_a_walk_meets_each_group_once_and_every_other_article(
        self, fresh: Archive, make: Callable[[int], list[ArticleDocument]]
    ) -> None:
        documents = grouped(make(COUNT))
        fresh.fill(documents)
        for sort in ("newest", "oldest"):
            given: dict[str, Any] = {"sort": sort, "facets": (), "interval": None}
            order = list(chain(*fresh.walk(**given, page_size=100)))
            expected = firsts_of(order, documents)
            assert len(expected) < len(order) == COUNT
            for size in SIZES:
                pages = fresh.walk(**given, page_size=size, reprints="collapse")
                assert list(chain(*pages)) == expected, (sort, size)

    def test_a_walk_fills_its_pages_and_adds_up(self, fresh: Archive) -> None:
        fresh.fill(
            replace(each, reprint_group="same-0") if n % 5 == 0 else each
            for n, each in enumerate(one_day(COUNT))
        )
        answers = [fresh.search(page_size=10, reprints="collapse", facets=("source",))]
        while cursor := answers[-1].next_cursor:
            answers.append(
                fresh.search(page_size=10, reprints="collapse", facets=("source",), cursor=cursor)
            )
        first, *full, _ = answers
        assert len(first.hits) + first.collapsed == 10
        assert full
        assert any(each.collapsed for each in full)
        assert {len(each.hits) for each in full} <= {9, 10}
        assert sum(len(each.hits) + each.collapsed for each in answers) == COUNT
        for name in ("total", "facets", "histogram", "undated"):
            assert all(getattr(each, name) == getattr(first, name) for each in answers), name

    def test_a_page_of_nothing_but_copies_still_leads_on(self, fresh: Archive) -> None:
        copies = [replace(each, reprint_group="same-0") for each in one_day(60)]
        late = make_document("late", "Late", "Salt.", day="2023-01-01")
        fresh.fill([*copies, late])
        pages = fresh.walk(page_size=2, reprints="collapse")
        assert [len(page) for page in pages][:2] == [1, 0]
        assert pages[-1] == ["late"]
        assert sum(map(len, pages)) == 2

    @pytest.mark.parametrize(
        ("q", "given"),
        [
            ("salt", {}),
            ("salt", {"source": (POST,)}),
            ("salt", {"sort": "newest"}),
            ("salt", {"sort": "oldest", "person": ("quist",)}),
            ("salt pepper", {}),
            ("salt pepper", {"match": "some", "exclude_person": (ZOE,)}),
            ('source:"Fell Herald"', {}),
            ("-pepper", {"sort": "relevance"}),
            ("", {"sort": "relevance", "person": (ADA,)}),
        ],
    )
    def test_numbered_pages_meet_each_group_once_under_any_question(
        self, fresh: Archive, q: str, given: dict[str, Any]
    ) -> None:
        documents = grouped(of_many_kinds())
        fresh.fill(documents)
        order = ids_of(numbered(fresh, q, **given, page_size=100))
        expected = firsts_of(order, documents)
        assert len(expected) < len(order)
        for size in SIZES if q == "salt" and not given else FEW_SIZES:
            answers = numbered(fresh, q, **given, page_size=size, reprints="collapse")
            assert ids_of(answers) == expected, size

    def test_totals_and_counts_are_those_of_all_articles_and_add_up(self, fresh: Archive) -> None:
        fresh.fill(grouped(of_many_kinds()))
        given: dict[str, Any] = {"page_size": 10, "facets": ("person", "source")}
        shown = numbered(fresh, "salt", **given)
        collapsed = numbered(fresh, "salt", **given, reprints="collapse")
        assert len(shown) == len(collapsed)
        for one, other in zip(shown, collapsed, strict=True):
            assert other.collapsed == len(one.hits) - len(other.hits)
            assert one.collapsed == 0
            for name in ("total", "facets", "histogram", "undated", "next_page", "match"):
                assert getattr(one, name) == getattr(other, name), name
        assert sum(len(each.hits) + each.collapsed for each in collapsed) == COUNT

    def test_a_filter_never_hides_a_group(self, fresh: Archive) -> None:
        fresh.fill([*PAIRED, ALONE])
        collapse: dict[str, Any] = {"reprints": "collapse", "sort": "oldest"}
        assert ids_of(numbered(fresh, **collapse)) == ["a-post", "d-alone"]
        assert ids_of(numbered(fresh, **collapse, source=(HERALD,))) == ["b-herald"]
        for size in (1, 2):
            walked = fresh.walk(**collapse, source=(HERALD,), page_size=size)
            assert list(chain(*walked)) == ["b-herald"]
            turned = numbered(
                fresh, reprints="collapse", sort="newest", source=(HERALD,), page_size=size
            )
            assert ids_of(turned) == ["c-herald"]

    def test_reprints_are_counted_in_the_whole_archive_whatever_the_question(
        self, fresh: Archive
    ) -> None:
        fresh.fill([*PAIRED, ALONE])
        assert counts_of(fresh) == {"a-post": 2, "b-herald": 2, "c-herald": 2, "d-alone": 0}
        assert counts_of(fresh, "salt", source=(POST,)) == {"a-post": 2}
        assert counts_of(fresh, "salt", reprints="collapse") == {"a-post": 2}
        second = fresh.search(sort="oldest", page_size=2, page=2, reprints="collapse")
        assert [(hit.id, hit.reprint_count) for hit in second.hits] == [("d-alone", 0)]

    def test_reprints_that_are_gone_are_not_counted(self, fresh: Archive) -> None:
        fresh.fill([*PAIRED, ALONE])
        fresh.writer.withdraw("a-post", "a court said so")
        fresh.writer.refresh()
        assert counts_of(fresh) == {"b-herald": 1, "c-herald": 1, "d-alone": 0}
        fresh.writer.delete(["b-herald"])
        fresh.writer.refresh()
        assert counts_of(fresh) == {"c-herald": 0, "d-alone": 0}
        assert ids_of(numbered(fresh, reprints="collapse")) == ["d-alone", "c-herald"]

    def test_counts_are_had_for_the_asking_and_collapsing_needs_no_field(
        self, fresh: Archive
    ) -> None:
        fresh.fill([*PAIRED, ALONE])
        for fields, count in ((("title", "reprint_group"), 2), (("title",), 0)):
            shown = fresh.search("salt", fields=fields)
            assert {hit.reprint_count for hit in shown.hits} == {count}
            left = fresh.search("salt", fields=fields, page_size=1, page=2, reprints="collapse")
            assert (left.hits, left.collapsed) == ((), 1)

    def test_the_other_members_of_a_group_are_a_question(self, fresh: Archive) -> None:
        fresh.fill([*PAIRED, ALONE, replace(ALONE, id="e", reprint_group="d-other")])
        others = fresh.search(reprint_group="a-post", exclude_id="b-herald", sort="oldest")
        assert [hit.id for hit in others.hits] == ["a-post", "c-herald"]
        assert others.total.value == 2
        assert fresh.walk(reprint_group="a-post", exclude_id="a-post", page_size=1) == [
            ["c-herald"],
            ["b-herald"],
        ]

    def test_a_cursor_of_the_other_mode_is_refused(self, fresh: Archive) -> None:
        fresh.fill([*PAIRED, ALONE])
        modes = ("show", "collapse")
        for mode, other in zip(modes, modes[::-1], strict=True):
            cursor = fresh.search(page_size=1, reprints=mode).next_cursor
            with pytest.raises(CursorError, match="another query"):
                fresh.search(page_size=1, reprints=other, cursor=cursor)

    def test_collapsing_neither_widens_nor_narrows(self, fresh: Archive) -> None:
        fresh.fill([*PAIRED, ALONE])
        for q in ("salt pepper", "salt dear", "pepper"):
            shown, left = (fresh.search(q, reprints=mode) for mode in ("show", "collapse"))
            assert (shown.match, shown.warnings) == (left.match, left.warnings)
            assert shown.total == left.total

    def test_nothing_is_collapsed_where_nothing_is_shown(self, fresh: Archive) -> None:
        fresh.fill(PAIRED)
        answer = fresh.search(page_size=0, reprints="collapse")
        assert (answer.hits, answer.total.value, answer.collapsed) == ((), 3, 0)

    def test_facet_values_are_counted_over_all_articles(self, fresh: Archive) -> None:
        fresh.fill([*PAIRED, ALONE])
        shown, left = (
            fresh.run(fresh.reader.search(question(facets=("source",), reprints=mode)))
            for mode in ("show", "collapse")
        )
        assert shown.facets == left.facets
        listed = fresh.facets("source", reprints="collapse")
        assert listed.facets["source"].values == left.facets["source"].values

    def test_a_scan_gives_reprints_too(self, fresh: Archive) -> None:
        fresh.fill(PAIRED)
        assert fresh.scan(reprints="collapse") == sorted(PAIRED, key=lambda each: each.id)
