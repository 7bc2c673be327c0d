"""A report takes a new revision where it held an earlier one, as long as it can still be changed."""

from datetime import datetime

from stranas.accounts.models import User
from stranas.evidence.models import Document
from stranas.evidence.operations import request_check
from stranas.reporting.models import Evidence, Submission
from stranas.reporting.operations.steps import locked
from stranas.reporting.operations.writing import attach, detach
from stranas.system.db import db


def replace_evidence(*, evidence_id: int, by: Document, at: datetime, person: User) -> bool:
    """The earlier revision is taken off, the new one attached and checked. False, and nothing changed, where the
    report moved on or somebody took the earlier one off meanwhile."""
    evidence = db.session.get_one(Evidence, evidence_id, populate_existing=True)
    submission = locked(db.select(Submission).where(Submission.id == evidence.submission_id))
    db.session.refresh(evidence)
    if evidence.detached_at is not None or not submission.status.is_editable:
        return False
    detach(evidence=evidence, submission=submission, at=at, person=person)
    attach(submission=submission, requirement_id=evidence.requirement_id, document=by, at=at, person=person)
    requirement = evidence.requirement
    request_check(document_id=by.id, claimed_kind=requirement.kind, target_id=requirement.target_id)
    return True
