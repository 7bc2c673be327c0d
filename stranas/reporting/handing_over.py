"""What a coordinator or a certifying official leaves open in an agency, for the hand-over sheet."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from stranas.accounts.handing_over import OpenWork, tells_open_work
from stranas.accounts.models import Membership, Role
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import Cover, RequestState
from stranas.reporting.models import Obligation, Reopening, Submission
from stranas.reporting.queries.due import closes_at, due_at
from stranas.reporting.rules import Status
from stranas.system import text
from stranas.system.db import db

OPEN = {
    Role.COORDINATOR: (Status.DRAFT, Status.READY, Status.AWAITING_APPROVAL, Status.RETURNED),
    Role.CERTIFIER: (Status.AWAITING_APPROVAL,),
}


@tells_open_work
def reports_in_work(membership: Membership, now: datetime) -> Iterable[OpenWork]:
    """Drafts and what lies between draft and sent, as long as it may still be sent."""
    submissions = db.session.scalars(
        db.select(Submission)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(Obligation.agency_id == membership.agency_id, Submission.status.in_(OPEN.get(membership.role, ())))
        .order_by(Obligation.period_id, Obligation.item_id, Obligation.id)
    ).unique()
    rows = submissions.all()
    covers = deadlines.covers({row.obligation.period_id for row in rows})
    for row in rows:
        until = _until(row, covers[row.obligation.period_id], now=now)
        if until > now:
            yield OpenWork(_what(row), row.status.label, text.deadline(until, row.obligation.agency.timezone))


def _until(submission: Submission, covers: Sequence[Cover], *, now: datetime) -> datetime:
    """When it is due, or once that is over (and for a correction) until when it may still be sent."""
    due = due_at(submission.obligation, covers=covers, cutoff=now)
    if submission.correction_ends_at is None and now < due:
        return due
    return closes_at(submission, covers, cutoff=now)


@tells_open_work
def reopenings_asked(membership: Membership, now: datetime) -> Iterable[OpenWork]:
    if membership.role is not Role.COORDINATOR:
        return
    rows = db.session.scalars(
        db.select(Reopening)
        .join(Submission, Submission.id == Reopening.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(Obligation.agency_id == membership.agency_id, Reopening.state == RequestState.OPEN)
        .order_by(Reopening.id)
    ).unique()
    for row in rows:
        yield OpenWork(_what(row.submission), "Pembukaan kembali menunggu putusan")


def _what(submission: Submission) -> str:
    obligation = submission.obligation
    return f"Laporan {obligation.item.key} {obligation.period.key}: {obligation.text}"
