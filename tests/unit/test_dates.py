from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline.documents import PublicationDate
from dateline.errors import SettingsError
from indexer.dates import choose_date, read_given_date, read_record_date, read_zone


@pytest.mark.parametrize(
    ("value", "expected", "precision"),
    [
        ("2016-04-04 07:13:48", "2016-04-04T07:13:48+00:00", "second"),
        ("2016-04-14 17:03:48+00:00", "2016-04-14T17:03:48+00:00", "second"),
        ("2023-06-24T10:20:00Z", "2023-06-24T10:20:00+00:00", "second"),
        ("2023-06-24T12:20:30.123+02:00", "2023-06-24T10:20:30+00:00", "second"),
        ("2022-09-27T09:35", "2022-09-27T09:35:00+00:00", "minute"),
        ("2022-09-27", "2022-09-27T00:00:00+00:00", "day"),
        ("20220927", "2022-09-27T00:00:00+00:00", "day"),
        ("2017-05-01 00:00:00", "2017-05-01T00:00:00+00:00", "day"),
        ("2017-05-01T00:00:00+05:00", "2017-05-01T00:00:00+00:00", "day"),
        ("Tue, 27 Sep 2022 09:35:10 +0200", "2022-09-27T07:35:10+00:00", "second"),
        ("Tue, 27 Sep 2022 09:35:10 EST", "2022-09-27T14:35:10+00:00", "second"),
        ("27 September 2022", "2022-09-27T00:00:00+00:00", "day"),
        ("Sep 27, 2022 9:35 pm", "2022-09-27T21:35:00+00:00", "minute"),
        ("27/09/2022", "2022-09-27T00:00:00+00:00", "day"),
        ("05/05/2022", "2022-05-05T00:00:00+00:00", "day"),
        (1664271300, "2022-09-27T09:35:00+00:00", "second"),
        ("1664271300000", "2022-09-27T09:35:00+00:00", "second"),
        ("1987-02-26 15:01:01", "1987-02-26T15:01:01+00:00", "second"),
    ],
)
def test_dates_of_records_are_read(value: object, expected: str, precision: str) -> None:
    found = read_record_date(value, UTC)
    assert found.value is not None
    assert (found.value.isoformat(), found.precision, found.source) == (
        expected,
        precision,
        "metadata",
    )


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        True,
        [],
        {},
        0,
        float("1e300"),
        "yesterday",
        "May 5",
        "September 2022",
        "2022",
        "12:30",
        "03/04/2021",
        "30 February 2022",
        "2022-02-30",
        "0000-01-01",
        "0001-01-01T00:00:00",
        "99999-01-01",
        "27 Sep 2022 09:35 IST",
        "9" * 5000,
        "x" * 5000,
        "2022-09-27" * 20,
    ],
)
def test_a_date_is_never_invented(value: object) -> None:
    assert read_record_date(value, UTC) == PublicationDate()


def test_the_given_zone_reads_times_without_one_and_leaves_days_alone() -> None:
    zone = read_zone("Europe/Berlin")
    assert read_record_date("2022-07-01 12:00:00", zone).value == datetime(
        2022, 7, 1, 10, tzinfo=UTC
    )
    assert read_record_date("2022-07-01T12:00:00Z", zone).value == datetime(
        2022, 7, 1, 12, tzinfo=UTC
    )
    assert read_record_date("2022-07-01", zone).value == datetime(2022, 7, 1, tzinfo=UTC)


def test_the_last_second_of_time_overflows_no_one() -> None:
    assert read_record_date("9999-12-31T23:59:59-05:00", UTC) == PublicationDate()


def test_metadata_come_before_the_text_and_the_text_before_what_is_given() -> None:
    metadata = read_record_date("2020-01-01", UTC)
    stamp = PublicationDate(datetime(2021, 1, 1, tzinfo=UTC), "day", "text")
    given = read_given_date("2022-01-01", UTC)
    assert choose_date(metadata, stamp, given) == metadata
    assert choose_date(PublicationDate(), stamp, given) == stamp
    assert choose_date(PublicationDate(), PublicationDate(), given).source == "given"
    assert choose_date() == PublicationDate()


def test_a_given_date_or_zone_that_is_none_is_a_fault_of_usage() -> None:
    with pytest.raises(SettingsError, match="30 February"):
        read_given_date("30 February 2022", UTC)
    for name in ("Mars/Base", "../etc/passwd", "", "x" * 10_000):
        with pytest.raises(SettingsError):
            read_zone(name)
