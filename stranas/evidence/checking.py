"""The run of the checks: claim a row, open the file in a child process, record what it found.

No transaction is open while the child works. The row's state is the truth: a run that is claimed twice is done
once, and `requeue_stuck` brings back what a dying worker left behind. A scan has its first findings at once; its
words are read afterwards (scanning.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import ColumnElement

from stranas.evidence import antivirus, reaching, runner, scanning, words
from stranas.evidence.checks import judge_address
from stranas.evidence.checks.finding import Finding, Reading
from stranas.evidence.judging import Job, before, bounds, conclude, job_of, weigh
from stranas.evidence.models import CheckRun
from stranas.evidence.neighbours import Compared, keep_likenesses
from stranas.evidence.rules import MOST_ATTEMPTS, CheckState, ScanState, Severity
from stranas.system import background, clock
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.storage import MissingObject, storage

WAITS_AT_MOST = timedelta(minutes=2)

NOT_FINISHED = Finding(
    "not_finished",
    Severity.EXPLAIN,
    "Pengecekan otomatis tidak selesai untuk berkas ini.",
    "Anda tetap dapat melanjutkan. Pastikan berkas dapat dibuka di komputer lain; verifikator membacanya langsung.",
)


def _trust() -> Path | None:
    return current_app.config["SETTINGS"].trust


@background.task
def run_check(*, check_run_id: int) -> None:
    """Check one document if this process wins the claim. Safe to run any number of times."""
    if not _claim(check_run_id):
        return
    job = job_of(check_run_id)
    if job.key is None:
        _record(check_run_id, runner.Outcome("text/uri-list", weigh(job, _about_link(job))))
        return
    if antivirus.scan_file(job.file_id) is ScanState.INFECTED:
        _record(check_run_id, runner.Outcome("application/octet-stream", ()))
        return
    try:
        with storage().path(job.key) as path:
            outcome = runner.check(path, job.claim, job.around, bounds=bounds(), known=job.known, trust=_trust())
    except (runner.ChildFailed, MissingObject, OSError) as error:
        _try_again(check_run_id, failure=f"{type(error).__name__}: {error}"[:500])
    else:
        _go_on(check_run_id, job, outcome)


def _about_link(job: Job) -> tuple[Finding, ...]:
    """Whether it opens is asked only of hosts that the operator listed; else it is said that nobody asked."""
    found = judge_address(job.address, job.claim)
    asked = _asked(job.address, current_app.config["SETTINGS"].listed_link_hosts)
    return (*(one for one in found if one.code != "link_not_opened"), asked) if asked else found


def _asked(address: str, listed: tuple[str, ...]) -> Finding | None:
    if not reaching.is_listed(address, listed):
        return None
    try:
        return runner.reach(address, listed, bounds=runner.Bounds(reaching.SECONDS, memory_mb=512))
    except runner.OutOfTime:
        return reaching.not_reached()
    except runner.ChildFailed as error:
        current_app.logger.warning("a link could not be asked: %s", error)
        return None


def _go_on(check_run_id: int, job: Job, outcome: runner.Outcome) -> None:
    """Hold the file against what was handed in before, and record; a scan then waits to be read."""
    is_scan = scanning.is_to_be_read(job, outcome.reading)
    if job.known is None and outcome.reading is not None and not is_scan:
        with unit_of_work():
            words.keep(document_id=job.document_id, reading=outcome.reading)
    told, found = before(job, outcome.reading or Reading())
    outcome = replace(outcome, findings=weigh(job, (*outcome.findings, *told)))
    _record(check_run_id, outcome, found, state=CheckState.READING if is_scan else CheckState.DONE)


def _claim(check_run_id: int) -> bool:
    """A conditional update: exactly one process changes the row."""
    with unit_of_work():
        changed = db.session.execute(
            db.update(CheckRun)
            .where(CheckRun.id == check_run_id, CheckRun.state == CheckState.WAITING)
            .values(state=CheckState.RUNNING, started_at=clock.wall(), attempts=CheckRun.attempts + 1),
            execution_options={"synchronize_session": False},
        ).rowcount
    return changed == 1


def _record(
    check_run_id: int,
    outcome: runner.Outcome,
    found: Compared | None = None,
    *,
    state: CheckState = CheckState.DONE,
) -> None:
    with unit_of_work():
        run = db.session.get_one(CheckRun, check_run_id, populate_existing=True)
        if run.state is not CheckState.RUNNING:
            return
        run.document.media_type = outcome.media_type
        conclude(run, state, outcome.findings)
        if found:
            keep_likenesses(run.document_id, found)
        if state is CheckState.READING:
            run.attempts = 0  # of reading
            background.defer(scanning.read_scans, check_run_id=run.id)


def _try_again(check_run_id: int, *, failure: str) -> None:
    """Back to the queue, or after the last attempt to the officer with a sentence."""
    with unit_of_work():
        run = db.session.get_one(CheckRun, check_run_id, populate_existing=True)
        if run.state is not CheckState.RUNNING:
            return
        run.failure = failure
        if run.attempts >= MOST_ATTEMPTS:
            conclude(run, CheckState.FAILED, (NOT_FINISHED,))
        else:
            run.state, run.queued_at = CheckState.WAITING, clock.wall()
            background.defer(run_check, check_run_id=run.id)


def requeue_stuck() -> int:
    """The sweep: runs whose worker died, and runs that wait too long. Returns how many it took up."""
    now = clock.wall()
    lost = now - timedelta(seconds=current_app.config["SETTINGS"].check_seconds * 2) - WAITS_AT_MOST
    with read_only():
        running = _ids(CheckState.RUNNING, CheckRun.started_at, lost)
        waiting = _ids(CheckState.WAITING, CheckRun.queued_at, now - WAITS_AT_MOST)
        unread = _ids(CheckState.READING, CheckRun.ended_at, lost)
    for check_run_id in running:
        _try_again(check_run_id, failure="the worker ended before it could say what the checks found")
    with unit_of_work():
        for check_run_id in waiting:
            background.defer(run_check, check_run_id=check_run_id)
        for check_run_id in unread:
            background.defer(scanning.read_scans, check_run_id=check_run_id)
    return len(running) + len(waiting) + len(unread)


def _ids(state: CheckState, since: ColumnElement[datetime], before: datetime) -> Sequence[int]:
    return db.session.scalars(db.select(CheckRun.id).where(CheckRun.state == state, since < before)).all()
