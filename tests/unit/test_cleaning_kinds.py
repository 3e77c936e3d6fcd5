"""Kinds of noise that a reader met in dispatches, each with its like that must stay."""

# ruff: noqa: RUF001  # typographic signs are what is tested

from __future__ import annotations

import importlib

import pytest

from dateline.documents import CleanArticle, Span
from dateline.text.cleaning import clean_article
from dateline.text.spans import original_span, trace

TITLE = "Old pier at Port Vila to be rebuilt"
PROSE = (
    "The harbour council voted on Friday for a new pier at Port Vila.",
    "Work on the pier begins in June and will take three years, the mayor said.",
    "The old pier was lost in a storm in the spring of 2015.",
)
BODY = "\n".join(PROSE)


def _clean(text: str, title: str | None = TITLE, source: str | None = None) -> CleanArticle:
    given = None if title is None else trace(title)
    article = clean_article(trace(text), given, source=source)
    assert isinstance(article, CleanArticle)
    return article


def _body(text: str) -> str:
    article = _clean(text)
    return article.text.text[article.body_start :]


@pytest.mark.parametrize(
    "sentence",
    [
        "María Henríquez and João Àlvares met in São Luís on Friday.",
        "Íñigo Ávalos left Łódź for Đakovo – “at once”.",
    ],
)
@pytest.mark.parametrize("encoding", ["latin-1", "sloppy-windows-1252"])
def test_utf8_read_as_latin_letters_is_mended_whole(sentence: str, encoding: str) -> None:
    importlib.import_module("ftfy.bad_codecs")  # registers the second encoding
    assert _body(sentence.encode().decode(encoding)) == sentence


@pytest.mark.parametrize("closing", ["â€", "â€\x9d", "â€\ufffd", "â€?"])
def test_a_closing_quote_that_lost_its_last_byte_is_one_again(closing: str) -> None:
    text = f"â€œWe waited for years,{closing} said Ilves. She called it â€œlong overdue.{closing}"
    assert _body(text) == "“We waited for years,” said Ilves. She called it “long overdue.”"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("Ilves asked: â€œIs it late?â€ Nobody knew.", "Ilves asked: “Is it late?” Nobody knew."),
        ("The pier â€“ the old one â€” canâ€™t stay.", "The pier – the old one — can’t stay."),
        ("The â€œpierâ€", "The “pier”"),
    ],
)
def test_other_signs_that_were_read_as_something_else_stay_what_they_are(
    broken: str, mended: str
) -> None:
    assert _body(broken) == mended


def test_a_soft_hyphen_that_is_no_broken_letter_goes_and_keeps_places() -> None:
    article = _clean("The café re\u00adopened on Friday at the port.")
    assert article.text.text.endswith("The café reopened on Friday at the port.")
    at = article.text.text.index("opened")
    assert original_span(article.text.runs, Span(at, at + 6)) == Span(12, 18)


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        (f"{TITLE} - The Northern Lamp", "The Northern Lamp"),
        (f"{TITLE} — northern lamp", "The Northern Lamp"),
        (f"{TITLE} | The Northern Lamp", "Northern Lamp"),
        (f"{TITLE} - The Northern Lamp", "www.northernlamp.example"),
        (f"{TITLE} - Lamp Money", "money.lamp.example"),
        (f"{TITLE} – northernlamp.example", "Northern Lamp"),
        (f"{TITLE} - Islands | Northern Lamp", "https://www.thenorthernlamp.co.uk/islands"),
    ],
)
def test_a_suffix_that_names_the_records_own_source_is_no_part_of_a_title(
    printed: str, source: str
) -> None:
    title = TITLE if "Islands" not in printed else f"{TITLE} - Islands"
    assert _clean(BODY, printed, source).title == title
    assert _clean(f"{printed}\n{BODY}", None, source).title == title


@pytest.mark.parametrize("source", [None, "The Northern Lamp", "lamp.example"])
@pytest.mark.parametrize(
    "printed",
    [
        "Mayor of Port Vila - the man and the pier",
        "The pier - and the northern lamp - are back",
        "Northern Lamp - a ship that never sailed",
    ],
)
def test_a_headlines_own_words_stay_whatever_the_source(printed: str, source: str | None) -> None:
    assert _clean(BODY, printed, source).title == printed


def test_a_repeat_of_the_title_with_the_sources_name_leaves_the_body() -> None:
    article = _clean(f"{TITLE} - Lamp of Efate\n{BODY}", TITLE, "Lamp of Efate")
    assert article.text.text == f"{TITLE}\n\n{BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "---",
        "* * *",
        "____",
        "![The pier at noon](https://lamp.example/pier_(old).jpg)",
        "[![The pier](pier.png)](https://lamp.example)",
        "[Back to top](#top)",
        "[Also read: Storm closes port](/storm)",
        "[1]: https://lamp.example/pier",
    ],
)
def test_rules_pictures_and_page_links_of_markdown_go(line: str) -> None:
    assert _body(f"{PROSE[0]}\n\n{line}\n\n{PROSE[1]}") == f"{PROSE[0]}\n{PROSE[1]}"


def test_links_and_emphasis_keep_their_words_in_their_places() -> None:
    text = (
        "The **council** met [the _new_ mayor](https://lamp.example/mayor) at *noon* in Port Vila."
    )
    article = _clean(text)
    assert article.text.text.endswith("The council met the new mayor at noon in Port Vila.")
    at = article.text.text.index("mayor")
    place = original_span(article.text.runs, Span(at, at + 5))
    assert place == Span(text.index("mayor]"), text.index("mayor]") + 5)


@pytest.mark.parametrize(
    "line",
    [
        "The file pier_plan_old and the name _quill at lamp are in the log, he said.",
        "He called it a f**k of a pier and s**t of a port, she said.",
        "It takes 2 * 3 * 4 stones, and a 5* hotel and a 4* inn stand there.",
        "He wrote “[the pier](the old one) is lost” on the wall of the port.",
        "He said that [the council] (in Port Vila) would meet on Friday.",
        "See https://lamp.example/_pier_/plan_a_b for the plan of the pier, he said.",
        "#savethepier was the word of the day in the port, the mayor said.",
        "-4 degrees were measured at the pier on Friday, the mayor said.",
    ],
)
def test_signs_that_are_no_markdown_stay(line: str) -> None:
    assert _body(f"{PROSE[0]}\n{line}\n{PROSE[1]}").split("\n")[1] == line


@pytest.mark.parametrize(
    "credit",
    ["(Harbour Wire)", "[Islands Press Agency]", "(Ada Quill and Bo Tern)", "(Lamp/Efate)"],
)
def test_a_credit_in_brackets_goes_from_the_end_alone(credit: str) -> None:
    assert _body(f"{BODY}\n{credit}\nMore from the Lamp") == BODY
    assert credit in _body(f"{PROSE[0]}\n{credit}\n{PROSE[1]}")


@pytest.mark.parametrize(
    "line", ["(He was not hurt.)", "(Lamp) 3-1", "(It is shut on Sundays)", "(2015)"]
)
def test_a_bracket_that_is_no_name_stays_at_the_end(line: str) -> None:
    assert _body(f"{BODY}\n{line}").endswith(line)


@pytest.mark.parametrize("label", ["Video", "Watch", "In pictures", "Listen"])
def test_a_media_label_heads_a_text_that_has_no_other_headline(label: str) -> None:
    headline = f"{label}: Storm hits the old pier"
    assert _clean(f"{headline}\n\n{BODY}", None).title == headline
    assert _clean(f"{headline}\n{TITLE}\n\n{BODY}", None).title == TITLE
    assert headline not in _body(f"{PROSE[0]}\n{headline}\n{PROSE[1]}")


def test_a_short_sentence_alone_above_the_only_blank_line_is_a_headline() -> None:
    sentence = "The old pier is lost."
    assert _clean(f"{sentence}\n\n{BODY}", None).title_source == "text"
    assert _clean(f"{sentence}\n{BODY}", None).title_source == "body"
    assert _clean("\n\n".join([sentence, *PROSE]), None).title_source == "body"
    assert _clean(f"{sentence} It was warm.\n\n{BODY}", None).title_source == "body"


@pytest.mark.parametrize(
    "end",
    [
        "Ada Quill is the editor of the Lamp",
        "The best piers of the islands and what they used to be",
        "- a new crane for the old port of the town",
        "More on the harbour at lamp.example/harbour",
        "What the new pier means for the town: five answers",
        "NOT WHAT IT USED TO BE",
    ],
)
def test_a_heading_a_link_or_an_authors_note_at_the_end_is_no_cut(end: str) -> None:
    assert not _clean(f"{BODY}\n{end}").truncated


@pytest.mark.parametrize(
    "end",
    [
        "The mayor said on Friday that the council of the",
        "The pier was lost. The council met again and chose the plan",
        "“We will rebuild the pier and the",
        "The council, which met in the old town,",
        f"The mayor told the council of the town {'yesterday and ' * 9}today he wants three cranes",
    ],
)
def test_a_sentence_that_breaks_off_is_told(end: str) -> None:
    assert _clean(f"{BODY}\n{end}").truncated
