"""What was before: the previous quarter, the filings of an agency."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import selectinload

from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.reporting.models import Filing, Obligation, Submission, SubmissionEvent, SubmissionVersion
from stranas.reporting.queries.work import last_scores
from stranas.reporting.rules import EventKind, Status
from stranas.system.db import db


@dataclass(frozen=True)
class PreviousView:
    """The same item one period before: what was written, how it was judged."""

    period_key: str
    obligation_id: int
    submission_id: int
    narrative: str
    constraint: str
    follow_up: str
    status: Status
    score: Decimal | None

    def without_judgement(self) -> "PreviousView":
        return replace(self, status=self.status.unjudged, score=None)


def previous_of(obligation: Obligation, *, as_sent: bool = False) -> PreviousView | None:
    """The agency's submission for the same item in the latest earlier period that has one.

    `as_sent`: for readers outside the agency, who never see a working text: the last version that was sent, of the
    latest earlier period that has one.
    """
    sent = db.exists().where(SubmissionVersion.submission_id == Submission.id)
    earlier = db.session.scalars(
        db.select(Obligation)
        .join(Period, Period.id == Obligation.period_id)
        .join(Submission, Submission.obligation_id == Obligation.id)
        .where(
            Obligation.agency_id == obligation.agency_id,
            Obligation.item_id == obligation.item_id,
            Period.position < obligation.period.position,
            sent if as_sent else db.true(),
        )
        .order_by(Period.position.desc(), Obligation.id)
        .limit(1)
    ).one_or_none()
    if earlier is None:
        return None
    submission = earlier.submission
    entry = (
        _last_sent_entry(submission)
        if as_sent
        else {name: getattr(submission, name) for name in ("narrative", "constraint", "follow_up")}
    )
    return PreviousView(
        period_key=earlier.period.key,
        obligation_id=earlier.id,
        submission_id=submission.id,
        narrative=entry["narrative"],
        constraint=entry["constraint"],
        follow_up=entry["follow_up"],
        status=submission.status,
        score=last_scores([submission.id]).get(submission.id),
    )


def _last_sent_entry(submission: Submission) -> dict[str, Any]:
    content = db.session.scalars(
        db.select(SubmissionVersion.content)
        .where(SubmissionVersion.submission_id == submission.id)
        .order_by(SubmissionVersion.number.desc())
        .limit(1)
    ).one()
    return json.loads(content)["entry"]


def ready_submissions(*, agency_id: int, period_id: int, submission_ids: Sequence[int]) -> list[Submission]:
    """Those of the asked submissions that belong to the agency and stand ready."""
    return list(
        db.session.scalars(
            db.select(Submission)
            .join(Obligation)
            .where(
                Submission.id.in_(submission_ids),
                Submission.status == Status.READY,
                Obligation.agency_id == agency_id,
                Obligation.period_id == period_id,
            )
        ).unique()
    )


def filings_of(*, agency_id: int, period: Period) -> Sequence[Filing]:
    return db.session.scalars(
        db.select(Filing).where(Filing.agency_id == agency_id, Filing.period_id == period.id).order_by(Filing.ordinal)
    ).all()


def filing_in_scope(number: str, scope: ColumnElement[bool]) -> Filing | None:
    """A filing by its receipt number, with its frozen versions, if its agency is in scope."""
    return db.session.scalars(
        db.select(Filing)
        .join(Agency, Agency.id == Filing.agency_id)
        .where(Filing.number == number, scope)
        .options(selectinload(Filing.versions))
    ).one_or_none()


def events_of(submission: Submission | None) -> Sequence[SubmissionEvent]:
    """What happened to a submission, in order, with its actors."""
    if submission is None:
        return []
    return db.session.scalars(
        db.select(SubmissionEvent)
        .where(SubmissionEvent.submission_id == submission.id)
        .order_by(SubmissionEvent.sequence)
    ).all()


def before_judgement(events: Sequence[SubmissionEvent]) -> Sequence[SubmissionEvent]:
    """What the agency itself did up to its first filing: what came later tells how it was judged."""
    first = next((place for place, event in enumerate(events, 1) if event.kind is EventKind.FILED), len(events))
    return events[:first]


def obligations_for_print(obligation_ids: Sequence[int]) -> dict[int, Obligation]:
    """Obligations with submission and evidence, loaded together."""
    rows = db.session.scalars(
        db.select(Obligation)
        .where(Obligation.id.in_(obligation_ids))
        .options(selectinload(Obligation.submission).selectinload(Submission.evidence))
    )
    return {row.id: row for row in rows}
