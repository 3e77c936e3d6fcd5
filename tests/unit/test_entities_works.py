"""Works and products that bear a name are neither people nor organisations."""

from __future__ import annotations

import pytest

from indexer.entities.names import Kind, read_page
from indexer.entities.works import demote_works


def _kinds(text: str, form: str, kind: Kind = "organisation") -> list[Kind]:
    """What becomes of every mention of a form, all of which the model takes for one kind."""
    page = read_page(text)
    starts = [page.words[at].start for at in page.places[form.split(maxsplit=1)[0]]]
    names = [page.cut(start, start + len(form), kind) for start in starts]
    return [name.kind for name in demote_works(names, page)]


@pytest.mark.parametrize(
    "before", ["The film", "A teen comedy", "the novel", "The worm", "A TV drama"]
)
def test_what_stands_behind_its_genre_is_a_work(before: str) -> None:
    assert _kinds(f"{before} Quiet Harbour came out.", "Quiet Harbour") == ["other"]


def test_a_work_that_is_called_as_a_place_is_no_place_there_alone() -> None:
    assert _kinds("The musical Lisbon opened in Lisbon.", "Lisbon", "place") == ["other", "place"]


@pytest.mark.parametrize(
    "text",
    [
        "Orlen showed its Vantor rocket.",
        "Orlen's new Vantor smartphone is out.",
        "Orlen's Vantor operating system is out.",
        "It launched a Vantor 9 rocket.",
        "The product, called Vantor, is out.",
        "an app dubbed Vantor",
    ],
)
def test_a_device_that_somebody_owns_or_that_is_called_so_is_no_organisation(text: str) -> None:
    assert _kinds(text, "Vantor") == ["other"]


def test_every_mention_of_a_device_is_one() -> None:
    assert _kinds("Its Vantor rocket flew. Vantor is tall.", "Vantor") == ["other", "other"]


@pytest.mark.parametrize(
    "text",
    [
        "The Vantor rocket flew.",  # its maker's, as likely
        "A Vantor 737 jet landed.",
        "A company called Vantor made it.",
        "The Vantor film was long.",
        "The directors of the firm Vantor left.",
        "He said that Vantor rose.",
        "They saw Barnard's Vantor rocket plant.",
    ],
)
def test_what_may_be_the_maker_stays_an_organisation(text: str) -> None:
    assert _kinds(text, "Vantor") == ["organisation"]


def test_a_maker_that_acts_elsewhere_is_an_organisation_there() -> None:
    text = "They sold their Vantor laptop. Vantor said it was old."
    assert _kinds(text, "Vantor") == ["other", "organisation"]


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_who_is_a_star_of_a_film_is_none(kind: Kind) -> None:
    assert _kinds("Said the film star Edith Barnard.", "Edith Barnard", kind) == [kind]


def test_an_organisation_that_fills_a_quotation_is_a_title_there_alone() -> None:
    assert _kinds('Called "Super Vantor," it grew.', "Super Vantor") == ["other"]
    assert _kinds('"Vantor grew," he said.', "Vantor") == ["organisation"]


@pytest.mark.parametrize(
    ("text", "thing", "acronym", "kind"),
    [
        ("the Orlen Ferry Accord (OFA)", "Orlen Ferry Accord", "OFA", "other"),
        ("the Orlen Ferry Laboratory (OFL)", "Orlen Ferry Laboratory", "OFL", "organisation"),
        ("Frankfurt am Main (AFP) -", "Frankfurt am Main", "AFP", "organisation"),
    ],
)
def test_what_is_explained_by_a_thing_is_one(
    text: str, thing: str, acronym: str, kind: Kind
) -> None:
    page, start = read_page(text), text.index(thing)
    at = text.index(acronym)
    names = [
        page.cut(start, start + len(thing), "other"),
        page.cut(at, at + len(acronym), "organisation"),
    ]
    assert [name.kind for name in demote_works(names, page)] == ["other", kind]


def test_a_prize_of_the_year_is_no_body() -> None:
    assert _kinds("the Orlen Ferry Captain of the Year", "Orlen Ferry Captain") == ["other"]


@pytest.mark.parametrize(("kind", "left"), [("other", "other"), ("organisation", "organisation")])
def test_the_initials_of_a_thing_are_one_and_those_of_a_body_are_one(
    kind: Kind, left: Kind
) -> None:
    text = "The Orlen Ferry Accord is old. OFA was news."
    page = read_page(text)
    names = [page.cut(4, 22, kind), page.cut(31, 34, "organisation")]
    assert [name.kind for name in demote_works(names, page)] == [kind, left]


def test_whom_a_star_stands_behind_is_the_work_that_is_starred_in() -> None:
    assert _kinds("Edith star Orla Qozme left.", "Edith", "person") == ["other"]
    assert _kinds("Vantor star Orla Qozme left.", "Vantor") == ["organisation"]
