"""What changes submissions: save, attach, mark ready, file, and recording what a verifier decided.

Every step goes through the table of reporting.rules and leaves one event. Callers give `received_at`, the
instant at which the request reached us; `recorded_at` is taken here.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import Cover, correction_closes
from stranas.evidence.models import Document, Finding
from stranas.evidence.queries import findings_of
from stranas.reporting.frozen import FrozenEvidence, FrozenFinding, frozen_content
from stranas.reporting.models import (
    Evidence,
    Filing,
    Obligation,
    Submission,
    SubmissionEvent,
    SubmissionVersion,
)
from stranas.reporting.queries.due import closes_at, rules_of
from stranas.reporting.rules import (
    Actor,
    EventKind,
    Status,
    SubmissionKind,
    canonical,
    fingerprint,
    next_status,
    receipt_number,
)
from stranas.system import audit, clock
from stranas.system.db import db, insert_unless_there, lock_row
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
        _step(submission, EventKind.STARTED, by=Actor.AGENCY, person=person, received_at=received_at)
    return submission


def locked(query: Any) -> Submission:
    """One submission, held until the transaction ends, as the database has it now."""
    # of=Submission: PostgreSQL cannot lock the outer side of the joins that come along.
    held = lock_row(query, of=Submission).execution_options(populate_existing=True)
    return db.session.scalars(held).unique().one()


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


def attach(*, submission: Submission, requirement_id: int, document: Document, at: datetime) -> Evidence:
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
        submission_id=submission.id, requirement_id=requirement_id, document_id=document.id, attached_at=at
    )
    db.session.add(evidence)
    db.session.flush()
    audit.record("attach_evidence", f"evidence:{evidence.id}", document=document.id, requirement=requirement_id)
    return evidence


def detach(*, evidence: Evidence, submission: Submission, at: datetime) -> None:
    """Take a document off a requirement; the document stays in the library."""
    need_editable(locked(db.select(Submission).where(Submission.id == submission.id)))
    evidence.detached_at = at
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
    _step(submission, EventKind.MARKED_READY, by=Actor.AGENCY, person=person, received_at=received_at)


def unmark_ready(*, submission: Submission, person: User | None, received_at: datetime) -> None:
    """Open a ready submission again for editing."""
    submission = locked(db.select(Submission).where(Submission.id == submission.id))
    _step(submission, EventKind.UNMARKED_READY, by=Actor.AGENCY, person=person, received_at=received_at)


def file_submissions(
    *,
    agency: Agency,
    period: Period,
    submissions: Sequence[Submission],
    person: User | None,
    received_at: datetime,
) -> Filing:
    """Send ready submissions of one agency and period together; freezes their versions.

    Raises Refused when there is none, when one is not ready, or when its time is over (the sentence names it).
    """
    if not submissions:
        raise Refused("Belum ada laporan yang dipilih.", "Pilih sekurang-kurangnya satu laporan siap dikirim.")
    held = [locked(db.select(Submission).where(Submission.id == s.id)) for s in sorted(submissions, key=lambda s: s.id)]
    covers = deadlines.covers([period.id])[period.id]
    for submission in held:
        _need_in_time(submission, covers=covers, received_at=received_at)
    filing = _new_filing(agency=agency, period=period, person=person, received_at=received_at)
    for submission in held:
        _send(submission, filing=filing, person=person, received_at=received_at)
    audit.record("file_submissions", f"filing:{filing.number}", submissions=[s.id for s in held])
    return filing


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


def _send(submission: Submission, *, filing: Filing, person: User | None, received_at: datetime) -> None:
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
    _step(
        submission,
        EventKind.FILED,
        by=Actor.AGENCY,
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
    findings = findings_of([(e.document_id, e.requirement.kind.value) for e in evidence])
    return frozen_content(
        agency=obligation.agency.code,
        period=obligation.period.key,
        item=obligation.item.key,
        obligation=obligation,
        entry=asdict(entry_of(submission)),
        evidence=[_frozen(e, findings.get((e.document_id, e.requirement.kind.value), ())) for e in evidence],
    )


def _frozen(evidence: Evidence, findings: Sequence[Finding]) -> FrozenEvidence:
    document = evidence.document
    return FrozenEvidence(
        requirement=evidence.requirement.position,
        title=evidence.requirement.title,
        document=document.id,
        name=document.name,
        url=document.url,
        sha256=document.file.sha256 if document.file else None,
        size=document.file.size if document.file else None,
        findings=tuple(FrozenFinding(f.code, f.severity.value, f.message) for f in findings),
    )


def record_decision(
    *,
    submission: Submission,
    outcome: EventKind,
    person: User | None,
    received_at: datetime,
    score: Decimal | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> SubmissionEvent:
    """A verifier's decision on the last sent version. A return opens a correction window."""
    submission = locked(db.select(Submission).where(Submission.id == submission.id))
    event = _step(
        submission,
        outcome,
        by=Actor.VERIFIER,
        person=person,
        received_at=received_at,
        version_id=submission.versions[-1].id if submission.versions else None,
        score=score,
        reason=reason,
        details=details or {},
    )
    if outcome is EventKind.RETURNED:
        submission.correction_ends_at = correction_closes(
            returned_at=received_at,
            days=rules_of(submission.obligation).correction_days,
            verification_ends_at=submission.obligation.period.verification_ends_at,
        )
    return event


def _step(
    submission: Submission,
    kind: EventKind,
    *,
    by: Actor,
    person: User | None,
    received_at: datetime,
    **columns: Any,
) -> SubmissionEvent:
    """Take one step of the table: the event, and the status that it says."""
    submission.status = next_status(
        status=submission.status,
        event=kind,
        by=by,
        approval=rules_of(submission.obligation).approval_required,
        correcting=submission.correction_ends_at is not None,
    )
    last = db.session.scalar(
        db.select(db.func.max(SubmissionEvent.sequence)).where(SubmissionEvent.submission_id == submission.id)
    )
    event = SubmissionEvent(
        submission_id=submission.id,
        sequence=1 + (last or 0),
        kind=kind,
        status=submission.status,
        actor_id=person.id if person else None,
        received_at=received_at,
        recorded_at=clock.now(),
        **columns,
    )
    db.session.add(event)
    db.session.flush()
    return event
