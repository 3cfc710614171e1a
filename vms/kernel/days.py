"""Days as the municipality counts them, in Europe/Istanbul."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vms.kernel.clock import from_datetime, to_datetime

ZONE = ZoneInfo("Europe/Istanbul")


def day_of(at_us: int) -> date:
    """The day a moment lies in."""
    return to_datetime(at_us).astimezone(ZONE).date()


def start_us(day: date) -> int:
    """The day's first moment, 00:00."""
    return from_datetime(datetime.combine(day, time(), ZONE))


def end_us(day: date) -> int:
    """The first moment after the day: its 24:00."""
    return start_us(day + timedelta(days=1))


def nth_day_end_us(from_us: int, days: int) -> int:
    """The end of the `days`-th day, the day of `from_us` being the first."""
    return start_us(day_of(from_us) + timedelta(days=days))


def months_later(day: date, months: int) -> date:
    """The same day of a later month; its last day where it has no such day (31 August + 6 = 28 or 29 February)."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_left(until_us: int, now_us: int) -> int:
    """How many days an end is away: 0 on the last day, negative from the day after the last."""
    return (day_of(until_us - 1) - day_of(now_us)).days
