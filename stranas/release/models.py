"""The closing and release of a period, clarifications of results, and the berita acara with its signatures."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.evidence.models import Document
from stranas.release.rules import Outcome, Side, Stance
from stranas.reporting.models import Submission
from stranas.reporting.rules import Status
from stranas.system.db import Key, Long, Sha256, Short, choice, db


class Release(db.Model):
    """A period from the closing of its verification to the release of its results; one row, made by the closing.

    `clarification_ends_at` (exclusive) moves later only, with a reason. `released_at` may lie ahead: it takes
    effect by the clock, and once past it never changes. The two `told` instants say that all letters are planned.
    """

    __tablename__ = "release"
    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), unique=True)
    closed_at: Mapped[datetime]
    clarification_ends_at: Mapped[datetime]
    clarification_reason: Mapped[Long] = mapped_column(default="")
    clarification_told_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    decree: Mapped[Short] = mapped_column(default="")
    note: Mapped[Long] = mapped_column(default="")
    reason: Mapped[Long] = mapped_column(default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime | None]
    release_told_at: Mapped[datetime | None]

    period: Mapped[Period] = relationship(lazy="joined")


class Clarification(db.Model):
    """An agency asks about the result of one submission, once; a second verifier answers, once.

    `status` and `score` are the result that was asked about, `new_score` what a changed one became.
    """

    __tablename__ = "clarification"
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    status: Mapped[Status] = mapped_column(choice(Status, "status"))
    score: Mapped[Decimal | None]
    reason: Mapped[Long]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, "outcome"))
    new_status: Mapped[Status | None] = mapped_column(choice(Status, "new_status"))
    new_score: Mapped[Decimal | None]
    answer: Mapped[Long] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None]

    submission: Mapped[Submission] = relationship(lazy="joined", innerjoin=True)
    document: Mapped[Document | None] = relationship(lazy="joined")


class Minutes(db.Model):
    """Berita acara hasil verifikasi of one agency and period: canonical JSON, frozen by its first signature."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("period_id", "agency_id"),)
    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    number: Mapped[Short] = mapped_column(unique=True)
    content: Mapped[Long]
    sha256: Mapped[Sha256]
    frozen_at: Mapped[datetime]

    period: Mapped[Period] = relationship(lazy="joined", innerjoin=True)
    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    signatures: Mapped[list["MinutesSignature"]] = relationship(order_by="MinutesSignature.id")


class MinutesSignature(db.Model):
    """One side under a berita acara: who, in what capacity (`signer`, the lines of the block), and how."""

    __tablename__ = "minutes_signature"
    __table_args__ = (UniqueConstraint("minutes_id", "side"),)
    id: Mapped[Key]
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    side: Mapped[Side] = mapped_column(choice(Side, "side"))
    stance: Mapped[Stance] = mapped_column(choice(Stance, "stance"))
    remark: Mapped[Long] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    signer: Mapped[list[str]]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]

    person: Mapped[User | None] = relationship()
