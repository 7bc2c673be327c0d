"""What was extended, for whom: the later ends of each period, in one question each."""

from collections import defaultdict
from collections.abc import Collection

from stranas.deadlines.models import Extension, Outage
from stranas.deadlines.rules import Cover
from stranas.system.db import db


def covers(period_ids: Collection[int]) -> dict[int, tuple[Cover, ...]]:
    """Extensions and outages by period id. Periods without any are there, empty."""
    found: dict[int, list[Cover]] = defaultdict(list)
    for extension in db.session.scalars(db.select(Extension).where(Extension.period_id.in_(period_ids))):
        found[extension.period_id].append(
            Cover(
                until=extension.until,
                decided_at=extension.decided_at,
                reason=extension.reason,
                agency_id=extension.agency_id,
                province_id=extension.province_id,
                item_id=extension.item_id,
            )
        )
    for outage in db.session.scalars(db.select(Outage).where(Outage.period_id.in_(period_ids))):
        found[outage.period_id].append(
            Cover(until=outage.extends_to, decided_at=outage.decided_at, reason=outage.reason)
        )
    return {period_id: tuple(found[period_id]) for period_id in period_ids}
