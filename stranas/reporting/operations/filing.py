"""Sending: ready submissions of a period go together, their versions are frozen."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import Cover
from stranas.evidence.queries import FindingView, claim_for, findings_of
from stranas.reporting import receipt_mail
from stranas.reporting.frozen import FrozenEvidence, FrozenFinding, frozen_content
from stranas.reporting.models import (
    Evidence,
    Filing,
    Submission,
    SubmissionVersion,
)
from stranas.reporting.operations.steps import locked, step
from stranas.reporting.operations.writing import entry_of
from stranas.reporting.queries.due import closes_at, needs_approval
from stranas.reporting.rules import (
    Actor,
    EventKind,
    SubmissionKind,
    canonical,
    fingerprint,
    receipt_number,
)
from stranas.system import audit, clock
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused


def file_submissions(
    *,
    agency: Agency,
    period: Period,
    submissions: Sequence[Submission],
    person: User | None,
    received_at: datetime,
) -> Filing:
    """The coordinator sends ready submissions of one agency and period together; freezes their versions.

    Raises Refused when there is none, when one is not ready, when its time is over (the sentence names it), or when
    an official must approve first (operations.approve).
    """
    held = held_in_time(submissions, period=period, received_at=received_at)
    if any(needs_approval(submission.obligation) for submission in held):
        raise Refused(
            "Laporan triwulan instansi ini dikirim setelah disetujui pejabat.",
            "Muat ulang halaman laporan triwulan, lalu minta persetujuan.",
        )
    filing = send_together(held, agency=agency, period=period, person=person, received_at=received_at, by=Actor.AGENCY)
    receipt_mail.plan_receipts(filing)
    return filing


def send_together(
    held: Sequence[Submission],
    *,
    agency: Agency,
    period: Period,
    person: User | None,
    received_at: datetime,
    by: Actor,
) -> Filing:
    """One filing of submissions that are held and in time. The mails are the caller's, once he knows who signed."""
    filing = _new_filing(agency=agency, period=period, person=person, received_at=received_at)
    for submission in held:
        _send(submission, filing=filing, person=person, received_at=received_at, by=by)
    audit.record("file_submissions", f"filing:{filing.number}", submissions=[s.id for s in held])
    return filing


def held_in_time(submissions: Sequence[Submission], *, period: Period, received_at: datetime) -> list[Submission]:
    """The submissions, held until the transaction ends. Raises Refused when there is none or one's time is over."""
    if not submissions:
        raise Refused("Belum ada laporan yang dipilih.", "Pilih sekurang-kurangnya satu laporan siap dikirim.")
    held = [locked(db.select(Submission).where(Submission.id == s.id)) for s in sorted(submissions, key=lambda s: s.id)]
    covers = deadlines.covers([period.id])[period.id]
    for submission in held:
        _need_in_time(submission, covers=covers, received_at=received_at)
    return held


def _new_filing(*, agency: Agency, period: Period, person: User | None, received_at: datetime) -> Filing:
    db.session.execute(lock_row(db.select(Agency.id).where(Agency.id == agency.id)))
    ordinal = 1 + db.session.scalar(
        db.select(db.func.count(Filing.id)).where(Filing.agency_id == agency.id, Filing.period_id == period.id)
    )
    filing = Filing(
        agency_id=agency.id,
        period_id=period.id,
        ordinal=ordinal,
        number=receipt_number(period_key=period.key, agency_code=agency.code, ordinal=ordinal),
        filed_by_id=person.id if person else None,
        received_at=received_at,
        recorded_at=clock.now(),
    )
    db.session.add(filing)
    db.session.flush()
    return filing


def _need_in_time(submission: Submission, *, covers: Sequence[Cover], received_at: datetime) -> None:
    if received_at >= closes_at(submission, covers, cutoff=clock.now()):
        what = "Batas waktu perbaikan" if submission.correction_ends_at else "Penutupan pengisian"
        raise Refused(
            f"{what} untuk {submission.obligation.item.key} sudah lewat, jadi laporan tidak dapat dikirim.",
            "Isian tetap tersimpan. Hubungi Sekretariat Nasional bila ada alasan untuk perpanjangan.",
        )


def _send(submission: Submission, *, filing: Filing, person: User | None, received_at: datetime, by: Actor) -> None:
    content = canonical(_content(submission))
    version = SubmissionVersion(
        submission_id=submission.id,
        filing_id=filing.id,
        number=1 + len(submission.versions),
        content=content,
        sha256=fingerprint(content),
    )
    submission.versions.append(version)
    db.session.flush()
    step(
        submission,
        EventKind.FILED,
        by=by,
        person=person,
        received_at=received_at,
        filing_id=filing.id,
        version_id=version.id,
        details=filed_details(submission.kind, submission.review_on),
    )


def filed_details(kind: SubmissionKind, review_on: date | None) -> dict[str, Any]:
    """What the event of a filing remembers for the arithmetic (compliance.rules)."""
    return {"kind": kind.value, "review_on": review_on.isoformat() if review_on else None}


def _content(submission: Submission) -> dict[str, Any]:
    """What a filing freezes."""
    obligation = submission.obligation
    evidence = [e for e in submission.evidence if e.detached_at is None]
    findings = findings_of([(e.document_id, claim_for(e.requirement)) for e in evidence])
    return frozen_content(
        agency=obligation.agency.code,
        period=obligation.period.key,
        item=obligation.item.key,
        obligation=obligation,
        entry=asdict(entry_of(submission)),
        evidence=[_frozen(e, findings.get((e.document_id, claim_for(e.requirement)), ())) for e in evidence],
    )


def _frozen(evidence: Evidence, findings: Sequence[FindingView]) -> FrozenEvidence:
    document = evidence.document
    return FrozenEvidence(
        requirement=evidence.requirement.position,
        title=evidence.requirement.title,
        document=document.id,
        name=document.name,
        url=document.url,
        sha256=document.file.sha256 if document.file else None,
        size=document.file.size if document.file else None,
        findings=tuple(FrozenFinding(f.code, f.severity.value, f.message, f.answer) for f in findings),
    )
