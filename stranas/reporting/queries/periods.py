"""Periods, and the one to work on now."""

from collections.abc import Sequence
from datetime import datetime

from stranas.catalogue.models import Period
from stranas.system.db import db


def current_period(now: datetime) -> Period | None:
    """The period to work on: the first whose filing is still open, or the last one."""
    periods = db.session.scalars(db.select(Period).order_by(Period.position)).all()
    still_open = [period for period in periods if period.locks_at > now]
    return (still_open or periods[-1:] or [None])[0]


def period_by_key(key: str) -> Period | None:
    return db.session.scalars(db.select(Period).where(Period.key == key)).one_or_none()


def periods() -> Sequence[Period]:
    return db.session.scalars(db.select(Period).order_by(Period.position)).all()


def period_before(period: Period) -> Period | None:
    """The period just before this one in its programme."""
    return db.session.scalars(
        db.select(Period).where(Period.programme_id == period.programme_id, Period.position == period.position - 1)
    ).one_or_none()
