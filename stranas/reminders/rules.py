"""Which day of the ladder it is. Standard library only."""

from collections.abc import Collection
from datetime import date, timedelta


def step_on(*, last_day: date, today: date, since: date, steps: Collection[int]) -> int | None:
    """The step of the ladder that falls on today, or the latest one missed after the day `since`; None if none.

    Steps are days relative to the last day for filing: -1 is the day before it, 1 the day after.
    """
    fallen = [step for step in steps if since < last_day + timedelta(days=step) <= today]
    return max(fallen, default=None)
