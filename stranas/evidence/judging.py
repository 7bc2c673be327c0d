"""What a run of the checks needs to know, and what it leaves: facts in, rows out. No file is opened here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app

from stranas.catalogue.models import DocumentKind, Target
from stranas.catalogue.rules import programme_rules
from stranas.evidence import claims, malware, runner, words
from stranas.evidence.checks import compare
from stranas.evidence.checks.finding import Claim, Finding, Reading, Surroundings
from stranas.evidence.models import CheckRun, Document
from stranas.evidence.models import Finding as FindingRow
from stranas.evidence.neighbours import Compared, compared
from stranas.evidence.rules import CheckState
from stranas.evidence.weighing import Weight, weighed, weights
from stranas.system import clock
from stranas.system.db import db, read_only


@dataclass(frozen=True)
class Job:
    """What a claimed run needs to know: `key` of a file in the storage, or `address` of a link. `known`: the words,
    where they were read before; `own`: the programme's own weights."""

    document_id: int
    claim: Claim
    around: Surroundings
    own: Mapping[str, Weight]
    key: str | None = None
    file_id: int = 0
    known: Reading | None = None
    address: str = ""


def bounds() -> runner.Bounds:
    settings = current_app.config["SETTINGS"]
    return runner.Bounds(settings.check_seconds, settings.check_memory_mb)


def job_of(check_run_id: int) -> Job:
    with read_only():
        run = db.session.get_one(CheckRun, check_run_id, populate_existing=True)
        document: Document = run.document
        target = db.session.get_one(Target, run.target_id) if run.target_id else None
        claim = claims.claim_of(document, kind=DocumentKind(run.claimed_kind), target=target)
        around, own = claims.surroundings(target), _own_weights(target)
        if document.file is None:
            return Job(document.id, claim, around, own, address=document.url)
        known = words.reading_of(document.file.id)
        return Job(
            document.id, claim, around, own, key=document.file.storage_key, file_id=document.file.id, known=known
        )


def _own_weights(target: Target | None) -> dict[str, Weight]:
    return weights(programme_rules(target.period.programme.settings).checks) if target else {}


def before(job: Job, reading: Reading) -> tuple[tuple[Finding, ...], Compared]:
    """What was handed in before, and what the checks of comparison say to it."""
    with read_only():
        found = compared(db.session.get_one(Document, job.document_id), claim=job.claim, reading=reading)
    return tuple(compare(reading, job.claim, found.neighbours)), found


def weigh(job: Job, told: Iterable[Finding]) -> tuple[Finding, ...]:
    quarters = [quarter.key for quarter in job.around.quarters]
    return weighed(told, own=job.own, period=job.claim.period, order=quarters)


def conclude(run: CheckRun, state: CheckState, found: Iterable[Finding]) -> None:
    """The findings of a run in place of earlier ones, with what the scan for malware says, inside the running
    transaction."""
    run.state, run.ended_at = state, clock.wall()
    write_findings(run, malware.with_scan(run.document.file_id, found))


def write_findings(run: CheckRun, found: Iterable[Finding]) -> None:
    run.findings.clear()
    db.session.flush()  # positions are unique: the old rows go before the new ones come
    run.findings = [
        FindingRow(
            position=position,
            code=one.code,
            severity=one.severity,
            message=one.message,
            repair=one.repair,
            hint=one.hint,
        )
        for position, one in enumerate(found, 1)
    ]
