"""What is known, applied to an article: lines go, spans hold, names become canonical."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit import making
from unit.making import document, facts

from dateline.documents import Span
from dateline.search.names import split_key
from dateline.text.spans import original_span
from indexer.knowledge.applying import find_dropped, has_its_lines, rename_document
from indexer.knowledge.marks import hash_line
from indexer.knowledge.values import NOTHING_KNOWN, Knowledge

if TYPE_CHECKING:
    from indexer.pipeline import Made

SIGN_UP = "Sign up for the morning letter of Post Editor Carla Lund today."
COPYRIGHT = "All words and pictures on these pages belong to the Harbour Post."
PROSE = [
    "Sebastián Piñera opened the new mole of Port Ellery on Monday before many of its people.",
    "Nine boats lay in the harbour, said Ada Holm, and none of them was damaged by the storm.",
    "The council of the town will meet again on Thursday to hear what the repair has cost.",
]


def make(lines: list[str], known: Knowledge = NOTHING_KNOWN, source: str | None = "Post") -> Made:
    return making.make("\n\n".join(lines), known, source)


def repeats(*lines: str) -> Knowledge:
    hashes = frozenset(hash_line(line) or 0 for line in lines)
    return Knowledge(lines={"Post": hashes})


TEXT = ["Mole opened", SIGN_UP, PROSE[0], PROSE[1], SIGN_UP.upper(), PROSE[2], COPYRIGHT]


def test_a_repeated_line_is_gone_from_text_sentences_names_and_summary() -> None:
    made = make(TEXT, repeats(SIGN_UP, COPYRIGHT))
    found = document(made)
    assert found.text == "\n".join(["Mole opened", "", *PROSE])
    assert found.people == ("Sebastián Piñera", "Port Ellery", "Ada Holm")
    assert "Carla Lund" not in f"{found.summary}{found.mentions}"
    assert len(found.sentences) == 3
    assert made.dropped_lines == 3


def test_every_span_of_a_shortened_article_maps_to_its_original() -> None:
    made = make(TEXT, repeats(SIGN_UP, COPYRIGHT))
    content, found = made.original.content.decode(), document(made)
    spans = [(each.start, each.end) for each in (*found.sentences, *found.mentions)]
    assert len(spans) >= 6
    for start, end in spans:
        place = original_span(made.original.span_map, Span(start, end))
        assert place is not None
        assert content[place.start : place.end] == found.text[start:end]
    assert all(found.text[each.start : each.end] == each.form for each in found.mentions)


def test_an_article_without_headline_gets_the_title_of_what_is_left() -> None:
    body = [SIGN_UP, f"{PROSE[0]} {PROSE[1]}", PROSE[2]]
    assert document(make(body)).title.startswith("Sign up")
    found = document(make(body, repeats(SIGN_UP)))
    assert (found.body_start, found.title_source) == (0, "body")
    assert found.title.startswith("Sebastián Piñera opened")


def test_an_article_of_nothing_else_keeps_its_lines() -> None:
    known = repeats(SIGN_UP, COPYRIGHT)
    made = make(["Mole opened", SIGN_UP, COPYRIGHT], known)
    assert SIGN_UP in document(made).text
    assert find_dropped(facts(made), known) == []


@pytest.mark.parametrize("source", [None, "Herald"])
def test_another_source_and_none_keep_the_line(source: str | None) -> None:
    assert COPYRIGHT in document(make(TEXT, repeats(COPYRIGHT), source)).text


@given(st.sets(st.sampled_from([*PROSE, SIGN_UP, COPYRIGHT])))
def test_the_evidence_does_not_hang_on_what_is_known(lines: set[str]) -> None:
    known = replace(
        repeats(*lines),
        aliases={"person": {"Ada Holm": "Ada Holme", "Sebastián Piñera": "Sebastian Pinera"}},
    )
    assert make(TEXT, known).original.evidence == make(TEXT).original.evidence


@given(st.sets(st.sampled_from([*PROSE, SIGN_UP, COPYRIGHT])))
def test_a_document_has_its_lines_where_and_only_where_it_was_made_so(lines: set[str]) -> None:
    known = repeats(*lines)
    made, whole = make(TEXT, known), make(TEXT)
    dropped = find_dropped(facts(made), known)
    assert has_its_lines(document(made), facts(made), dropped)
    same = document(made).text == document(whole).text
    assert has_its_lines(document(whole), facts(whole), dropped) == same
    assert has_its_lines(document(made), facts(made), []) == same


def test_names_are_canonical_in_lists_keys_and_mentions_and_forms_stay() -> None:
    known = Knowledge({"person": {"Sebastián Piñera": "Sebastian Pinera"}})
    found = document(make(TEXT, known))
    assert "Sebastian Pinera" in found.people
    assert "Sebastián Piñera" not in found.people
    assert [split_key(key)[1] for key in found.people_keys] == list(found.people)
    mention = next(each for each in found.mentions if each.name == "Sebastian Pinera")
    assert mention.form == "Sebastián Piñera"


def test_two_spellings_of_one_article_become_one_name() -> None:
    text = [*TEXT, "Later the town saw Sebastian Pinera leave again in one of the nine boats."]
    known = Knowledge({"person": {"Sebastián Piñera": "Sebastian Pinera"}})
    found = document(make(text, known))
    assert found.people.count("Sebastian Pinera") == 1
    assert len([each for each in found.mentions if each.name == "Sebastian Pinera"]) == 2


SNAPSHOTS = [
    NOTHING_KNOWN,
    Knowledge({"person": {"Sebastián Piñera": "Sebastian Pinera"}}),
    Knowledge({"person": {"Sebastian Pinera": "Sebastián Piñera"}}),
    Knowledge({"person": {"Sebastián Piñera": "Sebastian PINERA", "Ada Holm": "Ada HOLM"}}),
]


@pytest.mark.parametrize("before", SNAPSHOTS)
@pytest.mark.parametrize("after", SNAPSHOTS)
def test_renamed_is_the_same_as_made_anew(before: Knowledge, after: Knowledge) -> None:
    made = make(TEXT, before)
    group = {made.original.id: "a"}
    known = replace(after, groups=group)
    renamed = rename_document(document(made), facts(made), known)
    assert renamed == document(make(TEXT, known))
    assert renamed.reprint_group == "a"


def test_names_that_the_evidence_does_not_know_are_not_guessed() -> None:
    made = make(TEXT)
    strange = replace(document(made), people=("Nobody Here",))
    assert rename_document(strange, facts(made), NOTHING_KNOWN) is None
