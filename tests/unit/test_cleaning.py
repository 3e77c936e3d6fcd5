# ruff: noqa: RUF001  # typographic signs and other scripts are what is tested

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.documents import CleanArticle, PublicationDate, Span, Unusable
from dateline.text.cleaning import clean_article
from dateline.text.spans import original_span, trace

TITLE = "Old pier at Port Vila to be rebuilt"
PROSE = (
    "The harbour council voted on Friday for a new pier at Port Vila.",
    "Work on the pier begins in June and will take three years, the mayor said.",
    "The old pier was lost in a storm in the spring of 2015.",
)
BODY = "\n".join(PROSE)


def _clean(text: str, title: str | None = None) -> CleanArticle:
    article = clean_article(trace(text), None if title is None else trace(title, 10_000))
    assert isinstance(article, CleanArticle)
    return article


def _refusal(text: str, title: str | None = None) -> str:
    refused = clean_article(trace(text), None if title is None else trace(title))
    assert isinstance(refused, Unusable)
    assert refused.reason
    return refused.code


def _body(text: str, title: str | None = TITLE) -> str:
    article = _clean(text, title)
    return article.text.text[article.body_start :]


def test_text_is_title_blank_line_and_one_line_per_paragraph() -> None:
    article = _clean(f"{TITLE}\n\n" + "\n\n".join(PROSE))
    assert article.text.text == f"{TITLE}\n\n{BODY}"
    assert article.text.text[article.body_start :] == BODY
    assert (article.title, article.title_source) == (TITLE, "text")
    assert article.stamp == PublicationDate()
    assert not article.truncated


def test_without_headline_the_title_is_the_first_sentence_cut_at_a_word() -> None:
    article = _clean(BODY)
    assert (article.title, article.title_source) == (PROSE[0], "body")
    assert (article.text.text, article.body_start) == (BODY, 0)
    longer = _clean("The council of the " + "very " * 20 + "old town met. It voted.")
    assert len(longer.title) <= 80
    assert longer.title.endswith(" very")


@pytest.mark.parametrize(
    "headline",
    [TITLE, f"{TITLE}?", f"Quill: '{TITLE}'", "Pier shut", "PIER TO BE REBUILT", f"{TITLE} ..."],
)
def test_a_short_line_without_full_stop_over_prose_is_a_headline(headline: str) -> None:
    assert _clean(f"{headline}\n{BODY}").title_source == "text"


@pytest.mark.parametrize(
    "first",
    [
        "The council met on Friday.",
        "Among its decisions:",
        "(Corrects the name of the mayor in the third paragraph)",
        "The council met on Friday. It voted for the pier after a long debate about cost.",
    ],
)
def test_a_sentence_a_list_opening_or_an_editors_note_is_no_headline(first: str) -> None:
    assert _clean(f"{first}\n{BODY}").title_source == "body"


def test_a_given_title_wins_and_goes_from_the_body_that_repeats_it() -> None:
    article = _clean(f"{TITLE}\n{TITLE} - Harbour Times\n{BODY}", TITLE)
    assert article.title_source == "metadata"
    assert article.text.text == f"{TITLE}\n\n{BODY}"
    assert original_span(article.text.runs, Span(0, 3)) == Span(10_000, 10_003)


def test_a_blank_title_counts_as_none() -> None:
    assert _clean(f"{TITLE}\n{BODY}", " \n ").title_source == "text"


@pytest.mark.parametrize(
    "printed",
    [
        f"{TITLE} - The Harbour Times",
        f"{TITLE} | Islands Wire",
        f"{TITLE} – BBC News",
        f"{TITLE} | Politics | Islands Wire",
        f"{TITLE} ... trends now",
        f"{TITLE} trends now",
        f"Monday 4 April 2016 09:35 AM {TITLE} ... trends now",
        f"{TITLE}\n",
    ],
)
def test_stamp_outlet_suffix_and_trends_now_are_no_part_of_a_title(printed: str) -> None:
    assert _clean(BODY, printed).title == TITLE
    assert _clean(f"{printed}\n{BODY}").title == TITLE


@pytest.mark.parametrize(
    "printed",
    [
        "Council - builders talks fail again",
        "Storm over pier: mayor - and council - to blame",
        "Port Vila v Luganville - match report",
        "What the trends now mean for the pier",
    ],
)
def test_a_dash_inside_a_headline_stays(printed: str) -> None:
    assert _clean(f"{printed}\n{BODY}").title == printed


def test_a_headline_with_stamp_said_four_times_stays_once_and_dates_the_article() -> None:
    head = f"Monday 4 April 2016 09:35 AM {TITLE} ... trends now"
    article = _clean(f"{head}\n\n{head}\n{head}\n\n{head}\n\n{BODY}")
    assert article.text.text == f"{TITLE}\n\n{BODY}"
    assert article.stamp == PublicationDate(
        datetime(2016, 4, 4, 9, 35, tzinfo=UTC), "minute", "text"
    )


def test_date_line_and_by_line_leave_the_body_and_the_wires_date_line_stays() -> None:
    wire = f"PORT VILA, April 4, 2016 (Islands Wire) - {PROSE[0]}"
    article = _clean(f"{TITLE}\nBy Ada Quill\nPublished: 4 April 2016\n{wire}\n{PROSE[1]}")
    assert article.text.text == f"{TITLE}\n\n{wire}\n{PROSE[1]}"
    assert article.stamp.precision == "day"


def test_the_time_zone_reads_times_that_name_none() -> None:
    body = trace(f"{TITLE}\n4 April 2016 09:35\n{BODY}")
    article = clean_article(body, None, time_zone=ZoneInfo("Pacific/Efate"))
    assert isinstance(article, CleanArticle)
    assert article.stamp.value == datetime(2016, 4, 3, 22, 35, tzinfo=UTC)


def test_a_date_deep_in_the_text_is_no_stamp() -> None:
    lines = [f"{PROSE[0][:-1]}, item {n}." for n in range(9)]
    assert _clean("\n".join([*lines, "4 April 2016"])).stamp == PublicationDate()


def test_broken_encodings_entities_and_unseen_signs_are_mended_in_place() -> None:
    article = _clean(
        "The mayorâ€™s cafÃ© &amp; bar\u200b was shut\x00 at\u00a0noon. It re\u00adopened."
    )
    assert article.text.text == "The mayor’s café & bar was shut at noon. It reopened."
    at = article.text.text.index("bar")
    assert original_span(article.text.runs, Span(at, at + 3)) == Span(26, 29)


def test_good_signs_stay_as_they_are() -> None:
    text = "“Ça va”, dit‑il – ‘oui’… ﬁn Ａ 🇫🇷 👨‍👩‍👧 می‌خواهم."
    assert _clean(text).text.text == text


def test_text_is_composed_and_the_dotted_capital_i_keeps_offsets() -> None:
    article = _clean("Jose\u0301 met İnci at the pier on Friday.")
    assert article.text.text == "José met Inci at the pier on Friday."
    assert len(article.text.text.lower()) == len(article.text.text)


def test_every_kind_of_line_end_parts_lines() -> None:
    ends = ["\r\n", "\r", "\u2028", "\u2029", "\f"]
    text = "".join(f"{PROSE[0][:-1]}, item {n}.{end}" for n, end in enumerate(ends))
    assert len(_clean(text).text.text.split("\n")) == len(ends)


def test_a_cut_off_end_stays_and_is_told() -> None:
    for end in ("when people left [the pier after", "and the mayor said that the", "He said…"):
        article = _clean(f"{BODY}\n{end}", TITLE)
        assert article.truncated
        assert article.text.text.endswith(end)


def test_the_mark_of_a_news_api_goes_and_is_told() -> None:
    article = _clean(f"{BODY}\nWork on the new pier begins… [+2512 chars]")
    assert article.truncated
    assert article.text.text.endswith("begins")


def test_an_ended_last_line_or_a_short_label_is_not_cut_off() -> None:
    for end in ("“It will stand,” she said.", "The end", 'She said: "Yes."', "It is over! (AFP)"):
        assert not _clean(f"{BODY}\n{end}", TITLE).truncated


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x00", "\ufeff"])
def test_nothing_is_refused_as_empty(text: str) -> None:
    assert _refusal(text) == "empty"


def test_binary_wordless_and_bodiless_texts_are_refused() -> None:
    assert _refusal("PK\x03\x04\x14\x00\x08\x00" * 20) == "binary"
    assert _refusal("\ufffd\ufffdab" * 20) == "binary"
    assert _refusal("12 34\n-- 5") == "no_words"
    assert _refusal(f"{TITLE}\n{TITLE}", TITLE) == "no_body"
    assert _refusal("Advertisement\nRead more: Storm closes the port") == "no_body"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Le pont fermé\nLe maire a déclaré vendredi que le pont resterait fermé en juin.\n"
            "« Nous n’avons pas le choix », a-t-il dit. Aujourd'hui encore, rien n'est sûr."
        ),
        (
            "Brücke bleibt zu\nDer Bürgermeister sagte am Freitag, sie bleibe bis Juni zu.\n"
            "„Wir haben keine Wahl“, sagte er. Die Kosten, z. B. für Stahl, stiegen um 3,5 %."
        ),
        (
            "Мост закрыт до июня\nМэр заявил в пятницу, что мост останется закрытым до июня.\n"
            "«У нас нет выбора», — сказал он. Стоимость выросла на 3,5 процента."
        ),
        (
            "El puente sigue cerrado\nEl alcalde dijo el viernes que seguirá cerrado hasta junio.\n"
            "«¿Qué podemos hacer?», preguntó. No hubo respuesta de la empresa."
        ),
    ],
)
def test_other_languages_come_out_whole(text: str) -> None:
    title, body = text.split("\n", 1)
    assert _clean(text).text.text == f"{title}\n\n{body}"


HEADS = st.lists(
    st.sampled_from([TITLE, "4 April 2016", "By Ada Quill", "Advertisement", ""]), max_size=5
)
LINES = st.lists(
    st.sampled_from(
        [
            TITLE,
            *PROSE,
            "Also read: Storm",
            "Why now?",
            "Work on it began in 1880",
            "",
            "More from Ada:",
            "It met on Friday.The mayor left",
            'He said: "No."The end came.',
            "4 April 2016",
        ]
    ),
    max_size=9,
)
ENDS = [
    "The builders come from the north of the island.",
    "They were paid in coconuts.",
    "It was warm.",
]
TAILS = st.lists(
    st.sampled_from(["NEXT Storm hits the old port", "Advertisement", "3 comments"]), max_size=4
)


@settings(max_examples=300)
@given(HEADS, LINES, TAILS)
def test_cleaning_a_cleaned_text_changes_nothing(
    head: list[str], lines: list[str], tail: list[str]
) -> None:
    once = clean_article(trace("\n".join([*head, *lines, *ENDS, *tail])), None)
    if isinstance(once, CleanArticle):
        given = trace(once.title) if once.title_source == "text" else None
        again = clean_article(trace(once.text.text), given)
        assert isinstance(again, CleanArticle)
        assert again.text.text == once.text.text


@given(st.text(max_size=200))
def test_any_text_is_cleaned_or_refused_and_every_copy_equals_the_original(text: str) -> None:
    article = clean_article(trace(text), None)
    if isinstance(article, Unusable):
        return
    for run in article.text.runs:
        if run.original_length is None:
            copied = text[run.original_start : run.original_start + run.length]
            assert article.text.text[run.start : run.start + run.length] == copied
