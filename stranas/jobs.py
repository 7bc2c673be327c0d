"""The table of jobs: what the scheduler does, and when. Above all rooms, because it calls them."""

from datetime import time

from stranas.system import outbox, schedule
from stranas.system.schedule import Daily, EveryMinutes, Job, Turn


def send_waiting_mail(turn: Turn) -> dict[str, int]:
    return {"deferred": outbox.sweep()}


def forget_old_runs(turn: Turn) -> dict[str, int]:
    return {"forgotten": schedule.forget_old_runs(JOBS)}


JOBS = (
    Job("outbox", EveryMinutes(1), send_waiting_mail),
    Job("housekeeping", Daily(time(3)), forget_old_runs),
)


def job_named(name: str) -> Job:
    """Raises LookupError with the names that there are."""
    for job in JOBS:
        if job.name == name:
            return job
    raise LookupError(f"There is no job {name!r}; the jobs are {', '.join(job.name for job in JOBS)}.")
