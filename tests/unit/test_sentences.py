# ruff: noqa: RUF001  # typographic signs and other scripts are what is tested

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.sentences import split_sentences, summarizable

PLAIN = "The harbour council approved the new pier on Friday."


def _verdicts(text: str, *, truncated: bool = False) -> dict[str, bool]:
    spans = split_sentences(text, 0)
    verdicts = summarizable(text, spans, truncated=truncated)
    return {text[s.start : s.end]: v for s, v in zip(spans, verdicts, strict=True)}


def _may_stand(sentence: str) -> bool:
    return all(_verdicts(sentence).values())


def test_sentences_are_exact_slices_of_the_body_only() -> None:
    text = "Pier approved\n\nThe council met.  It voted at 9 a.m. on Friday.\nMr. Vane left."
    spans = split_sentences(text, 15)
    assert [text[s.start : s.end] for s in spans] == [
        "The council met.",
        "It voted at 9 a.m. on Friday.",
        "Mr. Vane left.",
    ]


def test_a_line_without_sentence_signs_is_a_sentence_of_its_own() -> None:
    assert len(split_sentences("What happens next\nThe council meets again.", 0)) == 2


@given(st.text(alphabet='aB. \n"!?', max_size=80), st.integers(0, 20))
def test_spans_rise_never_touch_a_line_end_and_have_no_blank_ends(text: str, start: int) -> None:
    spans = split_sentences(text, start)
    last = start
    for span in spans:
        piece = text[span.start : span.end]
        assert last <= span.start < span.end
        assert piece == piece.strip()
        assert "\n" not in piece
        last = span.end


@pytest.mark.parametrize(
    "sentence",
    [
        PLAIN,
        "“We will rebuild it by spring,” the mayor said.",
        '"Will we rebuild it by spring?" the mayor asked.',
        "'We will rebuild it by spring,' the mayor told reporters.",
        "The ministers' plan was refused by the harbour's owners.",
        'He called it "the longest pier" in the world.',
        "iPhone sales rose in the quarter to March.",
        "Why did the council not see the storm coming?",
        "The mayor turned left, then right, and found the pier closed.",
        "Der Rat nannte das Vorhaben „zu teuer für die Stadt“ und vertagte sich.",
        "Le conseil a qualifié le projet de « trop cher pour la ville ».",
        "Совет отложил решение о новом причале до весны.",
        "The pier (built in 1880) was closed in June [2019] for repairs.",
    ],
)
def test_a_whole_sentence_may_stand_in_a_summary(sentence: str) -> None:
    assert _may_stand(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Why not now?",
        "What the council wants to do next",
        'The mayor said: "We will rebuild it by spring.',
        'We will rebuild it by spring," the mayor said.',
        '"We will rebuild it by spring."',
        "“We will rebuild it by spring.”",
        "'We will rebuild it by spring.'",
        "'We will rebuild it by spring and pay for it.",
        "Mayor Ada Quill (L) shakes hands with the builder on the pier.",
        "The pier as it looked in June (left) and after the storm.",
        "Mayor Ada Quill, second from left, shakes hands with the builder on the pier.",
        "The pier after the storm on Friday. (AP Photo/Ada Quill)",
        "PIER CLOSED AFTER STORM, COUNCIL SAYS.",
        "and the council agreed to it on Friday.",
        "The council agreed that the pier would…",
        "The council agreed (after a long debate.",
        "The council agreed to rebuild the pier in",
    ],
)
def test_a_heading_caption_or_fragment_may_not(sentence: str) -> None:
    assert not _may_stand(sentence)


def test_the_cut_off_end_may_not() -> None:
    text = f"{PLAIN} The mayor left before the vote was."
    assert list(_verdicts(text, truncated=True).values()) == [True, False]
    assert list(_verdicts(text).values()) == [True, True]


@pytest.mark.parametrize(("opening", "closing"), ['""', "“”", "‘’", "''"])
def test_a_sentence_inside_a_running_quote_may_not(opening: str, closing: str) -> None:
    text = (
        f"{opening}We will rebuild the pier. It will stand for a hundred years. "
        f"Nobody else would do it,{closing} the mayor said. The council agreed to that plan."
    )
    assert list(_verdicts(text).values()) == [False, False, False, True]


def test_a_quote_left_open_ends_with_its_paragraph() -> None:
    text = f'The mayor said: "We will rebuild it.\n{PLAIN}'
    assert _verdicts(text)[PLAIN]


def test_an_apostrophe_opens_no_quote_for_the_sentences_behind_it() -> None:
    assert _verdicts(f"Songs of the '90s filled the new hall. {PLAIN}")[PLAIN]


SMALL = (
    "the council of velmoor met on friday .\n`` we have no ferry , '' the mayor said to them .\n"
    "the mayor 's plan is to build a pier .\nthe pier will cost ten million crowns .\n"
)


def test_in_a_text_without_capitals_a_small_letter_opens_a_sentence() -> None:
    assert all(_verdicts(SMALL).values())


def test_lines_with_capitals_round_a_text_without_do_not_hide_it() -> None:
    verdicts = _verdicts("By A. Example\nShare this article\nThe Courier\n" + SMALL)
    assert list(verdicts.values()) == [False, False, False, True, True, True, True]


def test_a_rest_of_a_sentence_between_whole_ones_may_still_not_stand() -> None:
    verdicts = _verdicts(f"{PLAIN}\n{PLAIN[:-1]} again.\nand so the ferries stay at sea.")
    assert list(verdicts.values()) == [True, True, False]


def test_no_sentences_no_verdicts() -> None:
    assert split_sentences("", 0) == ()
    assert summarizable("", (), truncated=True) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Music of the '90s was played at the pier.| The mayor told 'em to go home.",
        "’Twas late when the mayor left the port.| It’s the ’60s again for the town.",
        "“We want rock 'n' roll at the pier,” the mayor said.| The class of '04 was there.",
        "“It is over for us all.” [3]| The council met again on Friday.",
        "He called it “a great day for the port.”1| The council met again on Friday.",
        "The pier was lost to the sea.[12]| It had stood there since 1880.[4][5]",
        "It ended late, at 11 p.m.| The mayor then left for the north.",
        "He moved last year to the U.S.| The mayor stayed in the town.",
        "J. D. Quill and M.J. Tern came late.| Mr. Quill left at once again.",
        "Prices rose 3.5 percent to $1.25 a piece.| They fell by .5 per cent later.",
        "He waited... and then he left for good.| “We hope… it is over,” she said.",
        "He left the port by car.| Mr. Quill stayed for another month.| And then he left.",
        "The firm of Prof. Quill won No. 4 vs. No. 6 on Friday.| So it goes on.",
    ],
)
def test_each_sentence_ends_where_a_reader_ends_it_and_may_be_chosen(text: str) -> None:
    pieces = text.split("|")
    joined = "".join(pieces)
    spans = split_sentences(joined, 0)
    found = [joined[span.start : span.end] for span in spans]
    assert found == [piece.strip() for piece in pieces]
    few = [len(piece.split()) < 5 for piece in pieces]
    verdicts = summarizable(joined, spans, truncated=False)
    assert [whole or short for whole, short in zip(verdicts, few, strict=True)] == [True] * len(
        pieces
    )
