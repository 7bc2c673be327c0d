"""Where the revisions of a document lie: each attached to one requirement of one report."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists

from stranas.catalogue.models import DocumentKind, Item, Period, Requirement
from stranas.evidence.models import CheckRun, Document
from stranas.evidence.rules import claim_key
from stranas.reporting.models import Evidence, Filing, Obligation, Submission, SubmissionVersion
from stranas.reporting.rules import Status
from stranas.reporting.uses import lay_there
from stranas.system.db import db


@dataclass(frozen=True)
class Place:
    """One revision under one requirement. `status` is that of the report; who may not know how it was judged is shown
    `status.unjudged`."""

    evidence_id: int
    document_id: int
    series: str
    revision: int
    submission_id: int
    obligation_id: int
    agency_id: int
    period_id: int
    period_key: str
    period_name: str
    item_key: str
    item_name: str
    requirement_id: int
    target_id: int
    position: int
    kind: DocumentKind
    subject: str
    status: Status

    @property
    def claim(self) -> str:
        return claim_key(self.kind.value, self.target_id)

    @property
    def title(self) -> str:
        return f"{self.position}. {self.kind.label}: {self.subject}"


def stands() -> ColumnElement[bool]:
    """A condition on Evidence: it is attached now."""
    return Evidence.detached_at.is_(None)


def went_out() -> ColumnElement[bool]:
    """A condition on Evidence: it was attached when its report was sent."""
    return exists().where(
        SubmissionVersion.submission_id == Evidence.submission_id,
        Filing.id == SubmissionVersion.filing_id,
        lay_there(),
    )


def places_of(series: Collection[str], *, where: ColumnElement[bool]) -> list[Place]:
    """The places of documents under a condition on Evidence and Obligation, the latest period first."""
    rows = db.session.execute(
        db.select(
            Evidence.id.label("evidence_id"),
            Evidence.document_id,
            Document.series,
            Document.revision,
            Evidence.submission_id,
            Submission.obligation_id,
            Obligation.agency_id,
            Obligation.period_id,
            Period.key.label("period_key"),
            Period.name.label("period_name"),
            Item.key.label("item_key"),
            Item.name.label("item_name"),
            Evidence.requirement_id,
            Requirement.target_id,
            Requirement.position,
            Requirement.kind,
            Requirement.subject,
            Submission.status,
        )
        .select_from(Document)
        .join(Evidence, Evidence.document_id == Document.id)
        .join(Submission, Evidence.submission_id == Submission.id)
        .join(Obligation, Submission.obligation_id == Obligation.id)
        .join(Period, Obligation.period_id == Period.id)
        .join(Item, Obligation.item_id == Item.id)
        .join(Requirement, Evidence.requirement_id == Requirement.id)
        .where(Document.series.in_(series), where)
        .order_by(Period.position.desc(), Item.position, Requirement.position, Evidence.id)
    )
    return [Place(**row._mapping) for row in rows]


def by_series(places: Sequence[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        found[place.series].append(place)
    return found


def is_placed(where: ColumnElement[bool], *, period_id: int | None = None) -> ColumnElement[bool]:
    """A condition on Document: some revision of it lies somewhere under the condition (on Evidence and Obligation)."""
    other = db.aliased(Document)
    placed = (
        db.select(other.series)
        .join(Evidence, Evidence.document_id == other.id)
        .join(Submission, Submission.id == Evidence.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(and_(Obligation.period_id == period_id, where) if period_id else where)
    )
    return Document.series.in_(placed)


def checked_for(where: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition on CheckRun: it was run for a place under the condition (on Evidence and Obligation)."""
    return (
        exists()
        .where(
            Evidence.document_id == CheckRun.document_id,
            Submission.id == Evidence.submission_id,
            Obligation.id == Submission.obligation_id,
            Obligation.target_id == CheckRun.target_id,
            where,
        )
        .correlate(CheckRun)
    )
