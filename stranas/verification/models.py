"""Decisions on submissions, who makes them, spot checks, and the questions around them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.accounts.models import User
from stranas.catalogue.models import Item, Requirement
from stranas.evidence.models import Document
from stranas.reporting.models import Obligation, Submission, SubmissionVersion
from stranas.reporting.rules import EventKind
from stranas.system.db import Code, Key, Long, Short, choice, db, partial_unique
from stranas.verification.rules import EntryKind, Method, Side, SpotForm


class ItemAssignment(db.Model):
    """A verifier and an item (aksi or sub-aksi): what he is limited to among his agencies, or (`everywhere`) gets in
    all agencies."""

    __tablename__ = "item_assignment"
    __table_args__ = (UniqueConstraint("user_id", "item_id"),)
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    everywhere: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    item: Mapped[Item] = relationship(lazy="joined", innerjoin=True)


class ReturnReason(db.Model):
    """A coded reason for returning, with the sentence that tells the agency how to repair it.

    The code never changes; words may: each decision keeps those that it said. One that is not `active` is no
    longer offered.
    """

    __tablename__ = "return_reason"
    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True)
    reason: Mapped[Long]
    repair: Mapped[Long]
    active: Mapped[bool] = mapped_column(default=True)


class Decision(db.Model):
    """One decision of one verifier on one frozen version. `method`: alone, or together with others."""

    __tablename__ = "decision"
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), unique=True)
    verifier_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    outcome: Mapped[EventKind] = mapped_column(choice(EventKind, "outcome"))
    score: Mapped[Decimal | None]
    note: Mapped[Long] = mapped_column(default="")
    decided_at: Mapped[datetime]
    method: Mapped[Method] = mapped_column(choice(Method, "method"), default=Method.SINGLE)
    spot_check_id: Mapped[int | None] = mapped_column(ForeignKey("spot_check.id"), index=True)

    submission: Mapped[Submission] = relationship()
    version: Mapped[SubmissionVersion] = relationship()
    verifier: Mapped[User | None] = relationship()
    parts: Mapped[list["DecisionPart"]] = relationship(order_by="DecisionPart.id", lazy="selectin")


class DecisionPart(db.Model):
    """The decision on one requirement: fulfilled, or returned with a reason.

    Without a requirement it is about the submission as a whole: the reason of a nihil, bukan kewenangan or
    menunggu instansi lain, which asks for no evidence of its own. `reason_words` and `repair_words` are what was
    said then, whatever the catalogue says now.
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
    reason_words: Mapped[Long] = mapped_column(default="")
    repair_words: Mapped[Long] = mapped_column(default="")
    note: Mapped[Long] = mapped_column(default="")

    requirement: Mapped[Requirement | None] = relationship(lazy="joined")
    reason: Mapped[ReturnReason | None] = relationship(lazy="joined")


class SpotCheck(db.Model):
    """Uji petik: an online clarification or a visit about one submission, planned first, with notes afterwards."""

    __tablename__ = "spot_check"
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    form: Mapped[SpotForm] = mapped_column(choice(SpotForm, "form"))
    planned_on: Mapped[date]
    subject: Mapped[Long]
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    planned_at: Mapped[datetime]
    held_on: Mapped[date | None]
    participants: Mapped[Long] = mapped_column(default="")
    findings: Mapped[Long] = mapped_column(default="")
    conclusion: Mapped[Long] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    noted_at: Mapped[datetime | None]

    submission: Mapped[Submission] = relationship()
    document: Mapped[Document | None] = relationship()


class ThreadEntry(db.Model):
    """One line of the questions and answers about an obligation; never changed.

    `office`: whose words these are, as both sides read it. A `settled` entry closes the thread, a later message
    opens it again.
    """

    __tablename__ = "thread_entry"
    id: Mapped[Key]
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    side: Mapped[Side] = mapped_column(choice(Side, "side"))
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind, "kind"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    office: Mapped[Short]
    words: Mapped[Long] = mapped_column(default="")
    written_at: Mapped[datetime]

    obligation: Mapped[Obligation] = relationship()
