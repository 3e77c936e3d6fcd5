"""What a name spans: titles, possessives, glued words, lists, tables of numbers."""

from __future__ import annotations

import pytest

from indexer.entities.names import Kind, Name, read_page, straighten
from indexer.entities.spans import (
    clean_spans,
    demote_unlikely_people,
    drop_shapeless,
    split_spans,
)


def _cleaned(form: str, kind: Kind) -> list[str]:
    page = read_page(form)
    whole = [page.cut(0, len(form), kind)]
    return [name.form for name in drop_shapeless(split_spans(clean_spans(whole)))]


@pytest.mark.parametrize(
    ("form", "kind", "left"),
    [
        ("Anna Lindqvist's", "person", "Anna Lindqvist"),
        ("Boris Kostas' brother", "person", "Boris Kostas"),
        ("Anna Lindqvist-led", "person", "Anna Lindqvist"),
        ("Anna Lindqvist-led the Harbour Group", "person", "Anna Lindqvist"),
        ("Oslo-based", "place", "Oslo"),
        ("ex-President Lindqvist", "person", "Lindqvist"),
        ("anti-Lindqvist", "person", "Lindqvist"),
        ("Prime Minister Anna Lindqvist", "person", "Anna Lindqvist"),
        ("Swedish President Anna Lindqvist", "person", "Anna Lindqvist"),
        ("Swedish Anna Lindqvist", "person", "Anna Lindqvist"),
        ("Harbour Group CEO", "organisation", "Harbour Group"),
        ("While Harbour Group", "organisation", "Harbour Group"),
        ("Sen. Anna Lindqvist", "person", "Anna Lindqvist"),
        ("Mr Lindqvist", "person", "Lindqvist"),
        ("Anna Lindqvist MP", "person", "Anna Lindqvist"),
        ("Anna Lindqvist, QC", "person", "Anna Lindqvist"),
        ("The Netherlands", "place", "Netherlands"),
        ("the Harbour Group", "organisation", "Harbour Group"),
        ("Lindqvist\nNext line", "person", "Lindqvist"),
        ('"Lindqvist,"', "person", "Lindqvist"),
        ("Lindqvist 6-4", "person", "Lindqvist"),
        ("[Lindqvist]", "person", "Lindqvist"),
        ("People's Front", "organisation", "People's Front"),
        ("Harbour Group (HGX)", "organisation", "Harbour Group"),
        ("Harbour Group (HGX", "organisation", "Harbour Group"),
        ("HGX> Harbour Group", "organisation", "Harbour Group"),
        ("see Vantor)Harbour Group", "organisation", "Harbour Group"),
        ("Harbour Group: What Now", "organisation", "Harbour Group"),
        ("Harbour (Oslo) Group", "organisation", "Harbour (Oslo) Group"),
    ],
)
def test_a_name_loses_what_is_not_its_own(form: str, kind: Kind, left: str) -> None:
    assert _cleaned(form, kind) == [left]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("Conan O'Brien", "person"),
        ("Jean-Luc Moreau", "person"),
        ("Martin Ledger, Jr", "person"),
        ("Rostov-on-Don", "place"),
        ("U.S.", "place"),
        ("Bashir al-Hakim", "person"),
        ("Anna King", "person"),
    ],
)
def test_a_name_keeps_what_is_its_own(form: str, kind: Kind) -> None:
    assert _cleaned(form, kind)[0].rstrip(".") == form.rstrip(".")


def test_people_and_places_in_a_list_are_several() -> None:
    assert _cleaned("Oslo, Norway", "place") == ["Oslo", "Norway"]
    assert _cleaned("Anna Lindqvist & Boris Kostas", "person") == ["Anna Lindqvist", "Boris Kostas"]
    assert _cleaned("Smith, Wood and Co", "organisation") == ["Smith, Wood and Co"]


@pytest.mark.parametrize("form", ["2019", "the", "rain", "...", "We", "File -> Open"])
def test_what_has_no_name_in_it_is_none(form: str) -> None:
    assert _cleaned(form, "person") == []


def test_the_country_us_is_no_pronoun() -> None:
    assert _cleaned("US", "place") == ["US"]


@pytest.mark.parametrize("form", ["Anna 3rd", "Anna who sings", "Area 51"])
def test_a_person_has_no_digits_and_no_small_words(form: str) -> None:
    (name,) = demote_unlikely_people([Name(0, len(form), "person", form)])
    assert name.kind == "other"


@pytest.mark.parametrize("form", ["Ludwig van Houten", "Ursula von der Aue", "Omar bin Said"])
def test_particles_are_part_of_a_person(form: str) -> None:
    (name,) = demote_unlikely_people([Name(0, len(form), "person", form)])
    assert name.kind == "person"


def test_straightening_keeps_every_offset() -> None:
    text = "\u201cAnna\u2019s\u201d USA \U0001f1fa\U0001f1f8 won"
    assert straighten(text) == '"Anna\'s" USA    won'
    assert len(straighten(text)) == len(text)
