"""What officers do before sending: start, save, attach, take off, mark ready, open again."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from stranas.accounts.models import User
from stranas.evidence.models import Document
from stranas.reporting.models import (
    Evidence,
    Obligation,
    Submission,
)
from stranas.reporting.operations.steps import locked, step
from stranas.reporting.rules import (
    Actor,
    EventKind,
    Status,
    SubmissionKind,
)
from stranas.system import audit
from stranas.system.db import db, insert_unless_there
from stranas.system.errors import Refused


@dataclass(frozen=True)
class Entry:
    """What an officer types into a submission."""

    kind: SubmissionKind = SubmissionKind.ACHIEVEMENT
    progress_percent: Decimal | None = None
    realised_value: Decimal | None = None
    narrative: str = ""
    constraint: str = ""
    follow_up: str = ""
    beside_reason: str = ""
    waiting_for: str = ""
    waiting_letter: str = ""
    waiting_since: date | None = None
    review_on: date | None = None


class EditConflict(Exception):
    """Somebody saved in between. Carries the submission as it stands now."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(f"submission {submission.id} is at revision {submission.revision}")
        self.submission = submission


def entry_of(submission: Submission) -> Entry:
    return Entry(**{field.name: getattr(submission, field.name) for field in fields(Entry)})


def start_submission(*, obligation: Obligation, person: User | None, received_at: datetime) -> Submission:
    """The submission of an obligation, begun as a draft if there was none. Two at once make one."""
    values = {"obligation_id": obligation.id, "status": Status.NOT_STARTED, "kind": SubmissionKind.ACHIEVEMENT}
    texts = dict.fromkeys(("narrative", "kendala", "follow_up", "beside_reason", "waiting_for", "waiting_letter"), "")
    insert_unless_there(Submission, values | texts | {"revision": 0}, unique=["obligation_id"])
    submission = locked(db.select(Submission).where(Submission.obligation_id == obligation.id))
    db.session.expire(obligation, ["submission"])
    if submission.status is Status.NOT_STARTED:
        step(submission, EventKind.STARTED, by=Actor.AGENCY, person=person, received_at=received_at)
    return submission


def save_draft(
    *, submission: Submission, entry: Entry, revision: int, person: User | None, received_at: datetime
) -> None:
    """Keep what was typed. Raises EditConflict when `revision` is not the one that stands, unless nothing differs."""
    submission = locked(db.select(Submission).where(Submission.id == submission.id))
    if not submission.status.is_editable:
        raise Refused(
            f"Laporan ini berstatus {submission.status.label.lower()}, jadi isinya tidak dapat diubah.",
            "Buka kembali laporan dari halaman laporan triwulan bila belum dikirim.",
        )
    if entry == entry_of(submission):
        return
    if submission.revision != revision:
        raise EditConflict(submission)
    for name, value in _plain(entry).items():
        setattr(submission, name, value)
    submission.revision += 1
    submission.saved_at = received_at
    submission.saved_by_id = person.id if person else None


def _plain(entry: Entry) -> dict[str, Any]:
    return {field.name: getattr(entry, field.name) for field in fields(entry)}


def attach(
    *, submission: Submission, requirement_id: int, document: Document, at: datetime, person: User | None = None
) -> Evidence:
    """Attach a document to a requirement; attaching it twice changes nothing."""
    need_editable(submission)
    there = db.session.scalars(
        db.select(Evidence).where(
            Evidence.submission_id == submission.id,
            Evidence.requirement_id == requirement_id,
            Evidence.document_id == document.id,
            Evidence.detached_at.is_(None),
        )
    ).one_or_none()
    if there:
        return there
    evidence = Evidence(
        submission_id=submission.id,
        requirement_id=requirement_id,
        document_id=document.id,
        attached_at=at,
        attached_by_id=person.id if person else None,
    )
    db.session.add(evidence)
    db.session.flush()
    audit.record("attach_evidence", f"evidence:{evidence.id}", document=document.id, requirement=requirement_id)
    return evidence


def detach(*, evidence: Evidence, submission: Submission, at: datetime, person: User | None = None) -> None:
    """Take a document off a requirement; the document stays in the library."""
    need_editable(locked(db.select(Submission).where(Submission.id == submission.id)))
    evidence.detached_at = at
    evidence.detached_by_id = person.id if person else None
    audit.record("detach_evidence", f"evidence:{evidence.id}", document=evidence.document_id)


def need_editable(submission: Submission | None) -> None:
    """Evidence may change only while the text may."""
    if submission and not submission.status.is_editable:
        raise Refused(
            f"Laporan ini berstatus {submission.status.label.lower()}, jadi data dukungnya tidak dapat diubah.",
            "Buka kembali laporan dari halaman laporan triwulan bila belum dikirim.",
        )


def mark_ready(*, submission: Submission, person: User | None, received_at: datetime) -> None:
    """From draft or returned to ready. The caller holds the row and has shown that nothing is missing
    (queries.missing_of)."""
    step(submission, EventKind.MARKED_READY, by=Actor.AGENCY, person=person, received_at=received_at)


def unmark_ready(*, submission: Submission, person: User | None, received_at: datetime) -> None:
    """Open a ready submission again for editing."""
    submission = locked(db.select(Submission).where(Submission.id == submission.id))
    step(submission, EventKind.UNMARKED_READY, by=Actor.AGENCY, person=person, received_at=received_at)
