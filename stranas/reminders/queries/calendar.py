"""Which ends lie ahead of one person, of what he may know: for his own calendar program.

Rights are asked anew each time. The number of questions does not grow with agencies, periods or reports.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import Select, or_

from stranas.accounts.models import User
from stranas.accounts.policy import POLICY, holds, visible_agencies
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines import queries as deadlines
from stranas.deadlines.queries.register import due_of_agency
from stranas.deadlines.rules import JAKARTA, Cover, prolonged
from stranas.reminders.models import CalendarAddress
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.queries.reach import ends_of
from stranas.reporting.queries.work import in_force
from stranas.reporting.rules import Status
from stranas.requests.models import UnitRequest
from stranas.requests.queries.asked import own_units
from stranas.requests.rules import State
from stranas.system import text
from stranas.system.access import Permission
from stranas.system.db import db
from stranas.verification.queries.scope import verifies


@dataclass(frozen=True)
class Quarter:
    """A period. `changed_at`: when what is told of it last changed, as far as it is known."""

    programme: str
    key: str
    title: str
    due_at: datetime
    locks_at: datetime
    verification_ends_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Part:
    """One obligation: when it is due, and until when it may be sent (exclusive ends)."""

    obligation_id: int
    item_key: str
    due_at: datetime
    closes_at: datetime
    is_owed: bool
    is_returned: bool


@dataclass(frozen=True)
class Owed:
    """What one agency owes in a period. `due_at`: of the whole; single parts may be due later."""

    agency_code: str
    agency: str
    timezone: str
    quarter: Quarter
    due_at: datetime
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Asked:
    """What a unit is asked for and has not sent yet. `due_at`: the internal due instant."""

    request_id: int
    agency: str
    timezone: str
    period_key: str
    item_key: str
    wanted: str
    due_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Agenda:
    """`judged`: periods in which the person verifies something; `national`: periods, for those who see all agencies."""

    owed: tuple[Owed, ...]
    asked: tuple[Asked, ...]
    judged: tuple[Quarter, ...]
    national: tuple[Quarter, ...]


def owner_of(token: str) -> User | None:
    """Whose calendar an address opens; nobody's when he is no longer active."""
    return db.session.scalar(
        db.select(User)
        .join(CalendarAddress, CalendarAddress.user_id == User.id)
        .where(CalendarAddress.token == token, User.active.is_(True))
    )


def token_of(user_id: int) -> str | None:
    return db.session.scalar(db.select(CalendarAddress.token).where(CalendarAddress.user_id == user_id))


def agenda(user: User, *, now: datetime) -> Agenda:
    """Of every period whose verification has not ended, coming ones included."""
    periods = db.session.scalars(
        db.select(Period).where(Period.verification_ends_at > now).order_by(Period.programme_id, Period.position)
    ).all()
    covers = deadlines.covers([period.id for period in periods])
    quarters = {period.id: _quarter(period, covers[period.id], now) for period in periods}
    return Agenda(
        owed=tuple(_owed(user, periods, covers, quarters, now)),
        asked=tuple(_asked(user, now)),
        judged=tuple(quarters[period_id] for period_id in _verified(user, list(quarters), now)),
        national=tuple(quarters.values()) if _sees_all(user) else (),
    )


def _quarter(period: Period, covers: Sequence[Cover], now: datetime) -> Quarter:
    known = [cover.decided_at for cover in covers if cover.decided_at < now]
    return Quarter(
        programme=period.programme.key,
        key=period.key,
        title=f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}",
        due_at=period.due_at,
        locks_at=prolonged(period.locks_at, covers, verification_ends_at=period.verification_ends_at, cutoff=now),
        verification_ends_at=period.verification_ends_at,
        changed_at=max([datetime.combine(period.starts_on, time(), JAKARTA), *known]),
    )


def _sees_all(user: User) -> bool:
    """Whether the instants of the periods concern somebody whatever the agency."""
    grants = [POLICY[membership.role] for membership in user.memberships]
    return any(grant.everywhere and Permission.SEE_DEADLINES in grant.permissions for grant in grants)


def _owed(
    user: User,
    periods: Sequence[Period],
    covers: dict[int, tuple[Cover, ...]],
    quarters: dict[int, Quarter],
    now: datetime,
) -> Iterator[Owed]:
    """Of the agencies for which the person writes or approves."""
    rights = [right for right in (Permission.WRITE_REPORTS, Permission.APPROVE_FILINGS) if holds(user, right)]
    if not rights:
        return
    scope = or_(*(visible_agencies(user, right) for right in rights))
    rows = defaultdict(list)
    for row in db.session.execute(_obligations(list(quarters), now).where(scope)):
        rows[row.Agency, row.period_id].append(row)
    by_id = {period.id: period for period in periods}
    for (agency, period_id), its in rows.items():
        period, known = by_id[period_id], covers[period_id]
        changes = [row.changed_at for row in its if row.changed_at]
        quarter = quarters[period_id]
        yield Owed(
            agency_code=agency.code,
            agency=agency.name,
            timezone=agency.timezone,
            quarter=replace(quarter, changed_at=max([quarter.changed_at, *changes])),
            due_at=due_of_agency(period, known, agency, cutoff=now),
            parts=tuple(_part(row, period, known, now) for row in its),
        )


def _obligations(period_ids: Collection[int], now: datetime) -> Select:
    changed_at = (
        db.select(db.func.max(SubmissionEvent.recorded_at))
        .where(SubmissionEvent.submission_id == Submission.id)
        .scalar_subquery()
    )
    return (
        db.select(
            Agency,
            Obligation.id,
            Obligation.period_id,
            Obligation.agency_id,
            Obligation.item_id,
            Obligation.due_at,
            Agency.province_id,
            Item.key,
            Submission.status,
            Submission.correction_ends_at,
            changed_at.label("changed_at"),
        )
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Item, Item.id == Obligation.item_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Obligation.period_id.in_(period_ids), in_force(now))
        .order_by(Agency.code, Obligation.period_id, Item.position, Obligation.id)
    )


def _part(row: Any, period: Period, covers: Sequence[Cover], now: datetime) -> Part:
    due_at, closes_at = ends_of(row, period, covers, now)
    return Part(
        obligation_id=row.id,
        item_key=row.key,
        due_at=due_at,
        closes_at=closes_at,
        is_owed=row.status is None or row.status.is_owed,
        is_returned=row.correction_ends_at is not None,
    )


def _asked(user: User, now: datetime) -> Iterator[Asked]:
    """What waits for the person's units, as long as the report takes evidence."""
    if not holds(user, Permission.ANSWER_REQUESTS):
        return
    takes = [status for status in Status if status.is_editable]
    rows = db.session.execute(
        db.select(UnitRequest, Agency.name, Agency.timezone, Period.key.label("period"), Item.key.label("item"))
        .options(db.lazyload("*"))
        .join(Obligation, Obligation.id == UnitRequest.obligation_id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Period, Period.id == Obligation.period_id)
        .join(Item, Item.id == Obligation.item_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(
            UnitRequest.unit_id.in_(own_units(user)),
            UnitRequest.state.in_([state for state in State if state.waits_for_unit]),
            or_(Submission.id.is_(None), Submission.status.in_(takes)),
            Period.verification_ends_at > now,
        )
        .order_by(UnitRequest.due_at, UnitRequest.id)
    )
    for row in rows:
        asked = row.UnitRequest
        yield Asked(
            request_id=asked.id,
            agency=row.name,
            timezone=row.timezone,
            period_key=row.period,
            item_key=row.item,
            wanted=asked.wanted,
            due_at=asked.due_at,
            changed_at=asked.since,
        )


def _verified(user: User, period_ids: Collection[int], now: datetime) -> Sequence[int]:
    """The periods in which somebody, as a verifier, is responsible for anything; in their order."""
    if not holds(user, Permission.VERIFY):
        return []
    found = db.session.scalars(
        db.select(Obligation.period_id)
        .where(Obligation.period_id.in_(period_ids), in_force(now), verifies(user))
        .distinct()
    ).all()
    return [period_id for period_id in period_ids if period_id in found]
