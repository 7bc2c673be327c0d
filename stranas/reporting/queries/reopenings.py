"""Requests to open decided reports again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlalchemy.orm import selectinload

from stranas.agencies.models import Agency
from stranas.deadlines.rules import RequestState
from stranas.reporting.models import Obligation, Reopening, Submission
from stranas.reporting.queries.work import last_scores
from stranas.reporting.rules import EventKind, Status
from stranas.system.db import db


@dataclass(frozen=True)
class ReopeningRow:
    id: int
    obligation_id: int
    agency: str
    agency_id: int
    timezone: str
    item_key: str
    period_key: str
    period_name: str
    text: str
    status: Status
    score: Decimal | None
    state: RequestState
    asked_by: str
    received_at: datetime
    reason: str
    answer: str
    decided_at: datetime | None
    verification_ends_at: datetime


def reopenings(
    *, scope: ColumnElement[bool], state: RequestState | None = None, limit: int = 200
) -> list[ReopeningRow]:
    """The oldest waiting ones first; decided ones the newest first. `scope`: a condition on Agency."""
    waits = state is RequestState.OPEN
    query = _query(scope).where(Reopening.state == RequestState.OPEN if waits else Reopening.state != RequestState.OPEN)
    order = Reopening.id if waits else Reopening.id.desc()
    return _views(db.session.scalars(query.order_by(order).limit(limit)).unique().all())


def reopening_in_scope(reopening_id: int, scope: ColumnElement[bool]) -> ReopeningRow | None:
    found = _views(db.session.scalars(_query(scope).where(Reopening.id == reopening_id)).unique().all())
    return found[0] if found else None


def _query(scope: ColumnElement[bool]):
    return (
        db.select(Reopening)
        .join(Submission, Submission.id == Reopening.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .where(scope)
        .options(selectinload(Reopening.asked_by))
    )


def _views(rows) -> list[ReopeningRow]:
    scores = last_scores([row.submission_id for row in rows])
    return [_row(row, scores.get(row.submission_id)) for row in rows]


def _row(row: Reopening, score: Decimal | None) -> ReopeningRow:
    obligation = row.submission.obligation
    return ReopeningRow(
        id=row.id,
        obligation_id=obligation.id,
        agency=obligation.agency.name,
        agency_id=obligation.agency_id,
        timezone=obligation.agency.timezone,
        item_key=obligation.item.key,
        period_key=obligation.period.key,
        period_name=obligation.period.name,
        text=obligation.text,
        status=row.submission.status,
        score=score,
        state=row.state,
        asked_by=row.asked_by.name if row.asked_by else "",
        received_at=row.received_at,
        reason=row.reason,
        answer=row.answer,
        decided_at=row.decided_at,
        verification_ends_at=obligation.period.verification_ends_at,
    )


@dataclass(frozen=True)
class ReopeningState:
    """What an agency sees at its own report. `repairing`: opened again, and not sent since."""

    waiting_since: datetime | None
    declined_at: datetime | None
    repairing: bool
    reason: str
    answer: str


def state_of(submission: Submission | None) -> ReopeningState | None:
    """The latest request about a report; None when nobody ever asked."""
    if submission is None:
        return None
    last = db.session.scalars(
        db.select(Reopening).where(Reopening.submission_id == submission.id).order_by(Reopening.id.desc()).limit(1)
    ).first()
    if last is None:
        return None
    return ReopeningState(
        waiting_since=last.received_at if last.state is RequestState.OPEN else None,
        declined_at=last.decided_at if last.state is RequestState.DECLINED else None,
        repairing=last.state is RequestState.GRANTED and _not_sent_since(submission),
        reason=last.reason,
        answer=last.answer,
    )


def _not_sent_since(submission: Submission) -> bool:
    """The latest filing or decision is the reopening itself."""
    preparing = (EventKind.MARKED_READY, EventKind.UNMARKED_READY, EventKind.APPROVAL_REQUESTED)
    preparing += (EventKind.APPROVAL_DECLINED, EventKind.APPROVAL_WITHDRAWN)
    kinds = [event.kind for event in submission.events if event.kind not in preparing]
    return bool(kinds) and kinds[-1] is EventKind.REOPENED


def granted_at(submission_ids: Collection[int]) -> dict[int, datetime]:
    """When each was last opened again; the others are left out."""
    rows = db.session.execute(
        db.select(Reopening.submission_id, db.func.max(Reopening.decided_at))
        .where(Reopening.submission_id.in_(submission_ids), Reopening.state == RequestState.GRANTED)
        .group_by(Reopening.submission_id)
    )
    return {submission_id: decided_at for submission_id, decided_at in rows}
