"""Clarifications of results: what was asked, who may answer, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, false

from stranas.accounts.models import Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.evidence.holds import holds_documents
from stranas.evidence.models import Document
from stranas.release.models import Clarification, Release
from stranas.release.rules import Outcome
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import Status
from stranas.reporting.uses import sent_with
from stranas.system.db import db
from stranas.verification.models import Decision
from stranas.verification.queries.scope import works_in


@dataclass(frozen=True)
class ClarificationView:
    """One clarification as pages and the berita acara show it. `status` and `score`: what was asked about."""

    id: int
    obligation_id: int
    submission_id: int
    agency: str
    agency_code: str
    timezone: str
    period_key: str
    item_key: str
    text: str
    status: Status
    score: Decimal | None
    reason: str
    document_id: int | None
    document: str
    asked_at: datetime
    outcome: Outcome | None
    new_status: Status | None
    new_score: Decimal | None
    answer: str
    answered_at: datetime | None
    released_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.outcome is None


def clarification_views(*conditions: ColumnElement[bool], limit: int | None = None) -> list[ClarificationView]:
    """Those that fulfil the conditions (on Clarification, Obligation, Agency, Period), the oldest first."""
    rows = db.session.execute(
        db.select(
            Clarification.id,
            Obligation.id.label("obligation_id"),
            Clarification.submission_id,
            Agency.name.label("agency"),
            Agency.code.label("agency_code"),
            Agency.timezone,
            Period.key.label("period_key"),
            Item.key.label("item_key"),
            Obligation.text,
            Clarification.status,
            Clarification.score,
            Clarification.reason,
            Clarification.document_id,
            db.func.coalesce(Document.name, "").label("document"),
            Clarification.asked_at,
            Clarification.outcome,
            Clarification.new_status,
            Clarification.new_score,
            Clarification.answer,
            Clarification.answered_at,
            Release.released_at,
        )
        .join(Submission, Submission.id == Clarification.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Item, Item.id == Obligation.item_id)
        .join(Period, Period.id == Obligation.period_id)
        .join(Release, Release.period_id == Period.id)
        .outerjoin(Document, Document.id == Clarification.document_id)
        .where(*conditions)
        .order_by(Clarification.asked_at, Clarification.id)
        .limit(limit)
    )
    return [ClarificationView(**row._mapping) for row in rows]


def of_agency(*, agency_id: int, period_id: int) -> dict[int, ClarificationView]:
    """By obligation id."""
    found = clarification_views(Obligation.agency_id == agency_id, Obligation.period_id == period_id)
    return {view.obligation_id: view for view in found}


def answerable(user: User) -> ColumnElement[bool]:
    """A condition on Clarification: the user is a verifier, works elsewhere, and decided nothing on the report."""
    if not any(m.role is Role.VERIFIER for m in user.memberships):
        return false()
    decided = db.select(Decision.submission_id).where(Decision.verifier_id == user.id)
    own = (
        db.select(Submission.id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(Obligation.agency_id.in_(works_in(user)))
    )
    return Clarification.submission_id.not_in(decided) & Clarification.submission_id.not_in(own)


def to_answer(user: User, *, now: datetime) -> list[ClarificationView]:
    """What the user may answer now: after the release nothing changes any more."""
    not_released = Release.released_at.is_(None) | (Release.released_at > now)
    return clarification_views(answerable(user), Clarification.outcome.is_(None), not_released)


def answered_by(user: User, *, limit: int = 20) -> list[ClarificationView]:
    return clarification_views(Clarification.answered_by_id == user.id)[-limit:][::-1]


def clarification_in_scope(clarification_id: int, user: User) -> Clarification | None:
    return db.session.scalars(
        db.select(Clarification).where(Clarification.id == clarification_id, answerable(user))
    ).one_or_none()


def documents_to_clarify(user: User) -> ColumnElement[bool]:
    """A condition on Document: it belongs to a clarification that the user may answer, or was sent with
    the report it is about."""
    asked = db.select(Clarification.submission_id).where(answerable(user))
    added = db.select(Clarification.document_id).where(answerable(user), Clarification.document_id.is_not(None))
    return Document.id.in_(sent_with(Submission.id.in_(asked))) | Document.id.in_(added)


@holds_documents
def _held() -> ColumnElement[bool]:
    return db.exists().where(Clarification.document_id == Document.id)


def open_of(period_id: int) -> Sequence[ClarificationView]:
    return clarification_views(Obligation.period_id == period_id, Clarification.outcome.is_(None))
