"""Opening a decided report again: the agency asks with a reason, the secretariat grants or declines, once."""

from datetime import datetime

from stranas.accounts.models import User
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import RequestState
from stranas.reporting import reopening_mail
from stranas.reporting.models import Reopening, Submission
from stranas.reporting.operations.steps import locked, step
from stranas.reporting.queries.due import correction_ends_at
from stranas.reporting.rules import Actor, EventKind, Status
from stranas.system import audit, clock
from stranas.system.db import db
from stranas.system.errors import Refused

DECIDED = (Status.VERIFIED, Status.REJECTED)


def ask_reopening(*, submission: Submission, person: User | None, reason: str, received_at: datetime) -> Reopening:
    """Ask to repair a report that was decided. The reason is required.

    Raises Refused while the report is not decided, while a request waits, and once nothing could be repaired.
    """
    if not reason.strip():
        raise ValueError("asking to reopen needs a reason")
    submission = locked(db.select(Submission).where(Submission.id == submission.id))
    _need_decided(submission)
    _need_time(submission, received_at)
    if _waiting(submission):
        raise Refused(
            "Pembukaan kembali laporan ini sudah diminta dan menunggu putusan.",
            "Putusan Sekretariat Nasional dikirim lewat surel.",
        )
    reopening = Reopening(
        submission_id=submission.id,
        asked_by_id=person.id if person else None,
        received_at=received_at,
        recorded_at=clock.now(),
        reason=reason.strip(),
        state=RequestState.OPEN,
    )
    db.session.add(reopening)
    db.session.flush()
    audit.record("ask_reopening", f"reopening:{reopening.id}", submission=submission.id, reason=reopening.reason)
    reopening_mail.tell_asked(reopening)
    return reopening


def grant_reopening(*, reopening: Reopening, person: User, answer: str, received_at: datetime) -> None:
    """Open the report again, with a correction window as after a return; its score stays until the next decision.

    Raises Refused when somebody decided already, for the own institution, and when the window would be empty.
    """
    submission = locked(db.select(Submission).where(Submission.id == reopening.submission_id))
    _need_foreign(submission, person)
    _need_decided(submission)
    _need_time(submission, received_at)
    _decide(reopening, RequestState.GRANTED, person=person, answer=answer, received_at=received_at)
    event = step(
        submission,
        EventKind.REOPENED,
        by=Actor.SECRETARIAT,
        person=person,
        received_at=received_at,
        version_id=submission.versions[-1].id if submission.versions else None,
        reason=reopening.reason,
        details={"reopening": reopening.id},
    )
    submission.correction_ends_at = correction_ends_at(
        submission.obligation,
        returned_at=received_at,
        covers=deadlines.covers([submission.obligation.period_id])[submission.obligation.period_id],
        cutoff=event.recorded_at,
    )
    audit.record("grant_reopening", f"reopening:{reopening.id}", submission=submission.id)
    reopening_mail.tell_decided(reopening)


def decline_reopening(*, reopening: Reopening, person: User, answer: str, received_at: datetime) -> None:
    """The report stays as it was decided. The answer is required."""
    if not answer.strip():
        raise ValueError("declining needs an answer")
    submission = locked(db.select(Submission).where(Submission.id == reopening.submission_id))
    _need_foreign(submission, person)
    _decide(reopening, RequestState.DECLINED, person=person, answer=answer, received_at=received_at)
    audit.record("decline_reopening", f"reopening:{reopening.id}", submission=submission.id, answer=answer.strip())
    reopening_mail.tell_decided(reopening)


def _decide(reopening: Reopening, state: RequestState, *, person: User, answer: str, received_at: datetime) -> None:
    """A conditional update: of two who decide at once exactly one changes the row."""
    changed = db.session.execute(
        db.update(Reopening)
        .where(Reopening.id == reopening.id, Reopening.state == RequestState.OPEN)
        .values(state=state, decided_by_id=person.id, decided_at=received_at, answer=answer.strip()),
        execution_options={"synchronize_session": False},
    ).rowcount
    db.session.refresh(reopening)
    if changed != 1:
        raise Refused(
            f"Permintaan ini sudah diputus: {reopening.state.label.lower()}. Putusan Anda tidak disimpan.",
            "Muat ulang daftar pembukaan kembali.",
        )


def _waiting(submission: Submission) -> bool:
    query = db.select(Reopening.id).where(
        Reopening.submission_id == submission.id, Reopening.state == RequestState.OPEN
    )
    return db.session.scalar(query.limit(1)) is not None


def _need_decided(submission: Submission) -> None:
    if submission.status not in DECIDED:
        raise Refused(
            f"Laporan ini berstatus {submission.status.label.lower()}, jadi tidak perlu dibuka kembali.",
            "Hanya laporan yang sudah diputus yang dibuka kembali.",
        )


def _need_time(submission: Submission, received_at: datetime) -> None:
    """A correction never ends after verification does: from then on there is no window to open."""
    if received_at >= submission.obligation.period.verification_ends_at:
        raise Refused(
            "Batas akhir verifikasi sudah lewat, jadi laporan tidak dapat dibuka kembali.",
            "Perbaikannya dilaporkan pada triwulan berikutnya.",
        )


def _need_foreign(submission: Submission, person: User) -> None:
    if any(m.agency_id == submission.obligation.agency_id for m in person.memberships):
        raise Refused(
            "Permintaan instansi sendiri tidak dapat Anda putus.", "Mintalah rekan di Sekretariat Nasional memutusnya."
        )
