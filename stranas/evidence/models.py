"""Documents, and what the checks said about them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.evidence.rules import CheckState, Severity
from stranas.system.db import Code, Key, Long, Short, choice, db
from stranas.system.models import StoredFile


class Document(db.Model):
    """A file or a link in an agency's library. Exactly one of `file_id` and `url` is there."""

    __tablename__ = "document"
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    name: Mapped[Short]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    url: Mapped[str | None] = mapped_column(String(2000))
    media_type: Mapped[Code] = mapped_column(default="application/octet-stream")
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship(lazy="joined")


class CheckRun(db.Model):
    """The checks of one document against one claim (the kind of document that a requirement asks for)."""

    __tablename__ = "check_run"
    __table_args__ = (UniqueConstraint("document_id", "claimed_kind"),)
    id: Mapped[Key]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    claimed_kind: Mapped[Code]
    state: Mapped[CheckState] = mapped_column(choice(CheckState, "state"), default=CheckState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(Text)

    document: Mapped[Document] = relationship(lazy="joined")
    findings: Mapped[list["Finding"]] = relationship(
        order_by="Finding.position", lazy="selectin", cascade="all, delete-orphan"
    )


class Finding(db.Model):
    """What a check says about a document: code, severity, a sentence, and how to repair it."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("check_run_id", "position"),)
    id: Mapped[Key]
    check_run_id: Mapped[int] = mapped_column(ForeignKey("check_run.id"))
    position: Mapped[int]
    code: Mapped[Code]
    severity: Mapped[Severity] = mapped_column(choice(Severity, "severity"))
    message: Mapped[Long]
    repair: Mapped[Long]
