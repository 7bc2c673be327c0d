"""Who still owes what, in which open period, and whom to remind of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stranas.accounts.models import Membership, Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import Cover, due, filing_closes, prolonged, reaching
from stranas.reminders.rules import step_on
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.queries.work import in_force
from stranas.reporting.rules import Status
from stranas.system import clock, text
from stranas.system.db import db


@dataclass(frozen=True)
class Part:
    """One target that is still owed. `ends_at`: its due instant, or the end of its correction window; `stands`: what
    only lacks a last step, in words."""

    item_key: str
    text: str
    ends_at: datetime
    closes_at: datetime
    is_returned: bool
    stands: str


@dataclass(frozen=True)
class Step:
    """A day of the ladder that has come for some parts of a period."""

    last_day: date
    period_key: str
    days: int

    def __str__(self) -> str:
        return f"{self.period_key}:{self.last_day.isoformat()}:{self.days}"


@dataclass(frozen=True)
class PeriodOwed:
    """What an agency still owes in one period, after `sent` of `total` targets were sent."""

    key: str
    title: str
    sent: int
    total: int
    missing: tuple[Part, ...]
    returned: tuple[Part, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Person:
    id: int
    email: str


@dataclass(frozen=True)
class Owing:
    """An agency for which a day of the ladder has come, with the people who are to hear of it."""

    code: str
    name: str
    is_local: bool
    timezone: str
    people: tuple[Person, ...]
    periods: tuple[PeriodOwed, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The most urgent first."""
        steps = [step for period in self.periods for step in period.steps]
        return tuple(sorted(steps, key=lambda step: (step.last_day, step.period_key, step.days)))


def owing(*, today: date, since: date) -> list[Owing]:
    """Agencies that owe something in an open period and whose ladder has a step on `today`, or one missed
    after `since`; without those that have nobody to remind."""
    now = clock.now()
    periods = _open_periods(now)
    covers = deadlines.covers([period.id for period in periods])
    rows = _rows_by_agency([period.id for period in periods], now)
    people = _people(rows)
    found = []
    for agency in db.session.scalars(db.select(Agency).where(Agency.id.in_(people)).order_by(Agency.code)):
        owed = [
            _period_owed(agency, period, rows[agency.id][period.id], covers[period.id], now, today=today, since=since)
            for period in periods
        ]
        fired = tuple(period for period in owed if period.steps)
        if fired:
            found.append(_owing(agency, people[agency.id], fired))
    return found


def _owing(agency: Agency, people: Sequence[Person], periods: tuple[PeriodOwed, ...]) -> Owing:
    return Owing(agency.code, agency.name, agency.level.is_local, agency.timezone, tuple(people), periods)


def _open_periods(now: datetime) -> Sequence[Period]:
    """Begun, and something may still be filed or corrected in them."""
    return db.session.scalars(
        db.select(Period)
        .where(Period.starts_on <= text.last_day(now), Period.verification_ends_at > now)
        .order_by(Period.position, Period.id)
    ).all()


def _rows_by_agency(period_ids: Sequence[int], now: datetime) -> dict[int, dict[int, list[Any]]]:
    """Every obligation in force, by agency and period. Columns, not objects: all agencies come at once."""
    rows = db.session.execute(
        db.select(
            Obligation.agency_id,
            Obligation.period_id,
            Obligation.item_id,
            Obligation.text,
            Obligation.due_at,
            Item.key.label("item_key"),
            Submission.status,
            Submission.correction_ends_at,
        )
        .join(Item, Item.id == Obligation.item_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(
            Obligation.period_id.in_(period_ids),
            in_force(now),
        )
        .order_by(Item.position, Obligation.id)
    )
    found: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.agency_id][row.period_id].append(row)
    return found


def _people(agency_ids: Iterable[int]) -> dict[int, list[Person]]:
    """The active coordinators of each agency that has any."""
    rows = db.session.execute(
        db.select(Membership.agency_id, User.id, User.email)
        .join(User, User.id == Membership.user_id)
        .where(Membership.role == Role.COORDINATOR, User.active.is_(True))
        .order_by(User.id)
    )
    wanted, found = set(agency_ids), defaultdict(list)
    for agency_id, user_id, email in rows:
        if agency_id in wanted:
            found[agency_id].append(Person(user_id, email))
    return found


def _period_owed(
    agency: Agency,
    period: Period,
    rows: Sequence[Any],
    covers: Sequence[Cover],
    now: datetime,
    *,
    today: date,
    since: date,
) -> PeriodOwed:
    owed = [row for row in rows if row.status is None or row.status.is_owed]
    parts = [part for part in (_part(agency, period, row, covers, now) for row in owed) if part.closes_at > now]
    return PeriodOwed(
        key=period.key,
        title=f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}",
        sent=len(rows) - len(owed),
        total=len(rows),
        missing=tuple(part for part in parts if not part.is_returned),
        returned=tuple(part for part in parts if part.is_returned),
        steps=tuple(_steps(period, parts, today=today, since=since)),
    )


_STANDS = {Status.READY: "siap dikirim", Status.AWAITING_APPROVAL: "menunggu persetujuan pejabat"}


def _part(agency: Agency, period: Period, row: Any, covers: Sequence[Cover], now: datetime) -> Part:
    later = reaching(
        covers,
        due_at=row.due_at or period.due_at,
        agency_id=agency.id,
        province_id=agency.province_id,
        item_id=row.item_id,
        cutoff=now,
    )
    due_at = due(own_due_at=row.due_at, period_due_at=period.due_at, later=later, cutoff=now)
    closes_at = filing_closes(correction_ends_at=row.correction_ends_at, locks_at=period.locks_at, due_at=due_at)
    closes_at = prolonged(closes_at, covers, verification_ends_at=period.verification_ends_at, cutoff=now)
    return Part(
        item_key=row.item_key,
        text=row.text,
        ends_at=closes_at if row.correction_ends_at else due_at,
        closes_at=closes_at,
        is_returned=row.correction_ends_at is not None,
        stands=_STANDS.get(row.status, ""),
    )


def _steps(period: Period, parts: Iterable[Part], *, today: date, since: date) -> list[Step]:
    ladder = (-14, -7, -3, -1, 0, 1)
    steps = set()
    for part in parts:
        last_day = text.last_day(part.ends_at)
        days = step_on(last_day=last_day, today=today, since=since, steps=ladder)
        if days is not None:
            steps.add(Step(last_day, period.key, days))
    return sorted(steps, key=str)
