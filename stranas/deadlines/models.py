"""Later due instants: extensions for some obligations, outages for all. Each with its reason, decided once."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from stranas.system.db import Key, Long, db


class Extension(db.Model):
    """A later due instant (exclusive) for one agency, one item of it, or a whole province, in one period.

    An empty agency_id with a province_id covers every agency of the province; an empty item_id covers all items.
    """

    __tablename__ = "extension"
    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    province_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    until: Mapped[datetime]
    reason: Mapped[Long]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]


class Outage(db.Model):
    """The service was not reachable: everything due in between is due at `extends_to` (exclusive)."""

    __tablename__ = "outage"
    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    extends_to: Mapped[datetime]
    reason: Mapped[Long]
    decided_at: Mapped[datetime]
