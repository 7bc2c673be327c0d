"""The result of one agency in one period, obligation by obligation."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from stranas.catalogue.models import Period
from stranas.evidence.models import Document
from stranas.release.queries.clarifications import ClarificationView, of_agency
from stranas.release.rules import QUESTIONABLE
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.queries.work import WorkRow, work_of
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system.db import db

JUDGING = (EventKind.VERIFIED, EventKind.RETURNED, EventKind.REJECTED)
MOST_DOCUMENTS = 200


@dataclass(frozen=True)
class ResultRow:
    """One obligation and how it was judged. `words`: the codes or the note of the latest decision."""

    obligation_id: int
    item_key: str
    text: str
    status: Status
    kind: SubmissionKind
    on_time: bool | None
    filed_at: datetime | None
    score: Decimal | None
    words: str
    decided_at: datetime | None
    clarification: ClarificationView | None

    @property
    def is_questionable(self) -> bool:
        return self.status in QUESTIONABLE and self.clarification is None


def result_rows(*, agency_id: int, period: Period, now: datetime) -> list[ResultRow]:
    """Every obligation of the agency, in catalogue order. The number of questions does not grow with them."""
    asked = of_agency(agency_id=agency_id, period_id=period.id)
    said = _last_decisions(agency_id, period.id)
    rows = work_of(agency_id=agency_id, period=period, now=now)
    return [_row(row, asked.get(row.obligation_id), said.get(row.submission_id or 0, ("", None))) for row in rows]


def _row(row: WorkRow, asked: ClarificationView | None, said: tuple[str, datetime | None]) -> ResultRow:
    return ResultRow(
        obligation_id=row.obligation_id,
        item_key=row.item_key,
        text=row.text,
        status=row.status,
        kind=row.kind,
        on_time=row.on_time,
        filed_at=row.filed_at,
        score=row.score,
        words=said[0],
        decided_at=said[1],
        clarification=asked,
    )


def _last_decisions(agency_id: int, period_id: int) -> dict[int, tuple[str, datetime]]:
    """By submission id."""
    rows = db.session.execute(
        db.select(SubmissionEvent.submission_id, SubmissionEvent.reason, SubmissionEvent.received_at)
        .join(Submission, Submission.id == SubmissionEvent.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(Obligation.agency_id == agency_id, Obligation.period_id == period_id)
        .where(SubmissionEvent.kind.in_(JUDGING))
        .order_by(SubmissionEvent.sequence)
    )
    return {submission_id: (words, at) for submission_id, words, at in rows}


def documents_to_add(agency_id: int) -> list[tuple[int, str]]:
    """(id, name) of the agency's latest documents, which may go with a clarification."""
    rows = db.session.execute(
        db.select(Document.id, Document.name)
        .where(Document.agency_id == agency_id)
        .order_by(Document.uploaded_at.desc(), Document.id.desc())
        .limit(MOST_DOCUMENTS)
    )
    return [(document_id, name) for document_id, name in rows]
