"""The instants of a period by the default rule."""

from datetime import UTC, date, datetime

import pytest

from stranas.agencies.holidays import indonesian_holidays
from stranas.deadlines.rules import instants, rolled, working_day_after
from stranas.system.text import last_day


def of_quarter(end: date):
    return instants(
        quarter_end=end, due_working_days=10, lock_days=14, verification_days=60, holidays=indonesian_holidays()
    )


@pytest.mark.parametrize(
    ("quarter_end", "last"),
    [
        (date(2019, 3, 31), date(2019, 4, 15)),
        (date(2019, 6, 30), date(2019, 7, 12)),
        (date(2019, 9, 30), date(2019, 10, 14)),
        (date(2019, 12, 31), date(2020, 1, 15)),
        (date(2020, 3, 31), date(2020, 4, 15)),
        (date(2020, 6, 30), date(2020, 7, 14)),
        (date(2020, 9, 30), date(2020, 10, 14)),
        (date(2020, 12, 31), date(2021, 1, 15)),
        (date(2024, 3, 31), date(2024, 4, 22)),  # Idulfitri with its cuti bersama, 8–15 April 2024
    ],
)
def test_the_last_day_is_the_tenth_working_day_after_the_quarter(quarter_end, last):
    assert last_day(of_quarter(quarter_end).due_at) == last


def test_an_instant_is_the_exclusive_end_of_its_day_in_jakarta():
    assert of_quarter(date(2020, 6, 30)).due_at == datetime(2020, 7, 14, 17, tzinfo=UTC)


def test_lock_and_verification_end_roll_over_weekends_and_holidays():
    b09 = of_quarter(date(2019, 9, 30))
    assert last_day(b09.locks_at) == date(2019, 10, 28)
    assert last_day(b09.verification_ends_at) == date(2019, 12, 13)
    assert last_day(of_quarter(date(2020, 6, 30)).verification_ends_at) == date(2020, 9, 14)  # a Saturday, rolled


def test_a_working_day_stays_and_a_holiday_rolls():
    holidays = {date(2020, 1, 1)}
    assert rolled(date(2020, 1, 2), holidays) == date(2020, 1, 2)
    assert rolled(date(2020, 1, 1), holidays) == date(2020, 1, 2)
    assert working_day_after(date(2020, 1, 3), 1, holidays) == date(2020, 1, 6)
