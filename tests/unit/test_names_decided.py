"""What was decided about names, applied to articles, and undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.deciding import decide, line
from unit.making import document, facts, make

from dateline.errors import SettingsError
from dateline.search.names import resolve_name
from dateline.search.storing import read_document, store_document
from indexer.knowledge.applying import rename_document
from indexer.knowledge.decisions import NOTHING_DECIDED, Decisions
from indexer.knowledge.learning import learn
from indexer.knowledge.marks import hash_line
from indexer.knowledge.naming import find_unmet, make_rulings, open_naming
from indexer.knowledge.values import (
    Knowledge,
    read_knowledge,
    store_knowledge,
)
from indexer.librarian.lines import Line
from indexer.librarian.soundness import check_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.knowledge.decisions import Decision

SPELLINGS = ["Ada Holm", "ADA Holm", "Ada Hólm", "Eda Holm", "Carla Lund", "Karla Lund"]
SIGN_UP = "Sign up for the morning letter of Karla Lund and read it before the boats come in."
TEXT = f"""Mole opened

Ada Holm and Ada Hólm opened the new mole before Carla Lund and many of the town.

{SIGN_UP}

Nine boats lay in the harbour, said Eda Holm, and Ada Holm counted every one of them.
"""


FACTS = facts(make(TEXT))


def known(decisions: Decisions, *, signed: bool = False) -> Knowledge:
    lines = frozenset([hash_line(SIGN_UP) or 0]) if signed else frozenset()
    return replace(learn([FACTS], decisions), lines={"Post": lines}, groups={})


def people(decisions: Decisions, text: str = TEXT, source: str = "Post") -> tuple[str, ...]:
    made = make(text, source=source)
    return document(make(text, learn([facts(made)], decisions), source)).people


def sound(lines: Sequence[Decision]) -> Decisions:
    """The decisions of lines, or none where they contradict each other."""
    try:
        return check_lines([Line(each, "a line") for each in lines])
    except SettingsError:
        return NOTHING_DECIDED


LINES = st.builds(
    line,
    st.sampled_from(SPELLINGS),
    st.sampled_from([*SPELLINGS, "Ada Holm (mayor)"]),
    st.sampled_from(["accepted", "rejected"]),
    source=st.sampled_from([None, None, "Post", "Herald"]),
    beside=st.sampled_from([(), (), ("Carla Lund",), ("Nobody Here",)]),
).filter(lambda each: each.name != each.into)
SOUND = st.lists(LINES, max_size=4).map(sound)


@settings(deadline=None, max_examples=30)
@given(SOUND, SOUND, st.booleans())
def test_renamed_under_other_decisions_is_the_same_as_made_under_them(
    before: Decisions, after: Decisions, signed: bool
) -> None:
    made = make(TEXT, known(before, signed=signed))
    stored = read_document(store_document(document(made)))
    wanted = document(make(TEXT, known(after, signed=signed)))
    assert rename_document(stored, FACTS, known(after, signed=signed)) == wanted


@settings(deadline=None, max_examples=30)
@given(SOUND, st.booleans())
def test_a_line_taken_out_leaves_no_trace(decisions: Decisions, signed: bool) -> None:
    bare = known(NOTHING_DECIDED, signed=signed)
    before = document(make(TEXT, bare))
    renamed = rename_document(before, FACTS, known(decisions, signed=signed))
    assert renamed is not None
    assert rename_document(renamed, FACTS, bare) == before


@settings(deadline=None, max_examples=30)
@given(SOUND)
def test_decisions_come_back_from_a_snapshot_as_they_went_in(decisions: Decisions) -> None:
    snapshot = known(decisions)
    again = read_knowledge(store_knowledge(snapshot))
    assert again == snapshot
    assert again.version == snapshot.version
    assert (known(NOTHING_DECIDED).version == snapshot.version) == (not decisions.all)


def test_an_accepted_name_goes_by_the_other_in_lists_keys_and_mentions() -> None:
    found = document(make(TEXT, known(decide(line("Eda Holm", "Ada Holm")))))
    assert found.people == ("Ada Holm", "Carla Lund", "Karla Lund")
    assert found.people_keys[0] == "ada holm eda|Ada Holm"
    mention = next(each for each in found.mentions if each.form == "Eda Holm")
    assert (mention.name, mention.own) == ("Ada Holm", "Eda Holm")


def test_the_old_name_is_still_understood_in_a_question() -> None:
    found = document(make(TEXT, known(decide(line("Eda Holm", "Ada Holm")))))
    meant = resolve_name("Eda Holm", [(key, 1) for key in found.people_keys])
    assert meant.names == ("Ada Holm",)


def test_a_decision_counts_for_all_spellings_that_differ_in_print() -> None:
    assert people(decide(line("ADA HOLM", "Astrid Berg")), TEXT)[0] == "Astrid Berg"
    assert "Ada Holm" not in people(decide(line("ADA HOLM", "Astrid Berg")))


def test_the_decided_spelling_stands_whichever_is_most_frequent() -> None:
    assert people(decide(line("Eda Holm", "Ada Hólm")))[0] == "Ada Hólm"
    assert people(decide(line("Ada Holm", "Ada Hólm")))[:2] == ("Ada Hólm", "Carla Lund")


def test_a_chain_of_lines_is_followed_to_its_end() -> None:
    chain = decide(line("Eda Holm", "Ada Holm"), line("Ada Holm", "Astrid Berg"))
    assert people(chain)[0] == "Astrid Berg"
    assert "Eda Holm" not in people(chain)
    keys = document(make(TEXT, known(chain))).people_keys
    assert keys[0] == "astrid berg eda holm ada|Astrid Berg"


def test_a_rejected_spelling_stays_apart_from_what_differs_in_print_alone() -> None:
    assert "Ada Hólm" not in people(NOTHING_DECIDED)
    found = people(decide(line("Ada Hólm", "Ada Holm", "rejected")))
    assert found[:2] == ("Ada Holm", "Ada Hólm")


@pytest.mark.parametrize(
    ("source", "beside", "split"),
    [
        ("Post", (), True),
        ("Herald", (), False),
        (None, ("Carla Lund",), True),
        (None, ("CARLA LUND",), True),
        (None, ("Nobody Here", "Carla Lund"), True),
        (None, ("Nobody Here",), False),
        ("Post", ("Carla Lund",), True),
        ("Herald", ("Carla Lund",), False),
    ],
)
def test_a_scoped_line_counts_in_its_source_and_company_alone(
    source: str | None, beside: tuple[str, ...], split: bool
) -> None:
    scoped = line("Ada Holm", "Ada Holm (mayor)", source=source, beside=beside)
    assert ("Ada Holm (mayor)" in people(decide(scoped))) is split


def test_company_is_known_by_the_name_it_goes_by_as_well() -> None:
    scoped = line("Ada Holm", "Ada Holm (mayor)", beside=("Kari Lund",))
    renamed = line("Carla Lund", "Kari Lund")
    assert people(decide(scoped, renamed))[0] == "Ada Holm (mayor)"


def test_where_a_scoped_line_leads_others_lead_on() -> None:
    lines = [line("Eda Holm", "Ada Holm", source="Post"), line("Ada Holm", "Astrid Berg")]
    assert people(decide(*lines)) == ("Astrid Berg", "Carla Lund", "Karla Lund")


def test_a_name_that_no_article_says_is_unmet_and_one_of_a_chain_is_not() -> None:
    lines = [line("Eda Holm", "Eva Holm"), line("Eva Holm", "Ada Holm"), line("Adda Holm", "X Y")]
    assert find_unmet(decide(*lines), [FACTS]) == (lines[2],)


def test_an_organisation_of_the_same_name_is_left_alone() -> None:
    decisions = decide(line("Ada Holm", "Astrid Berg"))
    naming = open_naming(Knowledge(decisions=decisions), "Post", {})
    assert naming.find_name("organisation", "Ada Holm") == "Ada Holm"
    assert naming.find_name("person", "Ada Holm") == "Astrid Berg"
    assert (
        make_rulings(decisions).key_name("organisation", "Astrid Berg") == "astrid berg|Astrid Berg"
    )
