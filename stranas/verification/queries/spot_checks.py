"""Spot checks (uji petik), as both sides and the secretariat read them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.evidence.models import Document
from stranas.reporting.models import Obligation, Submission
from stranas.system.db import db
from stranas.verification.models import SpotCheck
from stranas.verification.rules import SpotForm

PAGE = 50


@dataclass(frozen=True)
class SpotCheckView:
    """`held_on` is None until there are notes."""

    id: int
    submission_id: int
    obligation_id: int
    agency_id: int
    agency_name: str
    timezone: str
    item_key: str
    period_key: str
    text: str
    form: SpotForm
    planned_on: date
    planned_at: datetime
    subject: str
    held_on: date | None
    participants: str
    findings: str
    conclusion: str
    noted_at: datetime | None
    document_id: int | None
    document_name: str | None

    @property
    def is_held(self) -> bool:
        return self.noted_at is not None

    @property
    def words(self) -> str:
        return f"{self.form.label.lower()} {self.item_key} {self.period_key}"


@dataclass(frozen=True)
class SpotCheckPage:
    rows: tuple[SpotCheckView, ...]
    total: int
    page: int
    pages: int


_CHECKS = (
    db.select(
        SpotCheck.id,
        SpotCheck.submission_id,
        Obligation.id.label("obligation_id"),
        Agency.id.label("agency_id"),
        Agency.name.label("agency_name"),
        Agency.timezone,
        Item.key.label("item_key"),
        Period.key.label("period_key"),
        Obligation.text,
        SpotCheck.form,
        SpotCheck.planned_on,
        SpotCheck.planned_at,
        SpotCheck.subject,
        SpotCheck.held_on,
        SpotCheck.participants,
        SpotCheck.findings,
        SpotCheck.conclusion,
        SpotCheck.noted_at,
        SpotCheck.document_id,
        Document.name.label("document_name"),
    )
    .join(Submission, Submission.id == SpotCheck.submission_id)
    .join(Obligation, Obligation.id == Submission.obligation_id)
    .join(Agency, Agency.id == Obligation.agency_id)
    .join(Item, Item.id == Obligation.item_id)
    .join(Period, Period.id == Obligation.period_id)
    .outerjoin(Document, Document.id == SpotCheck.document_id)
)


def spot_check(check_id: int, *, scope: ColumnElement[bool]) -> SpotCheckView | None:
    """One check, if its obligation is in scope."""
    row = db.session.execute(_CHECKS.where(SpotCheck.id == check_id, scope)).one_or_none()
    return SpotCheckView(**row._mapping) if row else None


def spot_check_row(check_id: int) -> SpotCheck | None:
    return db.session.get(SpotCheck, check_id)


def spot_checks_of(submission_id: int) -> list[SpotCheckView]:
    rows = db.session.execute(_CHECKS.where(SpotCheck.submission_id == submission_id).order_by(SpotCheck.id))
    return [SpotCheckView(**row._mapping) for row in rows]


def spot_check_page(*, scope: ColumnElement[bool], page: int = 1) -> SpotCheckPage:
    """Those that still wait for their notes first, by date; then the latest."""
    query = _CHECKS.where(scope)
    total = db.session.scalar(db.select(db.func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    ordered = query.order_by(SpotCheck.noted_at.is_not(None), SpotCheck.planned_on.desc(), SpotCheck.id.desc())
    rows = db.session.execute(ordered.limit(PAGE).offset((page - 1) * PAGE))
    return SpotCheckPage(tuple(SpotCheckView(**row._mapping) for row in rows), total, page, pages)


def waiting_for_notes(submission_ids: Collection[int]) -> set[int]:
    """Of these submissions those with a check that is planned and has no notes."""
    rows = db.session.scalars(
        db.select(SpotCheck.submission_id).where(
            SpotCheck.submission_id.in_(submission_ids), SpotCheck.noted_at.is_(None)
        )
    )
    return set(rows)


def documents_of_notes() -> ColumnElement[bool]:
    """A condition on Document: it holds the notes of an uji petik, so it is the verifier's, not the agency's."""
    return db.exists().where(SpotCheck.document_id == Document.id)
