"""What the operations page and the checks read: runs, mail, disks, the size of the database."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from stranas.system import clock, outbox, schedule
from stranas.system.db import database_size, db, revision
from stranas.system.lateness import JUST_BEGUN, Past, Pulse, Verdict, judge
from stranas.system.models import JobRun, MessageState, OutboxMessage
from stranas.system.schedule import DONE, Daily, Job
from stranas.system.storage import storage

LEAST_FREE = 2 * 10**9
LEAST_SHARE = 0.05


@dataclass(frozen=True)
class Disk:
    """A file system. `holds`: what of ours lies on it, in Indonesian; sizes in bytes."""

    holds: str
    free: int
    total: int

    @property
    def is_nearly_full(self) -> bool:
        """Less than 2 GB, or less than a twentieth: a quarter's last day brings tens of gigabytes."""
        return self.free < LEAST_FREE or self.free < LEAST_SHARE * self.total


@dataclass(frozen=True)
class Mail:
    """Messages by what they wait for; instants by the domain's clock.

    `waiting`: due and not sent, attempts that failed included; `failed`: given up; `to_decide`: may have left.
    """

    waiting: int
    failed: int
    to_decide: int
    oldest_due: datetime | None
    oldest_to_decide: datetime | None


@dataclass(frozen=True)
class Space:
    """What lies where: the disks, the database in bytes, the migration that it stands at."""

    disks: tuple[Disk, ...]
    database: int
    revision: str | None


def space() -> Space:
    return Space(disks(), database_size(), revision())


def disks() -> tuple[Disk, ...]:
    """One entry per file system, however much of ours lies on it."""
    folders: list[tuple[str, Path]] = [("folder var", current_app.config["SETTINGS"].var)]
    if storage().root is not None:
        folders.append(("tempat penyimpanan dokumen", storage().root))
    on: dict[int, list[tuple[str, Path]]] = {}
    for words, folder in folders:
        on.setdefault(folder.stat().st_dev, []).append((words, folder))
    return tuple(_disk(" dan ".join(words for words, _ in those), those[0][1]) for those in on.values())


def _disk(holds: str, folder: Path) -> Disk:
    usage = shutil.disk_usage(folder)
    return Disk(holds, usage.free, usage.total)


def mail(now: datetime) -> Mail:
    undecided = OutboxMessage.needs_decision.is_(True)
    given_up = (OutboxMessage.state == MessageState.FAILED) & (OutboxMessage.attempts >= outbox.MOST_ATTEMPTS)
    open_states = [MessageState.PLANNED, MessageState.CLAIMED, MessageState.FAILED]
    due = OutboxMessage.state.in_(open_states) & (OutboxMessage.planned_for <= now) & ~given_up & ~undecided
    waiting, oldest_due = _counted(due)
    failed, _ = _counted(given_up & ~undecided)
    to_decide, oldest_to_decide = _counted(undecided)
    return Mail(waiting, failed, to_decide, oldest_due, oldest_to_decide)


def _counted(condition: Any) -> tuple[int, datetime | None]:
    found = db.select(db.func.count(OutboxMessage.id), db.func.min(OutboxMessage.planned_for)).where(condition)
    count, oldest = db.session.execute(found).one()
    return count, oldest


def pulse() -> Pulse:
    return Pulse(schedule.newest_start(), schedule.newest_start(before=clock.wall() - JUST_BEGUN))


@dataclass(frozen=True)
class JobLine:
    """A job, how it stands, and its newest run. `started_at` by the domain's clock; `outcome` None while it runs."""

    job: Job
    verdict: Verdict
    started_at: datetime | None = None
    took: timedelta | None = None
    counts: dict[str, int] = field(default_factory=dict)
    outcome: str | None = None


def lines(jobs: Iterable[Job], *, now: datetime) -> tuple[JobLine, ...]:
    """Every job of the table, in its order."""
    jobs, wall = tuple(jobs), clock.wall()
    names = [job.name for job in jobs]
    newest, ended = schedule.last_runs(names), schedule.last_runs(names, ended=True)
    days = schedule.done_days(job.name for job in jobs if isinstance(job.when, Daily))
    return tuple(
        _line(job, judge(job.when, past, now=now, wall=wall), newest.get(job.name))
        for job in jobs
        for past in [_past(newest.get(job.name), ended.get(job.name), days.get(job.name))]
    )


def _past(newest: JobRun | None, ended: JobRun | None, done_day: date | None) -> Past:
    return Past(
        last_start=newest.started_at if newest else None,
        running=newest is not None and newest.ended_at is None,
        failed_at=ended.ended_at if ended and ended.outcome != DONE else None,
        done_day=done_day,
    )


def _line(job: Job, verdict: Verdict, run: JobRun | None) -> JobLine:
    if run is None:
        return JobLine(job, verdict)
    took = run.ended_at - run.started_at if run.ended_at else None
    return JobLine(job, verdict, clock.domain(run.started_at), took, run.counts, run.outcome)
