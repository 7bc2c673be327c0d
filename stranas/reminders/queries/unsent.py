"""Who owes first filings that were never sent, after their due instant and while they can still be sent."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import joinedload

from stranas.agencies.holidays import indonesian_holidays
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import Cover, due, first_filing_closes, prolonged, reaching
from stranas.reminders.queries.ladders import ladders
from stranas.reminders.rules import DEFAULT_LADDER, Anchor, Audience, LetterKind, Step, day_of
from stranas.reporting.models import Obligation, Submission, SubmissionVersion
from stranas.reporting.queries.work import in_force
from stranas.system import text
from stranas.system.db import db

# The steps of the ladder that reach the secretariat are the days of its letters; these hold where a ladder has none.
USUAL = {LetterKind.SECRETARY: Step(Anchor.DUE, 3), LetterKind.HEAD: Step(Anchor.LOCK, -3)}


@dataclass(frozen=True)
class Target:
    """One target that was never sent. `due_at`, `closes_at`: exclusive ends, with extensions and outages."""

    obligation_id: int
    item_key: str
    text: str
    due_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Unsent:
    """An agency to which a letter of a kind is due in a period: of `total` targets `sent` were sent, `awaited` are
    what the letter is about, `others` were not sent either, and nobody waits for them yet."""

    agency: Agency
    period: Period
    sent: int
    total: int
    awaited: tuple[Target, ...]
    others: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Owed:
    """What an agency owes in a period: how many targets it has, and those never sent that can be sent still."""

    agency: Agency
    period: Period
    total: int
    sent: int
    targets: tuple[Target, ...]

    def awaited(self, kind: LetterKind, *, now: datetime, today: date, step: Step) -> tuple[Target, ...]:
        """The targets for which the day of the letter has come."""
        holidays = indonesian_holidays()
        by_lock = step.anchor is Anchor.LOCK
        return tuple(
            target
            for target in self.targets
            if target.due_at <= now
            and day_of(step, text.last_day(target.closes_at if by_lock else target.due_at), holidays) <= today
        )

    def unsent(self, awaited: tuple[Target, ...]) -> Unsent:
        others = tuple(target for target in self.targets if target not in awaited)
        return Unsent(self.agency, self.period, self.sent, self.total, awaited, others)


def owed_first(*, now: datetime, agency_ids: Collection[int] | None = None) -> list[Owed]:
    """Every agency (or these) with what it owes in each period whose due instant has come and that is still open."""
    periods = _open_periods(now)
    ids = [period.id for period in periods]
    covers, rows = deadlines.covers(ids), _rows(ids, now, agency_ids)
    agencies = _agencies({agency_id for agency_id, _ in rows})
    return [
        _owed(agency, period, rows[agency.id, period.id], covers[period.id], now)
        for period in periods
        for agency in agencies
        if (agency.id, period.id) in rows
    ]


def _open_periods(now: datetime) -> Sequence[Period]:
    return db.session.scalars(
        db.select(Period)
        .options(joinedload(Period.programme))
        .where(Period.starts_on <= text.last_day(now), Period.verification_ends_at > now)
        .order_by(Period.position, Period.id)
    ).all()


def _agencies(ids: Collection[int]) -> Sequence[Agency]:
    return db.session.scalars(
        db.select(Agency).options(joinedload(Agency.province)).where(Agency.id.in_(ids)).order_by(Agency.code)
    ).all()


def _rows(period_ids: Sequence[int], now: datetime, agency_ids: Collection[int] | None) -> dict[Any, list[Any]]:
    """Obligations in force by agency and period, each with whether it was ever sent."""
    sent = db.exists().where(SubmissionVersion.submission_id == Submission.id).correlate(Submission)
    query = (
        db.select(
            Obligation.id,
            Obligation.agency_id,
            Obligation.period_id,
            Obligation.item_id,
            Obligation.text,
            Obligation.due_at,
            Item.key.label("item_key"),
            (Submission.id.is_not(None) & sent).label("was_sent"),
        )
        .join(Item, Item.id == Obligation.item_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Obligation.period_id.in_(period_ids), in_force(now))
        .order_by(Item.position, Obligation.id)
    )
    if agency_ids is not None:
        query = query.where(Obligation.agency_id.in_(agency_ids))
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row.agency_id, row.period_id].append(row)
    return found


def _owed(agency: Agency, period: Period, rows: Sequence[Any], covers: Sequence[Cover], now: datetime) -> Owed:
    unsent = [row for row in rows if not row.was_sent]
    targets = (_target(agency, period, row, covers, now) for row in unsent)
    return Owed(agency, period, len(rows), len(rows) - len(unsent), tuple(t for t in targets if t.closes_at > now))


def _target(agency: Agency, period: Period, row: Any, covers: Sequence[Cover], now: datetime) -> Target:
    later = reaching(
        covers,
        due_at=row.due_at or period.due_at,
        agency_id=agency.id,
        province_id=agency.province_id,
        item_id=row.item_id,
        cutoff=now,
    )
    due_at = due(own_due_at=row.due_at, period_due_at=period.due_at, later=later, cutoff=now)
    closes_at = first_filing_closes(locks_at=period.locks_at, due_at=due_at)
    closes_at = prolonged(closes_at, covers, verification_ends_at=period.verification_ends_at, cutoff=now)
    return Target(row.id, row.item_key, row.text, due_at, closes_at)


def letter_steps(programme_ids: Iterable[int]) -> dict[int, dict[LetterKind, Step]]:
    """By programme: the step after due, and the one before the lock, that reach the secretariat."""
    known = ladders()
    return {programme_id: _steps(known.get(programme_id, DEFAULT_LADDER)) for programme_id in programme_ids}


def _steps(ladder: Iterable[Step]) -> dict[LetterKind, Step]:
    """The latest after due, and the earliest before the lock: a letter never goes before a person was reminded."""
    ours = [step for step in ladder if Audience.SECRETARIAT in step.audience]
    after = [step for step in ours if step.anchor is Anchor.DUE and step.days > 0]
    before = [step for step in ours if step.anchor is Anchor.LOCK and step.days < 0]
    return {
        LetterKind.SECRETARY: max(after, key=lambda step: step.days, default=USUAL[LetterKind.SECRETARY]),
        LetterKind.HEAD: min(before, key=lambda step: step.days, default=USUAL[LetterKind.HEAD]),
    }
