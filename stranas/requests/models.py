"""What units are asked for, what came of it, and which unit answers for which item."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.accounts.models import User
from stranas.agencies.models import Agency, Unit
from stranas.catalogue.models import Item, Requirement
from stranas.evidence.models import Document
from stranas.reporting.models import Obligation
from stranas.requests.rules import Act, State
from stranas.system.db import Code, Key, Long, Short, choice, db, partial_unique


class Responsibility(db.Model):
    """Penanggung jawab: the unit that holds an item in its agency, and the office that answers for it."""

    __tablename__ = "responsibility"
    __table_args__ = (UniqueConstraint("agency_id", "item_id"),)
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    office: Mapped[Short] = mapped_column(default="")

    unit: Mapped[Unit] = relationship()
    item: Mapped[Item] = relationship()


class UnitRequest(db.Model):
    """The Inspektorat asks one unit for evidence of one obligation (and perhaps one requirement of it).

    `due_at`: the internal due instant (exclusive). `description`, `signer`, `signing_since`: what the unit said
    last. The stored state repeats what the last event says.
    """

    __tablename__ = "unit_request"
    id: Mapped[Key]
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirement.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    wanted: Mapped[Long]
    criterion: Mapped[Long] = mapped_column(default="")
    due_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(choice(State, "state"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    since: Mapped[datetime]
    description: Mapped[Long] = mapped_column(default="")
    signer: Mapped[Short] = mapped_column(default="")
    signing_since: Mapped[date | None]

    obligation: Mapped[Obligation] = relationship(lazy="joined", innerjoin=True)
    requirement: Mapped[Requirement | None] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    asked_by: Mapped[User | None] = relationship()
    events: Mapped[list["RequestEvent"]] = relationship(order_by="RequestEvent.sequence")
    files: Mapped[list["RequestFile"]] = relationship(order_by="RequestFile.id")


class RequestLink(db.Model):
    """A link for a unit without account, to one request. The address carries the nonce signed by the application's
    secret (requests/links.py), so that this row alone opens nothing. Instants are the machine's, not the domain's."""

    __tablename__ = "request_link"
    __table_args__ = (partial_unique("uq_request_link_standing", "request_id", where="revoked_at IS NULL"),)
    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("unit_request.id"), index=True)
    nonce: Mapped[Code] = mapped_column(unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    request: Mapped[UnitRequest] = relationship()


class RequestEvent(db.Model):
    """What happened to a request, in order; never changed. By a person, or by whoever held the link."""

    __tablename__ = "request_event"
    __table_args__ = (UniqueConstraint("request_id", "sequence"),)
    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("unit_request.id"))
    sequence: Mapped[int]
    act: Mapped[Act] = mapped_column(choice(Act, "act"))
    state: Mapped[State] = mapped_column(choice(State, "state"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("request_link.id"))
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    note: Mapped[Long] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    actor: Mapped[User | None] = relationship()


class RequestFile(db.Model):
    """A document that a unit uploaded for a request: a draft for the Inspektorat, attached to nothing yet.

    `sent_at`: when the unit sent it; empty while the unit may still take it off.
    """

    __tablename__ = "request_file"
    __table_args__ = (UniqueConstraint("request_id", "document_id"),)
    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("unit_request.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    received_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship(lazy="joined", innerjoin=True)


class DataLetter(db.Model):
    """Surat permohonan data: the agency asks an office outside it, which cannot be sent a link.

    `number` and `dated` are empty until the letter was registered; from then on the obligation waits for that office.
    `signature`: the block as it was when the letter was written; `document_id`: the scan of the signed letter,
    where somebody gave it.
    """

    __tablename__ = "data_letter"
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    addressee: Mapped[Short]
    place: Mapped[Short] = mapped_column(default="")
    wanted: Mapped[Long]
    answer_by: Mapped[date]
    number: Mapped[Short] = mapped_column(default="")
    dated: Mapped[date | None]
    signature: Mapped[list[str]] = mapped_column(default=list)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]
    registered_at: Mapped[datetime | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    agency: Mapped[Agency] = relationship()
    obligation: Mapped[Obligation] = relationship()
    document: Mapped[Document | None] = relationship()
