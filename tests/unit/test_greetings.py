from __future__ import annotations

import pytest

from dateline.documents import CleanArticle
from dateline.text.cleaning import clean_article
from dateline.text.greetings import is_greeting
from dateline.text.sentences import split_sentences, summarizable
from dateline.text.spans import trace

NEWS = "The harbour council approved a new ferry pier on Tuesday after a long debate."
MORE = "Work is to begin in March, and a first ferry could use the northern berth next year."
GREETINGS = [
    "Good morning.",
    "Good afternoon!",
    "Good morning, readers.",
    "Good evening from Westport.",
    "Hello there,",
    "Happy Friday!",
    "Dear readers,",
    "Welcome back.",
    "Good morning, and welcome to the Harbour Post briefing.",
    "Welcome to the Tuesday edition of our harbour newsletter.",
    "Here's what you need to know this morning.",
    "Guten Morgen!",
    "Доброе утро!",
]


def _clean(*lines: str) -> CleanArticle:
    clean = clean_article(trace("\n".join(lines)), None)
    assert isinstance(clean, CleanArticle)
    return clean


@pytest.mark.parametrize("greeting", GREETINGS)
def test_a_greeting_is_no_title_and_stays_in_the_text(greeting: str) -> None:
    clean = _clean(greeting, NEWS, MORE)
    assert clean.title == NEWS
    assert clean.text.text.startswith(greeting)


def test_a_headline_below_a_greeting_is_the_title() -> None:
    assert _clean("Good morning.", "Ferry pier approved", NEWS, MORE).title == "Ferry pier approved"


def test_a_sentence_behind_a_greeting_is_the_title() -> None:
    assert _clean(f"Good morning. {NEWS}", MORE).title == NEWS


def test_a_text_of_greetings_has_one_as_its_title() -> None:
    assert _clean("Good morning.", "Hello again.", "Welcome back.").title == "Good morning."


def test_a_long_greeting_stands_in_no_summary() -> None:
    text = f"Good morning, and welcome to the Harbour Post briefing.\n{NEWS}"
    assert summarizable(text, split_sentences(text, 0), truncated=False) == (False, True)


@pytest.mark.parametrize(
    "line",
    [
        "Hello Kitty turns 50",
        "Hi-tech park opens at the old quay",
        "Good morning rush at the ferry pier",
        "Welcome to Westport, where the ferry never sails",
        "Dear ferry tickets keep passengers away",
        "Here is a pier that no ferry calls at",
        "Happy new year for the herring fleet",
        NEWS,
    ],
)
def test_a_headline_that_begins_like_one_is_none(line: str) -> None:
    assert not is_greeting(line)
