"""On which day which step falls, and what of several is told."""

from datetime import date, timedelta

import pytest

from stranas.agencies.holidays import indonesian_holidays
from stranas.reminders.rules import (
    CLOSED,
    DEFAULT_LADDER,
    Anchor,
    Audience,
    Duty,
    Step,
    Window,
    day_of,
    fallen,
    inner_dates,
    last_calls,
    sent_at,
)

HOLIDAYS = indonesian_holidays()
B18 = Duty(date(2020, 7, 14), Anchor.DUE, "B18")


def called(today: date, since: date | None = None, duty: Duty = B18, audience: Audience = Audience.COORDINATOR):
    window = Window(since or today - timedelta(days=1), today)
    return fallen(duty, DEFAULT_LADDER, audience, window, HOLIDAYS)


def step_on(today: date, **more) -> str | None:
    call, _ = called(today, **more)
    return call.step.code if call else None


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2020, 6, 29), None),
        (date(2020, 6, 30), "-14"),
        (date(2020, 7, 1), None),
        (date(2020, 7, 7), "-7"),
        (date(2020, 7, 10), "-3"),  # the 11th is a Saturday
        (date(2020, 7, 11), None),
        (date(2020, 7, 13), "-1"),
        (date(2020, 7, 14), "0"),
        (date(2020, 7, 15), "1"),
        (date(2020, 7, 16), None),
    ],
)
def test_the_ladder_of_the_second_quarter(today, expected):
    assert step_on(today) == expected


def test_a_step_after_its_anchor_moves_to_the_next_working_day():
    friday = date(2020, 7, 10)
    assert day_of(Step(Anchor.DUE, 1), friday, HOLIDAYS) == date(2020, 7, 13)
    assert day_of(Step(Anchor.DUE, -1), date(2020, 7, 13), HOLIDAYS) == friday


def test_a_holiday_and_a_collective_leave_day_are_no_working_days():
    # 21 May 2020 was Ascension Day, 22 May was taken out of the leave of that year, 25 and 26 May Idulfitri.
    assert day_of(Step(Anchor.DUE, 0), date(2020, 5, 25), HOLIDAYS) == date(2020, 5, 22)
    assert day_of(Step(Anchor.DUE, -4), date(2020, 5, 25), HOLIDAYS) == date(2020, 5, 20)


@pytest.mark.parametrize(("days", "expected"), [(-3, date(2020, 7, 9)), (0, date(2020, 7, 14)), (2, date(2020, 7, 16))])
def test_working_days_are_counted_without_the_others(days, expected):
    assert day_of(Step(Anchor.DUE, days, in_working_days=True), date(2020, 7, 14), HOLIDAYS) == expected


def test_of_several_missed_steps_the_latest_is_told_and_the_others_say_why():
    call, skipped = called(date(2020, 7, 13), since=date(2020, 7, 6))
    assert call.step.code == "-1"
    assert [one.call.step.code for one in skipped] == ["-7", "-3"]
    assert all("H-1 disampaikan sebagai gantinya" in one.why for one in skipped)


def test_two_steps_that_move_to_one_day_are_one():
    monday = Duty(date(2020, 7, 13), Anchor.CORRECTION, "B15")
    ladder = (Step(Anchor.CORRECTION, -2), Step(Anchor.CORRECTION, -1))
    window = Window(date(2020, 7, 9), date(2020, 7, 10))
    call, skipped = fallen(monday, ladder, Audience.COORDINATOR, window, HOLIDAYS)
    assert (call.step.days, [one.call.step.days for one in skipped]) == (-1, [-2])
    assert "hari yang sama" in skipped[0].why


def test_what_is_closed_is_not_told_but_recorded():
    closed = Duty(date(2020, 7, 14), Anchor.CORRECTION, "B15", closed_on=date(2020, 7, 15))
    call, skipped = called(date(2020, 7, 15), since=date(2020, 7, 12), duty=closed)
    assert call is None
    assert {one.why for one in skipped} == {CLOSED}
    assert [one.call.step.code for one in skipped] == ["-1", "0"]


def test_a_step_whose_day_came_after_the_closing_was_not_missed():
    """With an extension the due day may be the last day of filing, too: then nobody was to hear on the day after."""
    closed = Duty(date(2020, 5, 14), Anchor.DUE, "B15", closed_on=date(2020, 5, 15))
    assert called(date(2020, 5, 15), duty=closed) == (None, [])


def test_each_audience_has_its_own_steps():
    assert step_on(date(2020, 7, 17), audience=Audience.SECRETARIAT) == "3"
    assert step_on(date(2020, 7, 7), audience=Audience.CERTIFIER) is None
    assert step_on(date(2020, 7, 13), audience=Audience.CERTIFIER) == "-1"


def test_the_key_says_period_anchor_day_and_step():
    call, _ = called(date(2020, 7, 13))
    assert call.key == "B18:due:2020-07-14:-1"


@pytest.mark.parametrize(
    ("audience", "anchor", "days"),
    [
        (Audience.COORDINATOR, Anchor.DUE, {0, 1}),
        (Audience.SECRETARIAT, Anchor.DUE, {3}),
        (Audience.CERTIFIER, Anchor.CORRECTION, {0}),
        (Audience.UNIT, Anchor.UNIT, {0, 1}),
    ],
)
def test_the_last_step_up_to_the_day_and_the_very_last_are_never_silenced(audience, anchor, days):
    assert {step.days for step in last_calls(DEFAULT_LADDER, audience) if step.anchor is anchor} == days


def test_it_is_sent_at_eight_in_the_own_zone():
    assert [sent_at(date(2020, 7, 13), zone).utctimetuple().tm_hour for zone in ZONES] == [23, 0, 1]


ZONES = ("Asia/Jayapura", "Asia/Makassar", "Asia/Jakarta")


def test_the_inner_dates_are_working_days_before_the_due_day():
    days = dict(inner_dates(date(2020, 7, 14), HOLIDAYS))
    assert list(days.values()) == [date(2020, 7, 3), date(2020, 7, 9), date(2020, 7, 10)]
