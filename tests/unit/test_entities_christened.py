"""Storms, ships, works and models are neither people nor organisations."""

from __future__ import annotations

import pytest

from indexer.entities.christened import demote_christened
from indexer.entities.names import Kind, read_page


def _kinds(text: str, *forms: tuple[str, Kind]) -> list[str]:
    page = read_page(text)
    names, end = [], 0
    for form, kind in forms:
        start = text.index(form, end)
        end = start + len(form)
        names.append(page.cut(start, end, kind))
    return [name.kind for name in demote_christened(names, page)]


def test_a_storm_and_its_name_alone_are_no_people() -> None:
    text = "Hurricane Odile hit. Odile weakened. Tropical Storm Hugo and Typhoon Mawla follow."
    forms: list[tuple[str, Kind]] = [
        ("Odile", "person"),
        ("Odile", "person"),
        ("Storm Hugo", "person"),
        ("Typhoon Mawla", "organisation"),
    ]
    assert _kinds(text, *forms) == ["other"] * 4


def test_a_storm_that_the_model_overlooks_lends_its_name_to_no_person() -> None:
    text = "Hurricane Odile hit. Odile weakened."
    page = read_page(text)
    again = page.cut(text.rindex("Odile"), text.rindex("Odile") + 5, "person")
    assert [name.kind for name in demote_christened([again], page)] == ["other"]


def test_a_person_called_as_the_storm_is_stays_one() -> None:
    text = "Hurricane Odile hit the house of Odile Barnard. Odile was out."
    forms: list[tuple[str, Kind]] = [
        ("Odile", "person"),
        ("Odile Barnard", "person"),
        ("Odile", "person"),
    ]
    assert _kinds(text, *forms) == ["other", "person", "person"]


def test_a_storm_without_its_kind_is_one_where_the_text_speaks_of_weather() -> None:
    text = "Storm Odile tore roofs off. Odile brought gusts and rain. Storm Odile left."
    forms: list[tuple[str, Kind]] = [
        ("Storm Odile", "person"),
        ("Odile", "person"),
        ("Odile", "person"),
    ]
    assert _kinds(text, *forms) == ["other"] * 3


def test_a_person_called_storm_is_one_where_nothing_speaks_of_weather() -> None:
    assert _kinds("Storm Barnard sang in the rain.", ("Storm Barnard", "person")) == ["person"]


@pytest.mark.parametrize("body", ["Hurricane Odile Fund", "Hurricane Committee"])
def test_a_body_that_deals_with_storms_is_an_organisation(body: str) -> None:
    assert _kinds(f"The {body} paid.", (body, "organisation")) == ["organisation"]


@pytest.mark.parametrize("ship", ["HMS", "The frigate", "The tanker Lady"])
def test_a_ship_is_not_the_person_it_is_named_after(ship: str) -> None:
    assert _kinds(f"{ship} Edith Barnard sank.", ("Edith Barnard", "person")) == ["other"]


def test_a_ship_with_its_prefix_is_no_organisation() -> None:
    assert _kinds("The USS Barnard sailed.", ("USS Barnard", "organisation")) == ["other"]


@pytest.mark.parametrize("quote", ['"Edith Barnard"', '"Edith Barnard,"'])
def test_a_name_that_is_all_of_a_quote_is_a_work(quote: str) -> None:
    assert _kinds(f"He wrote {quote} in May.", ("Edith Barnard", "person")) == ["other"]


def test_a_quoted_name_that_the_text_meets_again_is_a_person() -> None:
    text = 'The man they call "Edith Barnard" spoke. Barnard left.'
    assert _kinds(text, ("Edith Barnard", "person"), ("Barnard", "person")) == ["person"] * 2


def test_a_numbered_model_is_no_organisation() -> None:
    text = "The Nimbus S22 costs more than Channel 4 paid."
    forms: list[tuple[str, Kind]] = [("Nimbus S22", "organisation"), ("Channel 4", "organisation")]
    assert _kinds(text, *forms) == ["other", "organisation"]
