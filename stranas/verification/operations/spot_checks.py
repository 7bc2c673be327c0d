"""Uji petik: planned, announced to the agency, and closed by notes that both sides read."""

from datetime import date, datetime
from typing import Any

from stranas.accounts.models import User
from stranas.evidence.models import Document
from stranas.reporting.models import Submission
from stranas.system import audit
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused
from stranas.verification import letters
from stranas.verification.models import SpotCheck
from stranas.verification.operations.deciding import need_foreign
from stranas.verification.rules import Notes, SpotForm


def plan_spot_check(
    *, submission: Submission, verifier: User, form: SpotForm, planned_on: date, subject: str, received_at: datetime
) -> SpotCheck:
    """Plan a check of a report that was sent, and write to the agency. Raises Refused for the own institution.

    The same plan sent twice is one, as long as its notes are not written.
    """
    need_foreign(submission, verifier)
    db.session.execute(lock_row(db.select(Submission.id).where(Submission.id == submission.id)))
    if there := _planned(submission, form=form, planned_on=planned_on, subject=subject.strip()):
        return there
    check = SpotCheck(
        submission_id=submission.id,
        form=form,
        planned_on=planned_on,
        subject=subject.strip(),
        planned_by_id=verifier.id,
        planned_at=received_at,
    )
    db.session.add(check)
    db.session.flush()
    audit.record("spot_check.planned", f"submission:{submission.id}", check=check.id, form=form.value)
    letters.tell_of_spot_check(check, submission, step="planned")
    return check


def _planned(submission: Submission, **plan: Any) -> SpotCheck | None:
    query = db.select(SpotCheck).filter_by(submission_id=submission.id, noted_at=None, **plan)
    return db.session.scalars(query.order_by(SpotCheck.id).limit(1)).one_or_none()


def note_spot_check(
    *, check: SpotCheck, verifier: User, notes: Notes, document: Document | None, received_at: datetime
) -> None:
    """Write the notes, once. Raises Refused when they are written already, or for the own institution."""
    query = lock_row(db.select(SpotCheck).where(SpotCheck.id == check.id), of=SpotCheck)
    check = db.session.scalars(query.execution_options(populate_existing=True)).one()
    need_foreign(check.submission, verifier)
    if check.noted_at is not None:
        raise Refused("Catatan hasil uji petik ini sudah disimpan.", "Buka uji petik itu untuk membacanya.")
    check.held_on, check.participants = notes.held_on, notes.participants.strip()
    check.findings, check.conclusion = notes.findings.strip(), notes.conclusion.strip()
    check.document_id = document.id if document else None
    check.noted_by_id, check.noted_at = verifier.id, received_at
    audit.record("spot_check.noted", f"submission:{check.submission_id}", check=check.id)
    letters.tell_of_spot_check(check, check.submission, step="noted")
