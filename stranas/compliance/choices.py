"""The periods that a report may be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stranas.catalogue.models import Period, Programme
from stranas.system import clock, text
from stranas.system.db import db


@dataclass(frozen=True)
class PeriodChoice:
    key: str
    name: str
    starts_on: date
    ends_on: date
    programme_key: str


def _today() -> date:
    """In Jakarta, by whose days quarters begin and end."""
    return text.local_day(clock.now(), "Asia/Jakarta")


def periods() -> list[PeriodChoice]:
    """The periods that have begun, latest first."""
    rows = db.session.execute(
        db.select(Period.key, Period.name, Period.starts_on, Period.ends_on, Programme.key)
        .join(Programme, Period.programme_id == Programme.id)
        .where(Period.starts_on <= _today())
        .order_by(Period.starts_on.desc(), Programme.key)
    )
    return [PeriodChoice(*row) for row in rows]


def reported_period(choices: Sequence[PeriodChoice]) -> PeriodChoice | None:
    """The period meant by a reader who names none: the latest that has ended, or else the running one."""
    today = _today()
    return next((period for period in choices if period.ends_on < today), choices[0] if choices else None)
