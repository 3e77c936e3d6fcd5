"""Lucene expressions made of literal text, read here by Python's `re` where both agree."""

from __future__ import annotations

import re

import pytest

from dateline.search.elastic import patterns
from dateline.search.names import name_key


def matches(pattern: str, text: str) -> bool:
    """Whether all parts that `&` joins match the whole text; none of ours holds a bare `&`."""
    parts = re.split(r"(?<!\\)&", pattern)
    return pattern != patterns.NOTHING and all(re.fullmatch(part, text) for part in parts)


@pytest.mark.parametrize("asked", ["Zoé Marlow", "marlow", "marlow zoe"])
def test_a_name_is_held_by_its_longest_word(asked: str) -> None:
    assert matches(patterns.holds_word(asked), name_key("Zoé Marlow"))


@pytest.mark.parametrize("asked", ["mar", "", "—", "marl|ow"])
def test_a_name_is_held_by_whole_words_only(asked: str) -> None:
    assert not matches(patterns.holds_word(asked), name_key("Zoé Marlow"))


@pytest.mark.parametrize("asked", ["m" * 61, "m" * 8000])
def test_a_word_beyond_measure_is_told_by_its_beginning(asked: str) -> None:
    assert len(patterns.holds_word(asked)) < 100
    assert matches(patterns.holds_word(asked), name_key("m" * 61))


def test_the_canonical_part_of_a_key_is_not_searched() -> None:
    assert not matches(patterns.holds_word("b"), "a|A B")
    assert not matches(patterns.word_begins("b"), "a|x b")


@pytest.mark.parametrize(
    ("prefix", "found"), [("ma", True), ("zoé m", True), ("arlow", False), (".*", False)]
)
def test_a_prefix_begins_a_word(prefix: str, found: bool) -> None:
    assert matches(patterns.word_begins(prefix), name_key("Zoé Marlow")) is found


@pytest.mark.parametrize("text", [*'.?+*|{}[]()"\\#@&<>~^$-', "AT&T (Wire) <1-9>", "plain"])
def test_signs_are_escaped(text: str) -> None:
    assert matches(patterns.any_case(text), text)
    assert not matches(patterns.any_case(text), text + "x")


def test_no_value_is_no_pattern() -> None:
    assert patterns.any_of(()) == patterns.NOTHING


def test_candidates_for_nearest_share_a_beginning_or_an_end() -> None:
    for near in ("Ada Quist", "Adb Quist", "Ada Kuist"):
        assert matches(patterns.resembles("Ada Qvist"), name_key(near))
    assert not matches(patterns.resembles("Ada Qvist"), name_key("Bo Lund"))


def test_initials_resemble_the_name_that_they_stand_for() -> None:
    assert matches(patterns.resembles("N.R.O."), name_key("Northern River Office"))
    assert not matches(patterns.resembles("NRO"), name_key("Northern Office"))


@pytest.mark.parametrize("near", ["marlow", "marlo", "marrlow", "narlow", "amrlow", "marlowe"])
def test_candidates_for_nearest_are_one_letter_away(near: str) -> None:
    assert matches(patterns.misspells("Zoé Marlow"), name_key(near.title()))
    assert not matches(patterns.misspells("Zoé Marlow"), name_key("Maaarlow"))
