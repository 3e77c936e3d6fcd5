"""Who is a person, who is none, and whom a single word means."""

from __future__ import annotations

import pytest

from indexer.entities.given import add_given_names, extend_people
from indexer.entities.names import Kind, Name, Page, read_page
from indexer.entities.overlooked import promote_given_names
from indexer.entities.people import (
    demote_common_words,
    demote_prefixes,
    demote_things,
    name_people,
    promote_surnames,
)
from indexer.entities.retyping import (
    demote_peoples,
    retype_brands,
    retype_companies,
    retype_places,
    vote_kinds,
)
from indexer.entities.surroundings import demote_articled


def _name(page: Page, form: str, kind: Kind = "person", after: int = 0) -> Name:
    start = page.text.index(form, after)
    return page.cut(start, start + len(form), kind)


def _kinds(names: list[Name]) -> list[tuple[str, str]]:
    return [(name.form, name.kind) for name in names]


def test_an_unlabelled_given_name_and_surname_are_a_person() -> None:
    page = read_page("On Friday Jean-Luc Kowalewski resigned.")
    assert _kinds(add_given_names([], page)) == [("Jean-Luc Kowalewski", "person")]


@pytest.mark.parametrize(
    "text",
    [
        "He ran the Maria Kowalewski Foundation.",  # a longer run of capitals
        "They met in Victoria Falls.",
        "Charlotte Airport was closed.",
        "On Maria Monday nothing happened.",
        "MARIA KOWALEWSKI",
    ],
)
def test_a_given_name_in_something_longer_is_no_person(text: str) -> None:
    assert add_given_names([], read_page(text)) == []


def test_a_title_may_stand_before_given_names() -> None:
    page = read_page("Senator Maria Kowalewski voted.")
    assert _kinds(add_given_names([], page)) == [("Maria Kowalewski", "person")]


def test_an_organisation_called_as_a_person_is_one() -> None:
    page = read_page("Maria Kowalewski said no.")
    (name,) = promote_given_names([_name(page, "Maria Kowalewski", "organisation")], page)
    assert name.kind == "person"


@pytest.mark.parametrize("form", ["Maria Bank", "Maria Street", "Santa Maria", "Oslo Kowalewski"])
def test_a_given_name_with_a_common_word_or_a_place_is_no_person(form: str) -> None:
    page = read_page(f"{form} said no.")
    (name,) = promote_given_names([_name(page, form, "organisation")], page)
    assert name.kind == "organisation"


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("Anna van der Wexlund", "person"),
        ("Boris wa Qozme", "person"),
        ("Carlos de la Vorel", "person"),
        ("Banca di Vorel", "organisation"),
        ("Anna and Wexlund", "organisation"),
        ("Maria de France", "organisation"),
    ],
)
def test_particles_between_given_name_and_surname_make_a_person(form: str, kind: Kind) -> None:
    page = read_page(f"So said {form}.")
    names = promote_given_names([_name(page, form, "organisation")], page)
    assert [name.kind for name in names] == [kind]


def test_an_unknown_name_that_a_country_owns_is_a_person() -> None:
    page = read_page("Japan's Xaori Yzumito spoke.")
    (name,) = promote_given_names([_name(page, "Xaori Yzumito", "place")], page)
    assert name.kind == "person"


def test_a_lone_surname_takes_the_given_name_before_it() -> None:
    page = read_page("Then Muthaya Vorelkar spoke.")
    assert _kinds(extend_people([_name(page, "Vorelkar")], page))[0][0] in {
        "Muthaya Vorelkar",
        "Vorelkar",
    }
    page = read_page("It was Muthaya Vorelkar.")
    assert _kinds(extend_people([_name(page, "Vorelkar")], page)) == [
        ("Muthaya Vorelkar", "person")
    ]


def test_a_person_goes_on_after_particles() -> None:
    page = read_page("Then Ulla von der Vorel and Jan van Houten left, Ola von Oslo too.")
    cut = [_name(page, "Ulla von"), _name(page, "Vorel"), _name(page, "Jan")]
    assert [n.form for n in extend_people(cut, page)] == ["Ulla von der Vorel", "Jan van Houten"]
    plain = read_page("Ulla Vorel and Jan of Oslo")
    whole = [_name(plain, "Ulla Vorel"), _name(plain, "Jan")]
    assert extend_people(whole, plain) == whole


def test_a_given_name_between_title_and_surname_is_taken() -> None:
    page = read_page("Defence Minister Muthaya Vorelkar spoke.")
    (name,) = extend_people([_name(page, "Vorelkar")], page)
    assert name.form == "Muthaya Vorelkar"


@pytest.mark.parametrize(
    "text", ["Read Vorelkar here.", "He is President Vorelkar.", "In Oslo Vorelkar sang."]
)
def test_what_is_no_given_name_stays_outside(text: str) -> None:
    page = read_page(text)
    assert _kinds(extend_people([_name(page, "Vorelkar")], page)) == [("Vorelkar", "person")]


def test_the_surname_of_a_full_person_is_a_person() -> None:
    page = read_page("Anna Vorelkar came. Vorelkar spoke. Oslo slept.")
    names = [
        _name(page, "Anna Vorelkar"),
        _name(page, "Vorelkar", "place", 15),
        _name(page, "Oslo", "place"),
    ]
    assert [n.kind for n in promote_surnames(names)] == ["person", "person", "place"]


def test_a_surname_with_its_particle_is_a_person() -> None:
    page = read_page("Marine Le Corvin came. Le Corvin spoke.")
    names = [_name(page, "Marine Le Corvin"), _name(page, "Le Corvin", "organisation", 20)]
    assert [n.kind for n in promote_surnames(names)] == ["person", "person"]


def test_the_majority_decides_on_a_form() -> None:
    page = read_page("Vorel ran. Vorel sat. Vorel lay.")
    names = [
        _name(page, "Vorel"),
        _name(page, "Vorel", "place", 8),
        _name(page, "Vorel", "place", 20),
    ]
    assert {n.kind for n in vote_kinds(names)} == {"place"}


@pytest.mark.parametrize(
    "form", ["Women", "Library", "Monday", "President", "Housewives", "Easter"]
)
def test_a_common_word_is_no_person(form: str) -> None:
    assert demote_common_words([Name(0, len(form), "person", form)])[0].kind == "other"


@pytest.mark.parametrize("form", ["Becker", "Lindqvist"])
def test_a_surname_is_no_common_word(form: str) -> None:
    assert demote_common_words([Name(0, len(form), "person", form)])[0].kind == "person"


def test_several_words_that_end_in_a_common_one_are_no_person() -> None:
    assert demote_things([Name(0, 16, "person", "Reading Railroad")])[0].kind == "other"
    assert demote_things([Name(0, 14, "person", "Asymmetric Vor")])[0].kind == "other"
    assert demote_things([Name(0, 11, "person", "Tiger Woods")])[0].kind == "person"
    assert demote_things([Name(0, 12, "person", "Maria Garden")])[0].kind == "person"
    assert demote_things([Name(0, 9, "person", "J. Garden")])[0].kind == "person"


@pytest.mark.parametrize(
    "form", ["Russians", "Frenchmen", "Slavs", "Muslims", "Belarusian", "Brazilians"]
)
def test_peoples_and_believers_are_neither_person_nor_place(form: str) -> None:
    for kind in ("person", "place"):
        assert demote_peoples([Name(0, len(form), kind, form)])[0].kind == "other"


@pytest.mark.parametrize("form", ["Laos", "Philippines", "Christian", "Lindqvists"])
def test_countries_given_names_and_families_are_no_peoples(form: str) -> None:
    assert demote_peoples([Name(0, len(form), "place", form)])[0].kind == "place"


@pytest.mark.parametrize("form", ["Facebook", "Instagram", "Reddit", "Xinhua", "Reuters"])
def test_platforms_and_agencies_are_organisations(form: str) -> None:
    assert retype_brands([Name(0, len(form), "person", form)])[0].kind == "organisation"


def test_a_surname_of_the_document_is_no_brand() -> None:
    names = [Name(0, 12, "person", "Anna Reddit"), Name(20, 26, "person", "Reddit")]
    assert [n.kind for n in retype_brands(names)] == ["person", "person"]


def test_what_ends_as_a_company_is_one() -> None:
    assert retype_companies([Name(0, 13, "person", "Lindqvist Ltd")])[0].kind == "organisation"
    assert retype_companies([Name(0, 3, "person", "Ltd")])[0].kind == "person"


def test_a_word_after_the_article_is_no_person_unless_the_document_knows_one() -> None:
    page = read_page("Along the Vorel. The Lindqvist cabinet of Anna Lindqvist fell.")
    names = [_name(page, "Vorel"), _name(page, "Lindqvist"), _name(page, "Anna Lindqvist")]
    assert [n.kind for n in demote_articled(names, page)] == ["other", "person", "person"]


def test_the_first_word_of_a_longer_organisation_is_that_organisation() -> None:
    page = read_page("Vorel Group sells. Vorel said so, and Anna Vorel.")
    group, lone = _name(page, "Vorel Group", "organisation"), _name(page, "Vorel", after=12)
    assert demote_prefixes([group, lone], page)[1].kind == "organisation"
    named = _name(page, "Anna Vorel")
    assert demote_prefixes([group, lone, named], page)[1].kind == "person"


def test_who_bears_a_title_is_no_organisation_that_begins_like_him() -> None:
    page = read_page("The Vorel Administration fell. President Vorel went.")
    group = _name(page, "Vorel Administration", "organisation")
    assert demote_prefixes([group, _name(page, "Vorel", after=12)], page)[1].kind == "person"


@pytest.mark.parametrize(
    ("form", "kind"),
    [("Norway", "person"), ("Britain", "organisation"), ("Alabama", "person"), ("Osaka", "other")],
)
def test_countries_states_and_large_cities_are_places(form: str, kind: Kind) -> None:
    assert retype_places([Name(0, len(form), kind, form)])[0].kind == "place"


def test_a_person_called_like_a_place_stays_one() -> None:
    names = [Name(0, 11, "person", "Jack London"), Name(20, 26, "person", "London")]
    assert [n.kind for n in retype_places(names)] == ["person", "person"]
    assert retype_places([Name(0, 6, "person", "Jordan")])[0].kind == "person"
    assert retype_places([Name(0, 6, "person", "Austin")])[0].kind == "person"


def test_jordan_beside_its_neighbours_is_the_country() -> None:
    names = [Name(0, 5, "place", "Syria"), Name(10, 16, "person", "Jordan")]
    assert [n.kind for n in retype_places(names)] == ["place", "place"]


def test_a_single_word_means_the_nearest_full_name_before_it() -> None:
    page = read_page("Anna Vorel. Boris Vorel. Vorel. Anna. VOREL")
    full = [_name(page, "Anna Vorel"), _name(page, "Boris Vorel")]
    short = [_name(page, "Vorel", after=25), _name(page, "Anna", after=25), _name(page, "VOREL")]
    named = name_people(full + short)
    assert [named[name] for name in short] == ["Boris Vorel", "Anna Vorel", "Boris Vorel"]


def test_a_surname_in_the_headline_means_the_first_full_name_after_it() -> None:
    page = read_page("Vorel goes\n\nAnna Vorel went. Kostas stayed.")
    names = [_name(page, "Vorel"), _name(page, "Anna Vorel"), _name(page, "Kostas")]
    named = name_people(names)
    assert [named[name] for name in names] == ["Anna Vorel", "Anna Vorel", "Kostas"]


def test_capitals_are_printed_as_books_do() -> None:
    page = read_page("ANNA VOREL WINS\n\nVorel won.")
    names = [_name(page, "ANNA VOREL"), _name(page, "Vorel")]
    assert set(name_people(names).values()) == {"Anna Vorel"}
