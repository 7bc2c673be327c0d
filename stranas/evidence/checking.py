"""The run of the checks: claim a row, open the file in a child process, record what it found.

No transaction is open while the child works. The row's state is the truth: a run that is claimed twice is done
once, and `requeue_stuck` brings back what a dying worker left behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from flask import current_app

from stranas.catalogue.models import DocumentKind, Target
from stranas.catalogue.rules import programme_rules
from stranas.evidence import claims, runner, words
from stranas.evidence.checks import compare, judge_address
from stranas.evidence.checks.finding import Claim, Reading, Surroundings
from stranas.evidence.checks.finding import Finding as Found
from stranas.evidence.models import CheckRun, Document, Finding
from stranas.evidence.neighbours import Compared, compared, keep_likenesses
from stranas.evidence.rules import MOST_ATTEMPTS, CheckState, Severity
from stranas.evidence.weighing import Weight, weighed, weights
from stranas.system import background, clock
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.storage import MissingObject, storage

WAITS_AT_MOST = timedelta(minutes=2)

NOT_FINISHED = Found(
    "not_finished",
    Severity.EXPLAIN,
    "Pengecekan otomatis tidak selesai untuk berkas ini.",
    "Anda tetap dapat melanjutkan. Pastikan berkas dapat dibuka di komputer lain; verifikator membacanya langsung.",
)


@dataclass(frozen=True)
class Job:
    """What a claimed run needs to know: `key` of a file in the storage, or `address` of a link. `known`: the words,
    where they were read before; `own`: the programme's own weights."""

    document_id: int
    claim: Claim
    around: Surroundings
    own: Mapping[str, Weight]
    key: str | None = None
    known: Reading | None = None
    address: str = ""


def bounds() -> runner.Bounds:
    settings = current_app.config["SETTINGS"]
    return runner.Bounds(settings.check_seconds, settings.check_memory_mb)


def _trust() -> Path | None:
    return current_app.config["SETTINGS"].trust


@background.task
def run_check(*, check_run_id: int) -> None:
    """Check one document if this process wins the claim. Safe to run any number of times."""
    if not _claim(check_run_id):
        return
    job = _job(check_run_id)
    if job.key is None:
        _record(check_run_id, runner.Outcome("text/uri-list", _weighed(job, judge_address(job.address, job.claim))))
        return
    try:
        with storage().path(job.key) as path:
            outcome = runner.check(path, job.claim, job.around, bounds=bounds(), known=job.known, trust=_trust())
    except (runner.ChildFailed, MissingObject, OSError) as error:
        _try_again(check_run_id, failure=f"{type(error).__name__}: {error}"[:500])
    else:
        _record(check_run_id, *_with_comparison(job, outcome))


def _with_comparison(job: Job, outcome: runner.Outcome) -> tuple[runner.Outcome, Compared]:
    """Keep the words, and hold them and the bytes against what was handed in before."""
    reading = outcome.reading or Reading()
    if job.known is None and outcome.reading is not None:
        with unit_of_work():
            words.keep(document_id=job.document_id, reading=outcome.reading)
    with read_only():
        found = compared(db.session.get_one(Document, job.document_id), claim=job.claim, reading=reading)
    told = (*outcome.findings, *compare(reading, job.claim, found.neighbours))
    return replace(outcome, findings=_weighed(job, told)), found


def _weighed(job: Job, told: Iterable[Found]) -> tuple[Found, ...]:
    quarters = [quarter.key for quarter in job.around.quarters]
    return weighed(told, own=job.own, period=job.claim.period, order=quarters)


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


def _job(check_run_id: int) -> Job:
    with read_only():
        run = db.session.get_one(CheckRun, check_run_id, populate_existing=True)
        document: Document = run.document
        target = db.session.get_one(Target, run.target_id) if run.target_id else None
        claim = claims.claim_of(document, kind=DocumentKind(run.claimed_kind), target=target)
        around, own = claims.surroundings(target), _own_weights(target)
        if document.file is None:
            return Job(document.id, claim, around, own, address=document.url)
        known = words.reading_of(document.file.id)
        return Job(document.id, claim, around, own, key=document.file.storage_key, known=known)


def _own_weights(target: Target | None) -> dict[str, Weight]:
    return weights(programme_rules(target.period.programme.settings).checks) if target else {}


def _record(check_run_id: int, outcome: runner.Outcome, found: Compared | None = None) -> None:
    with unit_of_work():
        run = db.session.get_one(CheckRun, check_run_id, populate_existing=True)
        if run.state is CheckState.RUNNING:
            run.document.media_type = outcome.media_type
            _end(run, CheckState.DONE, outcome.findings)
            if found:
                keep_likenesses(run.document_id, found)


def _try_again(check_run_id: int, *, failure: str) -> None:
    """Back to the queue, or after the last attempt to the officer with a sentence."""
    with unit_of_work():
        run = db.session.get_one(CheckRun, check_run_id, populate_existing=True)
        if run.state is not CheckState.RUNNING:
            return
        run.failure = failure
        if run.attempts >= MOST_ATTEMPTS:
            _end(run, CheckState.FAILED, (NOT_FINISHED,))
        else:
            run.state, run.queued_at = CheckState.WAITING, clock.wall()
            background.defer(run_check, check_run_id=run.id)


def _end(run: CheckRun, state: CheckState, found: tuple[Found, ...]) -> None:
    run.state, run.ended_at = state, clock.wall()
    run.findings = [
        Finding(
            position=position,
            code=one.code,
            severity=one.severity,
            message=one.message,
            repair=one.repair,
            hint=one.hint,
        )
        for position, one in enumerate(found, 1)
    ]


def requeue_stuck() -> int:
    """The sweep: runs whose worker died, and runs that wait too long. Returns how many it took up."""
    now = clock.wall()
    lost = now - timedelta(seconds=current_app.config["SETTINGS"].check_seconds * 2) - WAITS_AT_MOST
    with read_only():
        running = db.session.scalars(
            db.select(CheckRun.id).where(CheckRun.state == CheckState.RUNNING, CheckRun.started_at < lost)
        ).all()
        waiting = db.session.scalars(
            db.select(CheckRun.id).where(CheckRun.state == CheckState.WAITING, CheckRun.queued_at < now - WAITS_AT_MOST)
        ).all()
    for check_run_id in running:
        _try_again(check_run_id, failure="the worker ended before it could say what the checks found")
    with unit_of_work():
        for check_run_id in waiting:
            background.defer(run_check, check_run_id=check_run_id)
    return len(running) + len(waiting)
