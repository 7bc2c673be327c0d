from datetime import date, timedelta

import pytest

from stranas.reminders.rules import step_on

LADDER = (-14, -7, -3, -1, 0, 1)
LAST_DAY = date(2020, 7, 14)


def step(today: date, since: date | None = None) -> int | None:
    return step_on(last_day=LAST_DAY, today=today, since=since or today - timedelta(days=1), steps=LADDER)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2020, 6, 29), None),
        (date(2020, 6, 30), -14),
        (date(2020, 7, 1), None),
        (date(2020, 7, 7), -7),
        (date(2020, 7, 11), -3),
        (date(2020, 7, 12), None),
        (date(2020, 7, 13), -1),
        (date(2020, 7, 14), 0),
        (date(2020, 7, 15), 1),
        (date(2020, 7, 16), None),
    ],
)
def test_the_ladder_of_the_second_quarter(today, expected):
    assert step(today) == expected


def test_of_several_missed_steps_only_the_latest_is_told():
    assert step(date(2020, 7, 13), since=date(2020, 7, 6)) == -1


def test_a_missed_step_is_told_the_day_after():
    assert step(date(2020, 7, 12), since=date(2020, 7, 10)) == -3


def test_a_step_of_a_day_that_was_done_is_not_told_again():
    assert step(date(2020, 7, 12), since=date(2020, 7, 11)) is None
