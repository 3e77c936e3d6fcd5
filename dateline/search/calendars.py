"""Calendar arithmetic of searches: periods a person types, and the bars of a histogram.

Days are UTC days. Weeks begin on Monday (ISO 8601).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from dateline.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.search.queries import Interval

Step = Literal["day", "week", "month", "year"]

STEPS: tuple[Step, ...] = ("day", "week", "month", "year")
MAX_BARS = 1_000
"""Bars one histogram may have; more are drawn with the next coarser interval."""

_DAYS_BY_DAY = 62
_YEARS_BY_WEEK = 1
_YEARS_BY_MONTH = 10
_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_DATE_HINT = "type a day as 2022-09-27, a month as 2022-09 or a year as 2022"


def parse_period(text: str, parameter: str = "q") -> tuple[date, date]:
    """First and last day of a year, month or day: "2022", "2022-09", "2022-09-27".

    Raises ParameterError, which names `parameter`, for anything else and for days that no calendar
    has.
    """
    found = _PERIOD.fullmatch(text.strip().translate(_DASHES))
    if not found:
        raise ParameterError(f"not a date: {_shown(text)}", hint=_DATE_HINT, parameter=parameter)
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return _period(year or 0, month, day)
    except ValueError as fault:
        raise ParameterError(
            f"no calendar has this date: {text.strip()}",
            hint=_day_hint(year or 0, month),
            parameter=parameter,
        ) from fault


def _period(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, month, 1 if day is None else day)
    return first, first if day is not None else first.replace(day=monthrange(year, month)[1])


def _day_hint(year: int, month: int | None) -> str:
    if year and month and month <= 12:  # noqa: PLR2004 -- months of a year
        return f"{year:04}-{month:02} has {monthrange(year, month)[1]} days"
    return f"years run from 0001 to 9999, months from 01 to 12: {_DATE_HINT}"


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 -- a glance


def choose_interval(first: date, last: date) -> Step:
    """The step that `interval=auto` means between two days, both included.

    Day to 62 days, week to a year, month to ten years, year beyond.
    """
    if (last - first).days < _DAYS_BY_DAY:
        return "day"
    years = _full_years(first, last)
    if years < _YEARS_BY_WEEK:
        return "week"
    return "month" if years < _YEARS_BY_MONTH else "year"


def _full_years(first: date, last: date) -> int:
    """Anniversaries of `first` up to `last`, that day included."""
    passed = (last.month, last.day) >= (first.month, first.day)
    return last.year - first.year - (0 if passed else 1)


def bound_interval(
    first: date, last: date, interval: Interval, *, limit: int = MAX_BARS
) -> tuple[Step, str | None]:
    """The step to draw with, and a warning when `interval` would need more than `limit` bars."""
    asked = choose_interval(first, last) if interval == "auto" else interval
    allowed = STEPS[STEPS.index(asked) :]
    for step in allowed:
        if count_bars(first, last, step) <= limit:
            return step, None if step == asked else _coarser(asked, step, limit)
    return "year", None if asked == "year" else _coarser(asked, "year", limit)


def _coarser(asked: Step, step: Step, limit: int) -> str:
    return (
        f"interval={asked} would draw more than {limit:,} bars, so the histogram counts by {step}; "
        "narrow it with from and to"
    )


def count_bars(first: date, last: date, step: Step) -> int:
    """How many bars cover two days, both included; 0 when `last` is before `first`."""
    if last < first:
        return 0
    start, end = floor_day(first, step), floor_day(last, step)
    if step == "year":
        return end.year - start.year + 1
    if step == "month":
        return (end.year - start.year) * 12 + end.month - start.month + 1
    return (end - start).days // (7 if step == "week" else 1) + 1


def calendar_bars(first: date, last: date, step: Step) -> tuple[tuple[date, date], ...]:
    """Every bar between two days, both included: its first day and the first day of the next.

    Bars are whole weeks, months and years, so the first may begin before `first`. The end of the
    last bar before year 10000 is 9999-12-31, for want of a later day.
    """
    return tuple(_iter_bars(first, last, step))


def _iter_bars(first: date, last: date, step: Step) -> Iterator[tuple[date, date]]:
    start = floor_day(first, step)
    while start <= last:
        end = next_day(start, step)
        yield start, end
        if end == date.max:
            return
        start = end


def floor_day(day: date, step: Step) -> date:
    """The first day of the bar that holds this day (never before 0001-01-01, a Monday)."""
    if step == "week":
        return day - timedelta(days=day.weekday())
    if step == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if step == "year" else day


def next_day(start: date, step: Step) -> date:
    """The first day of the bar after the one that starts here; 9999-12-31 when there is none."""
    try:
        if step == "month":
            return start + timedelta(days=monthrange(start.year, start.month)[1])
        if step == "year":
            return start.replace(year=start.year + 1)
        return start + timedelta(days=7 if step == "week" else 1)
    except (ValueError, OverflowError):
        return date.max
