"""Working days and office hours of the people in the demo."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from stranas.agencies.holidays import indonesian_holidays
from stranas.deadlines.rules import is_working_day, rolled, working_day_after

JAKARTA = "Asia/Jakarta"
NOW = datetime(2020, 7, 13, 2, tzinfo=UTC)  # 09.00 WIB, the day before B18 is due


def office_time(rng: Random, day: date, zone: str = JAKARTA, *, first: int = 8, last: int = 16) -> datetime:
    """Some second of the office hours of a day."""
    seconds = rng.randrange(first * 3600, last * 3600)
    return (datetime.combine(day, time(), ZoneInfo(zone)) + timedelta(seconds=seconds)).astimezone(UTC)


def working_days(after: date, until: date) -> list[date]:
    """The working days after one day, up to and with another."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return [day for day in days if is_working_day(day, indonesian_holidays())]


def next_working_day(day: date, count: int = 1) -> date:
    return working_day_after(day, count, indonesian_holidays())


def on_or_after(day: date) -> date:
    return rolled(day, indonesian_holidays())


def day_of(instant: datetime, zone: str = JAKARTA) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


def between(rng: Random, first: datetime, last: datetime) -> datetime:
    """Some whole second between two instants."""
    span = max(1, int((last - first).total_seconds()))
    return (first + timedelta(seconds=rng.randrange(span))).replace(microsecond=0)
