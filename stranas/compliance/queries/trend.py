"""The same figures period by period."""

from datetime import datetime
from typing import Any

from stranas.catalogue.models import Period, Programme
from stranas.compliance.queries.assembly import latest_cutoff, snapshot
from stranas.compliance.queries.scope import Unknown
from stranas.compliance.snapshot import Point
from stranas.system.db import db


def trend(*, programme_key: str, until: str, cutoff: datetime | None = None, **slice_and_reader: Any) -> list[Point]:
    """The periods of the programme from its first to `until` (a period's key), oldest first, all at one cut-off.

    `slice_and_reader`: what `snapshot` takes to narrow and to withhold. The number of questions grows with the
    periods, never with the rows; one period is in memory at a time. Raises as `snapshot` does.
    """
    cutoff = cutoff or latest_cutoff()
    return [
        Point.of(snapshot(programme_key=programme_key, period_key=key, cutoff=cutoff, **slice_and_reader))
        for key in _until(programme_key, until)
    ]


def point_before(*, programme_key: str, period_key: str, cutoff: datetime, **slice_and_reader: Any) -> list[Point]:
    """The one period before `period_key`, at the same cut-off; none before the first. Raises as `snapshot` does."""
    keys = _until(programme_key, period_key)[:-1]
    return [
        Point.of(snapshot(programme_key=programme_key, period_key=key, cutoff=cutoff, **slice_and_reader))
        for key in keys[-1:]
    ]


def _until(programme_key: str, last: str) -> list[str]:
    keys = list(
        db.session.scalars(
            db.select(Period.key)
            .join(Programme, Period.programme_id == Programme.id)
            .where(Programme.key == programme_key)
            .order_by(Period.starts_on, Period.position)
        )
    )
    if last not in keys:
        raise Unknown("period" if keys else "programme", last if keys else programme_key)
    return keys[: keys.index(last) + 1]
