"""Names that places share with rivers, firms, clubs and nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.entities.features import retype_features
from indexer.entities.firms import retype_firms
from indexer.entities.metonyms import retype_speaking
from indexer.entities.names import read_page
from indexer.entities.scanning import scan_located
from indexer.entities.teams import retype_cities, retype_teams
from indexer.entities.unplaced import demote_unplaced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexer.entities.names import Kind, Name, Page


def _kinds(
    rule: Callable[[Sequence[Name], Page], list[Name]], text: str, kind: Kind, *forms: str
) -> list[str]:
    """The kinds that a rule leaves to these names of a text, all of one kind before."""
    page = read_page(text)
    names, at = [], 0
    for form in forms:
        start = text.index(form, at)
        at = start + len(form)
        names.append(page.cut(start, at, kind))
    return [name.kind for name in rule(names, page)]


@pytest.mark.parametrize(
    ("form", "kind"),
    [("Danube", "place"), ("Gascony", "place"), ("Kent", "organisation"), ("Savannah", "person")],
)
def test_a_name_that_is_a_river_or_region_and_nobody_is_a_place(form: str, kind: str) -> None:
    before: Kind = "person" if kind == "person" else "organisation"
    found = _kinds(lambda names, _: retype_features(names), f"{form} rose.", before, form)
    assert found == [kind]


def test_a_town_that_begins_a_companys_name_is_the_company() -> None:
    text = "Orlando may be bought. Shares in Orlando Petroleum Ltd rose."
    assert _kinds(retype_firms, text, "place", "Orlando") == ["organisation"]


def test_a_town_in_which_a_company_lies_stays_a_town() -> None:
    text = "Its plant in Orlando was bought by Orlando Petroleum Ltd."
    assert _kinds(retype_firms, text, "place", "Orlando") == ["place"]


@pytest.mark.parametrize(
    "text",
    [
        "Verona beat Modena 2-1 on Sunday.",
        "Ten men of Modena lost to Verona 2-1.",
        "Verona signed the striker on Monday, the club said.",
        "Verona 2 Modena 1",
        "The striker joined from Verona before the match.",
        "Verona boss Orla Qozme named a striker.",
    ],
)
def test_a_town_that_plays_is_its_club(text: str) -> None:
    assert _kinds(retype_teams, text, "place", "Verona") == ["organisation"]


@pytest.mark.parametrize(
    "text",
    [
        "Verona lost a bridge in the flood.",
        "The match in Verona ended 2-1.",
        "He won the cup in Verona, Italy.",
        "Verona 2 million visitors",
    ],
)
def test_a_town_where_something_happens_stays_a_town(text: str) -> None:
    assert _kinds(retype_teams, text, "place", "Verona") == ["place"]


def test_a_town_that_plays_and_looks_like_a_person_is_its_club() -> None:
    text = "The match ended when Verona scored. Verona beat Modena 2-1."
    assert _kinds(retype_teams, text, "person", "Verona", "Verona") == ["organisation"] * 2


@pytest.mark.parametrize("form", ["Orla Verona", "Qozme"])
def test_a_player_of_whom_the_text_says_more_or_that_is_no_town_stays_a_person(form: str) -> None:
    text = f"{form} beat Modena 2-1. {form.rsplit(maxsplit=1)[-1]} scored twice in the match."
    found = _kinds(retype_teams, text, "person", form, form.rsplit(maxsplit=1)[-1])
    assert found == ["person", "person"]


@pytest.mark.parametrize(
    "text", ["the song of Marseille", "It fell on Marseille. Police of Marseille came."]
)
def test_an_organisation_that_is_called_as_a_large_city_is_the_city(text: str) -> None:
    assert _kinds(retype_cities, text, "organisation", "Marseille") == ["place"]


@pytest.mark.parametrize(
    "text",
    [
        "Marseille said it owed nothing.",
        "Surveys by the Marseille showed it.",
        "Shares in Marseille (NYSE: MRS) fell.",
        "The striker left Marseille.",
    ],
)
def test_a_body_that_acts_or_plays_under_the_name_of_a_city_stays_one(text: str) -> None:
    assert _kinds(retype_cities, text, "organisation", "Marseille") == ["organisation"]


def test_the_city_that_a_longer_name_begins_with_may_be_a_firm() -> None:
    text = "Marseille Steel sells. Debts of Marseille grow."
    found = _kinds(retype_cities, text, "organisation", "Marseille Steel", "Marseille")
    assert found == ["organisation", "organisation"]


@pytest.mark.parametrize("form", ["England", "Brazil", "Texas"])
def test_countries_play_under_their_own_name(form: str) -> None:
    assert _kinds(retype_teams, f"{form} beat Verona 2-1.", "place", form) == ["place"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("He was born in Xyzzybury.", "Xyzzybury"),
        ("The Xyzzy River rose.", "Xyzzy River"),
        ("the Xyzzy mountains", "Xyzzy"),
        ("Southern Norway is cold.", "Southern Norway"),
        ("XYZZYBURY, May 3 - Rain fell.", "XYZZYBURY"),
        ("TAMPA, Fla - Rain fell.", "Fla"),
    ],
)
def test_an_unknown_place_stays_where_the_text_speaks_of_one(text: str, form: str) -> None:
    assert _kinds(demote_unplaced, text, "place", form) == ["place"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Xyzzybury won.", "Xyzzybury"),
        ("a career in Marketing", "Marketing"),
        ("with Best Single of the year", "Best Single"),
    ],
)
def test_an_unknown_place_that_nothing_lies_in_is_none(text: str, form: str) -> None:
    assert _kinds(demote_unplaced, text, "place", form) == ["other"]


def test_what_is_listed_after_a_place_and_what_is_one_elsewhere_stay_places() -> None:
    text = "He lived in Xyzzybury and Plughton. Xyzzybury is small."
    forms = ("Xyzzybury", "Plughton", "Xyzzybury")
    assert _kinds(demote_unplaced, text, "place", *forms) == ["place", "place", "place"]


@pytest.mark.parametrize(
    ("text", "kind"), [("Ankara said no.", "place"), ("Ankara rose 2 per cent.", "organisation")]
)
def test_a_large_city_that_speaks_is_a_place(text: str, kind: str) -> None:
    assert _kinds(retype_speaking, text, "organisation", "Ankara") == [kind]


@pytest.mark.parametrize(
    ("text", "found"),
    [("A road near Innsbruck is shut.", ["Innsbruck"]), ("A road near Savannah is shut.", [])],
)
def test_a_city_near_which_something_lies_is_found(text: str, found: list[str]) -> None:
    assert [name.form for name in scan_located([], read_page(text))] == found
