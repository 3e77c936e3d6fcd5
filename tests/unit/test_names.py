from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.search.names import (
    name_key,
    name_warning,
    nearest_names,
    resolve_name,
    split_key,
)


def archive(**counts: int) -> list[tuple[str, int]]:
    return [(name_key(name.replace("_", " ")), count) for name, count in counts.items()]


LINDQVISTS = archive(
    Astrid_Lindqvist=7, Karl_Lindqvist=9, Lindqvist=2, Karl_Lindqvist_Berg=1, Anna_Berg=4
)


def test_a_key_holds_the_folded_and_the_canonical_name() -> None:
    assert name_key("José Ortega-Díaz") == "jose ortega diaz|José Ortega-Díaz"
    assert split_key("jose ortega diaz|José Ortega-Díaz") == (
        "jose ortega diaz",
        "José Ortega-Díaz",
    )


@given(st.text(max_size=80))
@settings(deadline=None)
def test_every_name_comes_back_from_its_key(name: str) -> None:
    assert split_key(name_key(name))[1] == name


def test_a_word_means_every_name_that_holds_it_most_frequent_first() -> None:
    found = resolve_name("berg", LINDQVISTS)
    assert found.names == ("Anna Berg", "Karl Lindqvist Berg")
    assert found.wider == ()


def test_a_canonical_name_means_only_itself_and_wider_names_are_listed() -> None:
    found = resolve_name("Karl Lindqvist", LINDQVISTS)
    assert found.names == ("Karl Lindqvist",)
    assert found.wider == (("Karl Lindqvist Berg", 1),)
    assert resolve_name("Lindqvist", LINDQVISTS).names == ("Lindqvist",)


def test_a_name_equal_after_folding_means_only_itself() -> None:
    found = resolve_name("  karl   LINDQVIST ", LINDQVISTS)
    assert found.names == ("Karl Lindqvist",)


def test_exact_spelling_comes_before_equal_folding() -> None:
    twins = archive(José=3, Jose=5)
    assert resolve_name("José", twins).names == ("José",)
    assert resolve_name("José", twins).wider == (("Jose", 5),)
    assert resolve_name("JOSE", twins).names == ("Jose", "José")


def test_words_may_come_in_any_order_but_must_be_whole() -> None:
    assert resolve_name("lindqvist, astrid", LINDQVISTS).names == ("Astrid Lindqvist",)
    assert resolve_name("lindq", LINDQVISTS).names == ()


def test_an_unknown_name_gets_the_nearest_with_counts() -> None:
    found = resolve_name("lindkvist", LINDQVISTS)
    assert found.names == ()
    assert found.nearest[:2] == (("Karl Lindqvist", 9), ("Astrid Lindqvist", 7))
    assert all("Lindqvist" in name for name, _ in found.nearest)


def test_nothing_is_near_to_nonsense() -> None:
    assert nearest_names("zzz", LINDQVISTS) == ()
    assert nearest_names("", LINDQVISTS) == ()
    assert nearest_names("…", LINDQVISTS) == ()
    assert resolve_name("…", LINDQVISTS).names == ()


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("lukashenka", "Alexander Lukashenko"),
        ("prigozin", "Yevgeny Prigozhin"),
        ("Alexandr Lukashenko", "Alexander Lukashenko"),
        ("zelensky", "Volodymyr Zelenskyy"),
        ("mikhail gorbachov", "Mikhail Gorbachev"),
        ("Istambul", "Istanbul"),
    ],
)
def test_common_misspellings_find_their_name(asked: str, known: str) -> None:
    others = [(name_key(f"{known[:2]}xyl Wombat"), 90), (name_key("Anna Berg"), 50)]
    assert nearest_names(asked, [*others, (name_key(known), 1)])[0] == (known, 1)


@pytest.mark.parametrize("asked", ["nro", "N.R.O.", "NRO"])
def test_initials_find_the_name_that_they_stand_for(asked: str) -> None:
    known = [(name_key(each), 1) for each in ("Northern River Office", "River Office", "Nora Roe")]
    assert nearest_names(asked, known)[0] == ("Northern River Office", 1)


def test_a_letter_alone_is_nobodys_initial() -> None:
    assert nearest_names("n", archive(Nora=3)) == ()


def test_at_most_five_nearest_names_are_offered() -> None:
    assert (
        len(nearest_names("karl berk", archive(**{f"Karl_Berg_{n}": 1 for n in "abcdefgh"}))) == 5
    )


def test_warnings_tell_of_doubt_and_only_of_doubt() -> None:
    assert name_warning("person", resolve_name("Lindqvist", LINDQVISTS)) is None
    several = name_warning("person", resolve_name("berg", LINDQVISTS))
    assert several
    assert "Anna Berg, Karl Lindqvist Berg" in several
    unknown = name_warning("person", resolve_name("lindkvist", LINDQVISTS))
    assert unknown
    assert "nearest: Karl Lindqvist (9)" in unknown
    assert name_warning("place", resolve_name("zzz", LINDQVISTS)) == (
        "no place in the archive is called “zzz”"
    )


def test_a_list_of_names_in_one_value_is_told_how_to_ask_for_several() -> None:
    warning = name_warning("person", resolve_name("Xu Yi, Bo Zed", LINDQVISTS))
    assert warning
    assert warning.endswith("“Xu Yi, Bo Zed”; for several names give person= once for each")


def test_a_long_list_of_meant_names_is_cut_short() -> None:
    many = [(name_key(f"John Number{n:03}"), 1) for n in range(40)]
    warning = name_warning("person", resolve_name("john", many))
    assert warning
    assert "and 35 more" in warning
