"""Words of the embedded engine, token for token those of the mapping's two analyzers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.search.embedded import analysis
from dateline.search.embedded.analysis import (
    PROBES,
    both_forms,
    exact_words,
    fingerprint,
    placed_words,
    stem,
    stemmed_words,
    words_of,
)
from mappings import ARTICLES, load_mapping

RULES = load_mapping(ARTICLES)["settings"]["analysis"]["filter"]["stem_exceptions"]["rules"]


@pytest.mark.parametrize(
    ("text", "exact", "stemmed"),
    [
        pytest.param("The U.S. and US", "the u.s and us", "the u. and us", id="dots"),
        pytest.param("AT&T C++", "at t c", "at t c", id="signs part"),
        pytest.param("12:30 1,000.5 3'4", "12 30 1,000.5 3'4", "12 30 1,000.5 3'4", id="numbers"),
        pytest.param(
            "Straße ÅNGSTRÖM ﬁn", "strasse angstrom fin", "strass angstrom fin", id="fold"
        ),
        pytest.param("O\u2019Neill\u2019s café's", "o'neill cafe", "o'neil cafe", id="possessive"),
        pytest.param("universities vying", "universities vying", "universiti vie", id="exceptions"),
        pytest.param("snake_case _x_", "snake_case _x_", "snake_cas _x_", id="low lines"),
        pytest.param("東京タワー", "東 京 タワー", "東 京 タワー", id="east asia"),
        pytest.param("🚀 🇳🇱 won", "🚀 🇳🇱 won", "🚀 🇳🇱 won", id="emoji"),
        pytest.param("— … !", "", "", id="nothing"),
    ],
)
def test_words_are_made(text: str, exact: str, stemmed: str) -> None:
    assert exact_words(text) == exact.split()
    assert stemmed_words(text) == stemmed.split()
    assert both_forms(text) == list(zip(stemmed.split(), exact.split(), strict=True))
    assert words_of("text.exact", text) == exact.split()
    assert words_of("text", text) == stemmed.split()


def test_every_exception_of_the_mapping_is_kept() -> None:
    for rule in RULES:
        words, _, made = rule.partition(" => ")
        assert {stem(word) for word in words.split(", ")} == {made}


def test_a_word_knows_its_place_in_code_points() -> None:
    text = "\U0001d518nited 🚀 naïve O\u2019Neill\u2019s"
    assert [(exact, text[start:end]) for (_, exact), start, end in placed_words(text)] == [
        ("\U0001d518nited", "\U0001d518nited"),
        ("🚀", "🚀"),
        ("naive", "naïve"),
        ("o'neill", "O\u2019Neill\u2019s"),
    ]


@given(st.text(st.sampled_from("aB\u00e9\u0153\u0149sZ19_:.,;'\u2019\u2018-\u2014 \n\u00a0")))
@example("x" * 600 + " y")
@example("")
def test_plain_text_has_the_words_that_the_unicode_rules_find(text: str) -> None:
    quick, places = both_forms(text), list(placed_words(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis, "_is_plain", lambda _text: False)
        assert quick == both_forms(text)
        assert places == list(placed_words(text))


@pytest.mark.parametrize("text", [PROBES, "x" * 600 + " y", "", "Salt, rope's \u2019til 3.5"])
def test_words_with_places_are_the_words_without(text: str) -> None:
    assert [forms for forms, _, _ in placed_words(text)] == both_forms(text)


def test_what_is_longer_than_255_letters_is_cut_into_pieces() -> None:
    assert [len(word) for word in exact_words("x" * 600)] == [255, 255, 90]


def test_the_fingerprint_tells_another_stemmer(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    fingerprint.cache_clear()
    monkeypatch.setattr(analysis, "stem", lambda word: word[:4])
    assert fingerprint() != before
    fingerprint.cache_clear()
    monkeypatch.undo()
    assert fingerprint() == before
