"""Narratives that were sent before prints were kept: remembered little by little."""

import json
from collections.abc import Sequence

from stranas.evidence import prints
from stranas.evidence.models import TextPrint
from stranas.evidence.sketch import METHOD
from stranas.reporting.models import Submission, SubmissionVersion
from stranas.reporting.queries.repeated import narrative_text
from stranas.system.db import db, unit_of_work

NARRATIVES_AT_ONCE = 200


def remember_old_narratives() -> int:
    """Some of those that have no print of today's method, as last sent, the newest first. Returns how many."""
    with unit_of_work():
        last = _last_sent(_not_remembered())
        for submission_id, narrative in last.items():
            prints.remember(kind=prints.SUBMISSION, owner_id=submission_id, text=narrative_text(narrative))
    return len(last)


def _last_sent(submission_ids: Sequence[int]) -> dict[int, str]:
    versions = db.session.execute(
        db.select(SubmissionVersion.submission_id, SubmissionVersion.content)
        .where(SubmissionVersion.submission_id.in_(submission_ids))
        .order_by(SubmissionVersion.number)
    )
    return {submission_id: json.loads(content)["entry"]["narrative"] for submission_id, content in versions}


def _not_remembered() -> list[int]:
    there = (TextPrint.kind == prints.SUBMISSION) & (TextPrint.owner_id == Submission.id) & (TextPrint.method == METHOD)
    return list(
        db.session.scalars(
            db.select(Submission.id)
            .outerjoin(TextPrint, there)
            .where(TextPrint.id.is_(None), db.exists().where(SubmissionVersion.submission_id == Submission.id))
            .order_by(Submission.id.desc())
            .limit(NARRATIVES_AT_ONCE)
        )
    )
