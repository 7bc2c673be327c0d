"""From a figure down to the single evidence: the report behind an obligation, and what was sent with it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from stranas.reporting.models import Filing, Submission, SubmissionVersion
from stranas.system.db import db


@dataclass(frozen=True)
class SentFile:
    document_id: int
    name: str
    requirement: str


@dataclass(frozen=True)
class Trail:
    """`files`: of the last version that was recorded before the cut-off; `sent`: there is one at all, by now."""

    submission_id: int
    sent: bool
    files: tuple[SentFile, ...]


def trails(obligation_ids: Collection[int], *, cutoff: datetime) -> dict[int, Trail]:
    """By obligation id, where a report was begun. Two questions; meant for one agency."""
    begun = db.session.execute(
        db.select(Submission.obligation_id, Submission.id).where(Submission.obligation_id.in_(obligation_ids))
    ).all()
    sent, files = _sent([submission_id for _, submission_id in begun], cutoff)
    return {
        obligation_id: Trail(submission_id, submission_id in sent, files.get(submission_id, ()))
        for obligation_id, submission_id in begun
    }


def _sent(submission_ids: Collection[int], cutoff: datetime) -> tuple[set[int], dict[int, tuple[SentFile, ...]]]:
    rows = db.session.execute(
        db.select(SubmissionVersion.submission_id, SubmissionVersion.content, Filing.recorded_at)
        .join(Filing, Filing.id == SubmissionVersion.filing_id)
        .where(SubmissionVersion.submission_id.in_(submission_ids))
        .order_by(SubmissionVersion.number)
    ).all()
    last = {row.submission_id: row.content for row in rows if row.recorded_at < cutoff}
    return {row.submission_id for row in rows}, {key: _files(content) for key, content in last.items()}


def _files(content: str) -> tuple[SentFile, ...]:
    return tuple(SentFile(one["document"], one["name"], one["title"]) for one in json.loads(content)["evidence"])
