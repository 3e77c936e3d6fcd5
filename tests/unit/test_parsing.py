"""The query language, by tables: what a person types and what it is read as."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.errors import QuerySyntaxError
from dateline.search.parsing import MAX_CLAUSES, parse_query
from dateline.search.queries import (
    And,
    Fuzzy,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    Published,
    Value,
    Word,
)
from dateline.search.tokens import MAX_LENGTH
from dateline.text.function_words import FUNCTION_WORDS

A, B, C = Word("alpha"), Word("beta"), Word("gamma")

TREES = {
    "alpha": A,
    "alpha beta": And((A, B)),
    "alpha AND beta": And((A, B)),
    "alpha OR beta": Or((A, B)),
    "alpha beta OR gamma": And((A, Or((B, C)))),
    "(alpha beta) OR gamma": Or((And((A, B)), C)),
    "alpha AND beta OR gamma": And((A, Or((B, C)))),
    "alpha(beta OR gamma)": And((A, Or((B, C)))),
    "((alpha))": A,
    "alpha (beta (gamma))": And((A, B, C)),
    "alpha OR (beta OR gamma)": Or((A, B, C)),
    "alpha -beta": And((A, Not(B))),
    "alpha NOT beta": And((A, Not(B))),
    "alpha AND NOT beta": And((A, Not(B))),
    "alpha OR -beta": Or((A, Not(B))),
    "-alpha": Not(A),
    "-(alpha beta)": Not(And((A, B))),
    "NOT -alpha": A,
    "-OR alpha": And((Not(Word("OR")), A)),
    '"alpha beta"': Phrase("alpha beta"),
    '"alpha   beta"~5': Phrase("alpha beta", 5),
    '"alpha"~0': Phrase("alpha"),
    '-"alpha beta"': Not(Phrase("alpha beta")),
    '"alpha"beta': And((Phrase("alpha"), B)),
    '"alpha"-beta': And((Phrase("alpha"), B)),
    "alph*": Prefix("alph"),
    "alph*,": Prefix("alph"),
    "alph~": Fuzzy("alph", 1),
    "alpha~": Fuzzy("alpha", 1),
    "alphas~": Fuzzy("alphas", 2),
    "alphas~1": Fuzzy("alphas", 1),
    "co-found*": And((Word("co-"), Prefix("found"))),
    "co-founder~": And((Word("co-"), Fuzzy("founder", 2))),
    "title:alpha": Word("alpha", "title"),
    "Title:alpha": Word("alpha", "title"),
    'title:"alpha beta"': Phrase("alpha beta", 0, "title"),
    "title:alph*": Prefix("alph", "title"),
    "title:alph~": Fuzzy("alph", 1, "title"),
    "title:(alpha OR beta)": Or((Word("alpha", "title"), Word("beta", "title"))),
    "-title:alpha": Not(Word("alpha", "title")),
    "person:alpha": Value("person", "alpha"),
    'place:"Alpha Beta"': Value("place", "Alpha Beta"),
    "organisation:alpha": Value("organisation", "alpha"),
    "organization:alpha": Value("organisation", "alpha"),
    "source:alpha.com,": Value("source", "alpha.com"),
    "author:O'Alpha": Value("author", "O'Alpha"),
    "-source:alpha": Not(Value("source", "alpha")),
    "after:2022": Published(after=date(2022, 1, 1)),
    "before:2022": Published(before=date(2022, 12, 31)),
    "after:2022-02": Published(after=date(2022, 2, 1)),
    "before:2024-02": Published(before=date(2024, 2, 29)),
    'before:"2022-09-27"': Published(before=date(2022, 9, 27)),
    "after:2022\u201309\u201327": Published(after=date(2022, 9, 27)),
    "alpha Alpha ALPHA, beta": And((A, B)),
    "alpha OR alpha": A,
}

PHONES = {
    "\u201calpha beta\u201d": Phrase("alpha beta"),
    "\u201ealpha beta\u201c": Phrase("alpha beta"),
    "\u201calpha beta\u201c": Phrase("alpha beta"),
    "\u00abalpha beta\u00bb": Phrase("alpha beta"),
    "\u00bbalpha beta\u00ab": Phrase("alpha beta"),
    '\u201calpha beta"': Phrase("alpha beta"),
    '"alpha beta\u201d': Phrase("alpha beta"),
    "\u2018alpha beta\u2019": Phrase("alpha beta"),
    "\u2018alpha\u2019s beta\u2019": Phrase("alpha\u2019s beta"),
    "person:\u201cAlpha Beta\u201d": Value("person", "Alpha Beta"),
    "don\u2019t": Word("don\u2019t"),
    "\u2018tis alpha": And((Word("tis"), A)),
    "alpha \u2013beta": And((A, Not(B))),
    "alpha \u2014beta": And((A, Not(B))),
    "alpha \u2212beta": And((A, Not(B))),
    "alpha\u00a0\u2013beta": And((A, Not(B))),
    "alpha\u00a0OR\u202fbeta": Or((A, B)),
    "al\u00adp\u200bha\ufeff": A,
    "\u0130stanbul": Word("Istanbul"),
    "Cafe\u0301": Word("Caf\u00e9"),
}

TEXT = [
    "co-founder",
    "U.S./Japan",
    "AT&T",
    "2014/15",
    "2014\u201315",
    "oil!",
    "don't",
    "o'clock",
    "reader@example.org",
    "C++",
    "C#",
    "#tag",
    "@name",
    "$5bn",
    "50%",
    "12:30",
    "1,000.5",
    "http://example.org/a?b=c&d=e#f",
    "https://example.org:8080/~user/",
    "word~word",
    "R&D/IT",
    "[sic]",
    "{alpha}",
    "a\\b",
    "a^2",
    "OR,",
    "and/or",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u4fc4\u7f57\u65af",
]

FAULTS = {
    '"alpha': (0, "never closed"),
    'alpha "beta" "gamma': (13, "never closed"),
    "\u201calpha": (0, "never closed"),
    "alpha (beta": (6, "never closed"),
    "alpha) beta": (5, "never opened"),
    "alpha ()": (6, "between these brackets"),
    "alpha (!)": (6, "between these brackets"),
    '""': (0, "between these quotes"),
    '"\u2026"': (0, "between these quotes"),
    "alpha OR": (6, "after OR"),
    "OR alpha": (0, "before OR"),
    "alpha AND": (6, "after AND"),
    "AND alpha": (0, "before AND"),
    "alpha AND OR beta": (6, "after AND"),
    "(alpha OR) beta": (7, "after OR"),
    "alpha NOT": (6, "after NOT"),
    "NOT": (0, "after NOT"),
    "-": (0, "minus"),
    "alpha -": (6, "minus"),
    "(alpha -)": (7, "minus"),
    "(alpha - )": (7, "minus"),
    "alpha -!": (6, "after -"),
    "*": (0, "alone"),
    "**": (0, "alone"),
    "a*": (0, "too few letters"),
    "ab*": (0, "too few letters"),
    "*alpha": (0, "before or within"),
    "*a*": (0, "before or within"),
    "al*pha": (0, "before or within"),
    "alpha*~": (0, "before or within"),
    "alpha~*": (0, "within a word, or beside *"),
    "alpha~beta~": (0, "within a word"),
    "2014/15*": (0, "too few letters"),
    "~": (0, "alone"),
    "ab~": (0, "too few letters"),
    "alpha~9": (0, "edits"),
    "alpha~2": (0, "edits"),
    "alphas~0": (0, "edits"),
    '"alpha beta"~': (12, "number is missing"),
    '"alpha beta"~x': (12, "number is missing"),
    '"alpha beta"~51': (12, "too many words"),
    '"alpha beta"~' + "9" * 400: (12, "too many words"),
    "person:alph*": (7, "do not work"),
    "person:alph~": (7, "do not work"),
    'person:"alpha beta"~2': (7, "does not work"),
    "person:(alpha OR beta)": (0, "one value"),
    "person:-alpha": (7, "minus"),
    'person:""': (7, "no value"),
    "person:!": (7, "no value"),
    "title:!": (6, "no value"),
    "before:2022-02-30": (7, "no calendar"),
    "after:2022-13": (6, "no calendar"),
    "after:0000": (6, "no calendar"),
    "after:yesterday": (6, "not a date"),
    "after:+999999": (6, "not a date"),
    "after:2023 before:2022": (None, "no day lies"),
    "!!!": (0, "no letter or digit"),
    "\u2026 / &": (0, "no letter or digit"),
    "alpha\x00": (5, "control character: U+0000"),
    "alpha\x1b": (5, "control character"),
    "alpha\x85": (5, "control character"),
    "alpha\ud800": (5, "control character"),
    "(((((alpha)))))": (4, "nested too deeply"),
    "alpha " + "x" * MAX_LENGTH: (MAX_LENGTH, "too long"),
    " ".join(f"w{n}" for n in range(MAX_CLAUSES + 1)): (None, "too many words: 33"),
}


@pytest.mark.parametrize(("typed", "tree"), [*TREES.items(), *PHONES.items()])
def test_query_is_read_as(typed: str, tree: object) -> None:
    assert parse_query(typed).clause == tree


@pytest.mark.parametrize("typed", TEXT)
def test_signs_within_a_word_are_text(typed: str) -> None:
    parsed = parse_query(typed)
    assert parsed.clause == Word(typed)
    assert parsed.plain
    assert parsed.warnings == ()


@pytest.mark.parametrize(("typed", "fault"), FAULTS.items())
def test_fault_is_named_with_place_and_way_out(typed: str, fault: tuple[int | None, str]) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        parse_query(typed)
    position, words = fault
    assert words in raised.value.message
    assert raised.value.position == position
    assert raised.value.hint
    assert raised.value.parameter == "q"


@pytest.mark.parametrize("typed", ["", " ", "\n\t \u00a0", "\u200b\ufeff"])
def test_blank_text_asks_for_all_articles(typed: str) -> None:
    assert parse_query(typed) == ParsedQuery(clause=None, reading="", plain=False)


def test_place_of_a_fault_counts_what_was_typed_not_what_was_kept() -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        parse_query('\u200b\u200b\U0001f600 "alpha')
    assert raised.value.position == 4


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("alpha beta", True),
        ("alpha, the beta!", True),
        ("alpha - beta", True),
        ("foo:bar", True),
        ("alpha AND beta", False),
        ("(alpha)", False),
        ("alpha -beta", False),
        ('"alpha"', False),
        ("alph*", False),
        ("alpha~", False),
        ("title:alpha", False),
        ("alpha person:beta", False),
    ],
)
def test_plain_means_that_only_bare_words_were_typed(typed: str, plain: bool) -> None:
    assert parse_query(typed).plain is plain


def test_function_words_are_the_33_of_lucene() -> None:
    assert len(FUNCTION_WORDS) == 33


def test_function_word_beside_other_words_is_wanted_and_told() -> None:
    parsed = parse_query("the alpha")
    assert parsed.clause == And((Word("the", function_word=True), A))
    assert any("“the”" in warning and "not required" in warning for warning in parsed.warnings)


@pytest.mark.parametrize("typed", ["to be or not to be", "the", "the -alpha", "the OR of"])
def test_function_words_are_required_where_nothing_else_is_asked(typed: str) -> None:
    parsed = parse_query(typed)
    assert not parsed.warnings
    assert "function_word=True" not in repr(parsed.clause)


def test_function_words_are_required_in_quotes_fields_and_exclusions() -> None:
    for typed in (
        '"not guilty" alpha',
        "title:the alpha",
        "alpha -(no deal)",
        "alpha (the OR beta)",
    ):
        assert "function_word=True" not in repr(parse_query(typed).clause)


def test_repeated_words_count_once_and_first() -> None:
    assert parse_query("beta alpha Beta, (beta)").reading == "beta alpha"


def test_repeats_and_function_words_do_not_count_against_the_cap() -> None:
    words = " ".join(f"w{n}" for n in range(MAX_CLAUSES))
    assert parse_query(f"{words} {words} the of to").plain


def test_sentence_of_an_article_is_a_plain_query() -> None:
    sentence = (
        "The harbour office said on Tuesday that two of the five cranes on the eastern quay had "
        "stopped, and that ships carrying grain would wait for days; the mayor, asked twice, "
        "would not say who is to pay for it."
    )
    parsed = parse_query(sentence)
    assert parsed.plain
    assert isinstance(parsed.clause, And)


def test_unknown_field_is_text_and_told_with_the_nearest() -> None:
    parsed = parse_query("persn:putin")
    assert parsed.clause == And((Word("persn:"), Word("putin")))
    assert "did you mean person:" in parsed.warnings[0]
    assert "fields are title, person" in parse_query("foo:bar").warnings[0]


def test_word_with_colon_and_blank_is_text_without_ado() -> None:
    parsed = parse_query("Reuters: oil")
    assert parsed.clause == And((Word("Reuters:"), Word("oil")))
    assert parsed.warnings == ()


def test_known_field_without_value_is_text_and_told() -> None:
    parsed = parse_query("title: alpha")
    assert parsed.clause == And((Word("title:"), A))
    assert "title:word without a blank" in parsed.warnings[0]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("alpha - beta", "dash between blanks"),
        ("alpha || beta", "type OR"),
        ("alpha && beta", "type AND"),
        ("alpha !beta", "to leave a word out type -word"),
        ("alpha \U0001f600", "no letter or digit"),
        ("alpha AND beta OR gamma", "were read as alpha (beta OR gamma)"),
        ("ALPHA IS NOT BETA", "in capitals are operators"),
        ("alpha or beta", "typed in capitals: OR"),
    ],
)
def test_what_may_surprise_is_told(typed: str, told: str) -> None:
    assert any(told in warning for warning in parse_query(typed).warnings)


def test_reading_shows_the_brackets() -> None:
    parsed = parse_query('alpha beta OR gamma NOT "delta  epsilon" person:“Zeta Eta” after:2022')
    assert parsed.reading == (
        'alpha (beta OR gamma) -"delta epsilon" person:"Zeta Eta" after:2022-01-01'
    )


def test_an_answer_carries_few_warnings_about_one_query() -> None:
    typed = " ".join(f"field{n}:x" for n in range(30))
    assert len(parse_query(typed).warnings) == 8
