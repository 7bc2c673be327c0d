"""Obstacles and plans of follow-up that agencies reported and verifiers accepted."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency
from stranas.catalogue.models import Period, Programme
from stranas.compliance.queries.obligations import NO_ACTION, actions_of
from stranas.compliance.rules import DECISIONS
from stranas.compliance.snapshot import Obstacle
from stranas.reporting.models import Obligation, Submission, SubmissionEvent, SubmissionVersion
from stranas.reporting.rules import EventKind
from stranas.system.db import db


def obstacles(
    *, programme_key: str, period_keys: Collection[str], cutoff: datetime, among: ColumnElement[bool]
) -> list[Obstacle]:
    """Of the reports whose latest decision recorded before the cut-off is terverifikasi, as they were then sent.

    They show what was verified: only for readers who may see that of all agencies in `among`.
    """
    programme_id = db.session.scalar(db.select(Programme.id).where(Programme.key == programme_key))
    actions = actions_of(programme_id)
    order = {action.key: place for place, action in enumerate(actions.values())}
    found = [
        Obstacle(actions.get(item_id, NO_ACTION), code, name, constraint, follow_up)
        for item_id, code, name, content in _verified(programme_id, period_keys, cutoff, among)
        for constraint, follow_up in _texts(content)
    ]
    return sorted(found, key=lambda one: (order.get(one.action.key, len(order)), one.agency_code))


def _texts(content: str) -> Iterator[tuple[str, str]]:
    entry = json.loads(content)["entry"]
    constraint, follow_up = ((entry.get(name) or "").strip() for name in ("constraint", "follow_up"))
    if constraint or follow_up:
        yield constraint, follow_up


def _verified(
    programme_id: int, period_keys: Collection[str], cutoff: datetime, among: ColumnElement[bool]
) -> Iterator[tuple[int, str, str, str]]:
    """Item, agency and frozen content. Read in portions: the contents of a whole country are large."""
    latest = (
        db.select(SubmissionEvent.submission_id, db.func.max(SubmissionEvent.sequence).label("sequence"))
        .where(SubmissionEvent.kind.in_(DECISIONS), SubmissionEvent.recorded_at < cutoff)
        .group_by(SubmissionEvent.submission_id)
        .subquery()
    )
    rows = db.session.execute(
        db.select(Obligation.item_id, Agency.code, Agency.name, SubmissionVersion.content)
        .join(Submission, Submission.obligation_id == Obligation.id)
        .join(latest, latest.c.submission_id == Submission.id)
        .join(
            SubmissionEvent,
            (SubmissionEvent.submission_id == latest.c.submission_id) & (SubmissionEvent.sequence == latest.c.sequence),
        )
        .join(SubmissionVersion, SubmissionEvent.version_id == SubmissionVersion.id)
        .join(Agency, Obligation.agency_id == Agency.id)
        .join(Period, Obligation.period_id == Period.id)
        .where(Period.programme_id == programme_id, Period.key.in_(period_keys), among)
        .where(SubmissionEvent.kind == EventKind.VERIFIED)
        .order_by(Period.starts_on, Obligation.id)  # the same report twice has the same order
        .execution_options(yield_per=500)
    )
    for row in rows:
        yield tuple(row)
