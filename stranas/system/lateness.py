"""When a job is late: pure rules over what its rows say. No clock and no database is asked here.

Daily jobs are judged by the domain's clock, because their days are the domain's; everything else by the wall.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stranas.system.schedule import Daily, EveryMinutes

# A daily job is caught up every ten minutes: after three tries somebody has to look.
DAILY_PATIENCE = timedelta(minutes=30)
STEPS = 3
# A frequent job may rest so long whatever its step: a restart of the worker is no news.
LEAST_PATIENCE = timedelta(minutes=10)
# As long as a claim lasts (schedule.CLAIM_EXPIRES): then another scheduler takes the run for dead.
LONGEST_RUN = timedelta(minutes=15)
# What began no longer ago than this is not judged yet.
JUST_BEGUN = timedelta(minutes=5)
# Some job begins every minute: between JUST_BEGUN and this, one must have.
STANDSTILL = timedelta(minutes=15)


class Standing(enum.Enum):
    """How a job stands: the value for the command line, the label, class and icon for the page."""

    ON_TIME = "on time", "Tepat waktu", "verif", "circle-check"
    RUNNING = "running", "Berjalan", "draf", "refresh"
    NEVER = "never ran", "Belum pernah", "belum", "circle-dashed"
    LATE = "late", "Terlambat", "gagal", "clock"
    FAILED = "failed", "Gagal", "gagal", "circle-x"
    HANGS = "running too long", "Berjalan terlalu lama", "gagal", "hourglass"

    def __new__(cls, value: str, label: str, mark: str, icon: str) -> "Standing":
        member = object.__new__(cls)
        member._value_, member.label, member.mark, member.icon = value, label, mark, icon
        return member

    @property
    def is_problem(self) -> bool:
        return self in (Standing.LATE, Standing.FAILED, Standing.HANGS)


@dataclass(frozen=True)
class Past:
    """What the rows of one job say. Instants are the wall's; `done_day` is the domain's.

    `last_start`: when its newest run began; `running`: whether that one has not ended; `failed_at`: when the newest
    run that ended did, if it failed; `done_day`: the latest day of a daily job that was done.
    """

    last_start: datetime | None = None
    running: bool = False
    failed_at: datetime | None = None
    done_day: date | None = None


@dataclass(frozen=True)
class Verdict:
    """How a job stands, and for how long already (problems only)."""

    standing: Standing
    lasting: timedelta = timedelta(0)


def judge(when: Daily | EveryMinutes, past: Past, *, now: datetime, wall: datetime) -> Verdict:
    """`now`: the domain's clock."""
    if isinstance(when, Daily):
        return _judge_daily(when, past, now=now, wall=wall)
    return _judge_frequent(when, past, wall=wall)


def _judge_daily(when: Daily, past: Past, *, now: datetime, wall: datetime) -> Verdict:
    """What should have been done half an hour ago is late; only a run that began just now is given its time."""
    if past.done_day and past.done_day >= when.last_day(now):
        return Verdict(Standing.ON_TIME)
    missed = when.next_day(past.done_day) if past.done_day else when.last_day(now)
    overdue = now - when.begins(missed)
    if past.running:
        hangs = overdue > DAILY_PATIENCE and wall - past.last_start > JUST_BEGUN
        return Verdict(Standing.HANGS, overdue) if hangs else Verdict(Standing.RUNNING)
    if past.failed_at:
        return Verdict(Standing.FAILED, wall - past.failed_at)
    if overdue > DAILY_PATIENCE:
        return Verdict(Standing.LATE, overdue)
    return Verdict(Standing.ON_TIME if past.last_start else Standing.NEVER)


def _judge_frequent(when: EveryMinutes, past: Past, *, wall: datetime) -> Verdict:
    if past.last_start is None:
        return Verdict(Standing.NEVER)
    age = wall - past.last_start
    if past.running and age > LONGEST_RUN:
        return Verdict(Standing.HANGS, age)
    if past.failed_at:
        return Verdict(Standing.FAILED, wall - past.failed_at)
    if past.running:
        return Verdict(Standing.RUNNING)
    patience = max(STEPS * timedelta(minutes=when.minutes), LEAST_PATIENCE)
    return Verdict(Standing.LATE, age) if age > patience else Verdict(Standing.ON_TIME)


@dataclass(frozen=True)
class Pulse:
    """Whether jobs begin at all. `newest`: when the latest began; `before`: when the latest did that began more than
    JUST_BEGUN ago. Both by the wall, None where there is none."""

    newest: datetime | None
    before: datetime | None

    @property
    def is_new(self) -> bool:
        """The first jobs have just begun: nothing can be late yet."""
        return self.newest is not None and self.before is None

    def stands_still(self, *, wall: datetime) -> bool:
        return self.newest is None or wall - self.newest > LEAST_PATIENCE

    def stood_still(self, *, wall: datetime) -> bool:
        """The jobs began again in this minute; what is late is late for that reason."""
        return self.before is not None and wall - self.before > STANDSTILL
