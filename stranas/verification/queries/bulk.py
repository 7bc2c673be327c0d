"""Which reports may be accepted together, and why another may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stranas.catalogue.models import Requirement
from stranas.evidence.models import CheckRun
from stranas.evidence.rules import CheckState
from stranas.reporting.models import Evidence, Submission, SubmissionVersion
from stranas.system.db import db
from stranas.verification.queries.queue import QueueRow, queue_rows, weighty_findings
from stranas.verification.queries.spot_checks import waiting_for_notes
from stranas.verification.queries.thread import open_threads
from stranas.verification.rules import Standing, why_not_together


@dataclass(frozen=True)
class BulkRow:
    """A report of the queue; `why_not` is empty when it may be accepted together with others."""

    row: QueueRow
    version_id: int
    why_not: str


def bulk_rows(submission_ids: Sequence[int], *, now: datetime) -> list[BulkRow]:
    """In the order of the ids; the number of questions does not grow with the rows."""
    standings = standings_of(submission_ids)
    versions = _latest_versions(submission_ids)
    return [
        BulkRow(row, versions[row.submission_id][1], why_not_together(standings[row.submission_id]))
        for row in queue_rows(submission_ids, now=now)
    ]


def standings_of(submission_ids: Sequence[int]) -> dict[int, Standing]:
    """What the rule of accepting together needs to know of each."""
    submissions = db.session.scalars(db.select(Submission).where(Submission.id.in_(submission_ids))).unique().all()
    versions = _latest_versions(submission_ids)
    required = _required({s.obligation.target_id for s in submissions})
    evidenced = _evidenced(submission_ids)
    weighty, unchecked = weighty_findings(submission_ids), _unchecked(submission_ids)
    asked = open_threads([s.obligation_id for s in submissions])
    planned = waiting_for_notes(submission_ids)
    return {
        s.id: Standing(
            kind=s.kind,
            version=versions[s.id][0],
            all_evidenced=required.get(s.obligation.target_id, set()) <= evidenced.get(s.id, set()),
            weighty_findings=weighty.get(s.id, 0),
            unchecked=s.id in unchecked,
            asked=s.obligation_id in asked,
            spot_check=s.id in planned,
        )
        for s in submissions
        if s.id in versions
    }


def _latest_versions(submission_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Submission → number and id of its last sent version."""
    rows = db.session.execute(
        db.select(SubmissionVersion.submission_id, SubmissionVersion.number, SubmissionVersion.id)
        .where(SubmissionVersion.submission_id.in_(submission_ids))
        .order_by(SubmissionVersion.number)
    )
    return {submission_id: (number, version_id) for submission_id, number, version_id in rows}


def _required(target_ids: set[int]) -> dict[int, set[int]]:
    rows = db.session.execute(
        db.select(Requirement.target_id, Requirement.id).where(Requirement.target_id.in_(target_ids))
    )
    found: dict[int, set[int]] = {}
    for target_id, requirement_id in rows:
        found.setdefault(target_id, set()).add(requirement_id)
    return found


def _evidenced(submission_ids: Sequence[int]) -> dict[int, set[int]]:
    rows = db.session.execute(
        db.select(Evidence.submission_id, Evidence.requirement_id).where(
            Evidence.submission_id.in_(submission_ids), Evidence.detached_at.is_(None)
        )
    )
    found: dict[int, set[int]] = {}
    for submission_id, requirement_id in rows:
        found.setdefault(submission_id, set()).add(requirement_id)
    return found


def _unchecked(submission_ids: Sequence[int]) -> set[int]:
    """Those with a document whose checks are not done."""
    rows = db.session.scalars(
        db.select(Evidence.submission_id)
        .join(CheckRun, CheckRun.document_id == Evidence.document_id)
        .where(
            Evidence.submission_id.in_(submission_ids),
            Evidence.detached_at.is_(None),
            CheckRun.state != CheckState.DONE,
        )
    )
    return set(rows)
