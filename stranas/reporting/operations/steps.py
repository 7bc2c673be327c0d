"""One step of the workflow: the row held, the event written, the status that it says."""

from datetime import datetime
from typing import Any

from stranas.accounts.models import User
from stranas.reporting.models import (
    Submission,
    SubmissionEvent,
)
from stranas.reporting.queries.due import needs_approval
from stranas.reporting.rules import (
    Actor,
    EventKind,
    next_status,
)
from stranas.system import clock
from stranas.system.db import db, lock_row


def locked(query: Any) -> Submission:
    """One submission, held until the transaction ends, as the database has it now."""
    # of=Submission: PostgreSQL cannot lock the outer side of the joins that come along.
    held = lock_row(query, of=Submission).execution_options(populate_existing=True)
    return db.session.scalars(held).unique().one()


def step(
    submission: Submission,
    kind: EventKind,
    *,
    by: Actor,
    person: User | None,
    received_at: datetime,
    **columns: Any,
) -> SubmissionEvent:
    """Take one step of the table: the event, and the status that it says."""
    submission.status = next_status(
        status=submission.status,
        event=kind,
        by=by,
        approval=needs_approval(submission.obligation),
        correcting=submission.correction_ends_at is not None,
    )
    last = db.session.scalar(
        db.select(db.func.max(SubmissionEvent.sequence)).where(SubmissionEvent.submission_id == submission.id)
    )
    event = SubmissionEvent(
        submission_id=submission.id,
        sequence=1 + (last or 0),
        kind=kind,
        status=submission.status,
        actor_id=person.id if person else None,
        received_at=received_at,
        recorded_at=clock.now(),
        **columns,
    )
    db.session.add(event)
    db.session.flush()
    return event
