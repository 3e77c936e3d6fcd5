"""When an article was published: what a record, the text and the command line say of it.

A date is never invented: what cannot be read for certain is unknown. Days are UTC days.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.documents import PublicationDate
from dateline.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.documents import DatePrecision, DateSource

UNKNOWN = PublicationDate()
_FIRST_YEAR = 1600
"""The first newspapers are of 1605; a year before is a placeholder ("0001-01-01")."""
_LAST_YEAR = 2100
"""Nothing is published yet that names a later one ("2917" for 2017)."""
_ISO_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}\Z")
_ISO_MINUTE = re.compile(r"\d{4}-?\d{2}-?\d{2}[T ]\d{2}:?\d{2}(?:Z|[+-]\d{2}(?::?\d{2})?)?\Z")
_CLOCK = re.compile(r"\d:\d{2}")
_SECONDS = re.compile(r"\d:\d{2}:\d{2}")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b")
_EPOCH_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
"""The midnight that a missing number of seconds is read as."""
_EPOCH = re.compile(r"\d{9,10}\Z")
_EPOCH_MILLISECONDS = re.compile(r"\d{12,13}\Z")
_MONTHS = 12
_MAX_LENGTH = 80
_MAIL_ZONES = {"UT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6}
_MAIL_ZONES |= {"PST": -8, "PDT": -7}
"""Hours from UTC of the zone letters that RFC 5322 (4.3) defines; other letters are ambiguous."""


def read_zone(name: str) -> tzinfo:
    """The time zone of an IANA name. Raises SettingsError."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(
            f"there is no time zone “{name[:80]}”", hint="use a name like Europe/Berlin or UTC"
        ) from None


def read_given_date(text: str, zone: tzinfo) -> PublicationDate:
    """The date of `--date`, or of nothing for "". Raises SettingsError."""
    if not text:
        return UNKNOWN
    found = _read(text, zone, "given")
    if found.value is None:
        raise SettingsError(
            f"“{text[:80]}” is no date", hint="write 2022-09-27 or 2022-09-27T09:35:00Z"
        )
    return found


def read_record_date(value: object, zone: tzinfo) -> PublicationDate:
    """The date that a field of a record states; unknown if it states none for certain.

    ISO 8601 and RFC 5322 in all their forms, seconds and milliseconds since 1970, and what
    dateutil reads of dates with day, month and year; "03/04/2021" is either day and unknown. A time
    without zone is one of `zone`; no time, or exactly 00:00:00, is a day.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return UNKNOWN
    text = str(int(value)) if isinstance(value, (int, float)) else value.strip()
    return _read(text, zone, "metadata")


def choose_date(*candidates: PublicationDate) -> PublicationDate:
    """The first date that is known: the record's, then the text's own stamp, then the given one."""
    return next((date for date in candidates if date.value), UNKNOWN)


def _read(text: str, zone: tzinfo, source: DateSource) -> PublicationDate:
    if not 0 < len(text) <= _MAX_LENGTH:
        return UNKNOWN
    readers: tuple[Callable[[str], datetime | None], ...] = (
        _from_iso,
        _from_epoch,
        _from_words,
    )
    for reader in readers:
        try:
            if (moment := reader(text)) is not None:
                return _dated(moment, text, zone, source)
        except (ValueError, OverflowError, OSError):
            continue
    return UNKNOWN


def _dated(moment: datetime, text: str, zone: tzinfo, source: DateSource) -> PublicationDate:
    """Precision and UTC; a day stays the day that was written, whatever the zone."""
    precision = _precision(moment, text)
    if precision == "day":
        moment = datetime.combine(moment.date(), time(), UTC)
    else:
        local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        moment = local.astimezone(UTC).replace(microsecond=0)
    possible = _FIRST_YEAR <= moment.year <= _LAST_YEAR and moment != _EPOCH_ZERO
    return PublicationDate(moment, precision, source) if possible else UNKNOWN


def _precision(moment: datetime, text: str) -> DatePrecision:
    if moment.time().replace(microsecond=0) == time():
        return "day"
    timed = _SECONDS.search(text) or not _CLOCK.search(text)
    return "second" if timed and not _ISO_MINUTE.match(text) else "minute"


def _from_iso(text: str) -> datetime | None:
    if _ISO_DAY.match(text):
        return datetime.combine(date.fromisoformat(text), time())
    return datetime.fromisoformat(text)


def _from_epoch(text: str) -> datetime | None:
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text), UTC)
    if _EPOCH_MILLISECONDS.match(text):
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    return None


def _from_words(text: str) -> datetime | None:
    """Read by dateutil, twice: what it fills in by itself differs, and then nothing is known."""
    from dateutil import parser  # noqa: PLC0415 - only rare layouts need it

    if text.isdigit() or _is_ambiguous(text):
        return None
    zones = {name: timezone(timedelta(hours=hours)) for name, hours in _MAIL_ZONES.items()}
    readings = [
        _quietly(parser.parse, text, default=datetime(year, month, day), tzinfos=zones)  # noqa: DTZ001 - zone is read from the text
        for year, month, day in ((1904, 1, 1), (2003, 2, 2))
    ]
    return readings[0] if readings[0] == readings[1] else None


def _quietly(parse: Callable[..., datetime], text: str, **options: object) -> datetime | None:
    """Zone letters that nobody can tell apart make dateutil warn; such a time is unknown."""
    import warnings  # noqa: PLC0415 - used with dateutil alone

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return parse(text, **options)
        except Warning:
            return None


def _is_ambiguous(text: str) -> bool:
    found = _NUMERIC.search(text)
    if found is None:
        return False
    first, second = int(found[1]), int(found[2])
    return first <= _MONTHS and second <= _MONTHS and first != second
