# typographic signs and other scripts are what is tested

from __future__ import annotations

from textwrap import fill

import pytest

from dateline.text.gluing import split_glued
from dateline.text.lines import drop_repeats
from dateline.text.reading import read_lines
from dateline.text.spans import trace

CAPTION = "Waves break over the old pier at Port Vila"
PROSE = ["The council met on Friday.", "It voted for the new pier.", "Work begins in June."]


def _read(text: str) -> list[str]:
    return [line.text for line in read_lines(trace(text))]


def _kept(*lines: str, headline: str = "") -> list[str]:
    return [line.text for line in drop_repeats([trace(line) for line in lines], headline)]


def _split(*lines: str) -> list[str]:
    return [line.text for line in split_glued([trace(line) for line in lines])]


def test_a_line_said_twice_in_a_row_is_a_caption_and_goes_whole() -> None:
    assert _kept(PROSE[0], CAPTION, CAPTION, *PROSE[1:]) == PROSE


def test_a_line_said_again_further_on_stays_once() -> None:
    assert _kept(CAPTION, *PROSE, CAPTION) == [CAPTION, *PROSE]


def test_short_lines_may_be_said_again() -> None:
    lines = ["Battery hours: 13", "Battery hours: 13", *PROSE, "Battery hours: 13"]
    assert _kept(*lines) == lines


def test_a_table_row_of_numbers_may_be_said_twice() -> None:
    lines = ["Shares 2,718,281 vs 1,618,033", "Shares 2,718,281 vs 1,618,033", *PROSE]
    assert _kept(*lines) == lines


def test_an_article_whose_every_line_is_doubled_keeps_each_once() -> None:
    prose = [f"Sentence number {n} of the council report." for n in range(5)]
    assert _kept(*[line for line in prose for _ in range(2)]) == prose


def test_the_headline_said_again_stays_once() -> None:
    assert _kept("Pier shut", "Pier shut", *PROSE, headline="pier shut") == ["Pier shut", *PROSE]


def test_hard_wrapped_paragraphs_become_one_line_each() -> None:
    text = (
        "    The council met on Friday to hear what the\n"
        "builders had found under the pier, and voted\n"
        "for a new one.\n"
        "    Work begins in June and will take at least\n"
        "three years, the mayor said after the meeting\n"
        "was over.\n"
    )
    assert _read(text) == [
        (
            "The council met on Friday to hear what the builders had found under the pier, "
            "and voted for a new one."
        ),
        (
            "Work begins in June and will take at least three years, "
            "the mayor said after the meeting was over."
        ),
    ]


REPORT = (
    "The harbour council approved a new ferry pier on Tuesday after a long debate about its cost "
    "and its effect on the fishing fleet, which had asked for a smaller one.\n"
    "Work is to begin in March, and a first ferry could use the northern berth in the autumn of "
    "next year, the harbour master said in a letter to the council.\n"
    "The province pays half. The rest comes from the town, whose own engineers had warned that "
    "the old quay may not stand another winter of storms from the west."
)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("width", [60, 68, 75])
def test_short_wrapped_paragraphs_below_a_longer_headline_are_joined(
    width: int, between: str
) -> None:
    headline = (
        "Ferry pier approved after a long debate about what it will cost the town and province, "
        "and what it may do to the herring"
    )
    wrapped = between.join(fill(paragraph, width) for paragraph in REPORT.split("\n"))
    lines = _read(f"{headline}\n\n{wrapped}")
    assert lines[0] == headline
    assert " ".join(lines[1:]) == REPORT.replace("\n", " ")
    assert all(line.endswith(".") for line in lines[1:])


def test_lines_wrapped_by_eye_are_joined() -> None:
    text = (
        "The harbour council approved a new ferry pier on Tuesday\n"
        "after a long debate about its cost and its\n"
        "effect on the fishing fleet, which had asked for a\n"
        "smaller one.\n\n"
        "Work is to begin in March, and a first ferry could\n"
        "use the northern berth in the autumn of next year,\n"
        "the harbour master said in a letter to the council\n"
        "that was read out."
    )
    assert _read(text) == [" ".join(part.split()) for part in text.split("\n\n")]


def test_items_of_a_list_that_hang_are_joined_with_their_marks() -> None:
    items = [
        "* Two berths at the northern end of the old quay, built when the herring fleet was larger",
        "* A covered hall for passengers, with a roof of glass that the town is to keep clean",
        "* A ramp for bicycles",
    ]
    wrapped = [fill(item, 62, subsequent_indent="  ") for item in items]
    prose = [fill(paragraph, 62) for paragraph in REPORT.split("\n")]
    text = "\n\n".join([*prose, "\n".join(wrapped), prose[0]])
    assert _read(text)[3:6] == items


def test_headlines_of_one_length_below_each_other_stay_apart() -> None:
    lines = [
        "Ferry pier approved after a long debate in the harbour council",
        "Herring fleet fears the dredging of the old basin in spring",
        "Province pays half of the new hall for passengers at quay",
        "Storm closes the coast road between Westport and the cape",
        "School roof repaired in time for the start of the new term",
        "Council to vote on parking fees in the old town next week",
    ]
    assert _read("\n".join(lines)) == lines


def test_lines_of_speech_that_end_anywhere_stay_apart() -> None:
    lines = [
        "we had been waiting for the ferry for",
        "nearly an hour when",
        "the harbour master came out and told us that",
        "no boat would sail that day",
        "because the wind had turned to the",
        "north and the basin was closed",
    ]
    assert _read("\n".join(lines)) == lines


def test_short_lines_and_paragraphs_of_one_line_stay_apart() -> None:
    for text in (
        "Apples: 3\nPears: 4\nPlums: 5\nFigs: 6",
        "\n".join([*PROSE, "A long " + "word " * 40]),
    ):
        assert _read(text) == [line.strip() for line in text.split("\n")]


def test_blanks_tabs_and_heading_marks_are_no_text() -> None:
    assert _read("## Pier  shut\n\n \t\nThe\tcouncil\u00a0met.") == [
        "Pier shut",
        "The council met.",
    ]


def test_a_teaser_glued_to_a_quote_goes() -> None:
    glued = 'Bakers and bus drivers walk out in strike over pay"It\'s time to talk," she said.'
    assert _split(PROSE[0], glued) == [PROSE[0], '"It\'s time to talk," she said.']


def test_words_that_lead_up_to_a_quote_without_a_blank_stay() -> None:
    for line in (
        'The mayor of the old town told the council that"It is time to talk."',
        'She was late. The mayor of the old town was in tears"It is time to talk."',
        'The show was called by all"The Pier" and ran for years.',
        'He built a so-called "The Pier" bar in the old town.',
    ):
        assert _split(PROSE[0], line) == [PROSE[0], line]


def test_what_is_glued_to_the_first_line_is_the_headline_and_stays() -> None:
    glued = "Bakers and bus drivers walk out in strike over pay“It's time to talk,” she said."
    assert _split(glued)[0] == "Bakers and bus drivers walk out in strike over pay"


def test_paragraphs_glued_at_a_sentence_end_part() -> None:
    assert _split('He said steps "are being taken."The council met.') == [
        'He said steps "are being taken."',
        "The council met.",
    ]
    assert _split("It met on Friday.The mayor left.") == ["It met on Friday.", "The mayor left."]
    assert _split('It met on Friday."We lost," she said.') == [
        "It met on Friday.",
        '"We lost," she said.',
    ]
    assert _split("The vote was lost.Mayor Quill left.") == [
        "The vote was lost.",
        "Mayor Quill left.",
    ]


def test_initials_addresses_and_opening_quotes_do_not_part() -> None:
    for line in (
        "J.K.Marlow and Prof.Quill of the U.S.Navy met at booking.Com offices.",
        'He asked: "Why?" "Because," she said."',
        "Mr.Vane met Dr.Moor.",
        "Version 2.The end",
    ):
        assert _split(line) == [line]
