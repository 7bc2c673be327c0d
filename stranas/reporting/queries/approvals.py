"""What waits for the certifying official, who prepared it, and what became of earlier requests."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlalchemy.orm import selectinload

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.reporting.models import (
    Approval,
    ApprovalPart,
    ApprovalState,
    Evidence,
    Obligation,
    Submission,
    SubmissionEvent,
)
from stranas.reporting.queries.evidence import FileView, files_of, requirements_by_target
from stranas.reporting.queries.waiting import offices_of
from stranas.reporting.queries.work import WorkRow, rows_of
from stranas.reporting.rules import EventKind
from stranas.system.db import db

PREPARING = (EventKind.STARTED, EventKind.MARKED_READY, EventKind.UNMARKED_READY, EventKind.APPROVAL_REQUESTED)


@dataclass(frozen=True)
class ApprovalRow:
    """One request for approval as lists show it. Instants are exclusive ends where they end something.

    `office`: who may decide while it waits, who decided afterwards. `until`: the earliest instant at which a part
    can no longer be sent; `due_at`: the earliest at which a part counts as late, None where all are corrections.
    `items`: the codes of the parts, for requests that wait or were declined.
    """

    id: int
    agency: str
    timezone: str
    period: str
    period_key: str
    state: ApprovalState
    count: int
    items: tuple[str, ...]
    requested_by: str
    since: datetime
    note: str
    office: str
    decided_by: str
    decided_at: datetime | None
    reason: str
    filing_number: str | None
    due_at: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class PreparedReport:
    """One report of a request: what is written, what is attached, who had a hand in it."""

    row: WorkRow
    unit: str
    value: Decimal
    realised: Decimal | None
    progress: Decimal | None
    beside_reason: str
    waiting_letter: str
    texts: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, tuple[FileView, ...]], ...]
    preparers: tuple[str, ...]


def approval_in_scope(approval_id: int, scope: ColumnElement[bool]) -> Approval | None:
    return db.session.scalars(
        db.select(Approval).join(Agency, Agency.id == Approval.agency_id).where(Approval.id == approval_id, scope)
    ).one_or_none()


def approval_rows(*conditions: ColumnElement[bool], now: datetime, limit: int = 50) -> list[ApprovalRow]:
    """Requests whose agency and state fulfil the conditions, the newest first."""
    approvals = db.session.scalars(
        db.select(Approval)
        .join(Agency, Agency.id == Approval.agency_id)
        .where(*conditions)
        .options(selectinload(Approval.parts), selectinload(Approval.requested_by))
        .options(selectinload(Approval.decided_by), selectinload(Approval.filing))
        .order_by(Approval.received_at.desc(), Approval.id.desc())
        .limit(limit)
    ).all()
    offices = offices_of({a.agency_id: a.agency.timezone for a in approvals}, now=now)
    owed = [a for a in approvals if a.state in (ApprovalState.WAITING, ApprovalState.DECLINED)]
    rows = {row.submission_id: row for row in rows_of(_obligations(owed), now=now)}
    return [_row(a, [rows[p.submission_id] for p in a.parts if p.submission_id in rows], offices) for a in approvals]


def approval_row(approval: Approval, *, now: datetime) -> ApprovalRow:
    return approval_rows(Approval.id == approval.id, now=now)[0]


def _row(approval: Approval, parts: Sequence[WorkRow], offices: dict[int, str]) -> ApprovalRow:
    waits = approval.state is ApprovalState.WAITING
    return ApprovalRow(
        id=approval.id,
        agency=approval.agency.name,
        timezone=approval.agency.timezone,
        period=approval.period.name,
        period_key=approval.period.key,
        state=approval.state,
        count=len(approval.parts),
        items=tuple(row.item_key for row in parts),
        requested_by=_person(approval.requested_by),
        since=approval.received_at,
        note=approval.note,
        office=offices[approval.agency_id] if waits else approval.office,
        decided_by=approval.decided_by.name if approval.decided_by else "",
        decided_at=approval.decided_at,
        reason=approval.reason,
        filing_number=approval.filing.number if approval.filing else None,
        due_at=min((row.due_at for row in parts if not row.correction_ends_at), default=None),
        until=min((row.closes_at for row in parts), default=None),
    )


def _person(person: User | None) -> str:
    return ", ".join(part for part in (person.name, person.position) if part) if person else "Inspektorat"


def _obligations(approvals: Sequence[Approval]) -> Sequence[Obligation]:
    ids = [part.submission_id for approval in approvals for part in approval.parts]
    return (
        db.session.scalars(
            db.select(Obligation)
            .join(Submission, Submission.obligation_id == Obligation.id)
            .where(Submission.id.in_(ids))
            .order_by(Obligation.item_id, Obligation.id)
        )
        .unique()
        .all()
    )


def prepared_reports(approval: Approval, *, now: datetime) -> list[PreparedReport]:
    """Every report of a request, in catalogue order."""
    obligations = _obligations([approval])
    submissions = [o.submission for o in obligations]
    files = files_of([s.id for s in submissions])
    requirements = requirements_by_target({o.target_id for o in obligations})
    hands = preparers([s.id for s in submissions])
    people = db.session.execute(db.select(User.id, User.name).where(User.id.in_(set().union(*hands.values()))))
    names = {person_id: name for person_id, name in people}
    return [
        PreparedReport(
            row=row,
            unit=obligation.unit,
            value=obligation.value,
            realised=submission.realised_value,
            progress=submission.progress_percent,
            beside_reason=submission.beside_reason,
            waiting_letter=submission.waiting_letter,
            texts=_texts(submission),
            evidence=tuple(
                (r.title, tuple(files.get((submission.id, r.id), ()))) for r in requirements[obligation.target_id]
            ),
            preparers=tuple(sorted(names[person_id] for person_id in hands[submission.id])),
        )
        for row, obligation, submission in zip(rows_of(obligations, now=now), obligations, submissions, strict=True)
    ]


def _texts(submission: Submission) -> tuple[tuple[str, str], ...]:
    texts = (
        ("Uraian", submission.narrative),
        ("Kendala", submission.constraint),
        ("Rencana tindak lanjut", submission.follow_up),
    )
    return tuple((title, value) for title, value in texts if value)


def preparers(submission_ids: Collection[int]) -> dict[int, set[int]]:
    """Submission id → ids of everybody who had a hand in what is to be sent now: began, saved last, attached, marked
    ready, asked. What was sent before is done: a correction needs hands of its own."""
    found: dict[int, set[int]] = defaultdict(set)
    sent = _last_sent(submission_ids)
    events = db.select(SubmissionEvent.submission_id, SubmissionEvent.actor_id, SubmissionEvent.received_at).where(
        SubmissionEvent.submission_id.in_(submission_ids), SubmissionEvent.kind.in_(PREPARING)
    )
    saved = db.select(Submission.id, Submission.saved_by_id, Submission.saved_at).where(
        Submission.id.in_(submission_ids), Submission.saved_at.is_not(None)
    )
    attached = db.select(Evidence.submission_id, Evidence.attached_by_id, Evidence.attached_at).where(
        Evidence.submission_id.in_(submission_ids), Evidence.detached_at.is_(None)
    )
    for question in (events, saved, attached):
        for submission_id, person_id, at in db.session.execute(question):
            if submission_id not in sent or at > sent[submission_id]:
                found[submission_id] |= {person_id} - {None}
    return {submission_id: found[submission_id] for submission_id in submission_ids}


def _last_sent(submission_ids: Collection[int]) -> dict[int, datetime]:
    """Submission id → when it was sent last, for those that were."""
    rows = db.session.execute(
        db.select(SubmissionEvent.submission_id, db.func.max(SubmissionEvent.received_at))
        .where(SubmissionEvent.submission_id.in_(submission_ids), SubmissionEvent.kind == EventKind.FILED)
        .group_by(SubmissionEvent.submission_id)
    )
    return {submission_id: at for submission_id, at in rows}


def latest_of_submission(submission_id: int) -> Approval | None:
    """The latest request that contained a submission."""
    return db.session.scalars(
        db.select(Approval)
        .join(ApprovalPart, ApprovalPart.approval_id == Approval.id)
        .where(ApprovalPart.submission_id == submission_id)
        .order_by(Approval.id.desc())
        .limit(1)
    ).one_or_none()


def declined_of(submission_ids: Collection[int]) -> dict[int, Approval]:
    """By submission id, where the latest request that contained it was declined."""
    rows = db.session.execute(
        db.select(ApprovalPart.submission_id, Approval)
        .join(Approval, Approval.id == ApprovalPart.approval_id)
        .where(ApprovalPart.submission_id.in_(submission_ids))
        .order_by(Approval.id)
    ).all()
    latest = {submission_id: approval for submission_id, approval in rows}
    return {key: last for key, last in latest.items() if last.state is ApprovalState.DECLINED}


def approval_of_filing(filing_id: int) -> Approval | None:
    return db.session.scalars(db.select(Approval).where(Approval.filing_id == filing_id)).one_or_none()
