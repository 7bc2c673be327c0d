"""Every period on its way to the released result: its stage, and what is not settled yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement

from stranas.agencies.holidays import indonesian_holidays
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.catalogue.rules import ProgrammeRules, programme_rules
from stranas.release.models import Clarification, Minutes, MinutesSignature, Release
from stranas.release.rules import Stage, Stance, Unfinished, minutes_due, stage, unfinished
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.queries.work import in_force
from stranas.reporting.rules import Status
from stranas.system.db import db


@dataclass(frozen=True)
class PeriodStage:
    """One period as the secretariat and the agencies see its way; instants are exclusive ends.

    agencies: those that owed something; signed: berita acara under which both sides put their names, refusals
    included (`refused` counts the berita acara with one); released_at may lie ahead.
    """

    id: int
    key: str
    name: str
    starts_on: date
    ends_on: date
    locks_at: datetime
    verification_ends_at: datetime
    closed_at: datetime | None
    clarification_ends_at: datetime | None
    clarification_reason: str
    minutes_due_at: datetime | None
    released_at: datetime | None
    decree: str
    note: str
    reason: str
    stage: Stage
    rules: ProgrammeRules
    undecided: int = 0
    open_clarifications: int = 0
    clarifications: int = 0
    agencies: int = 0
    signed: int = 0
    refused: int = 0

    @property
    def is_closed(self) -> bool:
        """Results lie before the agencies: whatever comes now is clarification."""
        return self.clarification_ends_at is not None

    @property
    def is_set(self) -> bool:
        """A release is set that has not taken effect."""
        return self.released_at is not None and self.stage is not Stage.RELEASED

    def unfinished(self, *, release_at: datetime) -> Unfinished:
        """What a release at that instant would leave unsettled. The period must be closed."""
        return unfinished(
            undecided=self.undecided,
            open_clarifications=self.open_clarifications,
            unsigned=self.agencies - self.signed,
            release_at=release_at,
            minutes_due_at=self.minutes_due_at or release_at,
        )


def period_stages(*, now: datetime) -> list[PeriodStage]:
    """The periods that have begun, the latest first. Six questions, whatever their number."""
    counts = _counts(now)
    return [_stage(row, counts, now) for row in _rows(Period.starts_on <= now.date())]


def period_stage(key: str, *, now: datetime) -> PeriodStage | None:
    """One period that has begun, with its counts."""
    rows = _rows(Period.starts_on <= now.date(), Period.key == key)
    return _stage(rows[0], _counts(now, rows[0][0].id), now) if rows else None


def _rows(*conditions: ColumnElement[bool]) -> Sequence[Any]:
    return db.session.execute(
        db.select(Period, Release)
        .outerjoin(Release, Release.period_id == Period.id)
        .where(*conditions)
        .order_by(Period.starts_on.desc(), Period.id)
    ).all()


def _stage(row: Any, counts: dict[str, dict[int, int]], now: datetime) -> PeriodStage:
    period, release = row
    rules = programme_rules(period.programme.settings)
    return PeriodStage(
        id=period.id,
        key=period.key,
        name=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        locks_at=period.locks_at,
        verification_ends_at=period.verification_ends_at,
        closed_at=release.closed_at if release else None,
        clarification_ends_at=release.clarification_ends_at if release else None,
        clarification_reason=release.clarification_reason if release else "",
        minutes_due_at=minutes_due(
            clarification_ends_at=release.clarification_ends_at,
            working_days=rules.minutes_days,
            holidays=indonesian_holidays(),
        )
        if release
        else None,
        released_at=release.released_at if release else None,
        decree=release.decree if release else "",
        note=release.note if release else "",
        reason=release.reason if release else "",
        stage=stage(
            now=now,
            locks_at=period.locks_at,
            verification_ends_at=period.verification_ends_at,
            clarification_ends_at=release.clarification_ends_at if release else None,
            released_at=release.released_at if release else None,
        ),
        rules=rules,
        **{name: found.get(period.id, 0) for name, found in counts.items()},
    )


def _counts(now: datetime, period_id: int | None = None) -> dict[str, dict[int, int]]:
    """Name of a count → period id → count."""
    of_period = (Obligation.period_id == period_id,) if period_id else ()
    submissions = (
        db.select(Obligation.period_id, db.func.count(Submission.id))
        .join(Submission, Submission.obligation_id == Obligation.id)
        .where(*of_period)
        .group_by(Obligation.period_id)
    )
    clarifications = submissions.join(Clarification, Clarification.submission_id == Submission.id)
    agencies = db.select(Obligation.period_id, db.func.count(db.distinct(Obligation.agency_id))).where(
        in_force(now), *of_period
    )
    signed = db.select(Minutes.period_id, db.func.count(Minutes.id)).group_by(Minutes.period_id)
    sides = db.select(db.func.count(MinutesSignature.id)).where(MinutesSignature.minutes_id == Minutes.id)
    refusals = db.exists().where(MinutesSignature.minutes_id == Minutes.id, MinutesSignature.stance == Stance.REFUSED)
    questions = {
        "undecided": submissions.where(Submission.status == Status.SENT, in_force(now)),
        "open_clarifications": clarifications.where(Clarification.outcome.is_(None)),
        "clarifications": clarifications,
        "agencies": agencies.group_by(Obligation.period_id),
        "signed": signed.where(sides.scalar_subquery() == 2),
        "refused": signed.where(refusals),
    }
    return {name: {key: count for key, count in db.session.execute(query)} for name, query in questions.items()}


@dataclass(frozen=True)
class Undecided:
    """A report that was sent and has no decision on what was sent."""

    agency: str
    agency_code: str
    item_key: str
    text: str


def undecided_of(period_id: int, *, now: datetime, limit: int = 100) -> list[Undecided]:
    rows = db.session.execute(
        db.select(Agency.name, Agency.code, Item.key, Obligation.text)
        .select_from(Obligation)
        .join(Submission, Submission.obligation_id == Obligation.id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Item, Item.id == Obligation.item_id)
        .where(Obligation.period_id == period_id, Submission.status == Status.SENT, in_force(now))
        .order_by(Agency.code, Item.position)
        .limit(limit)
    )
    return [Undecided(*row) for row in rows]


def agencies_of(period_id: int, *, now: datetime) -> list[Agency]:
    """The agencies that owe something in the period, by code."""
    owing = db.select(Obligation.agency_id).where(Obligation.period_id == period_id, in_force(now))
    return list(db.session.scalars(db.select(Agency).where(Agency.id.in_(owing)).order_by(Agency.code)))
