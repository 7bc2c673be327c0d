"""When a job is late, to the second: daily jobs by the domain's clock, frequent ones by the wall."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from stranas.system.lateness import Past, Pulse, Standing, judge
from stranas.system.schedule import Daily, EveryMinutes
from stranas.system.text import JAKARTA

MONDAY = date(2020, 7, 13)
SUNDAY = MONDAY - timedelta(days=1)
EIGHT = Daily(time(8))
# In a practice database the domain's clock stands years before the wall.
WALL = datetime(2026, 11, 29, 14, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def jakarta(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), JAKARTA)


def daily(now: datetime, when: Daily = EIGHT, **past) -> tuple[Standing, timedelta]:
    verdict = judge(when, Past(**past), now=now, wall=WALL)
    return verdict.standing, verdict.lasting


def frequent(minutes: int = 1, **past) -> Standing:
    return judge(EveryMinutes(minutes), Past(**past), now=jakarta(MONDAY, 9), wall=WALL).standing


def ago(**span) -> datetime:
    return WALL - timedelta(**span)


def test_a_day_that_was_done_is_on_time_until_the_next_hour_has_come():
    done = {"last_start": ago(hours=1), "done_day": MONDAY}
    assert daily(jakarta(MONDAY, 8), **done) == (Standing.ON_TIME, timedelta(0))
    assert daily(jakarta(MONDAY + timedelta(days=1), 7, 59), **done) == (Standing.ON_TIME, timedelta(0))


@pytest.mark.parametrize(
    ("late_by", "standing"),
    [
        (timedelta(0), Standing.ON_TIME),
        (timedelta(minutes=30), Standing.ON_TIME),
        (timedelta(minutes=30, seconds=1), Standing.LATE),
    ],
)
def test_a_day_is_late_half_an_hour_after_its_hour(late_by, standing):
    assert daily(jakarta(MONDAY, 8) + late_by, last_start=ago(days=1), done_day=SUNDAY)[0] is standing


def test_late_counts_from_the_first_day_that_was_missed():
    thursday = MONDAY + timedelta(days=3)
    said = daily(jakarta(thursday, 8, 1), last_start=ago(days=3), done_day=MONDAY)
    assert said == (Standing.LATE, timedelta(days=2, minutes=1))


def test_a_weekday_job_is_not_late_on_a_sunday():
    weekdays, friday = Daily(time(8), days="mon-fri"), MONDAY - timedelta(days=3)
    assert daily(jakarta(SUNDAY, 23), weekdays, last_start=ago(days=2), done_day=friday)[0] is Standing.ON_TIME
    assert daily(jakarta(MONDAY, 8, 31), weekdays, last_start=ago(days=3), done_day=friday) == (
        Standing.LATE,
        timedelta(minutes=31),
    )


def test_a_day_that_failed_says_so_at_once_and_since_when():
    failed = {"last_start": ago(minutes=2), "failed_at": ago(minutes=1), "done_day": SUNDAY}
    assert daily(jakarta(MONDAY, 8, 2), **failed) == (Standing.FAILED, timedelta(minutes=1))
    assert daily(jakarta(MONDAY, 8, 2), **failed, running=True)[0] is Standing.RUNNING


def test_an_old_failure_is_forgotten_when_its_day_was_done():
    assert daily(jakarta(MONDAY, 9), failed_at=ago(days=1), done_day=MONDAY)[0] is Standing.ON_TIME


@pytest.mark.parametrize(
    ("now", "begun", "standing"),
    [
        (jakarta(MONDAY, 8, 10), timedelta(minutes=10), Standing.RUNNING),
        (jakarta(MONDAY, 12), timedelta(minutes=5), Standing.RUNNING),
        (jakarta(MONDAY, 12), timedelta(minutes=5, seconds=1), Standing.HANGS),
        (jakarta(MONDAY, 8, 30), timedelta(minutes=30), Standing.RUNNING),
        (jakarta(MONDAY, 8, 30) + SECOND, timedelta(minutes=30), Standing.HANGS),
    ],
)
def test_a_run_hangs_when_its_day_is_late_and_it_did_not_just_begin(now, begun, standing):
    assert daily(now, last_start=WALL - begun, running=True, done_day=SUNDAY)[0] is standing


def test_a_daily_job_that_never_ran_is_late_only_after_its_hour():
    assert daily(jakarta(MONDAY, 8, 30))[0] is Standing.NEVER
    assert daily(jakarta(MONDAY, 8, 30) + SECOND)[0] is Standing.LATE


@pytest.mark.parametrize(
    ("minutes", "age", "standing"),
    [
        (1, timedelta(minutes=10), Standing.ON_TIME),
        (1, timedelta(minutes=10, seconds=1), Standing.LATE),
        (10, timedelta(minutes=30), Standing.ON_TIME),
        (10, timedelta(minutes=30, seconds=1), Standing.LATE),
    ],
)
def test_a_frequent_job_is_late_after_three_steps_and_at_least_ten_minutes(minutes, age, standing):
    assert frequent(minutes, last_start=WALL - age) is standing


def test_a_frequent_job_hangs_when_its_claim_has_expired():
    assert frequent(last_start=ago(minutes=15), running=True) is Standing.RUNNING
    assert frequent(last_start=ago(minutes=15, seconds=1), running=True) is Standing.HANGS


def test_a_frequent_job_stays_failed_while_it_tries_again():
    assert frequent(last_start=ago(seconds=1), running=True, failed_at=ago(minutes=1)) is Standing.FAILED
    assert frequent(last_start=ago(seconds=1), failed_at=ago(seconds=1)) is Standing.FAILED


def test_a_frequent_job_that_never_ran_is_no_problem():
    assert frequent() is Standing.NEVER
    assert not Standing.NEVER.is_problem


def test_nothing_that_began_for_ten_minutes_is_a_standstill():
    def stands_still(**age) -> bool:
        return Pulse(ago(**age), ago(days=1)).stands_still(wall=WALL)

    assert not stands_still(minutes=10)
    assert stands_still(minutes=10, seconds=1)
    assert Pulse(None, None).stands_still(wall=WALL)


def test_a_gap_before_what_has_just_begun_was_a_standstill():
    def stood_still(**age) -> bool:
        return Pulse(WALL, ago(**age)).stood_still(wall=WALL)

    assert not stood_still(minutes=15)
    assert stood_still(minutes=15, seconds=1)
    assert not Pulse(WALL, None).stood_still(wall=WALL)


@pytest.mark.parametrize(("newest", "before", "new"), [(WALL, None, True), (WALL, WALL, False), (None, None, False)])
def test_a_house_is_new_while_nothing_is_older_than_what_just_began(newest, before, new):
    assert Pulse(newest, before).is_new is new


def test_every_standing_has_a_word_of_its_own():
    assert len({standing.label for standing in Standing}) == len(Standing)
