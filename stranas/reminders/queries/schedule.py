"""What an agency is told beforehand: on which coming days whom a reminder reaches, as long as something is owed."""

from dataclasses import dataclass
from datetime import date, datetime

from stranas.agencies.holidays import indonesian_holidays
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.reminders import addressing
from stranas.reminders.escalation import place_of
from stranas.reminders.queries.ladders import ladder_of
from stranas.reminders.queries.owing import agencies_owing
from stranas.reminders.queries.unsent import letter_steps
from stranas.reminders.rules import Anchor, Call, Duty, LetterKind, Step, day_of
from stranas.system import text
from stranas.system.db import db


@dataclass(frozen=True)
class Coming:
    """One coming day: for which end, which step, whom it reaches. `letter`: the office to which the secretariat drafts
    a letter on that day; empty when to nobody."""

    day: date
    period_key: str
    anchor: Anchor
    anchor_day: date
    step: Step
    letter: str = ""

    @property
    def audience(self) -> str:
        return text.joined([audience.label for audience in self.step.audience])


@dataclass(frozen=True)
class Schedule:
    """`owes`: something of these periods is still to be sent."""

    coming: tuple[Coming, ...]
    usual: tuple[tuple[Anchor, tuple[Step, ...]], ...]
    owes: bool


def schedule_of(agency: Agency, *, now: datetime) -> Schedule:
    """The coming days of what the agency owes; without that, those of the periods that are open or begin next."""
    periods = db.session.scalars(
        db.select(Period).where(Period.verification_ends_at > now).order_by(Period.position).limit(3)
    ).all()
    owing = next(iter(agencies_owing(periods, now=now, agency_id=agency.id)), None)
    duties = {
        (period.programme_id, duty)
        for period in (owing.periods if owing else ())
        for duty in period.duties()
        if duty.is_open
    }
    known, offices = {duty.period_key for _, duty in duties}, _offices(agency)
    for period in periods:
        if period.key not in known and period.locks_at > now:
            duties |= {(period.programme_id, duty) for duty in _own(period)}
    coming = sorted(
        {one for programme_id, duty in duties for one in _coming(programme_id, duty, text.last_day(now), offices)},
        key=lambda one: (one.day, one.period_key, one.step.days),
    )
    programmes = {period.programme_id for period in periods}
    ladder = ladder_of(min(programmes)) if programmes else ()
    return Schedule(tuple(coming), _by_anchor(ladder), owes=bool(owing))


def _own(period: Period) -> tuple[Duty, Duty]:
    return (
        Duty(text.last_day(period.due_at), Anchor.DUE, period.key),
        Duty(text.last_day(period.locks_at), Anchor.LOCK, period.key),
    )


def _offices(agency: Agency) -> dict[LetterKind, str]:
    """To whom the secretariat writes about the agency."""
    place = place_of(agency)
    return {LetterKind.SECRETARY: addressing.secretary(place), LetterKind.HEAD: addressing.head(place)}


def _coming(programme_id: int, duty: Duty, today: date, offices: dict[LetterKind, str]) -> list[Coming]:
    """The days from today on."""
    holidays = indonesian_holidays()
    letters = {step: offices[kind] for kind, step in letter_steps([programme_id])[programme_id].items()}
    calls = (Call(duty, s, day_of(s, duty.day, holidays)) for s in ladder_of(programme_id) if s.anchor is duty.anchor)
    return [
        Coming(c.day, duty.period_key, duty.anchor, duty.day, c.step, letters.get(c.step, ""))
        for c in calls
        if c.day >= today
    ]


def _by_anchor(ladder: tuple[Step, ...]) -> tuple[tuple[Anchor, tuple[Step, ...]], ...]:
    return tuple((anchor, tuple(step for step in ladder if step.anchor is anchor)) for anchor in Anchor)
