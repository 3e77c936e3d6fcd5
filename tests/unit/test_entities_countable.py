"""Acronyms and models that can be counted, and share indices, are no organisations."""

from __future__ import annotations

import pytest

from indexer.entities.countable import demote_countable
from indexer.entities.names import Kind, read_page


def _kinds(text: str, form: str) -> list[Kind]:
    page, names, at = read_page(text), [], text.find(form)
    while at >= 0:
        names.append(page.cut(at, at + len(form), "organisation"))
        at = text.find(form, at + 1)
    return [name.kind for name in demote_countable(names, page)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Ask your QNP, or wait.", "QNP"),
        ("That is a QNP of his.", "QNP"),
        ("Several QNPs were sold.", "QNPs"),
        ("The vantBook is flat. Older vantBooks are not.", "vantBook"),
        ("The MBQs sat.", "MBQs"),
        ("New vantBooks are out. The vantBook was old.", "vantBooks"),
    ],
)
def test_what_has_an_article_or_a_plural_is_a_thing(text: str, form: str) -> None:
    assert set(_kinds(text, form)) == {"other"}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("A QNP report came.", "QNP"),
        ("The QNP, too, agreed.", "QNP"),
        ("A QNP, or two. The QNP said so.", "QNP"),
        ("Ask your Vantor, or wait.", "Vantor"),
        ("Vantor sued Vantors Ltd.", "Vantor"),
    ],
)
def test_a_body_with_a_noun_behind_it_or_one_that_acts_stays(text: str, form: str) -> None:
    assert set(_kinds(text, form)) == {"organisation"}


@pytest.mark.parametrize(
    "text",
    [
        "The Vantor 100 index was calm.",
        "Vantor 250 futures fell.",
        "The Vantor composite was calm.",
        "The Vantor rose 12.5 points to 900.",
        "The Vantor index was down 3 points.",
    ],
)
def test_a_share_index_is_no_organisation(text: str) -> None:
    assert _kinds(text, "Vantor") == ["other"]


@pytest.mark.parametrize(
    "text",
    ["Shares in Vantor rose 12 pence.", "Vantor fell 3 percent.", "The Vantor index uncovered it."],
)
def test_a_firm_whose_shares_move_stays_one(text: str) -> None:
    assert _kinds(text, "Vantor") == ["organisation"]
