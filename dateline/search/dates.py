"""Engines count milliseconds since 1970; we hold aware UTC moments and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

DAY = 86_400_000
"""Milliseconds of a UTC day."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def from_epoch(milliseconds: float | None) -> datetime | None:
    """The moment so many milliseconds after 1970 (before, if negative); None for none."""
    return None if milliseconds is None else _EPOCH + timedelta(milliseconds=milliseconds)


def day_of(milliseconds: float) -> date:
    """The UTC day of that moment."""
    return (_EPOCH + timedelta(milliseconds=milliseconds)).date()


def midnight(day: date) -> datetime:
    """The moment a UTC day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def to_epoch(moment: datetime) -> int:
    """Milliseconds from 1970 to this moment, rounded down."""
    return (moment - _EPOCH) // _MILLISECOND
