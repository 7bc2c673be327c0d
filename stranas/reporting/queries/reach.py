"""Whom a later end would reach: how many obligations, and how many late reports become on time by it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, true

from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines import queries as deadlines
from stranas.deadlines.models import Extension, Outage
from stranas.deadlines.rules import Cover, due, filing_closes, prolonged, reaching
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.queries.work import in_force
from stranas.reporting.rules import EventKind
from stranas.system.db import db


@dataclass(frozen=True)
class Reach:
    """What a cover would change: `becoming_on_time` of the obligations were first sent too late without it."""

    agency_ids: frozenset[int]
    obligations: int
    becoming_on_time: int

    def __or__(self, other: "Reach") -> "Reach":
        """Of two covers of different periods."""
        return Reach(
            self.agency_ids | other.agency_ids,
            self.obligations + other.obligations,
            self.becoming_on_time + other.becoming_on_time,
        )


NOTHING = Reach(frozenset(), 0, 0)


def reach(*, period: Period, cover: Cover, now: datetime) -> Reach:
    """Of a cover that is not decided yet, beside those that are. A few questions, however many agencies."""
    there = deadlines.covers([period.id])[period.id]
    with_it = (*there, replace(cover, decided_at=now))
    changed = []
    for row in _owed(period.id, cover, now):
        before, after = (ends_of(row, period, covers, now + timedelta(seconds=1)) for covers in (there, with_it))
        if after != before:
            late = row.first_at is not None and before[0] <= row.first_at < after[0]
            changed.append((row.agency_id, late))
    return Reach(frozenset(agency_id for agency_id, _ in changed), len(changed), sum(late for _, late in changed))


def ends_of(row: Any, period: Period, covers: Sequence[Cover], cutoff: datetime) -> tuple[datetime, datetime]:
    """When an obligation is due, and until when its submission may be sent."""
    its = reaching(
        covers,
        due_at=row.due_at or period.due_at,
        agency_id=row.agency_id,
        province_id=row.province_id,
        item_id=row.item_id,
        cutoff=cutoff,
    )
    due_at = due(own_due_at=row.due_at, period_due_at=period.due_at, later=its, cutoff=cutoff)
    closes_at = filing_closes(correction_ends_at=row.correction_ends_at, locks_at=period.locks_at, due_at=due_at)
    return due_at, prolonged(closes_at, covers, verification_ends_at=period.verification_ends_at, cutoff=cutoff)


def _owed(period_id: int, cover: Cover, now: datetime) -> Iterator[Any]:
    yield from db.session.execute(
        db.select(
            Obligation.agency_id,
            Obligation.item_id,
            Obligation.due_at,
            Agency.province_id,
            Submission.correction_ends_at,
            db.func.min(SubmissionEvent.received_at).label("first_at"),
        )
        .join(Agency, Obligation.agency_id == Agency.id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .outerjoin(
            SubmissionEvent,
            (SubmissionEvent.submission_id == Submission.id) & (SubmissionEvent.kind == EventKind.FILED),
        )
        .where(Obligation.period_id == period_id, in_force(now), _covered(cover))
        .group_by(
            Obligation.id,
            Obligation.agency_id,
            Obligation.item_id,
            Obligation.due_at,
            Agency.province_id,
            Submission.correction_ends_at,
        )
    )


def _covered(cover: Cover) -> ColumnElement[bool]:
    """The cover's own condition, so that the database leaves out the rest of the country."""
    asked = true()
    if cover.agency_id:
        asked &= Obligation.agency_id == cover.agency_id
    if cover.province_id:
        asked &= or_(Agency.id == cover.province_id, Agency.province_id == cover.province_id)
    if cover.item_id:
        asked &= Obligation.item_id == cover.item_id
    return asked


def agencies_owing(*, period_id: int, now: datetime) -> frozenset[int]:
    """Ids of the agencies that owe something in a period."""
    query = db.select(Obligation.agency_id).where(Obligation.period_id == period_id, in_force(now))
    return frozenset(db.session.scalars(query.distinct()))


def periods_stopped(*, began_at: datetime, ended_at: datetime) -> list[Period]:
    """Periods in which something ended (began < end ≤ ended): a due instant, also an extended one, a filing lock or
    a correction window."""

    def ended_in(column: Any) -> ColumnElement[bool]:
        return (column > began_at) & (column <= ended_at)

    corrected = db.select(Obligation.period_id).join(Submission, Submission.obligation_id == Obligation.id)
    return list(
        db.session.scalars(
            db.select(Period)
            .where(
                or_(
                    ended_in(Period.due_at),
                    ended_in(Period.locks_at),
                    Period.id.in_(db.select(Extension.period_id).where(ended_in(Extension.until))),
                    Period.id.in_(db.select(Outage.period_id).where(ended_in(Outage.extends_to))),
                    Period.id.in_(db.select(Obligation.period_id).where(ended_in(Obligation.due_at))),
                    Period.id.in_(corrected.where(ended_in(Submission.correction_ends_at))),
                )
            )
            .order_by(Period.position)
        )
    )


def items_owed(
    *, now: datetime, period_id: int | None = None, agency_id: int | None = None
) -> list[tuple[int, str, str]]:
    """(id, key, name) of the items that are owed, by anybody and in any period if need be; in catalogue order."""
    owed = db.select(Obligation.item_id).where(in_force(now))
    if period_id:
        owed = owed.where(Obligation.period_id == period_id)
    if agency_id:
        owed = owed.where(Obligation.agency_id == agency_id)
    rows = db.session.execute(
        db.select(Item.id, Item.key, Item.name).where(Item.id.in_(owed)).order_by(Item.position, Item.id)
    )
    return [(row.id, row.key, row.name) for row in rows]
