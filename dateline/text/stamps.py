"""The publication date that the head of a text itself states.

Known shapes: a stamp before a headline or on a line of its own ("Monday 4 April 2016 09:35
AM", "Sept. 4, 2016 | 9:35 pm GMT", "2016-04-04T09:35:00Z", "Published: 4 April 2016"), and
the wire's date line where it states a full date ("LONDON, Sept 4, 2016 (Agency) - …").
"""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from dateline.documents import PublicationDate, Span
from dateline.text.characters import CAPITALS
from dateline.text.months import MONTHS, WEEKDAYS, alternatives

if TYPE_CHECKING:
    from dateline.documents import DatePrecision

# Hours from UTC of the zones that newsrooms write; "IST" (India, Ireland, Israel) and other letters
# nobody can tell apart leave the day only.
_ZONES: dict[str, float] = {
    "UTC": 0, "GMT": 0, "Z": 0, "UT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2,
    "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "SAST": 2, "MSK": 3, "PKT": 5, "HKT": 8, "SGT": 8,
    "MYT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7,
}  # fmt: skip
_UNCLEAR_ZONE = r"[A-Z]{1,3}T"
_ZONE_NAME = "|".join([*sorted(_ZONES, key=len, reverse=True), _UNCLEAR_ZONE])
_MONTH = rf"(?:{alternatives(MONTHS)})\b\.?"
_WEEKDAY = rf"(?:(?:le\s+)?(?:{alternatives(WEEKDAYS)})\b\.?,?\s+)"
_DATE = (
    rf"(?P<weekday>{_WEEKDAY})?(?:"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?(?:\s+(?:of|de))?[\s-]+(?P<month>{_MONTH}),?"
    r"(?:\s+de)?[\s-]+(?P<year>[12]\d{3})"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>[12]\d{{3}})"
    r"|(?P<iso>[12]\d{3}-\d{2}-\d{2}|[12]\d{3}/\d{2}/\d{2})"
    r"|(?P<dotted>\d{1,2}\.\d{1,2}\.[12]\d{3})"
    r"|(?P<slashed>\d{1,2}/\d{1,2}/[12]\d{3}))(?!\d)"
)
_TIME = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"(?:\s*(?P<half>[ap]\.?m\b\.?)|\s*(?:uhr|h)\b)?"
    rf"(?:\s*\(?(?P<zone>(?-i:(?:GMT|UTC)?[+-]\d{{1,2}}(?::?\d{{2}})?|{_ZONE_NAME}))\b\)?)?"
)
_BETWEEN = r"(?:\s*(?:,?\s*(?:at|um|à|a las|kl\.?)\s|[,|•·–—-]|T(?=\d))\s*|\s+)"
_PUBLISHED = (
    r"(?:(?:first |originally )?(?:published|posted|released|issued|created|dated?)|publish date"
    r"|publié|publiziert|veröffentlicht|erstellt|publicado|pubblicato|gepubliceerd|publisert)"
)
_CHANGED = r"(?P<changed>(?:last |first )?(?:updated|modified)|aktualisiert|mis à jour|actualizado)"
_LABEL = rf"(?P<label>(?:{_PUBLISHED}|{_CHANGED})(?:\s+(?:on|at|am|le|el|il|op))?\s*:?\s+)"
_BYLINE = r"(?P<byline>by\s[^\d|\n]{2,80}?\s*[|,•·–—-]\s*)"
_YEAR_NUMBER = re.compile(r"[12]\d{3}")  # every date has one, few lines do
_DATE_TIME = re.compile(rf"{_BYLINE}?{_LABEL}?(?:{_DATE}(?:{_BETWEEN}{_TIME})?)", re.IGNORECASE)
_TIME_DATE = re.compile(rf"{_BYLINE}?{_LABEL}?{_TIME}{_BETWEEN}{_DATE}", re.IGNORECASE)
_DATELINE = re.compile(
    rf"(?P<place>[{CAPITALS}][{CAPITALS}'’.\- ]{{1,40}}(?:,\s[{CAPITALS}][\w.]{{1,20}})?),?\s+"
    rf"(?:/ [{CAPITALS}][\w .]{{1,30}} / )?"
    rf"(?i:{_DATE})\s*(?:(?:\([^()]{{2,40}}\)|/[^/]{{2,40}}/)?\s*[-–—:]|/\s)"
)
_FOOT = re.compile(
    rf"(?:this (?:story|article|piece|report) was )?(?:first|originally) (?:published|posted)"
    rf"(?: on)?:? {_DATE}\.?\Z",
    re.IGNORECASE,
)
_BY = re.compile(r"\s+by(?:\s+\S+){1,4}\s*\Z", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[|•·–—:,-]\s+|\s+|\s*$")
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?")
_HALF_DAY = 12
_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that a line states at its start, and the stretch of the line it takes.

    A `dateline` belongs to the prose ("LONDON, Sept 27, 2022 - …") and stays in the text. The
    `date` is unknown where the line says when the article was changed.
    """

    date: PublicationDate
    span: Span
    dateline: bool = False


def find_stamp(line: str, *, time_zone: tzinfo = UTC) -> Stamp | None:
    """The stamp that a line begins with or consists of, if any.

    A time without a zone is read in `time_zone`; one with a zone nobody can tell apart is left out
    and the precision is "day". A day is its UTC midnight.
    """
    head = line[:240]
    if not _YEAR_NUMBER.search(head):
        return None
    for pattern in (_DATE_TIME, _TIME_DATE):
        if (found := pattern.match(head)) and (stamp := _read(found, head, time_zone)):
            return stamp
    if found := _DATELINE.match(head):
        day = _day(found)
        if day is not None:
            return Stamp(_as_day(day), Span(0, found.end()), dateline=True)
    return None


def find_foot(line: str) -> PublicationDate:
    """The day that a notice below an article states ("Originally published 19 November 2018.")."""
    found = _FOOT.match(line.strip())
    day = _day(found) if found else None
    return _as_day(day) if day else PublicationDate()


def _read(found: re.Match[str], line: str, time_zone: tzinfo) -> Stamp | None:
    day = _day(found)
    if day is None:
        return None
    timed = found["hour"] is not None and bool(found["minute"] or found["half"])
    end = found.end() if timed or not found["hour"] else _end_of_date(found)
    if not _stands_apart(found, line, end, timed=timed):
        return None
    after = (found["label"] and _BY.match(line, end)) or _SEPARATOR.match(line, end)
    stated = _at(found, day, time_zone) if timed else _as_day(day)
    if stated is None:
        return None
    published = PublicationDate() if found["changed"] else stated
    return Stamp(published, Span(0, after.end() if after else end))


def _end_of_date(found: re.Match[str]) -> int:
    return max(found.end(name) for name in ("year", "year2", "iso", "dotted", "slashed"))


def _stands_apart(found: re.Match[str], line: str, end: int, *, timed: bool) -> bool:
    """Is this a stamp rather than the first words of a sentence ("27 May 2020 was a Wednesday")?"""
    rest = line[end:].strip()
    if not rest:
        return True
    if found["byline"] or not line[end : end + 1].isspace():
        return bool(re.match(r"\s*[|•·–—]\s", line[end:]))
    if re.match(r"\s+[|•·–—-]\s", line[end:]):
        return True
    if found["label"] and _BY.match(line, end):
        return True
    marked = timed or found["weekday"] or found["label"]
    return bool(marked) and not rest[0].islower() and rest[0] not in ",.;:)"


def _day(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    try:
        if parts["iso"]:
            return date.fromisoformat(parts["iso"].replace("/", "-"))
        if parts["dotted"]:
            day, month, year = parts["dotted"].split(".")
            return date(int(year), int(month), int(day))
        if parts["slashed"]:
            return _slashed(*map(int, parts["slashed"].split("/")))
        name = (parts["month"] or parts["month2"]).lower().rstrip(".")
        year, day = parts["year"] or parts["year2"], parts["day"] or parts["day2"]
        return date(int(year), MONTHS[name], int(day))
    except ValueError:
        return None


def _slashed(first: int, second: int, year: int) -> date | None:
    """The same day for 25/12/2020 and 12/25/2020; None for 03/04/2021: which part is the month?"""
    if first <= _YEAR and second <= _YEAR and first != second:
        return None
    return date(year, *((second, first) if first > _YEAR else (first, second)))


def _as_day(day: date) -> PublicationDate:
    return PublicationDate(datetime.combine(day, time(), UTC), "day", "text")


def _at(found: re.Match[str], day: date, time_zone: tzinfo) -> PublicationDate | None:
    """The moment, or the day where the zone cannot be told; None for a time that does not exist."""
    clock = _clock(found)
    if clock is None:
        return None
    zone = _zone(found["zone"]) if found["zone"] else time_zone
    if zone is None:
        return _as_day(day)
    precision: DatePrecision = "second" if found["second"] else "minute"
    try:
        moment = datetime.combine(day, clock, zone).astimezone(UTC)
    except OverflowError:
        return None
    return PublicationDate(moment, precision, "text")


def _clock(found: re.Match[str]) -> time | None:
    hour = int(found["hour"])
    if found["half"] and hour <= _HALF_DAY:
        afternoon = found["half"][0] in "pP"
        hour = hour % _HALF_DAY + (_HALF_DAY if afternoon else 0)
    try:
        return time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def _zone(name: str) -> tzinfo | None:
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    found = _OFFSET.fullmatch(name)
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    sign = -1 if found[1] == "-" else 1
    return timezone(sign * offset) if offset < timedelta(hours=24) else None
