"""What every engine finds, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from contract.documents import HARBOUR, IDS

if TYPE_CHECKING:
    from contract.archive import Archive


class Searching:
    @pytest.mark.parametrize(
        ("q", "found"),
        [
            pytest.param("captain jury", {"trial"}, id="words are all wanted"),
            pytest.param("captains", {"trial", "verdict"}, id="forms of a word are one"),
            pytest.param("cafe", {"cafe"}, id="accents may be left out"),
            pytest.param("NAÏVE", {"cafe"}, id="case does not count"),
            pytest.param("jury OR café", {"trial", "cafe"}, id="either"),
            pytest.param("captain (jury OR plea)", {"trial", "verdict"}, id="group"),
            pytest.param("captain -jury", {"verdict"}, id="without"),
            pytest.param("captain NOT plea", {"trial"}, id="without, in words"),
            pytest.param('"ada quist"', {"trial"}, id="a possessive does not break a phrase"),
            pytest.param('"signed the accord"', {"accord"}, id="phrase"),
            pytest.param('"accord rope"', set(), id="a phrase leaves no word out"),
            pytest.param('"accord rope"~1', {"accord"}, id="a sloppy phrase does"),
            pytest.param('"not guilty"', {"trial"}, id="not guilty is not guilty"),
            pytest.param("guilty", {"trial", "verdict"}, id="guilty is both"),
            pytest.param('"mobilise"', set(), id="a phrase is exact"),
            pytest.param("mobilis*", {"undated-a", "undated-b"}, id="prefix"),
            pytest.param("MOBILIS*", {"undated-a", "undated-b"}, id="prefix in capitals"),
            pytest.param("caf*", {"cafe"}, id="prefix of an accented word"),
            pytest.param("regata~", {"emoji", "regatta-title"}, id="a letter is missing"),
            pytest.param("ergatta~", {"emoji", "regatta-title"}, id="two neighbours are swapped"),
            pytest.param("title:regatta", {"emoji"}, id="title only"),
            pytest.param('title:"lamp oil"', {"regatta-title"}, id="phrase in the title"),
            pytest.param("U.S./Nordland", {"accord"}, id="signs part words"),
            pytest.param("the who", {"who"}, id="function words beside another"),
            pytest.param('"to be or not to be"', {"who"}, id="function words in quotes"),
            pytest.param("nosuchword", set(), id="nothing"),
            pytest.param("🚀 whisker", {"emoji"}, id="emoji"),
            pytest.param(
                "captain after:2024-02", {"trial", "verdict"}, id="after includes its month"
            ),
            pytest.param("captain before:2024-02-09", set(), id="before a day"),
            pytest.param(
                "captain before:2024-02-10", {"trial", "verdict"}, id="before includes its day"
            ),
            pytest.param(
                'captain source:"fell herald"', {"trial", "verdict"}, id="source, any case"
            ),
            pytest.param("author:pell", set(), id="an author is named in full"),
            pytest.param('author:"ivo pell"', {"trial", "cafe"}, id="author"),
            pytest.param("person:quist", {"trial", "emoji"}, id="part of a name"),
            pytest.param("person:quist -person:marlow", {"trial"}, id="without a person"),
            pytest.param("jury OR person:marlow", {"trial", "cafe", "emoji"}, id="word or person"),
            pytest.param("-person:nobodyatall jury", {"trial"}, id="without a stranger"),
        ],
    )
    def test_finds(self, archive: Archive, q: str, found: set[str]) -> None:
        assert archive.ids(q) == found

    def test_no_words_ask_for_everything(self, archive: Archive) -> None:
        answer = archive.search(page_size=100)
        assert {hit.id for hit in answer.hits} == IDS
        assert answer.total.value == len(IDS)
        assert answer.total.relation == "eq"

    def test_only_negations_ask_for_all_without(self, archive: Archive) -> None:
        assert archive.ids("-harbour") == IDS - {each.id for each in HARBOUR}

    def test_a_function_word_alone_is_required(self, archive: Archive) -> None:
        assert archive.ids("with") == {"cafe"}

    def test_a_function_word_beside_others_is_wanted_only(self, archive: Archive) -> None:
        assert archive.ids("jury with") == {"trial"}

    @pytest.mark.parametrize("field", ["title", "summary"])
    def test_search_in_asks_that_field_only(self, archive: Archive, field: str) -> None:
        assert archive.ids("captain", search_in=field) == {"trial"}

    def test_a_word_in_the_title_weighs_more(self, archive: Archive) -> None:
        hits = archive.search("regatta", match="all").hits
        assert [hit.id for hit in hits] == ["emoji", "regatta-title"]
        assert hits[0].score > hits[1].score

    def test_neighbours_as_typed_weigh_more(self, archive: Archive) -> None:
        near = archive.search("signed accord", match="all").hits[0].score
        assert near > archive.search("accord signed sail", match="all").hits[0].score / 2
        apart = archive.search("(signed) accord", match="all").hits[0].score
        assert near > apart

    def test_a_date_sort_has_no_score(self, archive: Archive) -> None:
        assert archive.search("captain", sort="newest").hits[0].score is None

    def test_hits_carry_the_fields_asked_for_and_their_id(self, archive: Archive) -> None:
        (hit,) = archive.search("jury", match="all", fields=("source",)).hits
        assert hit.stored == {"id": "trial", "source": "Fell Herald"}

    def test_hostile_text_is_text(self, archive: Archive) -> None:
        for q in ('a" OR "b', "{}", "_id:trial", "\\\\", "a:b:c", "1/0", "<em>", "jury) AND (x"):
            try:
                archive.search(q.replace(")", " ").replace("(", " ").replace('"', ""))
            except Exception as error:  # noqa: BLE001  # the one fact: never an engine's error
                assert type(error).__name__ == "QuerySyntaxError"  # noqa: PT017


class Widening:
    def test_few_hits_for_all_words_widen_the_query(self, archive: Archive) -> None:
        answer = archive.search("captain regatta")
        assert answer.match == "some"
        assert {hit.id for hit in answer.hits} == {"trial", "verdict", "emoji", "regatta-title"}
        assert not any(hit.all_words for hit in answer.hits)
        assert any("no article holds all" in each and "4" in each for each in answer.warnings)

    def test_hits_with_all_words_are_told_and_come_first(self, archive: Archive) -> None:
        answer = archive.search("captain jury")
        assert [(hit.id, hit.all_words) for hit in answer.hits] == [
            ("trial", True),
            ("verdict", False),
        ]

    def test_ten_articles_with_all_words_are_enough(self, archive: Archive) -> None:
        answer = archive.search("harbour quay")
        assert (answer.match, answer.total.value) == ("all", len(HARBOUR))
        assert not answer.warnings

    def test_the_whole_archive_decides_not_the_filters(self, archive: Archive) -> None:
        answer = archive.search("harbour quay", person=("Tom Harker",))
        assert (answer.match, answer.total.value) == ("all", 3)

    @pytest.mark.parametrize(
        "narrowed", [{"source": ("Fell Herald",)}, {"exclude_person": ("Zoé Marlow",)}]
    )
    def test_a_filter_never_raises_the_total(
        self, archive: Archive, narrowed: dict[str, tuple[str]]
    ) -> None:
        for q in ("captain regatta", "harbour quay", "captain"):
            assert archive.search(q, **narrowed).total.value <= archive.search(q).total.value

    @pytest.mark.parametrize(
        "q",
        ['"captain" regatta', "captain -x regatta", "captain AND regatta", "title:captain regatta"],
    )
    def test_operators_are_never_widened(self, archive: Archive, q: str) -> None:
        answer = archive.search(q)
        assert (answer.match, answer.total.value) == ("all", 0)

    @pytest.mark.parametrize("sort", ["newest", "oldest"])
    def test_date_sorts_are_never_widened(self, archive: Archive, sort: str) -> None:
        assert archive.search("captain regatta", sort=sort).total.value == 0

    def test_all_words_may_be_insisted_on(self, archive: Archive) -> None:
        assert archive.search("captain regatta", match="all").total.value == 0

    def test_some_words_may_be_asked_for_outright(self, archive: Archive) -> None:
        answer = archive.search("harbour regatta", match="some")
        assert (answer.match, answer.total.value) == ("some", len(HARBOUR) + 2)

    def test_one_word_is_not_widened(self, archive: Archive) -> None:
        assert archive.search("jury").match == "all"

    def test_facets_count_the_widened_set(self, archive: Archive) -> None:
        asked = {"q": "captain regatta"}
        page = archive.search(**asked, facets=("source",)).facets["source"]
        listed = archive.facets("source", **asked).facets["source"]
        assert {each.value: each.count for each in page.values} == {
            "Fell Herald": 2,
            "The Quay Post": 2,
        }
        assert page.values == listed.values
