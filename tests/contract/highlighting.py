"""What is marked: the user's words, at their place in the stored text, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from contract.documents import ARTICLES

if TYPE_CHECKING:
    from contract.archive import Archive

    from dateline.search.results import Highlight

TEXTS = {each.id: each.text for each in ARTICLES}


def marked(highlights: tuple[Highlight, ...]) -> list[str]:
    return [segment.text for each in highlights for segment in each.segments if segment.hit]


class Highlighting:
    @pytest.mark.parametrize(
        ("q", "document_id", "words"),
        [
            pytest.param("guilty", "trial", ["guilty"], id="word"),
            pytest.param("organizing", "undated-b", ["Organizers"], id="another form"),
            pytest.param("naive", "cafe", ["naïve"], id="accent"),
            pytest.param('"not guilty"', "trial", ["not guilty"], id="a phrase is one span"),
            pytest.param(
                '"ada quist"', "trial", ["Ada Quist", "Ada Quist\u2019s"], id="possessive"
            ),
            pytest.param("mobilis*", "undated-b", ["Mobilisation"], id="prefix"),
            pytest.param("plaa~", "verdict", ["plea"], id="fuzzy"),
            pytest.param("the tribute", "who", ["tribute", "tribute"], id="no function word"),
            pytest.param('"the who"', "who", ["The Who", "The Who"], id="function words in quotes"),
            pytest.param("title:ferry", "trial", ["ferry"], id="title only"),
            pytest.param(
                "lighthouse", "undated-a", ["Lighthouse"], id="title and text are one count"
            ),
            pytest.param("united", "emoji", [], id="letters of mathematics are other letters"),
            pytest.param("spectators", "emoji", ["Spectators"], id="after signs beyond 16 bits"),
        ],
    )
    def test_marks(self, archive: Archive, q: str, document_id: str, words: list[str]) -> None:
        hits = {hit.id: hit for hit in archive.search(q, match="all").hits}
        assert marked(hits[document_id].highlights if document_id in hits else ()) == words

    def test_values_and_negated_words_are_not_marked(self, archive: Archive) -> None:
        (hit,) = archive.search("person:quist -harbour jury", person=("quist",)).hits
        assert marked(hit.highlights) == ["Jury", "jury"]

    def test_a_snippet_stands_where_it_says(self, archive: Archive) -> None:
        for q in ("captain", "regatta", "whisker", "mobilis*", '"ada quist"'):
            for hit in archive.search(q).hits:
                for each in hit.highlights:
                    shown = "".join(segment.text for segment in each.segments)
                    assert TEXTS[hit.id].startswith(shown, each.start)

    def test_title_and_body_are_told_apart(self, archive: Archive) -> None:
        (hit,) = archive.search("jury", match="all").hits
        assert [each.field for each in hit.highlights] == ["title", "text"]
        (untitled,) = archive.search("volunteers", match="all").hits
        assert [each.field for each in untitled.highlights] == ["text"]

    def test_a_widened_answer_marks_the_words_it_holds(self, archive: Archive) -> None:
        hits = {hit.id: hit for hit in archive.search("captain regatta").hits}
        assert set(marked(hits["emoji"].highlights)) == {"Regatta", "regatta"}

    def test_the_summary_is_marked_when_it_was_searched(self, archive: Archive) -> None:
        (hit,) = archive.search("plea", search_in="summary").hits
        assert [(each.field, marked((each,))) for each in hit.highlights] == [("summary", ["plea"])]

    def test_none_are_made_unless_asked_for(self, archive: Archive) -> None:
        assert all(not hit.highlights for hit in archive.search("captain", highlight=False).hits)
        assert all("body_start" not in hit.stored for hit in archive.search("captain").hits)
