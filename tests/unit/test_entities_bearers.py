"""Places whose name a thing bears, land around a division, towns and what contains them."""

from __future__ import annotations

import pytest

from indexer.entities.bearers import demote_called, demote_parts, demote_patrons, retype_clubs
from indexer.entities.names import Kind, Name, read_page
from indexer.entities.places import resolve_places
from indexer.entities.scanning import mark_datelines, scan_lands
from indexer.entities.surroundings import demote_located


def _ids(text: str, *forms: str) -> list[str]:
    page = read_page(text)
    names: list[Name] = []
    for form in forms:
        start = text.index(form, names[-1].end if names else 0)
        names.append(page.cut(start, start + len(form), "place"))
    return [place.id if place else "" for place in resolve_places(names, page).values()]


def _one(text: str, form: str, kind: Kind) -> tuple[Name, str]:
    start = text.index(form)
    return read_page(text).cut(start, start + len(form), kind), text


@pytest.mark.parametrize("thing", ["mine", "stadium", "copper and gold mine", "hospital"])
def test_what_a_thing_is_named_after_lies_in_no_country_that_the_text_is_not_about(
    thing: str,
) -> None:
    text = f"Peru and Peru again. They ran to the Valencia {thing}."
    assert _ids(text, "Peru", "Peru", "Valencia")[-1] == ""


def test_a_town_that_something_lies_in_keeps_its_hospital() -> None:
    text = "In Vienna it rained. The Vienna hospital was full."
    assert _ids(text, "Vienna", "Vienna") == ["geonames:2761369"] * 2


def test_a_single_name_with_an_article_is_no_town() -> None:
    assert _ids("They fished in the Paraná.", "Paraná") == [""]
    [andes] = _ids("They crashed in the Andes.", "Andes")
    assert andes.startswith("wordnet:")  # the range, and not the towns of its name


def test_the_article_of_a_towns_own_name_does_not_speak_against_it() -> None:
    assert _ids("He went to the Hague.", "Hague") == ["geonames:2747373"]


@pytest.mark.parametrize("land", ["region", "desert", "province"])
def test_land_is_looked_up_as_the_division_of_its_name(land: str) -> None:
    text = f"It lies in the Antofagasta {land}."
    assert _ids(text, "Antofagasta") == ["division:CL-AN"]
    assert [name.form for name in scan_lands([], read_page(text))] == ["Antofagasta"]


def test_an_unknown_town_of_a_known_state_is_no_namesake_elsewhere() -> None:
    text = "In Vienna, Alabama, he rested. Vienna was quiet."
    assert _ids(text, "Vienna", "Alabama", "Vienna") == ["", "division:US-AL", ""]


def test_a_list_of_places_contains_nothing() -> None:
    text = "He saw Rome, Vienna, Spain and Peru."
    assert _ids(text, "Rome", "Vienna", "Spain", "Peru")[1] == "geonames:2761369"


def test_a_dateline_may_have_accents_on_its_capitals() -> None:
    page = read_page("COPIAPÓ, Chile (Wire) - They dug.")
    assert [name.form for name in mark_datelines([], page)][:1] == ["COPIAPÓ"]


def test_what_is_called_so_is_a_thing() -> None:
    name, text = _one("A capsule called Phoenix came.", "Phoenix", "place")
    assert [n.kind for n in demote_called([name], read_page(text))] == ["other"]


def test_a_town_behind_the_first_word_of_a_club_is_no_place() -> None:
    name, text = _one("He saw Real Madrid play.", "Madrid", "place")
    assert [n.kind for n in demote_parts([name], read_page(text))] == ["other"]
    club, _ = _one("He saw Dynamo Moscow play.", "Dynamo Moscow", "person")
    assert [n.kind for n in retype_clubs([club])] == ["organisation"]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("Doncaster Rovers", "organisation"),
        ("Salt Lake City Sharks", "organisation"),
        ("Austin Rivers", "person"),
        ("Edith Saints", "person"),
    ],
)
def test_a_person_who_is_called_as_a_town_and_its_team_is_a_club(form: str, kind: str) -> None:
    name, _ = _one(f"They watched {form} play.", form, "person")
    assert [n.kind for n in retype_clubs([name])] == [kind]


def test_the_patron_of_a_thing_is_no_person_of_the_news() -> None:
    name, text = _one("They met at the Maria Kowalewski stadium.", "Maria Kowalewski", "person")
    assert [n.kind for n in demote_patrons([name], read_page(text))] == ["other"]


def test_who_stands_only_behind_in_at_the_head_of_a_sentence_is_no_person() -> None:
    name, text = _one("It rained. In Qoxo Yzumo, a dam burst.", "Qoxo Yzumo", "person")
    assert [n.kind for n in demote_located([name], read_page(text))] == ["other"]
