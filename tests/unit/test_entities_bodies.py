"""Organisations: whole firms and bodies, acronyms, headlines, one name in an article."""

from __future__ import annotations

import pytest

from indexer.entities.acronyms import drop_symbols, find_long_form, mark_acronyms, spell_out
from indexer.entities.bodies import mark_bodies
from indexer.entities.companies import mark_companies
from indexer.entities.headlines import read_headlines
from indexer.entities.heads import demote_plain_words, retype_heads
from indexer.entities.lists import add_listed_people
from indexer.entities.loners import demote_unknown
from indexer.entities.names import Kind, Name, Page, read_page
from indexer.entities.organisations import name_organisations
from indexer.entities.spans import split_results


def _name(page: Page, form: str, kind: Kind, after: int = 0) -> Name:
    start = page.text.index(form, after)
    return page.cut(start, start + len(form), kind)


def _forms(names: list[Name]) -> list[tuple[str, str]]:
    return [(name.form, name.kind) for name in names]


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("OSLO, May 3 - Orlen Ferries Plc said it lost.", ["Orlen Ferries Plc"]),
        ("Shares of Orlen & Vorel Inc fell.", ["Orlen & Vorel Inc"]),
        ("It bought Orlen, Inc. yesterday.", ["Orlen, Inc"]),
        ("Sold by C. Orlen and Co Ltd in May.", ["C. Orlen and Co Ltd"]),
        ("Cable and Wireless Orlen Ltd rose.", ["Wireless Orlen Ltd"]),
        ("Orlen Corp and Vorel Corp merge.", ["Orlen Corp", "Vorel Corp"]),
        ("The Oslo-based Vorel Ltd rose.", ["Vorel Ltd"]),
        ("Sold by C.R. Orlen Inc in May.", ["C.R. Orlen Inc"]),
        ("Sold by the U.S. Vorel Inc in May.", ["Vorel Inc"]),
        ("The co of Orlen rose.", []),
    ],
)
def test_a_firm_is_whole_up_to_its_registered_form(text: str, firms: list[str]) -> None:
    assert [name.form for name in mark_companies([], read_page(text))] == firms


def test_a_firm_is_known_again_without_its_form() -> None:
    page = read_page("Vorel and Sons Ltd rose. Vorel and Sons sells ferries.")
    wrong = _name(page, "Sons", "person", after=20)
    assert _forms(mark_companies([wrong], page)) == [
        ("Vorel and Sons Ltd", "organisation"),
        ("Vorel and Sons", "organisation"),
    ]


@pytest.mark.parametrize("symbol", ["<ORL>", "<ORL.O>", "(NYSE: ORL)"])
def test_what_stands_before_a_stock_symbol_is_a_firm(symbol: str) -> None:
    page = read_page(f"Talks with Orlen Ferries {symbol} failed.")
    assert _forms(mark_companies([], page)) == [("Orlen Ferries", "organisation")]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("at Vorel State University today", "Vorel State University"),
        ("The Ministry of Trade and Fishery said", "Ministry of Trade and Fishery"),
        ("the U.S. Ferry Agency said", "U.S. Ferry Agency"),
        ("a Court for the South of Orlen sat", "Court for the South of Orlen"),
    ],
)
def test_a_body_is_whole_around_its_head_word(text: str, body: str) -> None:
    assert _forms(mark_bodies([], read_page(text))) == [(body, "organisation")]


@pytest.mark.parametrize(
    "text", ["the University won", "on Bank Holiday Monday", "the West Bank burned"]
)
def test_a_head_word_alone_or_inside_a_run_makes_no_body(text: str) -> None:
    page = read_page(text)
    known = [_name(page, "West Bank", "place")] if "West Bank" in text else []
    assert mark_bodies(known, page) == known


def test_a_league_is_not_for_the_club_that_plays_in_it() -> None:
    page = read_page("in the Vorel League for Orlen Rovers")
    assert _forms(mark_bodies([], page)) == [("Vorel League", "organisation")]


@pytest.mark.parametrize(
    ("text", "acronym", "form"),
    [
        ("the Orlen Seamen's Association", "OSA", "Orlen Seamen's Association"),
        ("the Union of Orlen Ferries and Tugs", "UOFT", "Union of Orlen Ferries and Tugs"),
        ("the Board for the Care of Oslo", "BCO", "Board for the Care of Oslo"),
        ("the Asia-Pacific Forum", "APF", "Asia-Pacific Forum"),
        ("It ended. The Ferry Board", "ITFB", None),
        ("nothing of the kind", "OSA", None),
    ],
)
def test_an_acronym_finds_its_long_form(text: str, acronym: str, form: str | None) -> None:
    start = find_long_form(text, len(text), acronym)
    assert (None if start is None else text[start:]) == form


def test_an_acronym_is_of_the_kind_of_its_long_form() -> None:
    page = read_page("The Vorel Milling Board (VMB) used ferry pump tax (FPT) money. VMB and FPT.")
    seen = [_name(page, form, "organisation") for form in ("VMB", "FPT")]
    assert _forms(mark_acronyms(seen, page)) == [
        ("Vorel Milling Board", "organisation"),
        ("VMB", "organisation"),
        ("FPT", "other"),
    ]
    assert spell_out(page) == {"VMB": "Vorel Milling Board"}


def test_a_stock_symbol_in_brackets_is_no_name_unless_it_stands_elsewhere() -> None:
    page = read_page("Orlen (ORLN) rose, Vorel (VRL) fell; VRL said so.")
    firms = [_name(page, form, "organisation") for form in ("Orlen", "ORLN", "Vorel", "VRL")]
    assert [name.form for name in drop_symbols(firms, page)] == ["Orlen", "Vorel", "VRL"]


def test_capitals_are_read_by_what_the_body_says() -> None:
    page = read_page("ORLEN TO BUY VOREL UNIT IN NORWAY\n\nOrlen Corp buys. Ann Vorel sells.")
    known = [_name(page, "Orlen Corp", "organisation"), _name(page, "Ann Vorel", "person")]
    assert _forms(read_headlines(known, page)) == [
        ("ORLEN", "organisation"),
        ("VOREL", "person"),
        ("NORWAY", "place"),
        ("Orlen Corp", "organisation"),
        ("Ann Vorel", "person"),
    ]


def test_capitals_that_end_in_a_common_word_are_no_organisation() -> None:
    page = read_page("ORLEN LEAGUE RESULTS OF FRIDAY\n\nNothing more.")
    assert read_headlines([_name(page, "ORLEN LEAGUE RESULTS", "organisation")], page) == []


def test_an_organisation_has_one_name_in_an_article() -> None:
    page = read_page(
        "Orlen rose. Orlen Ferries Corp, Orlen Ferries and OF. U.S. Tug Court; Tug Court. VMB, the "
        "Vorel Milling Board (VMB)."
    )
    forms = ["Orlen", "Orlen Ferries Corp", "Orlen Ferries", "OF", "U.S. Tug Court", "Tug Court"]
    names = [
        _name(page, form, "organisation", after)
        for form, after in zip([*forms, "VMB"], [0, 0, 30, 50, 0, 70, 0], strict=True)
    ]
    named = [name_organisations(names, page)[name] for name in names]
    ferries, court = "Orlen Ferries Corp", "U.S. Tug Court"
    assert named == [ferries, ferries, ferries, ferries, court, court, "Vorel Milling Board"]


def test_two_longer_names_leave_their_common_beginning_alone() -> None:
    page = read_page("Orlen, Orlen Ferries and Orlen Tugs")
    names = [
        _name(page, form, "organisation") for form in ("Orlen,", "Orlen Ferries", "Orlen Tugs")
    ]
    short = page.cut(0, 5, "organisation")
    assert name_organisations([short, *names[1:]], page)[short] == "Orlen"


@pytest.mark.parametrize(
    ("form", "kind", "left"),
    [
        ("Vorel Creek", "person", "place"),
        ("Vorel Trophy", "organisation", "other"),
        ("Jane Hill", "person", "person"),
        ("Vorelshire", "person", "place"),
        ("GMT", "organisation", "other"),
        ("Lib Dems", "person", "organisation"),
        ("W. Va.", "person", "place"),
    ],
)
def test_the_last_word_tells_the_kind(form: str, kind: Kind, left: Kind) -> None:
    page = read_page(form)
    assert retype_heads([page.cut(0, len(form), kind)], page)[0].kind == left


def test_a_common_word_that_is_printed_small_as_well_is_no_name() -> None:
    page = read_page("They like the Laboratory. A laboratory is quiet.")
    assert demote_plain_words([_name(page, "Laboratory", "organisation")], page)[0].kind == "other"


def test_people_are_found_by_their_place_in_a_list() -> None:
    page = read_page(
        "J. Vorelqvist 12 points\n1. Tana Wexlund (Norway) 9.8\nAnn Orlen, Qara Wixt and Bo Holm"
    )
    known = [_name(page, "Ann Orlen", "person"), _name(page, "Bo Holm", "person")]
    assert [name.form for name in add_listed_people(known, page)] == [
        "J. Vorelqvist",
        "Tana Wexlund",
        "Ann Orlen",
        "Qara Wixt",
        "Bo Holm",
    ]


def test_a_list_of_firms_and_states_holds_no_people() -> None:
    page = read_page("W. Va. and A. Council, 2. Norway (Norway), 3. Ferry Cup (Norway)")
    assert add_listed_people([], page) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Qorvel is good. They like it.", "other"),
        ("It was made in Qorvel by hand.", "place"),
        ("Then Qorvel said so.", "person"),
        ("Then Mr Qorvel left.", "person"),
        ("We want Qorvel and Anna Holm.", "person"),
        ("We want [Qorvel] now.", "person"),
    ],
)
def test_a_lone_word_that_nobody_knows_is_a_person_only_where_the_text_shows_it(
    text: str, kind: Kind
) -> None:
    page = read_page(text)
    names = [_name(page, "Qorvel", "person")]
    names += [_name(page, "Anna Holm", "person")] if "Anna" in text else []
    assert demote_unknown(names, page)[0].kind == kind


@pytest.mark.parametrize(
    ("form", "left"),
    [
        ("Orlen 2 Vorel 0", ["Orlen", "Vorel"]),
        ("Orlen 4-0", ["Orlen"]),
        ("Orlen news agency", ["Orlen"]),
        ("Bank of Orlen", ["Bank of Orlen"]),
        ("Group of", ["Group"]),
    ],
)
def test_scores_and_small_words_are_no_part_of_a_name(form: str, left: list[str]) -> None:
    page = read_page(form)
    whole = page.cut(0, len(form), "organisation")
    assert [name.form for name in split_results([whole], page)] == left
