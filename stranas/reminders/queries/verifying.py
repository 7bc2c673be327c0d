"""What verifiers still have to decide, by verifier and period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.reminders.rules import Anchor, Duty
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import Status
from stranas.system import text
from stranas.system.db import db
from stranas.verification.queries.scope import verifies


@dataclass(frozen=True)
class Undecided:
    """What waits for decisions in one period, the agencies in their order."""

    programme_id: int
    programme: str
    period_key: str
    title: str
    ends_at: datetime
    reports: tuple[tuple[str, str], ...]
    is_open: bool

    @property
    def duty(self) -> Duty:
        day = text.last_day(self.ends_at)
        closed_on = None if self.is_open else day + timedelta(days=1)
        return Duty(day, Anchor.VERIFICATION, self.period_key, closed_on=closed_on)


def duty_of(period: Period) -> Duty:
    return Duty(text.last_day(period.verification_ends_at), Anchor.VERIFICATION, period.key)


def undecided_of(user_id: int, periods: Sequence[Period], *, now: datetime) -> list[Undecided]:
    """What one verifier has to decide. Nothing of his own institution."""
    user = db.session.get_one(User, user_id)
    return _by_period(verifies(user), periods, now)


def undecided(periods: Sequence[Period], *, now: datetime) -> list[Undecided]:
    """What nobody has decided yet, in the whole country."""
    return _by_period(db.true(), periods, now)


def _by_period(scope, periods: Sequence[Period], now: datetime) -> list[Undecided]:
    rows = db.session.execute(
        db.select(Obligation.period_id, Agency.name, Item.key)
        .join(Submission, Submission.obligation_id == Obligation.id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Item, Item.id == Obligation.item_id)
        .where(Submission.status == Status.SENT, Obligation.period_id.in_([p.id for p in periods]), scope)
        .order_by(Agency.code, Item.position)
    ).all()
    found = []
    for period in periods:
        reports = tuple((row.name, row.key) for row in rows if row.period_id == period.id)
        if reports:
            found.append(_undecided(period, reports, now))
    return found


def _undecided(period: Period, reports: tuple[tuple[str, str], ...], now: datetime) -> Undecided:
    return Undecided(
        programme_id=period.programme_id,
        programme=period.programme.key,
        period_key=period.key,
        title=f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}",
        ends_at=period.verification_ends_at,
        reports=reports,
        is_open=period.verification_ends_at > now,
    )
