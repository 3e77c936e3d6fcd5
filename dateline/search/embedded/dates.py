"""The engine counts milliseconds since 1970; we hold aware UTC moments and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
DAY = 86_400_000


def milliseconds_of(moment: datetime) -> int:
    """Milliseconds from 1970 to this moment, rounded down."""
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(milliseconds: float) -> datetime:
    """The moment so many milliseconds after 1970."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def midnight(day: date) -> datetime:
    """The moment a UTC day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def start_of(day: date) -> int:
    """Milliseconds from 1970 to the beginning of this day."""
    return milliseconds_of(midnight(day))
