"""Decisions on submissions: per requirement fulfilled or returned with a coded reason, and one outcome."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.accounts.models import User
from stranas.catalogue.models import Requirement
from stranas.reporting.models import Submission, SubmissionVersion
from stranas.reporting.rules import EventKind
from stranas.system.db import Code, Key, Long, choice, db, partial_unique


class ReturnReason(db.Model):
    """A coded reason for returning, with the sentence that tells the agency how to repair it."""

    __tablename__ = "return_reason"
    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True)
    reason: Mapped[Long]
    repair: Mapped[Long]


class Decision(db.Model):
    """One decision of one verifier on one frozen version."""

    __tablename__ = "decision"
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), unique=True)
    verifier_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    outcome: Mapped[EventKind] = mapped_column(choice(EventKind, "outcome"))
    score: Mapped[Decimal | None]
    note: Mapped[Long] = mapped_column(default="")
    decided_at: Mapped[datetime]

    submission: Mapped[Submission] = relationship()
    version: Mapped[SubmissionVersion] = relationship()
    verifier: Mapped[User | None] = relationship()
    parts: Mapped[list["DecisionPart"]] = relationship(order_by="DecisionPart.id", lazy="selectin")


class DecisionPart(db.Model):
    """The decision on one requirement: fulfilled, or returned with a reason.

    Without a requirement it is about the submission as a whole: the reason of a nihil, bukan kewenangan or
    menunggu instansi lain, which asks for no evidence of its own.
    """

    __tablename__ = "decision_part"
    __table_args__ = (
        partial_unique(
            "uq_decision_part_requirement", "decision_id", "requirement_id", where="requirement_id IS NOT NULL"
        ),
        partial_unique("uq_decision_part_whole", "decision_id", where="requirement_id IS NULL"),
    )
    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirement.id"))
    fulfilled: Mapped[bool]
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("return_reason.id"), index=True)
    note: Mapped[Long] = mapped_column(default="")

    requirement: Mapped[Requirement | None] = relationship(lazy="joined")
    reason: Mapped[ReturnReason | None] = relationship(lazy="joined")
