"""The register of outages: one row for each period that had something due while the service was not reachable."""

from collections.abc import Collection, Sequence
from datetime import datetime

from stranas.accounts.models import User
from stranas.catalogue.models import Period
from stranas.deadlines import letters
from stranas.deadlines.models import Outage
from stranas.system import audit, clock
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused


def record_outage(
    *,
    periods: Sequence[Period],
    began_at: datetime,
    ended_at: datetime,
    extends_to: datetime,
    reason: str,
    person: User | None,
    reached: Collection[int] = (),
) -> list[Outage]:
    """`periods`: those with something due in between. Raises Refused without one, or when it is recorded already.

    `reached`: ids of the agencies that owed something then; their people are told.
    """
    if not periods:
        raise Refused(
            "Tidak ada batas waktu yang jatuh di antara kedua waktu itu, jadi tidak ada yang dimundurkan.",
            "Periksa waktu mulai dan selesainya gangguan.",
        )
    _need_new([period.id for period in periods], began_at, ended_at)
    outages = [
        Outage(
            period_id=period.id,
            began_at=began_at,
            ended_at=ended_at,
            extends_to=extends_to,
            reason=reason.strip(),
            decided_by_id=person.id if person else None,
            decided_at=clock.now(),
        )
        for period in periods
    ]
    db.session.add_all(outages)
    db.session.flush()
    for outage in outages:
        audit.record("record_outage", f"outage:{outage.id}", until=extends_to.isoformat(), reason=outage.reason)
    letters.tell_outage(outages[0], periods=periods, agency_ids=reached)
    return outages


def _need_new(period_ids: Sequence[int], began_at: datetime, ended_at: datetime) -> None:
    """Two people may write down the same outage: the period's row lets one of them wait."""
    db.session.execute(lock_row(db.select(Period.id).where(Period.id.in_(period_ids)).order_by(Period.id)))
    there = db.session.scalar(
        db.select(Outage.id)
        .where(Outage.period_id.in_(period_ids), Outage.began_at < ended_at, Outage.ended_at > began_at)
        .limit(1)
    )
    if there:
        raise Refused(
            "Gangguan pada waktu itu sudah dicatat.",
            "Buka halaman Batas waktu untuk melihatnya.",
        )
