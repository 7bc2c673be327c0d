"""The same figures period by period."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, true

from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Period, Programme
from stranas.compliance.queries.assembly import latest_cutoff, snapshot
from stranas.compliance.queries.scope import Unknown, narrowed
from stranas.compliance.snapshot import Point
from stranas.reporting.models import Obligation
from stranas.system.db import db


def trend(*, programme_key: str, until: str, cutoff: datetime | None = None, **slice_and_reader: Any) -> list[Point]:
    """The periods of the programme from its first to `until` (a period's key), oldest first, all at one cut-off.

    `slice_and_reader`: what `snapshot` takes to narrow and to withhold. The number of questions grows with the
    periods, never with the rows; one period is in memory at a time. Raises as `snapshot` does.
    """
    cutoff = cutoff or latest_cutoff()
    return [
        Point.of(snapshot(programme_key=programme_key, period_key=key, cutoff=cutoff, **slice_and_reader))
        for key in period_keys(programme_key=programme_key, until=until)
    ]


def point_before(*, programme_key: str, period_key: str, cutoff: datetime, **slice_and_reader: Any) -> list[Point]:
    """The one period before `period_key`, at the same cut-off; none before the first. Raises as `snapshot` does."""
    keys = period_keys(programme_key=programme_key, until=period_key)[:-1]
    return [
        Point.of(snapshot(programme_key=programme_key, period_key=key, cutoff=cutoff, **slice_and_reader))
        for key in keys[-1:]
    ]


def period_keys(*, programme_key: str, until: str) -> list[str]:
    """The programme's periods from its first to `until`, oldest first. Raises Unknown."""
    keys = list(
        db.session.scalars(
            db.select(Period.key)
            .join(Programme, Period.programme_id == Programme.id)
            .where(Programme.key == programme_key)
            .order_by(Period.starts_on, Period.position)
        )
    )
    if until not in keys:
        raise Unknown("period" if keys else "programme", until if keys else programme_key)
    return keys[: keys.index(until) + 1]


def obligations_in(
    *,
    programme_key: str,
    period_keys: Sequence[str],
    agency_code: str | None = None,
    province_code: str | None = None,
    level: AgencyLevel | None = None,
    among: ColumnElement[bool] | None = None,
    judged: ColumnElement[bool] | None = None,
) -> int:
    """How many obligations these periods ever had: how long a workbook of them may become. Takes what `snapshot`
    takes, and raises Unknown as it does; whose judgements are shown makes it no shorter."""
    condition, _ = narrowed(true() if among is None else among, agency_code, province_code, level)
    found = db.session.scalar(
        db.select(db.func.count(Obligation.id))
        .join(Agency, Obligation.agency_id == Agency.id)
        .join(Period, Obligation.period_id == Period.id)
        .join(Programme, Period.programme_id == Programme.id)
        .where(Programme.key == programme_key, Period.key.in_(period_keys), condition)
    )
    return found or 0
