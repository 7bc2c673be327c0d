"""The clock of the jobs: APScheduler says when, a row of `job_run` says who runs it, once.

The trigger follows the wall; the day that a run is for (its anchor) follows the domain's clock, so that a practice
database lives its own days. Days that were missed are caught up from the rows. A job plans rows and defers tasks;
it never does long work itself.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from flask import Flask

from stranas.system import clock
from stranas.system.db import db, insert_unless_there, read_only, unit_of_work
from stranas.system.models import JobRun
from stranas.system.text import JAKARTA

DONE = "done"
CLAIM_EXPIRES = timedelta(minutes=15)
KEEP_FREQUENT_RUNS = timedelta(days=7)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Daily:
    """At an hour of Asia/Jakarta on some days of the week (spelled: numbers mean other days to APScheduler)."""

    at: time
    days: str = "mon-sun"

    @property
    def words(self) -> str:
        return f"{self.days} {self.at:%H.%M} Asia/Jakarta"

    @property
    def in_indonesian(self) -> str:
        first, _, last = self.days.partition("-")
        named = [HARI[WEEKDAYS.index(day)] for day in (first, last) if day]
        days = "Setiap hari" if self.days == "mon-sun" else "–".join(named)
        return f"{days} pukul {self.at:%H.%M} WIB"

    def trigger(self) -> CronTrigger:
        return CronTrigger(day_of_week=self.days, hour=self.at.hour, minute=self.at.minute, timezone=JAKARTA)

    def begins(self, day: date) -> datetime:
        """The instant of a day at which the job is due."""
        return datetime.combine(day, self.at, JAKARTA)

    def last_day(self, now: datetime) -> date:
        """The latest day whose hour has come."""
        local = now.astimezone(JAKARTA)
        day = local.date() if local.time() >= self.at else local.date() - timedelta(days=1)
        while not self._includes(day):
            day -= timedelta(days=1)
        return day

    def next_day(self, day: date) -> date:
        """The first day after this one on which the job runs."""
        day += timedelta(days=1)
        while not self._includes(day):
            day += timedelta(days=1)
        return day

    def _includes(self, day: date) -> bool:
        first, _, last = self.days.partition("-")
        return WEEKDAYS.index(first) <= day.weekday() <= WEEKDAYS.index(last or first)


@dataclass(frozen=True)
class EveryMinutes:
    """Every so many minutes of the hour, at a second of the minute (for what looks at the work of the others)."""

    minutes: int = 1
    second: int = 0

    @property
    def words(self) -> str:
        return f"every {self.minutes} minutes" if self.minutes > 1 else "every minute"

    @property
    def in_indonesian(self) -> str:
        return f"Setiap {self.minutes} menit" if self.minutes > 1 else "Setiap menit"

    def trigger(self) -> CronTrigger:
        return CronTrigger(minute=f"*/{self.minutes}", second=self.second, timezone=JAKARTA)


@dataclass(frozen=True)
class Turn:
    """What a run is for: its day, and the last day that a run was done for (missed days lie between)."""

    day: date
    since: date


@dataclass(frozen=True)
class Job:
    """One line of the table: name, when, and the function that returns its counts."""

    name: str
    when: Daily | EveryMinutes
    function: Callable[[Turn], dict[str, int]]

    @property
    def title(self) -> str:
        return getattr(self.function, "title", self.name)

    @property
    def purpose(self) -> str:
        return getattr(self.function, "purpose", "")


def shown_as(title: str, purpose: str) -> Callable:
    """Say in Indonesian what the function of a job is called and does, for the operations page and its mails."""

    def say(function: Callable) -> Callable:
        function.title, function.purpose = title, purpose
        return function

    return say


def start(app: Flask, jobs: Iterable[Job]) -> BackgroundScheduler:
    """A running scheduler. What was missed while none ran is caught up at once, and looked for every ten minutes."""
    scheduler = BackgroundScheduler(
        timezone=JAKARTA, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    jobs = tuple(jobs)
    for job in jobs:
        scheduler.add_job(_fire, job.when.trigger(), args=[app, job], id=job.name)
    scheduler.add_job(_catch_up_all, EveryMinutes(10).trigger(), args=[app, jobs], id="catch_up")
    scheduler.add_job(_catch_up_all, args=[app, jobs], id="catch_up_at_start")
    scheduler.start()
    return scheduler


def _fire(app: Flask, job: Job) -> None:
    """A daily job runs for a day whose hour has come by the domain's clock: in a practice database the wall's hour
    may lie before it, and the next catching up after it does the rest."""
    with app.app_context():
        run_due(job)


def _catch_up_all(app: Flask, jobs: tuple[Job, ...]) -> None:
    with app.app_context():
        for job in jobs:
            catch_up(job)


def catch_up(job: Job) -> JobRun | None:
    """Run a daily job for the last day whose hour has come, unless that was done. One run covers all missed days."""
    if isinstance(job.when, EveryMinutes):
        return None
    day = job.when.last_day(clock.now())
    return None if _is_done(job, day) else run(job, day=day)


def run(job: Job, *, day: date | None = None) -> JobRun | None:
    """Run a job if this process wins its row; None when another scheduler has it. Failures are rows too."""
    turn = turn_of(job, day=day)
    run_id = _claim(job.name, _anchor(job, turn.day))
    if run_id is None:
        return None
    try:
        counts, outcome = job.function(turn), DONE
    except Exception as error:
        log.exception("job %s failed", job.name)
        counts, outcome = {}, f"failed: {type(error).__name__}: {error}"[:500]
    return _finish(run_id, outcome=outcome, counts=counts)


def run_due(job: Job) -> JobRun | None:
    """What a scheduler would do now: a frequent job runs, a daily one catches up."""
    return run(job) if isinstance(job.when, EveryMinutes) else catch_up(job)


def turn_of(job: Job, *, day: date | None = None) -> Turn:
    """The turn of a day (default: the domain's today)."""
    day = day or clock.now().astimezone(JAKARTA).date()
    return Turn(day=day, since=_last_done(job, before=day) or day - timedelta(days=1))


def _anchor(job: Job, day: date) -> str:
    if isinstance(job.when, EveryMinutes):
        return clock.wall().strftime("%Y-%m-%dT%H:%MZ")
    return day.isoformat()


def _claim(name: str, anchor: str) -> int | None:
    """The id of the row if this process owns it now: new, or failed, or left by a process that died."""
    begun = {"started_at": clock.wall(), "ended_at": None, "outcome": None, "counts": {}}
    with unit_of_work():
        added = insert_unless_there(JobRun, {"job": name, "anchor": anchor, **begun}, unique=["job", "anchor"])
        if added is not None:
            return added
        died = JobRun.ended_at.is_(None) & (JobRun.started_at < clock.wall() - CLAIM_EXPIRES)
        failed = JobRun.ended_at.is_not(None) & (JobRun.outcome != DONE)
        return db.session.execute(
            db.update(JobRun)
            .where(JobRun.job == name, JobRun.anchor == anchor, died | failed)
            .values(**begun)
            .returning(JobRun.id),
            execution_options={"synchronize_session": False},
        ).scalar_one_or_none()


def _finish(run_id: int, *, outcome: str, counts: dict[str, Any]) -> JobRun:
    with unit_of_work():
        done = db.session.get_one(JobRun, run_id, populate_existing=True)
        done.ended_at, done.outcome, done.counts = clock.wall(), outcome, counts
    return done


def _is_done(job: Job, day: date) -> bool:
    with read_only():
        found = db.select(JobRun.id).where(JobRun.job == job.name, JobRun.anchor == day.isoformat())
        return db.session.scalar(found.where(JobRun.outcome == DONE)) is not None


def _last_done(job: Job, *, before: date) -> date | None:
    if isinstance(job.when, EveryMinutes):
        return None
    found = db.select(db.func.max(JobRun.anchor)).where(
        JobRun.job == job.name, JobRun.outcome == DONE, JobRun.anchor < before.isoformat()
    )
    with read_only():
        anchor = db.session.scalar(found)
    return date.fromisoformat(anchor) if anchor else None


def last_runs(names: Iterable[str], *, ended: bool = False) -> dict[str, JobRun]:
    """The latest run of each job, by name; of those that ended, if asked."""
    newest = db.select(db.func.max(JobRun.id)).where(JobRun.job.in_(list(names))).group_by(JobRun.job)
    if ended:
        newest = newest.where(JobRun.ended_at.is_not(None))
    return {run.job: run for run in db.session.scalars(db.select(JobRun).where(JobRun.id.in_(newest)))}


def done_days(names: Iterable[str]) -> dict[str, date]:
    """The latest day that each daily job was done for, by name."""
    found = db.select(JobRun.job, db.func.max(JobRun.anchor)).where(JobRun.job.in_(list(names)), JobRun.outcome == DONE)
    return {name: date.fromisoformat(anchor) for name, anchor in db.session.execute(found.group_by(JobRun.job))}


def newest_start(*, before: datetime | None = None) -> datetime | None:
    """When the latest run of any job began (by the wall), among those before an instant if one is given."""
    latest = db.select(db.func.max(JobRun.started_at))
    return db.session.scalar(latest.where(JobRun.started_at < before) if before else latest)


def forget_old_runs(jobs: Iterable[Job]) -> int:
    """Rows of jobs that run every few minutes are of no use after a week; those of daily jobs stay."""
    names = [job.name for job in jobs if isinstance(job.when, EveryMinutes)]
    with unit_of_work():
        return db.session.execute(
            db.delete(JobRun).where(JobRun.job.in_(names), JobRun.started_at < clock.wall() - KEEP_FREQUENT_RUNS),
            execution_options={"synchronize_session": False},
        ).rowcount
