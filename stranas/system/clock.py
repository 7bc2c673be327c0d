"""The two clocks: now() is the domain's, wall() the machine's.

Practice mode is a property of a database: an offset stored once, the same for every process and over restarts.
Sessions, tokens, claims and the scheduler's triggers follow the wall.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from flask import current_app

from stranas.system.db import db, unit_of_work
from stranas.system.models import PracticeClock

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def wall() -> datetime:
    """The machine's time, aware, UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The domain's time, aware, UTC: the wall plus the practice offset of this database."""
    return domain(wall())


def domain(instant: datetime) -> datetime:
    """What the domain's clock showed when the wall showed `instant`."""
    return _fixed.get() or instant + timedelta(seconds=_stored() or 0)


def is_practice() -> bool:
    """Whether this database holds practice data (a banner on every page and document says so)."""
    return _stored() is not None


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Let the domain stand at an instant: for the demo's history and for tests."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    token = _fixed.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def start_practice(instant: datetime) -> None:
    """Make this database a practice database whose clock shows `instant` now and runs on from there."""
    with unit_of_work():
        begin_practice(instant)


def begin_practice(instant: datetime) -> None:
    """The same, inside the transaction that fills the database."""
    db.session.add(PracticeClock(id=1, offset_seconds=int((instant - wall()).total_seconds())))
    db.session.flush()
    current_app.extensions.pop("practice_clock", None)


def _stored() -> int | None:
    """Read once per process: the offset never changes, and `demo` fills a database before it is served."""
    known = current_app.extensions.setdefault("practice_clock", {})
    if "offset" not in known:
        known["offset"] = db.session.execute(db.select(PracticeClock.offset_seconds)).scalar_one_or_none()
    return known["offset"]
