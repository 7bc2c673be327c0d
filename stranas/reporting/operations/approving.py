"""Approval: the coordinator asks, the certifying official sends or declines, the coordinator may withdraw.

The instant that decides whether a report was in time is that of the approval: then it is sent. Whoever asks before
the filing closes does not yet keep the time.
"""

from collections.abc import Sequence
from datetime import datetime

from stranas.accounts.models import User
from stranas.accounts.queries.officials import signatories
from stranas.accounts.rules import Signatory, named, signature_block
from stranas.agencies.holidays import indonesian_holidays
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.deadlines.rules import end_of, working_day_after
from stranas.reporting import notices, receipt_mail
from stranas.reporting.models import Approval, ApprovalPart, ApprovalState, CoverLetter, Filing, Submission
from stranas.reporting.operations.filing import held_in_time, send_together
from stranas.reporting.operations.steps import locked, step
from stranas.reporting.queries.approvals import preparers
from stranas.reporting.rules import Actor, EventKind
from stranas.system import audit, clock, text
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused

# The system act counts; the letter with its signature may follow.
SCAN_WORKING_DAYS = 5


def request_approval(
    *,
    agency: Agency,
    period: Period,
    submissions: Sequence[Submission],
    person: User | None,
    received_at: datetime,
    note: str = "",
) -> Approval:
    """Ask the certifying official to send ready submissions together; he hears of it by mail.

    Raises Refused when there is none, when a time is over, or when nobody could approve.
    """
    able = signatories(agency_id=agency.id, day=text.local_day(received_at, agency.timezone))
    if not able:
        raise Refused(
            "Belum ada pejabat yang dapat menyetujui laporan triwulan ini.",
            "Laporan tetap siap dikirim. Mintalah admin instansi menambah pejabat penyetuju, atau mintalah pejabat "
            "menunjuk Plt. atau Plh.",
        )
    held = held_in_time(submissions, period=period, received_at=received_at)
    approval = Approval(
        agency_id=agency.id,
        period_id=period.id,
        state=ApprovalState.WAITING,
        requested_by_id=person.id if person else None,
        note=note.strip(),
        received_at=received_at,
        recorded_at=clock.now(),
        parts=[ApprovalPart(submission_id=submission.id) for submission in held],
    )
    db.session.add(approval)
    db.session.flush()
    for submission in held:
        step(submission, EventKind.APPROVAL_REQUESTED, by=Actor.AGENCY, person=person, received_at=received_at)
    audit.record("request_approval", f"approval:{approval.id}", submissions=[s.id for s in held])
    notices.approval_requested(approval, able)
    return approval


def approve(*, approval: Approval, person: User, received_at: datetime) -> Filing:
    """Send what waits, in the capacity that the official has on that day of his agency's calendar.

    Raises Refused when somebody was quicker, when he may not sign that day, when he alone prepared a part, or when
    the time of a part is over.
    """
    approval = _waiting(approval)
    signatory = _signatory(approval, person, received_at)
    submissions = _parts(approval)
    _need_other_hands(approval, submissions, person, received_at)
    filing = send_together(
        held_in_time(submissions, period=approval.period, received_at=received_at),
        agency=approval.agency,
        period=approval.period,
        person=person,
        received_at=received_at,
        by=Actor.CERTIFIER,
    )
    _decide(approval, ApprovalState.APPROVED, person, received_at)
    approval.filing_id = filing.id
    approval.office = signatory.title
    approval.signature = list(signature_block(signatory))
    db.session.add(CoverLetter(filing_id=filing.id, due_at=scan_due(received_at)))
    audit.record("approve_filing", f"approval:{approval.id}", filing=filing.number, office=signatory.title)
    db.session.flush()
    receipt_mail.plan_receipts(filing)
    return filing


def scan_due(filed_at: datetime) -> datetime:
    """Until when (exclusive) the signed letter may follow a filing."""
    day = text.local_day(filed_at, "Asia/Jakarta")
    return end_of(working_day_after(day, SCAN_WORKING_DAYS, indonesian_holidays()))


def hindrance(*, approval: Approval, person: User, at: datetime) -> Refused | None:
    """What would keep this person from approving now, but for somebody quicker and the time; changes nothing."""
    try:
        _signatory(approval, person, at)
        _need_other_hands(approval, _parts(approval), person, at)
    except Refused as refusal:
        return refusal
    return None


def decline(*, approval: Approval, person: User, reason: str, received_at: datetime) -> None:
    """Send nothing; every report is ready again, with the reason. Raises Refused as `approve` does, never for time."""
    approval = _waiting(approval)
    signatory = _signatory(approval, person, received_at)
    for submission in _held(approval):
        step(
            submission,
            EventKind.APPROVAL_DECLINED,
            by=Actor.CERTIFIER,
            person=person,
            received_at=received_at,
            reason=reason.strip(),
        )
    _decide(approval, ApprovalState.DECLINED, person, received_at)
    approval.reason, approval.office = reason.strip(), signatory.title
    audit.record("decline_filing", f"approval:{approval.id}", reason=approval.reason)
    db.session.flush()
    notices.approval_declined(approval)


def withdraw(*, approval: Approval, person: User | None, received_at: datetime) -> None:
    """The coordinator takes the request back while nobody has decided; every report is ready again."""
    approval = _waiting(approval)
    for submission in _held(approval):
        step(submission, EventKind.APPROVAL_WITHDRAWN, by=Actor.AGENCY, person=person, received_at=received_at)
    _decide(approval, ApprovalState.WITHDRAWN, person, received_at)
    audit.record("withdraw_approval", f"approval:{approval.id}")


def _waiting(approval: Approval) -> Approval:
    """The request, held until the transaction ends. Of two who decide at once the second learns what the first did."""
    query = lock_row(db.select(Approval).where(Approval.id == approval.id), of=Approval)
    approval = db.session.scalars(query.execution_options(populate_existing=True)).one()
    if approval.state is not ApprovalState.WAITING:
        by = f" oleh {approval.decided_by.name}" if approval.decided_by else ""
        at = text.instant(approval.decided_at, approval.agency.timezone)
        raise Refused(
            f"Permintaan ini sudah {approval.state.label.lower()}{by} pada {at}.",
            "Muat ulang halaman untuk melihat keadaan terbaru. Keputusan Anda tidak disimpan.",
        )
    return approval


def _signatory(approval: Approval, person: User, at: datetime) -> Signatory:
    able = signatories(agency_id=approval.agency_id, day=text.local_day(at, approval.agency.timezone))
    own = next((s for s in able if s.person_id == person.id), None)
    if own is None:
        today = text.day(text.local_day(at, approval.agency.timezone))
        raise Refused(
            f"Anda tidak tercatat sebagai pejabat yang berwenang menyetujui pada {today}.",
            f"Yang dapat menyetujui hari ini: {named(able)}."
            if able
            else "Mintalah admin instansi memeriksa jangka waktu jabatan di halaman Pejabat.",
        )
    return own


def _need_other_hands(approval: Approval, submissions: Sequence[Submission], person: User, at: datetime) -> None:
    """Nobody approves what only he prepared."""
    hands = preparers([submission.id for submission in submissions])
    alone = [s.obligation.item.key for s in submissions if hands[s.id] == {person.id}]
    if not alone:
        return
    able = signatories(agency_id=approval.agency_id, day=text.local_day(at, approval.agency.timezone))
    others = [s for s in able if s.person_id != person.id]
    raise Refused(
        f"{text.joined(alone)} hanya Anda sendiri yang menyiapkan, jadi tidak dapat Anda setujui.",
        f"Yang dapat menyetujui: {named(others)}."
        if others
        else "Tunjuk Plt. atau Plh. di halaman Pejabat, atau "
        "mintalah rekan di Inspektorat memeriksa laporan itu dan meminta persetujuan kembali.",
    )


def _parts(approval: Approval) -> list[Submission]:
    ids = [part.submission_id for part in approval.parts]
    return list(
        db.session.scalars(db.select(Submission).where(Submission.id.in_(ids)).order_by(Submission.id)).unique()
    )


def _held(approval: Approval) -> list[Submission]:
    return [locked(db.select(Submission).where(Submission.id == part.submission_id)) for part in approval.parts]


def _decide(approval: Approval, state: ApprovalState, person: User | None, at: datetime) -> None:
    approval.state, approval.decided_at = state, at
    approval.decided_by_id = person.id if person else None
    db.session.flush()
    db.session.expire(approval, ["decided_by"])
