"""Later instants: extensions for some obligations, outages for all, moves of a period's own. Each with its reason."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines.rules import RequestState
from stranas.system.db import Key, Long, Short, choice, db


class ExtensionRequest(db.Model):
    """An agency asks for a later due instant (exclusive), for one item or (empty item_id) its whole period.

    `answer`: what the secretariat wrote with its decision. An extension points to the request that it grants.
    """

    __tablename__ = "extension_request"
    __table_args__ = (Index("ix_extension_request_state_until", "state", "until"),)
    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    until: Mapped[datetime]
    reason: Mapped[Long]
    letter: Mapped[Short] = mapped_column(default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    state: Mapped[RequestState] = mapped_column(choice(RequestState, "state"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[Long] = mapped_column(default="")

    period: Mapped[Period] = relationship(lazy="joined", innerjoin=True)
    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    item: Mapped[Item | None] = relationship()
    asked_by: Mapped[User | None] = relationship(foreign_keys=asked_by_id)


class Extension(db.Model):
    """A later due instant (exclusive) for one agency, one item of it, or a whole province, in one period.

    An empty agency_id with a province_id covers every agency of the province; an empty item_id covers all items.
    `request_id`: the request that it grants; empty where the secretariat gave it by itself.
    """

    __tablename__ = "extension"
    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    province_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("extension_request.id"), unique=True)
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
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]


class InstantMove(db.Model):
    """A period's instants (exclusive) before and after somebody moved a coming one to a later moment."""

    __tablename__ = "instant_move"
    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    due_before: Mapped[datetime]
    due_after: Mapped[datetime]
    locks_before: Mapped[datetime]
    locks_after: Mapped[datetime]
    verification_before: Mapped[datetime]
    verification_after: Mapped[datetime]
    reason: Mapped[Long]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]

    period: Mapped[Period] = relationship(lazy="joined", innerjoin=True)
