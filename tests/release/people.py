"""Periods on their way to release, for tests."""

from datetime import datetime, timedelta

from stranas.catalogue.models import Period
from stranas.release.models import Release
from stranas.system.db import db


def close(period: Period, *, clarification_ends_at: datetime | None = None) -> Release:
    """As the schedule closes it."""
    ends = clarification_ends_at or period.verification_ends_at + timedelta(days=9)
    row = Release(period_id=period.id, closed_at=period.verification_ends_at, clarification_ends_at=ends)
    db.session.add(row)
    db.session.commit()
    return row


def release(period: Period, *, at: datetime, decree: str = "Keputusan Nomor 7 Tahun 2020") -> Release:
    """Closed, and released at an instant, which may lie ahead."""
    row = close(period)
    row.released_at, row.decree = at, decree
    db.session.commit()
    return row
