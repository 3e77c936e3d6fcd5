from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents import PublicationDate
from dateline.text.stamps import find_foot, find_stamp

HEADLINE = "Ferry runs aground off the northern isles"


@pytest.mark.parametrize(
    ("stamp", "moment", "precision"),
    [
        ("Monday 4 April 2016 09:35 AM ", (2016, 4, 4, 9, 35), "minute"),
        ("Monday 4 April 2016 09:35 PM ", (2016, 4, 4, 21, 35), "minute"),
        ("Mon, 4 Apr 2016 21:35:10 GMT | ", (2016, 4, 4, 21, 35, 10), "second"),
        ("April 4, 2016 at 12:05 a.m. ", (2016, 4, 4, 0, 5), "minute"),
        ("Sept. 4th, 2016 - ", (2016, 9, 4), "day"),
        ("04:10 EDT, Monday, April 4 2016 ", (2016, 4, 4, 8, 10), "minute"),
        ("2016-04-04T21:35:10+02:00 ", (2016, 4, 4, 19, 35, 10), "second"),
        ("2016-04-04 21:35 ", (2016, 4, 4, 21, 35), "minute"),
        ("04.04.2016, 21:35 ", (2016, 4, 4, 21, 35), "minute"),
        ("Published: 4 April 2016 ", (2016, 4, 4), "day"),
        ("Monday 4 April 2016 09:35 BST ", (2016, 4, 4, 8, 35), "minute"),
        ("Monday 4 April 2016 09:35 CEST ", (2016, 4, 4, 7, 35), "minute"),
        ("4 April 2016 - 09:35 GMT+3 ", (2016, 4, 4, 6, 35), "minute"),
        ("Monday 4 April 2016 09:35 IST ", (2016, 4, 4), "day"),
        ("Monday 4 April 2016 4:35 PM XKT ", (2016, 4, 4), "day"),
        ("14/04/2016 21:35 ", (2016, 4, 14, 21, 35), "minute"),
        ("Montag, 4. April 2016, 21:35 Uhr ", (2016, 4, 4, 21, 35), "minute"),
        ("Publié le 4 août 2016 à 21h35 ", (2016, 8, 4, 21, 35), "minute"),
        ("Publicado el 4 de abril de 2016 ", (2016, 4, 4), "day"),
    ],
)
def test_a_stamp_before_a_headline_is_read_and_measured(
    stamp: str, moment: tuple[int, ...], precision: str
) -> None:
    found = find_stamp(stamp + HEADLINE)
    assert found is not None
    assert found.date == PublicationDate(datetime(*moment, tzinfo=UTC), precision, "text")  # type: ignore[arg-type, misc]
    assert (stamp + HEADLINE)[found.span.end :] == HEADLINE
    assert not found.dateline


@pytest.mark.parametrize(
    "line",
    [
        "4 April 2016",
        "Posted on April 4, 2016 by the desk",
        "By Ada Quill | 4 April 2016 10:20",
        "21:35, 4 April 2016",
        "2016-04-04",
    ],
)
def test_a_line_that_is_only_a_stamp_is_taken_whole(line: str) -> None:
    found = find_stamp(line)
    assert found is not None
    assert found.span.end == len(line)
    assert found.date.value is not None
    assert found.date.value.date().isoformat() == "2016-04-04"


@pytest.mark.parametrize("line", ["Last updated on 4 April 2016", "Aktualisiert: 04.04.2016"])
def test_a_line_that_says_when_an_article_was_changed_goes_and_dates_nothing(line: str) -> None:
    found = find_stamp(line)
    assert found is not None
    assert found.span.end == len(line)
    assert found.date == PublicationDate()


def test_a_notice_below_the_article_states_its_day() -> None:
    found = find_foot("This story was originally published April 4, 2016.")
    assert found == PublicationDate(datetime(2016, 4, 4, tzinfo=UTC), "day", "text")
    assert find_foot("The bridge was first opened on April 4, 2016.") == PublicationDate()


@pytest.mark.parametrize(
    "line",
    [
        "4 April 2016 was the day the bridge fell.",
        "Monday 4 April 2016 was a quiet day.",
        "On 4 April 2016 the bridge fell.",
        "April 4, 2016, the day the bridge fell, was warm.",
        "May 2016 will be remembered.",
        "30 February 2016",
        "03/04/2016",
        "4 April 2016 25:61 Ferry aground",
        "Monday morning traffic",
        "2016 was a year of storms",
        "LONDON, April 4 - Wheat prices rose.",
        "",
    ],
)
def test_a_sentence_or_an_impossible_date_is_no_stamp(line: str) -> None:
    assert find_stamp(line) is None


def test_a_date_line_with_a_full_date_dates_the_article_and_stays() -> None:
    found = find_stamp("PORT VILA, April 4, 2016 (Islands Wire) - The ferry ran aground.")
    assert found is not None
    assert found.dateline
    assert found.date == PublicationDate(datetime(2016, 4, 4, tzinfo=UTC), "day", "text")


def test_a_date_line_of_a_press_release_with_its_wire_in_slashes_dates_the_article() -> None:
    found = find_stamp("PORT VILA, VU / ISLEWIRE / April 4, 2016 / Shells Inc. today said")
    assert found is not None
    assert found.dateline
    assert found.date == PublicationDate(datetime(2016, 4, 4, tzinfo=UTC), "day", "text")


def test_a_time_without_zone_is_read_in_the_given_zone_and_a_stated_zone_wins() -> None:
    oslo = ZoneInfo("Europe/Oslo")
    local = find_stamp("4 July 2016 10:00", time_zone=oslo)
    stated = find_stamp("4 July 2016 10:00 UTC", time_zone=oslo)
    assert local is not None
    assert stated is not None
    assert local.date.value == datetime(2016, 7, 4, 8, tzinfo=UTC)
    assert stated.date.value == datetime(2016, 7, 4, 10, tzinfo=UTC)


def test_a_day_is_its_utc_midnight_in_every_zone() -> None:
    found = find_stamp("4 July 2016", time_zone=ZoneInfo("Asia/Tokyo"))
    assert found is not None
    assert found.date.value == datetime(2016, 7, 4, tzinfo=UTC)


def test_a_moment_outside_the_calendar_is_no_stamp() -> None:
    assert find_stamp("31 December 9999 23:59", time_zone=ZoneInfo("America/Lima")) is None


@given(st.text(alphabet="0123456789 :.-/TZAPMaprilMon,|+()", max_size=60))
def test_no_line_breaks_the_reader(line: str) -> None:
    found = find_stamp(line)
    assert found is None or 0 < found.span.end <= len(line)


@pytest.mark.parametrize(
    "place", ["COPIAPÓ, Chile", "ÓBIDOS", "ŁÓDŹ, Poland", "ÅLESUND", "SÃO TOMÉ"]
)
def test_a_date_line_may_have_accented_or_foreign_capitals(place: str) -> None:
    stamp = find_stamp(f"{place}, Sept 27, 2022 (Agency) - The pier opened.")
    assert stamp is not None
    assert stamp.dateline


def test_small_letters_are_no_date_line() -> None:
    assert find_stamp("In óbidos, Sept 27, 2022 - the pier opened.") is None
