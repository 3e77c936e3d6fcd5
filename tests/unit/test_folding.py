# ruff: noqa: RUF001  # typographic signs and other scripts are what is tested

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.folding import fold_name, folded_words


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Søren Kjær", "soren kjaer"),
        ("Łukasz Wiśniewski", "lukasz wisniewski"),
        ("Weißenfels", "weissenfels"),
        ("Đorđe Njegoš", "dorde njegos"),
        ("Þórunn Guðmunds", "thorunn gudmunds"),
        ("İzmir", "izmir"),
        ("Œuvre ﬁne", "oeuvre fine"),
        ("Jean-Luc O’Brien", "jean luc obrien"),
        ("O'Brien", "obrien"),
        ("J.K. Marlow", "jk marlow"),
        ("U.S.", "us"),
        ("St. Mary's", "st marys"),
        ("Rostov–on—Don", "rostov on don"),
        ("a|b_c", "a b c"),
        ("  ", ""),
    ],
)
def test_latin_names_fold_to_plain_letters(name: str, folded: str) -> None:
    assert fold_name(name) == folded


def test_other_scripts_lose_their_case_and_keep_their_marks() -> None:
    assert fold_name("Андрей Чайка") == "андрей чайка"
    assert fold_name("हिन्दी") == "हिन्दी"


def test_composed_and_decomposed_spellings_meet() -> None:
    assert fold_name("Jose\u0301 Nun\u0303ez") == fold_name("José Nuñez") == "jose nunez"


def test_words_come_in_order() -> None:
    assert folded_words("Anna-Lena Müller") == ("anna", "lena", "muller")


def test_marks_without_end_fold_to_a_short_key() -> None:
    assert fold_name("e" + "\u0301\u0323" * 50_000) == "e"


@given(st.text(max_size=30))
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
