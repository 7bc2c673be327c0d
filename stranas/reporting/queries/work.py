"""The work list of an agency: its obligations of a period, where each stands, and what is missing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import Cover, filing_closes, prolonged
from stranas.reporting.models import Filing, Obligation, Submission, SubmissionEvent
from stranas.reporting.queries.due import due_at
from stranas.reporting.queries.evidence import RequirementView, completeness, has_basis, requirement_views
from stranas.reporting.queries.waiting import Waiting, waiting_of
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system.db import db


@dataclass(frozen=True)
class WorkRow:
    """One obligation as the work list shows it. Instants are exclusive ends."""

    obligation_id: int
    submission_id: int | None
    item_key: str
    item_name: str
    text: str
    status: Status
    kind: SubmissionKind
    period_key: str
    due_at: datetime
    closes_at: datetime
    correction_ends_at: datetime | None
    requirements: int
    complete: int
    saved_at: datetime | None
    filing_number: str | None
    filed_at: datetime | None
    filing_ordinal: int | None
    on_time: bool | None
    score: Decimal | None
    waiting_for: str
    review_on: date | None
    approval: Waiting | None

    def without_judgement(self) -> "WorkRow":
        """As it was sent, whatever became of it: for readers before the results are released."""
        return replace(self, status=self.status.unjudged, score=None)


def obligation_in_scope(obligation_id: int, scope: ColumnElement[bool]) -> Obligation | None:
    """The obligation, if it (or its agency) fulfils the condition of the reader's scope."""
    return db.session.scalars(
        db.select(Obligation)
        .join(Agency, Agency.id == Obligation.agency_id)
        .where(Obligation.id == obligation_id, scope)
    ).one_or_none()


def in_force(now: datetime) -> ColumnElement[bool]:
    """A condition on Obligation: it is owed at this instant."""
    return (Obligation.in_force_from <= now) & (Obligation.in_force_until.is_(None) | (Obligation.in_force_until > now))


def work_of(*, agency_id: int, period: Period, now: datetime) -> list[WorkRow]:
    """Every obligation of an agency in a period, in catalogue order."""
    obligations = db.session.scalars(
        db.select(Obligation)
        .where(Obligation.agency_id == agency_id, Obligation.period_id == period.id, in_force(now))
        .order_by(Obligation.item_id, Obligation.id)
    ).all()
    return rows_of(obligations, now=now)


def returned_elsewhere(*, agency_id: int, period: Period, now: datetime) -> list[WorkRow]:
    """Returned parts of other periods whose correction window is still open."""
    obligations = db.session.scalars(
        db.select(Obligation)
        .join(Submission, Submission.obligation_id == Obligation.id)
        .join(Period, Period.id == Obligation.period_id)
        .where(
            Obligation.agency_id == agency_id,
            Obligation.period_id != period.id,
            Submission.status.in_([Status.RETURNED, Status.READY, Status.AWAITING_APPROVAL]),
            Submission.correction_ends_at.is_not(None),
            Period.verification_ends_at > now,
        )
    ).all()
    # An outage may have prolonged the window that is stored.
    return [row for row in rows_of(obligations, now=now) if row.closes_at > now]


def rows_of(obligations: Sequence[Obligation], *, now: datetime) -> list[WorkRow]:
    covers = deadlines.covers({o.period_id for o in obligations})
    submissions = [o.submission for o in obligations if o.submission]
    counts = completeness(obligations)
    filings, scores = _first_and_last_filings(submissions), last_scores([s.id for s in submissions])
    waiting = waiting_of(submissions, now=now)
    return [
        _row(
            o, now=now, covers=covers[o.period_id], counts=counts[o.id], filings=filings, scores=scores, waiting=waiting
        )
        for o in obligations
    ]


def _row(
    obligation: Obligation, *, now: datetime, covers: Sequence[Cover], counts, filings, scores, waiting
) -> WorkRow:
    submission = obligation.submission or Submission(
        status=Status.NOT_STARTED, kind=SubmissionKind.ACHIEVEMENT, waiting_for=""
    )
    first, last = filings.get(submission.id, (None, None))
    due = due_at(obligation, covers=covers, cutoff=now)
    closes = filing_closes(
        correction_ends_at=submission.correction_ends_at, locks_at=obligation.period.locks_at, due_at=due
    )
    closes = prolonged(closes, covers, verification_ends_at=obligation.period.verification_ends_at, cutoff=now)
    return WorkRow(
        obligation_id=obligation.id,
        submission_id=submission.id,
        item_key=obligation.item.key,
        item_name=obligation.item.name,
        text=obligation.text,
        status=submission.status,
        kind=submission.kind,
        period_key=obligation.period.key,
        due_at=due,
        closes_at=closes,
        correction_ends_at=closes if submission.correction_ends_at else None,
        requirements=counts[0],
        complete=counts[1],
        saved_at=submission.saved_at,
        filing_number=last.number if last else None,
        filed_at=last.received_at if last else None,
        filing_ordinal=last.ordinal if last else None,
        on_time=first.received_at < due if first else None,
        score=scores.get(submission.id),
        waiting_for=submission.waiting_for,
        review_on=submission.review_on,
        approval=waiting.get(submission.id),
    )


def _first_and_last_filings(submissions: Sequence[Submission]) -> dict[int, tuple[Filing, Filing]]:
    rows = db.session.execute(
        db.select(SubmissionEvent.submission_id, Filing)
        .join(Filing, Filing.id == SubmissionEvent.filing_id)
        .where(SubmissionEvent.submission_id.in_([s.id for s in submissions]), SubmissionEvent.kind == EventKind.FILED)
        .order_by(SubmissionEvent.sequence)
    )
    found: dict[int, list[Filing]] = defaultdict(list)
    for submission_id, filing in rows:
        found[submission_id].append(filing)
    return {submission_id: (filings[0], filings[-1]) for submission_id, filings in found.items()}


def last_scores(submission_ids: Collection[int]) -> dict[int, Decimal | None]:
    """The score that the latest final decision gave (None: consent to a kind beside the main line), by submission id;
    those without a final decision are left out."""
    rows = db.session.execute(
        db.select(SubmissionEvent.submission_id, SubmissionEvent.score)
        .where(
            SubmissionEvent.submission_id.in_(submission_ids),
            SubmissionEvent.kind.in_([EventKind.VERIFIED, EventKind.REJECTED]),
        )
        .order_by(SubmissionEvent.sequence)
    )
    return {row.submission_id: row.score for row in rows}


def missing_of(obligation: Obligation) -> list[tuple[str, str]]:
    """What keeps a submission from being ready: (anchor on the page, sentence). Empty when nothing is."""
    submission = obligation.submission
    if submission is None:
        return [("uraian", "Isi laporan terlebih dahulu")]
    if submission.kind is not SubmissionKind.ACHIEVEMENT:
        return _missing_beside(obligation, submission)
    missing = []
    if submission.realised_value is None:
        missing.append(("realised_value", "Realisasi: tulis angka yang dicapai pada triwulan ini"))
    if submission.progress_percent is None:
        missing.append(("progress_percent", "Kemajuan pekerjaan: tulis persentasenya"))
    if not submission.narrative.strip():
        missing.append(("narrative", "Uraian: jelaskan apa yang dilaksanakan"))
    return missing + [_missing_requirement(v) for v in requirement_views(obligation) if not v.is_complete]


def _missing_requirement(view: RequirementView) -> tuple[str, str]:
    what = f"ganti berkas yang wajib diperbaiki untuk {view.subject}" if view.files else f"unggah {view.subject}"
    return f"syarat-{view.id}", f"Persyaratan {view.position}: {what}"


def _missing_beside(obligation: Obligation, submission: Submission) -> list[tuple[str, str]]:
    missing = []
    if not submission.beside_reason.strip():
        missing.append(("beside_reason", f"{submission.kind.label}: tulis alasan dan dasarnya"))
    if submission.kind is SubmissionKind.WAITING:
        asked = (
            ("waiting_for", submission.waiting_for, "Menunggu instansi lain: tulis nama instansinya"),
            ("waiting_letter", submission.waiting_letter, "Menunggu instansi lain: tulis nomor surat permintaan"),
            ("waiting_since", submission.waiting_since, "Menunggu instansi lain: tulis tanggal suratnya"),
            ("review_on", submission.review_on, "Menunggu instansi lain: tulis tanggal tinjau kembali"),
        )
        missing += [(name, sentence) for name, value, sentence in asked if not value]
    if submission.kind.needs_basis and not has_basis(obligation):
        missing.append(("dasar", f"{submission.kind.label}: lampirkan surat atau keputusan yang menjadi dasarnya"))
    return missing
