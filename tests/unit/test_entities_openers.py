"""Titles, auxiliaries and trades before a name; people whom the model calls something else."""

from __future__ import annotations

import pytest

from indexer.entities.names import Kind, Name, Page, read_page
from indexer.entities.openers import (
    add_titled,
    demote_opening_words,
    drop_openers,
    promote_titled,
)
from indexer.entities.overlooked import promote_given_names
from indexer.entities.spans import clean_spans


def _name(page: Page, form: str, kind: Kind = "person", after: int = 0) -> Name:
    start = page.text.index(form, after)
    return page.cut(start, start + len(form), kind)


def _forms(names: list[Name]) -> list[str]:
    return [name.form for name in names if name.kind == "person"]


def test_the_auxiliary_of_a_question_is_none_of_the_name() -> None:
    page = read_page("Can Kowalewski survive?")
    assert _forms(drop_openers([_name(page, "Can Kowalewski")], page)) == ["Kowalewski"]


def test_an_auxiliary_before_a_known_surname_is_none_of_the_name() -> None:
    page = read_page("Maria Kowalewski spoke. Had Kowalewski asked, he would have come.")
    names = [_name(page, "Maria Kowalewski"), _name(page, "Had Kowalewski")]
    assert _forms(drop_openers(names, page)) == ["Maria Kowalewski", "Kowalewski"]


def test_a_given_name_spelt_as_an_auxiliary_stays_where_it_stands_inside_a_sentence_too() -> None:
    page = read_page("Will Kowalewski won? So said Will Kowalewski.")
    names = [_name(page, "Will Kowalewski"), _name(page, "Will Kowalewski", after=10)]
    assert _forms(drop_openers(names, page)) == ["Will Kowalewski", "Will Kowalewski"]


@pytest.mark.parametrize("trade", ["Driller", "Broker", "Fullback"])
def test_a_trade_before_a_whole_name_is_none_of_it(trade: str) -> None:
    page = read_page(f"{trade} Maria Kowalewski was called.")
    (name,) = drop_openers([_name(page, f"{trade} Maria Kowalewski")], page)
    assert name.form == "Maria Kowalewski"


def test_a_common_word_that_only_opens_sentences_is_no_person() -> None:
    page = read_page("Women marched. Women sang.")
    names = [_name(page, "Women"), _name(page, "Women", after=5)]
    assert _forms(demote_opening_words(names, page)) == []


@pytest.mark.parametrize(
    "text",
    ["He saw Mr {}.", "Said minister {}.", "It was President {}.", "With his wife, Maria {}."],
)
def test_a_name_behind_a_title_or_a_relative_is_a_person(text: str) -> None:
    page = read_page(text.format("Kowalewski"))
    form = "Maria Kowalewski" if "Maria" in text else "Kowalewski"
    assert _forms(promote_titled([_name(page, form, "organisation")], page)) == [form]


@pytest.mark.parametrize("form", ["China", "Google", "Russian"])
def test_a_country_brand_or_people_behind_an_office_is_no_person(form: str) -> None:
    page = read_page(f"Said president {form}.")
    assert _forms(promote_titled([_name(page, form, "organisation")], page)) == []


def test_titles_inside_an_organisation_show_the_person_behind_them() -> None:
    page = read_page("said Mining Minister Maria Kowalewski on Friday")
    names = promote_titled([_name(page, "Mining Minister Maria Kowalewski", "other")], page)
    assert _forms(names) == ["Maria Kowalewski"]


def test_mr_and_a_name_that_the_model_left_out_are_a_person() -> None:
    page = read_page("Then Mr Kowalewski went, and Queen Margrethe II came.")
    assert _forms(add_titled([], page)) == ["Kowalewski", "Margrethe II"]


def test_a_police_rank_in_short_is_no_part_of_a_name() -> None:
    page = read_page("said Det Insp Maria Kowalewski on Friday")
    names = promote_titled([_name(page, "Det Insp Maria Kowalewski", "organisation")], page)
    assert _forms(names) == ["Maria Kowalewski"]


@pytest.mark.parametrize("text", ["the Queen Elizabeth Hospital", "on Prince Edward Island"])
def test_what_is_named_after_royalty_is_no_person(text: str) -> None:
    assert add_titled([], read_page(f"It was {text}.")) == []


@pytest.mark.parametrize("form", ["J.D. Kowalewski", "Camila London", "Nicola Pike"])
def test_initials_and_given_names_make_an_organisation_a_person(form: str) -> None:
    page = read_page(f"So said {form}. Then {form.rsplit(maxsplit=1)[-1]} left.")
    assert _forms(promote_given_names([_name(page, form, "organisation")], page)) == [form]


@pytest.mark.parametrize("form", ["U.S. Steel", "Morgan Stanley", "Goldman Sachs", "El Teniente"])
def test_firms_that_look_like_people_stay_organisations(form: str) -> None:
    page = read_page(f"Shares of {form} rose.")
    assert _forms(promote_given_names([_name(page, form, "organisation")], page)) == []


def test_a_person_whose_span_begins_on_the_line_above_is_kept() -> None:
    page = read_page("It was plan B.\nMaria Kowalewski went.")
    names = clean_spans([_name(page, "B.\nMaria Kowalewski")])
    assert [name.form for name in names][-1] == "Maria Kowalewski"
