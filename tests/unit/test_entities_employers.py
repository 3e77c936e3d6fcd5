"""Bodies that the text shows by who works for them, or calls so."""

from __future__ import annotations

import pytest

from indexer.entities.employers import retype_founders, scan_called
from indexer.entities.names import Kind, read_page


def _kinds(text: str, *forms: str, kind: Kind = "person") -> list[Kind]:
    """What becomes of these names of a text, in order, all of one kind before."""
    page, names, at = read_page(text), [], 0
    for form in forms:
        start = text.index(form, at)
        at = start + len(form)
        names.append(page.cut(start, at, kind))
    return [name.kind for name in retype_founders(names, page)]


@pytest.mark.parametrize(
    "text",
    [
        "the law firm Edith Barnard",
        "He is an analyst at Edith Barnard.",
        "The economist with Edith Barnard agreed.",
        "Edith Barnard shares fell.",
        "An Edith Barnard analyst agreed.",
    ],
)
def test_whom_analysts_work_for_and_of_whom_there_are_shares_is_a_firm(text: str) -> None:
    assert _kinds(text, "Edith Barnard") == ["organisation"]


def test_every_mention_of_the_firm_is_one() -> None:
    text = "Edith Barnard shares fell. He left Edith Barnard."
    assert _kinds(text, "Edith Barnard", "Edith Barnard") == ["organisation"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "The firm Edith Barnard founded is gone.",
        "He is an analyst who met Edith Barnard.",
        "Edith Barnard shared it.",
        "Edith Barnard shares her top places.",
        "the broadcaster Edith Barnard",
        "Edith Barnard's firm is gone.",
        "Edith Barnard shares fell, said Mrs Edith Barnard.",
    ],
)
def test_who_leads_a_firm_is_none(text: str) -> None:
    assert set(_kinds(text, *["Edith Barnard"] * text.count("Edith Barnard"))) == {"person"}


def test_a_surname_behind_a_firm_is_of_the_person_whom_the_text_names() -> None:
    text = "Edith Barnard left the company Barnard loved."
    assert _kinds(text, "Edith Barnard", "Barnard") == ["person", "person"]


def test_who_is_at_a_firm_shows_it() -> None:
    assert _kinds("Orla Qozme at Edith Barnard agreed.", "Orla Qozme", "Edith Barnard") == [
        "person",
        "organisation",
    ]


def test_a_town_or_a_thing_that_is_called_a_band_is_one_there() -> None:
    text = "The band Portland came to Portland."
    assert _kinds(text, "Portland", "Portland", kind="place") == ["organisation", "place"]
    assert _kinds("the daily Vorel Post", "Vorel Post", kind="other") == ["organisation"]
    assert _kinds("the company France runs", "France", kind="place") == ["place"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It bought the security firm Vantor Labs in May.", ["Vantor Labs"]),
        ("Her band Qozme split.", ["Qozme"]),
        ("The company President left.", []),
        ("A company Orla Qozme founded left.", []),
        ("The firm TV rights went to is gone.", []),
        ("a firm Summer sale", []),
    ],
)
def test_a_body_that_the_model_left_out_is_found_where_it_is_called_one(
    text: str, found: list[str]
) -> None:
    assert [name.form for name in scan_called([], read_page(text))] == found
