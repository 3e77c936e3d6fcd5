from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import ParameterError
from dateline.search.calendars import (
    MAX_BARS,
    STEPS,
    Step,
    bound_interval,
    calendar_bars,
    choose_interval,
    count_bars,
    parse_period,
)

START = date(2022, 1, 3)


@pytest.mark.parametrize(
    ("last", "step"),
    [
        (START, "day"),
        (START + timedelta(days=61), "day"),
        (START + timedelta(days=62), "week"),
        (date(2023, 1, 2), "week"),
        (date(2023, 1, 3), "month"),
        (date(2032, 1, 2), "month"),
        (date(2032, 1, 3), "year"),
        (date.max, "year"),
    ],
)
def test_interval_follows_the_length_of_time(last: date, step: Step) -> None:
    assert choose_interval(START, last) == step


def test_interval_is_chosen_at_the_ends_of_the_calendar() -> None:
    assert choose_interval(date(9999, 1, 1), date.max) == "week"
    assert choose_interval(date(2024, 2, 29), date(2025, 2, 28)) == "week"
    assert choose_interval(date(2024, 2, 29), date(2025, 3, 1)) == "month"


@pytest.mark.parametrize(
    ("step", "bars"),
    [
        ("day", [(date(2022, 9, 27), date(2022, 9, 28)), (date(2022, 9, 28), date(2022, 9, 29))]),
        ("week", [(date(2022, 9, 26), date(2022, 10, 3))]),
        ("month", [(date(2022, 9, 1), date(2022, 10, 1))]),
        ("year", [(date(2022, 1, 1), date(2023, 1, 1))]),
    ],
)
def test_bars_are_whole_days_weeks_from_monday_months_and_years(
    step: Step, bars: list[tuple[date, date]]
) -> None:
    assert list(calendar_bars(date(2022, 9, 27), date(2022, 9, 28), step)) == bars


DAYS = st.dates(date(1, 1, 1), date.max)


@given(DAYS, st.integers(0, 900), st.sampled_from(STEPS))
@settings(deadline=None)
def test_bars_touch_cover_all_days_and_are_as_many_as_counted(
    first: date, days: int, step: Step
) -> None:
    last = min(first.toordinal() + days, date.max.toordinal())
    bars = calendar_bars(first, date.fromordinal(last), step)
    assert len(bars) == count_bars(first, date.fromordinal(last), step)
    assert bars[0][0] <= first
    assert bars[-1][1] > date.fromordinal(last) or bars[-1][1] == date.max
    assert all(left[1] == right[0] for left, right in pairwise(bars))


def test_no_bars_when_the_end_lies_before_the_start() -> None:
    assert calendar_bars(date(2022, 2, 1), date(2022, 1, 1), "day") == ()
    assert count_bars(date(2022, 2, 1), date(2022, 1, 1), "day") == 0


def test_too_many_bars_are_drawn_coarser_and_told() -> None:
    step, warning = bound_interval(date(2000, 1, 1), date(2010, 12, 31), "day")
    assert step == "week"
    assert warning
    assert "1,000 bars" in warning
    assert "by week" in warning


@given(DAYS, DAYS, st.sampled_from([*STEPS, "auto"]))
@settings(deadline=None)
def test_bars_stay_within_the_cap_unless_there_are_that_many_years(
    one: date, other: date, interval: Step
) -> None:
    first, last = sorted((one, other))
    step, warning = bound_interval(first, last, interval)
    assert count_bars(first, last, step) <= MAX_BARS or step == "year"
    if interval != "auto":
        assert (warning is None) == (step == interval)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2022", (date(2022, 1, 1), date(2022, 12, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2022-09-27", (date(2022, 9, 27), date(2022, 9, 27))),
        ("2022-9-7", (date(2022, 9, 7), date(2022, 9, 7))),
        ("9999-12", (date(9999, 12, 1), date(9999, 12, 31))),
    ],
)
def test_a_period_is_its_first_and_last_day(typed: str, period: tuple[date, date]) -> None:
    assert parse_period(typed) == period


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2022-02-30", "2022-02 has 28 days"),
        ("2022-02-00", "2022-02 has 28 days"),
        ("2022-13", "months from 01 to 12"),
        ("2022-00-10", "months from 01 to 12"),
        ("0000", "years run from 0001"),
        ("22-09-27", "type a day as"),
        ("27.09.2022", "type a day as"),
        ("+999999", "type a day as"),
        ("\u0662\u0660\u0662\u0662", "type a day as"),
        ("", "type a day as"),
        ("9" * 5_000, "type a day as"),
    ],
)
def test_a_day_that_no_calendar_has_is_refused_with_the_way_out(typed: str, told: str) -> None:
    with pytest.raises(ParameterError) as raised:
        parse_period(typed, "from")
    assert told in raised.value.hint
    assert raised.value.parameter == "from"
    assert len(raised.value.message) < 100
