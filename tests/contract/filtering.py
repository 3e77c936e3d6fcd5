"""Filters and names: what narrows an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from contract.documents import ADA, HARBOUR, HERALD, IDS, POST, TOM, TOMAS, ZOE

from dateline.errors import ParameterError

if TYPE_CHECKING:
    from contract.archive import Archive

HARBOURS = {each.id for each in HARBOUR}


class Filtering:
    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            pytest.param({"person": (ADA,)}, {"trial", "emoji"}, id="a name"),
            pytest.param({"person": (ADA, ZOE)}, {"trial", "emoji", "cafe"}, id="values OR"),
            pytest.param({"person": (ADA,), "place": ("Nordland",)}, {"emoji"}, id="fields AND"),
            pytest.param({"source": (HERALD,)}, {"trial", "verdict"}, id="source"),
            pytest.param(
                {"source": ("FELL herald",)}, {"trial", "verdict"}, id="source in any case"
            ),
            pytest.param({"source": ("Fell",)}, set(), id="a source is named in full"),
            pytest.param({"author": ("Ivo Pell",)}, {"trial", "cafe"}, id="author"),
            pytest.param({"language": ("NL",)}, {"accord"}, id="language"),
            pytest.param({"country": ("nl",)}, {"accord", "emoji"}, id="country"),
            pytest.param({"source": ("AT&T wire",)}, {"accord"}, id="signs in a value"),
            pytest.param(
                {"exclude_source": (POST,), "place": ("Port Elder",)},
                {"trial", "verdict"},
                id="not a source",
            ),
            pytest.param(
                {"exclude_person": ("harker",), "source": (POST,)},
                (HARBOURS - {"harbour-00", "harbour-01", "harbour-02"})
                | {"emoji", "regatta-title"},
                id="not a name, in part",
            ),
            pytest.param(
                {"exclude_place": ("Port Elder", "Lower Fell"), "country": ("NX",)},
                {"emoji"},
                id="not these places",
            ),
            pytest.param(
                {"exclude_organisation": ("Fell Ferries",), "source": (HERALD,)},
                {"verdict"},
                id="not an organisation",
            ),
            pytest.param(
                {"published_from": date(2024, 3, 5)}, HARBOURS, id="from includes its day"
            ),
            pytest.param({"published_to": date(2020, 2, 29)}, {"emoji"}, id="to includes its day"),
            pytest.param(
                {"published_from": date(2022, 1, 1), "published_to": date(2022, 1, 1)},
                {"who"},
                id="to its last millisecond",
            ),
            pytest.param(
                {"published_from": date(1, 1, 1), "published_to": date(9999, 12, 31)},
                IDS - {"undated-a", "undated-b"},
                id="all of time",
            ),
        ],
    )
    def test_narrows_to(
        self, archive: Archive, filters: dict[str, object], found: set[str]
    ) -> None:
        answer = archive.search(page_size=100, **filters)
        assert {hit.id for hit in answer.hits} == found
        assert answer.total.value == len(found)

    def test_filters_do_not_score(self, archive: Archive) -> None:
        plain = {hit.id: hit.score for hit in archive.search("captain", match="all").hits}
        narrowed = archive.search("captain", match="all", person=(ADA,), place=("Port Elder",)).hits
        assert {hit.id: hit.score for hit in narrowed} == {"trial": pytest.approx(plain["trial"])}


class Names:
    def test_a_part_of_a_name_means_all_who_bear_it_and_says_so(self, archive: Archive) -> None:
        answer = archive.search(person=("harker",), page_size=100)
        (meant,) = answer.resolved["person"]
        assert meant.names == (TOM, TOMAS)
        assert answer.total.value == 5
        assert any(TOM in each and TOMAS in each for each in answer.warnings)

    def test_a_name_in_full_means_that_one_only_and_lists_wider_ones(
        self, archive: Archive
    ) -> None:
        (meant,) = archive.search(person=("Tom Harker",)).resolved["person"]
        assert meant.names == (TOM,)
        (lind,) = archive.search(person=("lind harker",)).resolved["person"]
        assert lind.names == (TOMAS,)

    @pytest.mark.parametrize("asked", ["zoe marlow", "ZOÉ MARLOW", "marlow zoe", " Zoé  Marlow "])
    def test_case_accents_and_order_do_not_count(self, archive: Archive, asked: str) -> None:
        assert archive.search(person=(asked,)).resolved["person"][0].names == (ZOE,)

    def test_hyphens_part_words(self, archive: Archive) -> None:
        assert (
            archive.ids(person=("brand",)) == archive.ids(person=("ohlsson brand",)) == {"accord"}
        )

    def test_an_unknown_name_finds_nothing_and_offers_the_nearest(self, archive: Archive) -> None:
        answer = archive.search(person=("Ada Qvist",))
        assert answer.total.value == 0
        assert answer.resolved["person"][0].nearest[0] == (ADA, 2)
        assert any(ADA in each for each in answer.warnings)

    def test_initials_offer_the_name_that_they_stand_for(self, archive: Archive) -> None:
        answer = archive.search(place=("P.E.",))
        assert answer.resolved["place"][0].nearest[0][0] == "Port Elder"

    def test_known_and_unknown_names_may_stand_together(self, archive: Archive) -> None:
        answer = archive.search(person=("quist", "zzzz"))
        assert answer.total.value == 2
        assert [each.names for each in answer.resolved["person"]] == [(ADA,), ()]
        assert len(answer.warnings) == 1

    def test_typed_names_are_resolved_too(self, archive: Archive) -> None:
        assert archive.search("person:quist").resolved["person"][0].names == (ADA,)

    @pytest.mark.parametrize(
        "asked", [".*", "a|b", "(", "[a", "\\", '"', "~", "&", "#", "@", "<1-9>", "—", "🚀"]
    )
    def test_signs_are_no_pattern(self, archive: Archive, asked: str) -> None:
        assert archive.search(person=(asked,)).total.value == 0

    @pytest.mark.parametrize(
        "asked",
        [
            "ab " * 300,
            "one two three four five six seven",
            "x" * 9_000,
            "x" * 40_000,
            "é" * 20_000,
            " ".join(f"{n}ababab" for n in range(99)),
        ],
        ids=["repeated", "words", "long", "longest", "bytes", "many"],
    )
    def test_no_name_is_too_much_for_the_engine(self, archive: Archive, asked: str) -> None:
        for field in ("person", "source", "exclude_place"):
            found = archive.search(**{field: (asked,)}, facets=("person", "source")).total.value
            assert found == (len(IDS) if field == "exclude_place" else 0)
        for field in ("person", "source"):
            assert archive.facets(field, prefix=asked).facets[field].values == ()

    def test_no_number_of_values_is_too_much_for_the_engine(self, archive: Archive) -> None:
        most = tuple(f"nobody {n}" for n in range(49))
        assert archive.search(person=(*most, ADA), source=(*most, HERALD)).total.value == 1
        for field in ("person", "source", "exclude_place"):
            with pytest.raises(ParameterError, match=field):
                archive.search(**{field: most * 200})

    def test_the_count_of_a_facet_row_is_the_total_of_its_click(self, archive: Archive) -> None:
        for field in ("person", "place", "source", "country"):
            for row in archive.search(facets=(field,), facet_size=100).facets[field].values:
                assert archive.search(**{field: (row.value,)}).total.value == row.count
