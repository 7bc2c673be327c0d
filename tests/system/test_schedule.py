"""Jobs run once for their day however many schedulers there are; missed days are caught up."""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest

from stranas import jobs
from stranas.system import clock, schedule
from stranas.system.db import db
from stranas.system.models import JobRun
from stranas.system.schedule import WEEKDAYS, Daily, EveryMinutes, Job, Turn
from stranas.system.storage import FolderStorage
from stranas.system.text import JAKARTA

MONDAY = date(2020, 7, 13)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of Jakarta."""
    return datetime.combine(day, time(hour, minute), JAKARTA).astimezone(UTC)


@dataclass
class Diary:
    """A job's function that remembers its turns, and fails while it is told to."""

    turns: list[Turn] = field(default_factory=list)
    fails: bool = False

    def __call__(self, turn: Turn) -> dict[str, int]:
        if self.fails:
            raise RuntimeError("no power")
        self.turns.append(turn)
        return {"planned": 3}


@pytest.fixture
def diary():
    return Diary()


@pytest.fixture
def job(diary):
    return Job("reminders", Daily(time(8)), diary)


def test_a_day_runs_once(app, job, diary):
    with clock.at(at(MONDAY, 9)):
        first, second = schedule.run(job), schedule.run(job)
    assert len(diary.turns) == 1
    assert second is None
    assert (first.anchor, first.outcome, first.counts) == ("2020-07-13", "done", {"planned": 3})


def test_a_failure_is_a_row_and_is_tried_again(app, job, diary, caplog):
    with clock.at(at(MONDAY, 9)):
        diary.fails = True
        assert schedule.run(job).outcome == "failed: RuntimeError: no power"
        diary.fails = False
        assert schedule.catch_up(job).outcome == "done"
    assert db.session.scalar(db.select(db.func.count(JobRun.id))) == 1
    assert "job reminders failed" in caplog.text


def test_a_run_that_died_is_taken_over_only_after_a_while(app, job, diary):
    def left_since(ago: timedelta) -> None:
        db.session.execute(db.delete(JobRun))
        db.session.add(JobRun(job=job.name, anchor="2020-07-13", started_at=clock.wall() - ago))
        db.session.commit()

    with clock.at(at(MONDAY, 9)):
        left_since(timedelta(minutes=1))
        assert schedule.catch_up(job) is None
        left_since(timedelta(minutes=16))
        assert schedule.catch_up(job).outcome == "done"
    assert len(diary.turns) == 1


def test_missed_days_are_caught_up_by_one_run_that_knows_since_when(app, job, diary):
    with clock.at(at(MONDAY, 9)):
        schedule.run(job)
    with clock.at(at(MONDAY + timedelta(days=3), 10)):
        schedule.catch_up(job)
    assert diary.turns[-1] == Turn(day=MONDAY + timedelta(days=3), since=MONDAY)


def test_before_its_hour_only_yesterday_is_caught_up(app, job, diary):
    with clock.at(at(MONDAY, 7, 59)):
        schedule.catch_up(job)
    assert [turn.day for turn in diary.turns] == [MONDAY - timedelta(days=1)]


def test_catching_up_a_done_day_does_nothing(app, job, diary):
    with clock.at(at(MONDAY, 9)):
        schedule.run(job)
        assert schedule.catch_up(job) is None
    assert len(diary.turns) == 1


def test_a_frequent_job_runs_once_a_minute(app, diary):
    often = Job("outbox", EveryMinutes(1), diary)
    minute = datetime(2026, 1, 5, 3, 4, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "wall", lambda: minute)
        assert schedule.run(often) is not None
        assert schedule.run(often) is None
        patch.setattr(clock, "wall", lambda: minute + timedelta(minutes=1))
        assert schedule.run(often) is not None
    assert len(diary.turns) == 2


def test_old_rows_of_frequent_jobs_are_forgotten_and_those_of_days_kept(app, job, diary):
    often = Job("outbox", EveryMinutes(1), diary)
    for name in (often.name, job.name):
        db.session.add(JobRun(job=name, anchor="old", started_at=clock.wall() - timedelta(days=8)))
    db.session.commit()
    assert schedule.forget_old_runs([often, job]) == 1
    assert list(db.session.scalars(db.select(JobRun.job))) == [job.name]


def test_a_practice_database_runs_its_own_day(app, job, diary):
    clock.start_practice(at(MONDAY, 9))
    schedule.run(job)
    assert diary.turns[0].day == MONDAY


def test_weekdays_are_monday_to_friday():
    fired = Daily(time(8), days="mon-fri").trigger()
    days, last = set(), at(MONDAY, 0)
    for _ in range(10):
        last = fired.get_next_fire_time(last, last)
        days.add(WEEKDAYS[last.weekday()])
        assert (last.hour, last.minute) == (8, 0)
    assert days == {"mon", "tue", "wed", "thu", "fri"}


def test_the_last_day_of_a_weekday_job_on_a_sunday_is_friday():
    sunday = MONDAY - timedelta(days=1)
    assert Daily(time(8), days="mon-fri").last_day(at(sunday, 12)) == MONDAY - timedelta(days=3)


def test_every_job_of_the_table_runs_on_an_empty_database(app):
    for job in jobs.JOBS:
        assert schedule.run(job).outcome == "done", job.name


def test_names_of_the_table_are_unique():
    names = [job.name for job in jobs.JOBS]
    assert len(names) == len(set(names))


def test_drafts_of_broken_off_uploads_are_removed_after_a_day(tmp_path):
    keeper = FolderStorage(tmp_path)
    kept, old = keeper.incoming / "new", keeper.incoming / "old"
    for draft in (kept, old):
        draft.write_bytes(b"half")
    yesterday = clock.wall().timestamp() - timedelta(days=1, minutes=1).total_seconds()
    os.utime(old, (yesterday, yesterday))
    assert keeper.forget_drafts(older_than=timedelta(days=1)) == 1
    assert list(keeper.incoming.iterdir()) == [kept]
