"""What each agency still owes in the periods that are open, with the days that its reminders are counted from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines import queries as deadlines
from stranas.deadlines.queries.register import due_of_agency
from stranas.deadlines.rules import Cover, prolonged
from stranas.reminders.addressing import Place, overseer
from stranas.reminders.rules import Anchor, Duty
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.queries.reach import ends_of
from stranas.reporting.queries.work import in_force
from stranas.reporting.rules import EventKind, Status
from stranas.system import text
from stranas.system.db import db
from stranas.verification.queries.returns import ReturnView, returns_by_submission


@dataclass(frozen=True)
class Part:
    """One target that is still owed. `ends_at`: its due instant, or the end of its correction window; `stands`: what
    only lacks a last step, in words; `returned_on`: the WIB day of its return; `reasons`: why, in words; `units`:
    the units whose files are still awaited for it."""

    item_key: str
    text: str
    ends_at: datetime
    closes_at: datetime
    is_returned: bool = False
    stands: str = ""
    obligation_id: int = 0
    submission_id: int | None = None
    returned_on: date | None = None
    reasons: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeriodOwed:
    """What an agency owes in one period, after `sent` of `total` targets were sent. `closed`: what it can no longer
    send; `due_at` and `locks_at`: of the whole, where single parts may end later."""

    programme_id: int
    programme: str
    key: str
    title: str
    sent: int
    total: int
    due_at: datetime
    locks_at: datetime
    missing: tuple[Part, ...]
    returned: tuple[Part, ...]
    closed: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.missing, *self.returned)

    @property
    def awaiting_approval(self) -> int:
        return sum(part.stands == STANDS[Status.AWAITING_APPROVAL] for part in self.parts)

    def duties(self) -> set[Duty]:
        """Every day that a reminder is counted from."""
        open_days = {(anchor, day) for part in self.parts for anchor, day in _days(part)}
        # Of several that are counted from one day, the one that closed last.
        closed = {
            days: _closed_on(part)
            for part in sorted(self.closed, key=lambda part: part.closes_at)
            for days in _days(part)
        }
        return {Duty(day, anchor, self.key) for anchor, day in open_days} | {
            Duty(day, anchor, self.key, closed_on=closed_on)
            for (anchor, day), closed_on in closed.items()
            if (anchor, day) not in open_days
        }


@dataclass(frozen=True)
class Owing:
    """An agency that owes something in an open period. `office`: whom its letters address."""

    id: int
    code: str
    name: str
    office: str
    timezone: str
    periods: tuple[PeriodOwed, ...] = field(default=())


STANDS = {Status.READY: "siap dikirim", Status.AWAITING_APPROVAL: "menunggu persetujuan pejabat"}


def _days(part: Part) -> Iterable[tuple[Anchor, date]]:
    if not part.is_returned:
        yield Anchor.DUE, text.last_day(part.ends_at)
        yield Anchor.LOCK, text.last_day(part.closes_at)
        return
    if part.returned_on:
        yield Anchor.RETURN, part.returned_on
    yield Anchor.CORRECTION, text.last_day(part.ends_at)


def _closed_on(part: Part) -> date:
    return text.last_day(part.closes_at) + timedelta(days=1)


def agencies_owing(periods: Sequence[Period], *, now: datetime, agency_id: int | None = None) -> list[Owing]:
    """Agencies that owe something in one of the periods, or could have sent it; by code. All, or the one named."""
    covers = deadlines.covers([period.id for period in periods])
    rows = _rows_by_agency([period.id for period in periods], now, agency_id)
    returned_on = _days_of_return(periods)
    found = []
    for agency in db.session.scalars(db.select(Agency).where(Agency.id.in_(rows)).order_by(Agency.code)):
        owed = (
            _period_owed(agency, period, rows[agency.id][period.id], covers[period.id], returned_on, now)
            for period in periods
            if period.id in rows[agency.id]
        )
        owed = tuple(period for period in owed if period.parts or period.closed)
        if owed:
            found.append(_owing(agency, owed))
    return found


def _owing(agency: Agency, periods: tuple[PeriodOwed, ...]) -> Owing:
    place = Place(agency.code, agency.name, agency.level.value, oversight=agency.oversight_unit)
    return Owing(agency.id, agency.code, agency.name, overseer(place), agency.timezone, periods)


def periods_to_remind_of(now: datetime, closed_since: datetime) -> Sequence[Period]:
    """Begun, and something may still be filed, corrected or decided in them, or could until after `closed_since`."""
    return db.session.scalars(
        db.select(Period)
        .where(Period.starts_on <= text.last_day(now), Period.verification_ends_at > closed_since)
        .order_by(Period.position, Period.id)
    ).all()


def _rows_by_agency(period_ids: Sequence[int], now: datetime, agency_id: int | None) -> dict[int, dict[int, list[Any]]]:
    """Every obligation in force, by agency and period. Columns, not objects: all agencies come at once."""
    rows = db.session.execute(
        db.select(
            Obligation.id,
            Obligation.agency_id,
            Obligation.period_id,
            Obligation.item_id,
            Agency.province_id,
            Obligation.text,
            Obligation.due_at,
            Item.key.label("item_key"),
            Submission.id.label("submission_id"),
            Submission.status,
            Submission.correction_ends_at,
        )
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Item, Item.id == Obligation.item_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(
            Obligation.period_id.in_(period_ids),
            in_force(now),
            Obligation.agency_id == agency_id if agency_id else db.true(),
        )
        .order_by(Item.position, Obligation.id)
    )
    found: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.agency_id][row.period_id].append(row)
    return found


def _days_of_return(periods: Sequence[Period]) -> dict[int, date]:
    """The WIB day of the latest return (or reopening) of what stands returned, by submission."""
    rows = db.session.execute(
        db.select(SubmissionEvent.submission_id, db.func.max(SubmissionEvent.received_at))
        .join(Submission, Submission.id == SubmissionEvent.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(
            Obligation.period_id.in_([period.id for period in periods]),
            Submission.correction_ends_at.is_not(None),
            SubmissionEvent.kind.in_([EventKind.RETURNED, EventKind.REOPENED]),
        )
        .group_by(SubmissionEvent.submission_id)
    )
    return {submission_id: received_at.astimezone(text.JAKARTA).date() for submission_id, received_at in rows}


def _period_owed(
    agency: Agency,
    period: Period,
    rows: Sequence[Any],
    covers: Sequence[Cover],
    returned_on: Mapping[int, date],
    now: datetime,
) -> PeriodOwed:
    owed = [row for row in rows if row.status is None or row.status.is_owed]
    parts = [_part(period, row, covers, returned_on, now) for row in owed]
    still = [part for part in parts if part.closes_at > now]
    return PeriodOwed(
        programme_id=period.programme_id,
        programme=period.programme.key,
        key=period.key,
        title=f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}",
        sent=len(rows) - len(owed),
        total=len(rows),
        due_at=due_of_agency(period, covers, agency, cutoff=now),
        locks_at=prolonged(period.locks_at, covers, verification_ends_at=period.verification_ends_at, cutoff=now),
        missing=tuple(part for part in still if not part.is_returned),
        returned=tuple(part for part in still if part.is_returned),
        closed=tuple(part for part in parts if part.closes_at <= now),
    )


def _part(
    period: Period,
    row: Any,
    covers: Sequence[Cover],
    returned_on: Mapping[int, date],
    now: datetime,
) -> Part:
    due_at, closes_at = ends_of(row, period, covers, now)
    return Part(
        item_key=row.item_key,
        text=row.text,
        ends_at=closes_at if row.correction_ends_at else due_at,
        closes_at=closes_at,
        is_returned=row.correction_ends_at is not None,
        stands=STANDS.get(row.status, ""),
        obligation_id=row.id,
        submission_id=row.submission_id,
        returned_on=returned_on.get(row.submission_id),
    )


def with_details(agencies: Collection[Owing], units: Mapping[int, Sequence[str]]) -> list[Owing]:
    """The same, each returned part with the reasons of its last return, each with the units (by obligation) that it
    waits for. One question for all."""
    ids = [p.submission_id for a in agencies for period in a.periods for p in period.returned if p.submission_id]
    returns = returns_by_submission(ids) if ids else {}
    reasons = {submission_id: _reasons(found[0]) for submission_id, found in returns.items()}

    def told(part: Part) -> Part:
        why, waits = reasons.get(part.submission_id or 0, ()), tuple(units.get(part.obligation_id, ()))
        return replace(part, reasons=why, units=waits) if why or waits else part

    def whole(period: PeriodOwed) -> PeriodOwed:
        return replace(period, missing=tuple(map(told, period.missing)), returned=tuple(map(told, period.returned)))

    return [replace(agency, periods=tuple(map(whole, agency.periods))) for agency in agencies]


def _reasons(returned: ReturnView) -> tuple[str, ...]:
    return tuple(f"{part.title}: {part.reason}" for part in returned.parts)
