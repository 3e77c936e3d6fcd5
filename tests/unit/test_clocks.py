# ruff: noqa: RUF001  # typographic signs are what is tested

from __future__ import annotations

import pytest

from dateline.documents import CleanArticle
from dateline.text.cleaning import clean_article
from dateline.text.clocks import find_clock_stamp
from dateline.text.spans import trace

HEADLINE = "Harbour council approves ferry pier"
BODY = (
    "The harbour council approved a new ferry pier on Tuesday after a long debate about its cost.\n"
    "Work is to begin in March, and a first ferry could use the northern berth next year."
)


@pytest.mark.parametrize(
    "line",
    [
        "UPDATED: 3.15pm",
        "Last updated: 3.15pm",
        "Updated 15:20 GMT",
        "Last updated on Tuesday at 4pm",
        "Last updated at 14:02, Tuesday 3 March",
        "Updated: Tuesday, 3.15 p.m. EST",
        "LAST UPDATED 3 MARCH",
        "First published 10.02am",
        "Posted at 9:41 a.m.",
        "Updated 3 Mar, 4:10pm",
        "This story was last updated at 3.15pm.",
        "Updated just now",
        "Updated at: 16:40 hrs",
        "Aktualisiert: Dienstag, 15:20 Uhr",
        "Zuletzt aktualisiert: 3. März, 15.20 Uhr",
    ],
)
def test_a_line_of_nothing_but_a_time_and_its_label_is_no_part_of_the_article(line: str) -> None:
    assert find_clock_stamp(line) == len(line)
    for text in (f"{line}\n{HEADLINE}\n{BODY}", f"{HEADLINE}\n{line}\n{BODY}"):
        clean = clean_article(trace(text), None)
        assert isinstance(clean, CleanArticle)
        assert clean.text.text == f"{HEADLINE}\n\n{BODY}"


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("UPDATED: 3.15pm The ferry is late.", "The ferry is late."),
        ("UPDATED 3:15 PM ET | Ferry late", "Ferry late"),
        ("Updated: 9am – Ferry late", "Ferry late"),
        ("Updated: 3.15pm “It is late,” she said.", "“It is late,” she said."),
    ],
)
def test_words_behind_a_stamp_that_is_set_off_stay(line: str, rest: str) -> None:
    assert line[find_clock_stamp(line) :] == rest


@pytest.mark.parametrize(
    "line",
    [
        "Published at 3pm London time, the report says little.",
        "Posted at 3.15pm Tuesday, the video shows a boat.",
        "Updated figures on Tuesday show a rise.",
        "Updated May figures show a rise.",
        "UPDATE: 9 killed in storm",
        "Update: The council has met.",
        "Published 2019",
        "UPDATED: 15:36, 25 October 2013",
        "3.15pm",
        "At 3.15pm the ferry left.",
    ],
)
def test_a_sentence_about_a_time_is_no_stamp(line: str) -> None:
    assert find_clock_stamp(line) == 0


def test_of_two_stamps_on_a_line_none_stays_and_the_first_counts() -> None:
    line = "Published: 15:15, 3 March 2026 | Updated: 16:40, 3 March 2026"
    clean = clean_article(trace(f"{line}\n{HEADLINE}\n{BODY}"), None)
    assert isinstance(clean, CleanArticle)
    assert clean.title == HEADLINE
    assert clean.stamp.value is not None
    assert (clean.stamp.value.hour, clean.stamp.value.minute) == (15, 15)
