"""What an agency owes (obligation), writes (submission) and sends (filing), with every event kept."""

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.accounts.models import User
from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Item, Period, Requirement, Target
from stranas.deadlines.rules import RequestState
from stranas.evidence.models import Document
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system.db import Code, Key, Long, Sha256, Short, choice, db, partial_unique


class Obligation(db.Model):
    """One agency owes a report on one target. Carries its own copy of what was demanded."""

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("agency_id", "target_id"),
        Index("ix_obligation_period_agency", "period_id", "agency_id"),
    )
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    text: Mapped[Long]
    unit: Mapped[Code]
    value: Mapped[Decimal]
    weight: Mapped[Decimal]
    agency_level: Mapped[AgencyLevel] = mapped_column(choice(AgencyLevel, "agency_level"))
    due_at: Mapped[datetime | None]
    in_force_from: Mapped[datetime]
    in_force_until: Mapped[datetime | None]

    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    target: Mapped[Target] = relationship()
    period: Mapped[Period] = relationship(lazy="joined", innerjoin=True)
    item: Mapped[Item] = relationship(lazy="joined", innerjoin=True)
    submission: Mapped["Submission | None"] = relationship(back_populates="obligation", lazy="joined")


class Submission(db.Model):
    """What the agency writes for one obligation: the working text, which filings freeze.

    `revision` counts saves: a save names the revision that it started from, so nobody overwrites silently.
    `beside_reason` and the waiting fields belong to the kinds beside the main line (nihil, bukan kewenangan,
    menunggu instansi lain: which, since when, letter, review date).
    """

    __tablename__ = "submission"
    id: Mapped[Key]
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), unique=True)
    status: Mapped[Status] = mapped_column(choice(Status, "status"), index=True)
    kind: Mapped[SubmissionKind] = mapped_column(choice(SubmissionKind, "kind"), default=SubmissionKind.ACHIEVEMENT)
    revision: Mapped[int] = mapped_column(default=0)
    progress_percent: Mapped[Decimal | None]
    realised_value: Mapped[Decimal | None]
    narrative: Mapped[Long] = mapped_column(default="")
    constraint: Mapped[Long] = mapped_column("kendala", default="")
    follow_up: Mapped[Long] = mapped_column(default="")
    beside_reason: Mapped[Long] = mapped_column(default="")
    waiting_for: Mapped[Short] = mapped_column(default="")
    waiting_letter: Mapped[Short] = mapped_column(default="")
    waiting_since: Mapped[date | None]
    review_on: Mapped[date | None]
    saved_at: Mapped[datetime | None]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    correction_ends_at: Mapped[datetime | None]

    obligation: Mapped[Obligation] = relationship(back_populates="submission", lazy="joined", innerjoin=True)
    saved_by: Mapped[User | None] = relationship()
    evidence: Mapped[list["Evidence"]] = relationship(order_by="Evidence.id", back_populates="submission")
    events: Mapped[list["SubmissionEvent"]] = relationship(order_by="SubmissionEvent.sequence")
    versions: Mapped[list["SubmissionVersion"]] = relationship(order_by="SubmissionVersion.number")


class Evidence(db.Model):
    """A document attached to a submission for one requirement. Detached rows stay, for the record."""

    __tablename__ = "evidence"
    __table_args__ = (
        partial_unique(
            "uq_evidence_attached",
            "submission_id",
            "requirement_id",
            "document_id",
            where="detached_at IS NULL",
        ),
    )
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    attached_at: Mapped[datetime]
    attached_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    detached_at: Mapped[datetime | None]
    detached_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    submission: Mapped[Submission] = relationship(back_populates="evidence")
    document: Mapped[Document] = relationship(lazy="joined", innerjoin=True)
    requirement: Mapped[Requirement] = relationship(lazy="joined", innerjoin=True)


class SubmissionEvent(db.Model):
    """What happened to a submission, in order; never changed. The stored status is what the last event says.

    received_at: when the request reached us (decides fairness); recorded_at: when it was written (decides
    reproduction). `score` and `version_id` where the event has them; `details` carries the rest as JSON.
    """

    __tablename__ = "submission_event"
    __table_args__ = (
        UniqueConstraint("submission_id", "sequence"),
        Index("ix_submission_event_recorded_at", "recorded_at"),
    )
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    sequence: Mapped[int]
    kind: Mapped[EventKind] = mapped_column(choice(EventKind, "kind"))
    status: Mapped[Status] = mapped_column(choice(Status, "status"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("submission_version.id"))
    score: Mapped[Decimal | None]
    reason: Mapped[Long] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    actor: Mapped[User | None] = relationship()


class Reopening(db.Model):
    """An agency asks to repair a report that was decided; the secretariat grants or declines, once.

    `received_at`: when the request reached us; `answer`: what the secretariat wrote with its decision.
    """

    __tablename__ = "reopening"
    __table_args__ = (
        partial_unique("uq_reopening_open", "submission_id", where="state = 'open'"),
        Index("ix_reopening_state", "state"),
    )
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    reason: Mapped[Long]
    state: Mapped[RequestState] = mapped_column(choice(RequestState, "state"), default=RequestState.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[Long] = mapped_column(default="")

    submission: Mapped[Submission] = relationship(lazy="joined", innerjoin=True)
    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])


class Filing(db.Model):
    """Laporan triwulan: the act that sends prepared submissions of a period together (penyampaian ke-n)."""

    __tablename__ = "filing"
    __table_args__ = (UniqueConstraint("agency_id", "period_id", "ordinal"),)
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    ordinal: Mapped[int]
    number: Mapped[Short] = mapped_column(unique=True)
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]

    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    period: Mapped[Period] = relationship(lazy="joined", innerjoin=True)
    filed_by: Mapped[User | None] = relationship()
    versions: Mapped[list["SubmissionVersion"]] = relationship(order_by="SubmissionVersion.id")


class SubmissionVersion(db.Model):
    """A submission as it was sent: canonical JSON (see reporting.rules.canonical), with its SHA-256."""

    __tablename__ = "submission_version"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    number: Mapped[int]
    content: Mapped[Long]
    sha256: Mapped[Sha256]

    submission: Mapped[Submission] = relationship(back_populates="versions")
    filing: Mapped[Filing] = relationship(back_populates="versions", lazy="joined", innerjoin=True)


class ApprovalState(enum.Enum):
    """What became of a request for approval."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _APPROVAL_WORDS[self][0]

    @property
    def mark(self) -> str:
        return _APPROVAL_WORDS[self][1]


_APPROVAL_WORDS = {
    ApprovalState.WAITING: ("Menunggu persetujuan", "setuju"),
    ApprovalState.APPROVED: ("Disetujui", "verif"),
    ApprovalState.DECLINED: ("Tidak disetujui", "kembali"),
    ApprovalState.WITHDRAWN: ("Ditarik", "belum"),
}


class Approval(db.Model):
    """What the coordinator asks the certifying official to send: prepared submissions of one period together.

    `signature`: the block under the letter, line by line, in the capacity in which the official approved.
    """

    __tablename__ = "approval"
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    state: Mapped[ApprovalState] = mapped_column(choice(ApprovalState, "state"), default=ApprovalState.WAITING)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    note: Mapped[Long] = mapped_column(default="")
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[Long] = mapped_column(default="")
    office: Mapped[Short] = mapped_column(default="")
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"), index=True)
    signature: Mapped[list[str]] = mapped_column(default=list)

    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    period: Mapped[Period] = relationship(lazy="joined", innerjoin=True)
    requested_by: Mapped[User | None] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    filing: Mapped[Filing | None] = relationship()
    parts: Mapped[list["ApprovalPart"]] = relationship(order_by="ApprovalPart.submission_id")


class ApprovalPart(db.Model):
    """One submission of a request for approval."""

    __tablename__ = "approval_part"
    __table_args__ = (UniqueConstraint("approval_id", "submission_id"),)
    id: Mapped[Key]
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)


class CoverLetter(db.Model):
    """The letter that goes with a filing (surat pengantar): what the agency gives it, and its signed scan.

    `number` is empty until the agency's register gives one. `due_at` (exclusive): until when the signed scan is
    expected; None where no official approved here. It never bears on whether the filing was in time.
    """

    __tablename__ = "cover_letter"
    id: Mapped[Key]
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), unique=True)
    number: Mapped[Short] = mapped_column(default="")
    nature: Mapped[Code] = mapped_column(default="Biasa")
    dated_on: Mapped[date | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    scanned_at: Mapped[datetime | None]
    scanned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    filing: Mapped[Filing] = relationship(lazy="joined", innerjoin=True)
    document: Mapped[Document | None] = relationship()
