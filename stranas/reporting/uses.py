"""Where documents were used: in which obligations of which periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_

from stranas.catalogue.models import Item, Period
from stranas.evidence.checks import finding as evidence
from stranas.evidence.holds import holds_documents
from stranas.evidence.models import Document
from stranas.evidence.neighbours import tells_uses
from stranas.reporting.models import CoverLetter, Evidence, Filing, Obligation, Submission, SubmissionVersion
from stranas.system.db import db


@dataclass(frozen=True)
class Use:
    """A document is attached to the submission for one obligation."""

    document_id: int
    obligation_id: int
    period_key: str
    period_name: str
    item_key: str
    period_from: date

    @property
    def words(self) -> str:
        return f"{self.period_name} ({self.period_key}), kewajiban {self.item_key}"


def lay_there() -> ColumnElement[bool]:
    """A condition on Evidence and Filing: it was attached when the filing was sent."""
    return and_(
        Evidence.attached_at <= Filing.received_at,
        Evidence.detached_at.is_(None) | (Evidence.detached_at > Filing.received_at),
    )


def was_sent() -> ColumnElement[bool]:
    """A condition on Document: it was attached to a report when that was sent, or is a signed cover letter."""
    evidence = db.exists().where(
        Evidence.document_id == Document.id,
        SubmissionVersion.submission_id == Evidence.submission_id,
        Filing.id == SubmissionVersion.filing_id,
        lay_there(),
    )
    return evidence | db.exists().where(CoverLetter.document_id == Document.id)


def sent_with(*conditions: ColumnElement[bool]) -> Select[tuple[int]]:
    """Ids of the documents that were sent with reports under conditions on Submission and Obligation; what an agency
    attached since then, or took off before, is its own."""
    return (
        db.select(Evidence.document_id)
        .join(Submission, Submission.id == Evidence.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Filing, Filing.id == SubmissionVersion.filing_id)
        .where(lay_there(), *conditions)
    )


def sent_as_letters() -> Select[tuple[int]]:
    """Ids of the signed cover letters."""
    return db.select(CoverLetter.document_id).where(CoverLetter.document_id.is_not(None))


def filings_with_letter(document_ids: Sequence[int]) -> Sequence[Filing]:
    """The filings whose signed cover letter is one of the documents."""
    query = db.select(Filing).join(CoverLetter, CoverLetter.filing_id == Filing.id)
    return db.session.scalars(query.where(CoverLetter.document_id.in_(document_ids)).order_by(Filing.id)).all()


def letters_among(document_ids: Sequence[int]) -> dict[int, list[str]]:
    """Document id → the keys of the periods whose signed cover letter it is."""
    rows = db.session.execute(
        db.select(CoverLetter.document_id, Period.key)
        .join(Filing, Filing.id == CoverLetter.filing_id)
        .join(Period, Period.id == Filing.period_id)
        .where(CoverLetter.document_id.in_(document_ids))
        .order_by(Filing.id)
    )
    found: dict[int, list[str]] = {}
    for document_id, key in rows:
        found.setdefault(document_id, []).append(key)
    return found


def uses_of_documents(document_ids: Sequence[int]) -> list[Use]:
    """The uses that still stand, the latest period first."""
    rows = db.session.execute(
        db.select(Evidence.document_id, Obligation.id, Period.key, Period.name, Item.key, Period.starts_on)
        .join(Submission, Evidence.submission_id == Submission.id)
        .join(Obligation, Submission.obligation_id == Obligation.id)
        .join(Period, Obligation.period_id == Period.id)
        .join(Item, Obligation.item_id == Item.id)
        .where(Evidence.document_id.in_(document_ids), Evidence.detached_at.is_(None))
        .order_by(Period.position.desc(), Item.position, Evidence.id)
    )
    return list(dict.fromkeys(Use(*row) for row in rows))


@holds_documents
def _held() -> ColumnElement[bool]:
    """By a report that it is attached to, or was when that was sent."""
    attached = db.exists().where(Evidence.document_id == Document.id, Evidence.detached_at.is_(None))
    return attached | was_sent()


@tells_uses
def _told(document_ids: Sequence[int]) -> dict[int, list[evidence.Use]]:
    told: dict[int, list[evidence.Use]] = {}
    for use in uses_of_documents(document_ids):
        told.setdefault(use.document_id, []).append(evidence.Use(use.words, use.period_from.isoformat()))
    return told
