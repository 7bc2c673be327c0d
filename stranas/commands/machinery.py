"""worker, jobs: the machinery behind the pages."""

import sys

import click

from stranas.commands.shell import Stop, app_context, application


@click.command()
@click.option("--threads", type=click.IntRange(1, 16), default=3, show_default=True)
def worker(threads: int) -> None:
    """Work off the queue and run the scheduled jobs, until SIGTERM."""
    from stranas.jobs import JOBS
    from stranas.system.worker import run_worker

    app = application()
    if app.config["SETTINGS"].queue == "immediate:":
        raise Stop("STRANAS_QUEUE is immediate: tasks run where they are deferred, so there is no worker.")
    run_worker(app, JOBS, threads=threads)


@click.group()
def jobs() -> None:
    """The scheduled jobs."""


@jobs.command("list")
@click.option("--late", is_flag=True, help="only those that are late, failed or hang; exit code 1 if there are any")
def list_jobs(late: bool) -> None:
    """Every job: when it runs, and how its last run ended."""
    from stranas.jobs import JOBS
    from stranas.system import clock, vitals
    from stranas.system.schedule import last_runs

    with app_context():
        runs, lines = last_runs(job.name for job in JOBS), vitals.lines(JOBS, now=clock.now())
        stands_still = late and vitals.pulse().stands_still(wall=clock.wall())
        shown = [line for line in lines if line.verdict.standing.is_problem or not late]
        for line in shown:
            job, standing = line.job, line.verdict.standing
            said = _told(runs.get(job.name)) + (f"; {standing.value}" if standing.is_problem else "")
            click.echo(f"{job.name:<14} {job.when.words:<32} {said}")
    if stands_still:
        click.echo("No job has begun for ten minutes: is a worker running?")
    if late and (shown or stands_still):
        sys.exit(1)


@jobs.command("once")
@click.argument("name")
def run_once(name: str) -> None:
    """Run one job now, also when its day was done."""
    from stranas.jobs import job_named
    from stranas.system import schedule

    with app_context():
        try:
            job = job_named(name)
        except LookupError as error:
            raise Stop(str(error.args[0])) from None
        counts = job.function(schedule.turn_of(job))
        click.echo(f"{job.name}: {_counted(counts)}")


@jobs.command("run")
def run_due() -> None:
    """Run what is due and was not done: for machines whose own cron calls us."""
    from stranas.jobs import JOBS
    from stranas.system import schedule

    with app_context():
        for job in JOBS:
            done = schedule.run_due(job)
            click.echo(f"{job.name:<14} {_told(done) if done else 'nothing to do'}")


def _told(run) -> str:
    if run is None:
        return "never ran"
    if run.ended_at is None:
        return f"{run.anchor}: running"
    return f"{run.anchor}: {run.outcome} ({_counted(run.counts)})"


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "nothing counted"
