"""What people chose about their reminders."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Choice:
    user_id: int
    weekly: bool
    paused_from: date | None
    paused_until: date | None
    substitute_id: int | None

    def pauses(self, day: date) -> bool:
        return bool(self.paused_from and self.paused_until) and self.paused_from <= day <= self.paused_until


def choices_of(user_ids: Collection[int]) -> dict[int, Choice]:
    return {}


def is_digest_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() == 0
