"""Firms that bear a person's name."""

from __future__ import annotations

import pytest

from indexer.entities.firms import retype_founders
from indexer.entities.names import Kind, read_page


def _kinds(text: str, *forms: str) -> list[Kind]:
    """What becomes of these people of a text, in order."""
    page, names, at = read_page(text), [], 0
    for form in forms:
        start = text.index(form, at)
        at = start + len(form)
        names.append(page.cut(start, at, "person"))
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
        "Edith Barnard's firm is gone.",
        "Edith Barnard shares fell, said Mrs Edith Barnard.",
    ],
)
def test_who_leads_a_firm_is_none(text: str) -> None:
    assert set(_kinds(text, *["Edith Barnard"] * text.count("Edith Barnard"))) == {"person"}


def test_a_surname_behind_a_firm_is_of_the_person_whom_the_text_names() -> None:
    text = "Edith Barnard left the company Barnard loved."
    assert _kinds(text, "Edith Barnard", "Barnard") == ["person", "person"]
