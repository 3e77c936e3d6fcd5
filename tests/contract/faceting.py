"""Facets and histogram: counts that are true or say they are not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from contract.documents import ADA, HERALD, POST, TOM, TOMAS, ZOE, make_document

from dateline.search.results import Total

if TYPE_CHECKING:
    from contract.archive import Archive

    from dateline.search.results import Facet


def counts(facet: Facet) -> dict[str, int]:
    return {each.value: each.count for each in facet.values}


class Faceting:
    def test_the_most_frequent_come_first_ties_by_value(self, archive: Archive) -> None:
        facet = archive.search(facets=("person",)).facets["person"]
        assert [(each.value, each.count) for each in facet.values] == [
            (TOM, 4),
            (ADA, 2),
            (ZOE, 2),
            (TOMAS, 1),
            ("Vera Ohlsson-Brand", 1),
        ]
        assert (facet.distinct, facet.missing, facet.exact) == (Total(5), 12, True)

    def test_as_many_as_asked_for(self, archive: Archive) -> None:
        facet = archive.search(facets=("person",), facet_size=2).facets["person"]
        assert list(counts(facet)) == [TOM, ADA]
        assert facet.distinct == Total(5)

    def test_a_facet_ignores_its_own_filter_and_obeys_the_others(self, archive: Archive) -> None:
        answer = archive.search(
            person=(ADA,), source=(HERALD,), facets=("person", "source", "place")
        )
        assert counts(answer.facets["person"]) == {ADA: 1}
        assert counts(answer.facets["source"]) == {HERALD: 1, POST: 1}
        assert counts(answer.facets["place"]) == {"Port Elder": 1}

    def test_a_selected_value_is_always_there_and_marked(self, archive: Archive) -> None:
        facet = archive.search(person=(TOMAS,), facets=("person",), facet_size=1).facets["person"]
        assert [(each.value, each.count, each.selected) for each in facet.values] == [
            (TOM, 4, False),
            (TOMAS, 1, True),
        ]

    def test_a_selected_value_that_meets_nothing_counts_nothing(self, archive: Archive) -> None:
        answer = archive.search(person=(TOMAS,), source=(HERALD,), facets=("person",))
        assert counts(answer.facets["person"]) == {ADA: 1, TOMAS: 0}

    def test_a_selected_source_is_marked_in_any_case(self, archive: Archive) -> None:
        facet = archive.search(source=("fell HERALD",), facets=("source",)).facets["source"]
        assert [each.value for each in facet.values if each.selected] == [HERALD]

    def test_exclusions_and_days_apply_to_every_facet(self, archive: Archive) -> None:
        answer = archive.search(
            exclude_person=(ADA,), published_from=date(2023, 1, 1), facets=("person",)
        )
        assert counts(answer.facets["person"]) == {TOM: 3, ZOE: 1}

    def test_facets_count_what_the_words_match(self, archive: Archive) -> None:
        assert counts(archive.search("captain", facets=("place",)).facets["place"]) == {
            "Port Elder": 2,
            "Lower Fell": 1,
        }

    @pytest.mark.parametrize(
        ("field", "prefix", "found"),
        [
            ("person", "har", {TOM: 4, TOMAS: 1}),
            ("person", "tom h", {TOM: 4}),
            ("person", "ZOE", {ZOE: 2}),
            ("person", "ohlsson-b", {"Vera Ohlsson-Brand": 1}),
            ("person", "x", {}),
            ("person", ".*", {}),
            ("source", "QUAY", {"quay weekly": 2}),
            ("source", "at&", {"AT&T Wire": 1}),
            ("language", "n", {"nl": 1}),
        ],
    )
    def test_values_are_found_by_their_beginning(
        self, archive: Archive, field: str, prefix: str, found: dict[str, int]
    ) -> None:
        facet = archive.facets(field, prefix=prefix).facets[field]
        assert counts(facet) == found
        assert facet.distinct == Total(len(found))

    def test_values_are_listed_page_by_page(self, archive: Archive) -> None:
        for prefix in ("", "h", "o"):
            whole = archive.facets("person", prefix=prefix, size=100).facets["person"].values
            parts = [
                value
                for offset in range(0, 6, 2)
                for value in archive.facets("person", prefix=prefix, size=2, offset=offset)
                .facets["person"]
                .values
            ]
            assert tuple(parts) == whole

    def test_a_name_may_hold_the_sign_that_parts_our_keys(self, fresh: Archive) -> None:
        fresh.fill([make_document("odd", "Odd", "Salt.", people=["Bar|Baz Foo"])])
        for facet in (
            fresh.search(facets=("person",)).facets["person"],
            fresh.facets("person").facets["person"],
            fresh.facets("person", prefix="ba").facets["person"],
        ):
            assert counts(facet) == {"Bar|Baz Foo": 1}
        assert fresh.search(person=("foo",)).total.value == 1

    def test_several_fields_are_listed_at_once(self, archive: Archive) -> None:
        facets = archive.facets("person", "place", q="captain").facets
        assert counts(facets["person"]) == {ADA: 1}
        assert set(facets) == {"person", "place"}


class Histogram:
    def test_bars_are_utc_days_without_gaps(self, archive: Archive) -> None:
        answer = archive.search(
            interval="day", published_from=date(2024, 2, 9), published_to=date(2024, 2, 11)
        )
        assert [(bar.start, bar.count) for bar in answer.histogram] == [
            (datetime(2024, 2, 9, tzinfo=UTC), 0),
            (datetime(2024, 2, 10, tzinfo=UTC), 2),
            (datetime(2024, 2, 11, tzinfo=UTC), 0),
        ]
        assert answer.histogram[0].end == answer.histogram[1].start

    def test_the_last_millisecond_of_a_day_belongs_to_it(self, archive: Archive) -> None:
        (bar,) = archive.search("tribute", interval="day").histogram
        assert (bar.start.date(), bar.count) == (date(2022, 1, 1), 1)

    @pytest.mark.parametrize("interval", ["day", "week", "month", "year"])
    def test_every_dated_article_stands_in_one_bar(self, archive: Archive, interval: str) -> None:
        answer = archive.search(interval=interval, page_size=0)
        assert sum(bar.count for bar in answer.histogram) + answer.undated == answer.total.value
        assert answer.undated == 2

    def test_too_many_bars_are_drawn_coarser_and_said(self, archive: Archive) -> None:
        answer = archive.search(interval="day")
        assert len(answer.histogram) < 1000
        assert any("interval=day" in each for each in answer.warnings)

    def test_auto_goes_by_the_archive_whatever_the_question(self, archive: Archive) -> None:
        for q in ("", "captain"):
            bar = archive.search(q, interval="auto", match="all").histogram[0]
            assert bar.start.day == 1
            assert (bar.end - bar.start).days in {28, 29, 30, 31}

    def test_auto_goes_by_the_days_asked_for(self, archive: Archive) -> None:
        answer = archive.search(published_from=date(2024, 2, 1), published_to=date(2024, 3, 31))
        assert len(answer.histogram) == 60

    def test_it_obeys_facet_filters(self, archive: Archive) -> None:
        answer = archive.search(interval="year", person=(ADA,), facets=("person",))
        assert {bar.start.year: bar.count for bar in answer.histogram if bar.count} == {
            2020: 1,
            2024: 1,
        }

    def test_none_is_none(self, archive: Archive) -> None:
        assert archive.search(interval=None).histogram == ()

    def test_nothing_found_draws_nothing(self, archive: Archive) -> None:
        assert archive.search("nosuchword").histogram == ()
