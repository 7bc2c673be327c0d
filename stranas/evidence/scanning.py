"""The words of scans, read by OCR after the first findings stand: seconds a page, so they take turns.

One scan at a time and worker: however many lie there, the other threads stay free for first findings. Whoever has
the turn goes on until no scan waits.
"""

import threading

from flask import current_app

from stranas.evidence import runner, words
from stranas.evidence.checks import not_judged
from stranas.evidence.checks.codes import CODES
from stranas.evidence.checks.finding import Finding, Reading
from stranas.evidence.checks.reading.scans import WITHOUT_WORDS, can_read
from stranas.evidence.judging import Job, before, bounds, conclude, job_of, weigh
from stranas.evidence.models import CheckRun
from stranas.evidence.neighbours import Compared, keep_likenesses
from stranas.evidence.rules import MOST_ATTEMPTS, CheckState
from stranas.system import background
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.storage import MissingObject, storage

_turn = threading.Lock()


def is_to_be_read(job: Job, reading: Reading | None) -> bool:
    """Whether a scan's words are still to be read, and somebody here can."""
    wanted = reading is not None and reading.is_scan and job.known is None and job.claim.kind not in WITHOUT_WORDS
    return wanted and current_app.config["SETTINGS"].ocr == "auto" and can_read()


@background.task
def read_scans(*, check_run_id: int) -> None:
    """Read the scans that wait, the oldest first. Safe to run any number of times."""
    while (waiting := _oldest()) and _turn.acquire(blocking=False):
        try:
            _read(waiting)
        finally:
            _turn.release()


def _oldest() -> int | None:
    with read_only():
        return db.session.scalar(
            db.select(CheckRun.id).where(CheckRun.state == CheckState.READING).order_by(CheckRun.ended_at, CheckRun.id)
        )


def _read(check_run_id: int) -> None:
    if not _begun(check_run_id):
        return
    job = job_of(check_run_id)
    try:
        outcome = _outcome(job)
    except (runner.ChildFailed, MissingObject, OSError) as error:
        current_app.logger.warning("the scan of run %s cannot be read: %s", check_run_id, error)
        outcome = runner.Outcome("", (not_judged("reading"),), Reading())
    with unit_of_work():
        words.keep(document_id=job.document_id, reading=outcome.reading or Reading())
    told, found = before(job, outcome.reading or Reading())
    _record(check_run_id, weigh(job, (*outcome.findings, *told)), found)


def _begun(check_run_id: int) -> bool:
    """Counts the attempt. A scan that ended its worker so often is left unread, with a word."""
    with unit_of_work():
        run = db.session.get_one(CheckRun, check_run_id, populate_existing=True)
        if run.state is not CheckState.READING:
            return False
        run.attempts += 1
        if run.attempts <= MOST_ATTEMPTS:
            return True
        conclude(run, CheckState.DONE, (*_kept(run, comparison=True), not_judged("reading")))
        return False


def _outcome(job: Job) -> runner.Outcome:
    """Under another claim the same bytes may have been read meanwhile."""
    with storage().path(job.key) as path:
        return runner.read_scan(path, job.claim, job.around, bounds=bounds(), known=job.known)


def _record(check_run_id: int, found: tuple[Finding, ...], likenesses: Compared) -> None:
    with unit_of_work():
        run = db.session.get_one(CheckRun, check_run_id, populate_existing=True)
        if run.state is CheckState.READING:
            everything = (*_kept(run, comparison=False), *found)
            conclude(run, CheckState.DONE, sorted(everything, key=lambda one: one.severity.rank))
            keep_likenesses(run.document_id, likenesses)


def _kept(run: CheckRun, *, comparison: bool) -> tuple[Finding, ...]:
    """The first findings; those of comparison are made anew with the words."""
    return tuple(
        Finding(row.code, row.severity, row.message, row.repair, row.hint)
        for row in run.findings
        if comparison or row.code not in CODES or CODES[row.code].check != "reuse"
    )
