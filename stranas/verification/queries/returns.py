"""What verifiers said of a submission, and of the same item in earlier periods."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from stranas.accounts.models import Role
from stranas.catalogue.models import Period
from stranas.reporting.models import Obligation, Submission, SubmissionVersion
from stranas.reporting.queries.work import last_scores
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system.db import db
from stranas.verification.models import Decision, DecisionPart


@dataclass(frozen=True)
class ReturnedPart:
    """One returned requirement (None: the submission as a whole), why, and how to repair it."""

    requirement_id: int | None
    title: str
    code: str
    reason: str
    repair: str
    note: str


@dataclass(frozen=True)
class ReturnView:
    """One return: when, by which role (a person's name is not shown), on which version."""

    decided_at: datetime
    by: str
    version_number: int
    note: str
    parts: tuple[ReturnedPart, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted({part.code for part in self.parts}))


@dataclass(frozen=True)
class SentDocument:
    """A document as it was sent: the position and title of the requirement that it proved."""

    id: int
    requirement: int
    title: str
    name: str
    url: str | None


@dataclass(frozen=True)
class PreviousResult:
    """The same item of the same agency in an earlier period: as it was last sent, and how it was judged."""

    submission_id: int
    obligation_id: int
    period_key: str
    period_name: str
    status: Status
    kind: SubmissionKind
    score: Decimal | None
    realised_value: Decimal | None
    progress_percent: Decimal | None
    narrative: str
    constraint: str
    follow_up: str
    returns: tuple[ReturnView, ...]
    documents: tuple[SentDocument, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted({code for returned in self.returns for code in returned.codes}))


def returns_of(submission_id: int) -> list[ReturnView]:
    """Every return of a submission, the newest first."""
    return returns_by_submission([submission_id]).get(submission_id, [])


def returns_by_submission(submission_ids: Collection[int]) -> dict[int, list[ReturnView]]:
    rows = db.session.execute(
        db.select(Decision, SubmissionVersion.number)
        .join(SubmissionVersion, SubmissionVersion.id == Decision.version_id)
        .where(Decision.submission_id.in_(submission_ids), Decision.outcome == EventKind.RETURNED)
        .order_by(Decision.id.desc())
    )
    found: dict[int, list[ReturnView]] = defaultdict(list)
    for decision, number in rows:
        found[decision.submission_id].append(_return(decision, number))
    return dict(found)


def _return(decision: Decision, number: int) -> ReturnView:
    return ReturnView(
        decided_at=decision.decided_at,
        by=Role.VERIFIER.label,
        version_number=number,
        note=decision.note,
        parts=tuple(_returned_part(part) for part in decision.parts if not part.fulfilled and part.reason),
    )


def _returned_part(part: DecisionPart) -> ReturnedPart:
    return ReturnedPart(
        requirement_id=part.requirement_id,
        title=part.requirement.title if part.requirement else "Dasar pengajuan",
        code=part.reason.code,
        reason=part.reason_words,
        repair=part.repair_words,
        note=part.note,
    )


def previous_results(*, agency_id: int, item_id: int, before: Period, limit: int = 1) -> list[PreviousResult]:
    """What the agency sent for the item in earlier periods, the newest first; periods without a filing are left out."""
    rows = db.session.execute(
        db.select(Submission, SubmissionVersion.content)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Period, Period.id == Obligation.period_id)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .where(
            Obligation.agency_id == agency_id,
            Obligation.item_id == item_id,
            Period.position < before.position,
            SubmissionVersion.number == latest_number(),
        )
        .order_by(Period.position.desc(), Submission.id)
        .limit(limit)
    ).all()
    ids = [submission.id for submission, _ in rows]
    scores, returns = last_scores(ids), returns_by_submission(ids)
    return [
        _previous(submission, json.loads(content), scores.get(submission.id), tuple(returns.get(submission.id, ())))
        for submission, content in rows
    ]


def latest_number() -> Any:
    """The number of a submission's last sent version, for a query on Submission."""
    return (
        db.select(db.func.max(SubmissionVersion.number))
        .where(SubmissionVersion.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery()
    )


def decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _previous(
    submission: Submission, content: dict[str, Any], score: Decimal | None, returns: tuple[ReturnView, ...]
) -> PreviousResult:
    """`content`: of the frozen version."""
    obligation, entry = submission.obligation, content["entry"]
    return PreviousResult(
        submission_id=submission.id,
        obligation_id=obligation.id,
        period_key=obligation.period.key,
        period_name=obligation.period.name,
        status=submission.status,
        kind=SubmissionKind(entry["kind"]),
        score=score,
        realised_value=decimal(entry["realised_value"]),
        progress_percent=decimal(entry["progress_percent"]),
        narrative=entry["narrative"],
        constraint=entry["constraint"],
        follow_up=entry["follow_up"],
        returns=returns,
        documents=tuple(
            SentDocument(e["document"], e["requirement"], e["title"], e["name"], e["url"])
            for e in sorted(content["evidence"], key=lambda e: e["requirement"])
        ),
    )
