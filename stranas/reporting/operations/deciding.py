"""What a verifier's decision does to a submission."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from stranas.accounts.models import User
from stranas.deadlines import queries as deadlines
from stranas.reporting.models import (
    Submission,
    SubmissionEvent,
)
from stranas.reporting.operations.steps import locked, step
from stranas.reporting.queries.due import correction_ends_at
from stranas.reporting.rules import (
    Actor,
    EventKind,
)
from stranas.system.db import db


def record_decision(
    *,
    submission: Submission,
    outcome: EventKind,
    person: User | None,
    received_at: datetime,
    score: Decimal | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
    by: Actor = Actor.VERIFIER,
) -> SubmissionEvent:
    """A verifier's decision on the last sent version. A return opens a correction window. `by` a second verifier,
    it is the answer to a clarification."""
    submission = locked(db.select(Submission).where(Submission.id == submission.id))
    event = step(
        submission,
        outcome,
        by=by,
        person=person,
        received_at=received_at,
        version_id=submission.versions[-1].id if submission.versions else None,
        score=score,
        reason=reason,
        details=details or {},
    )
    if outcome is EventKind.RETURNED:
        submission.correction_ends_at = correction_ends_at(
            submission.obligation,
            returned_at=received_at,
            covers=deadlines.covers([submission.obligation.period_id])[submission.obligation.period_id],
            cutoff=event.recorded_at,
        )
    return event
