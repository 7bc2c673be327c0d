"""Instants: how a programme's rule creates them, and when an obligation is due. Standard library only.

All instants are exclusive ends in UTC. Source of the default rule: an assumption (the rule of 2019–2020 is
unknown), shown as such; docs/decisions/0003.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Instants:
    due_at: datetime
    locks_at: datetime
    verification_ends_at: datetime


@dataclass(frozen=True)
class Later:
    """An extension or outage that covers an obligation: its new end, and when that was decided."""

    until: datetime
    decided_at: datetime


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def working_day_after(day: date, count: int, holidays: Collection[date]) -> date:
    """The count-th working day after a day (count ≥ 1)."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def rolled(day: date, holidays: Collection[date]) -> date:
    """The day itself, or the next working day."""
    return day if is_working_day(day, holidays) else working_day_after(day, 1, holidays)


def end_of(day: date) -> datetime:
    """The exclusive end of a day in Jakarta, as UTC: 00.00 of the day after."""
    return datetime.combine(day + timedelta(days=1), time(), JAKARTA).astimezone(UTC)


def instants(
    *,
    quarter_end: date,
    due_working_days: int,
    lock_days: int,
    verification_days: int,
    holidays: Collection[date],
) -> Instants:
    """The three instants of a period. Lock and verification end are calendar days after due, rolled."""
    due = working_day_after(quarter_end, due_working_days, holidays)
    return Instants(
        due_at=end_of(due),
        locks_at=end_of(rolled(due + timedelta(days=lock_days), holidays)),
        verification_ends_at=end_of(rolled(due + timedelta(days=verification_days), holidays)),
    )


def due(*, own_due_at: datetime | None, period_due_at: datetime, later: Iterable[Later], cutoff: datetime) -> datetime:
    """When an obligation is due, as known at a cut-off: the latest of its own or the period's instant and of
    every extension and outage that covers it and was decided before the cut-off."""
    ends = [entry.until for entry in later if entry.decided_at < cutoff]
    return max([own_due_at or period_due_at, *ends])


def first_filing_closes(*, locks_at: datetime, due_at: datetime) -> datetime:
    """A first filing is open until the later of the two."""
    return max(locks_at, due_at)


def correction_closes(*, returned_at: datetime, days: int, verification_ends_at: datetime) -> datetime:
    """The end of a correction window: the end of the days-th day after the return, never after verification ends."""
    day = returned_at.astimezone(JAKARTA).date() + timedelta(days=days)
    return min(end_of(day), verification_ends_at)


@dataclass(frozen=True)
class Cover:
    """An extension or outage of one period: whom it covers (None: everybody, every item) and until when."""

    until: datetime
    decided_at: datetime
    reason: str
    agency_id: int | None = None
    province_id: int | None = None
    item_id: int | None = None

    def covers(self, *, agency_id: int, province_id: int | None, item_id: int) -> bool:
        """A province's cover includes the provincial government itself."""
        return (
            self.agency_id in (None, agency_id)
            and (self.province_id is None or self.province_id in (agency_id, province_id))
            and self.item_id in (None, item_id)
        )
