"""Frozen editions of released reports with their files, and files made on demand."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.accounts.models import User
from stranas.catalogue.models import Period
from stranas.system.db import Code, Key, Long, Sha256, Short, choice, db
from stranas.system.models import StoredFile


class Edition(db.Model):
    """The national report of a released period, frozen. Number 1 is asked for by the clock, as of the release itself;
    later ones by the secretariat, with a reason. A row is asked for first and made afterwards: from `made_at` on
    nothing of it changes any more.

    `snapshot_sha256`: of the canonical JSON of its figures, which is its first file. `differences`: canonical JSON of
    what changed since the edition before.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("period_id", "number"),)
    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    number: Mapped[int]
    cutoff: Mapped[datetime]
    reason: Mapped[Long] = mapped_column(default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]
    snapshot_sha256: Mapped[Sha256 | None] = mapped_column(index=True)
    differences: Mapped[Long] = mapped_column(default="[]")

    period: Mapped[Period] = relationship(lazy="joined", innerjoin=True)
    asked_by: Mapped[User | None] = relationship()
    files: Mapped[list["EditionFile"]] = relationship(order_by="EditionFile.id", back_populates="edition")


class EditionFile(db.Model):
    """One file of an edition: json, xlsx or pdf. Its bytes are never taken away."""

    __tablename__ = "edition_file"
    __table_args__ = (UniqueConstraint("edition_id", "format"),)
    id: Mapped[Key]
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    format: Mapped[Code]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    name: Mapped[Short]

    edition: Mapped[Edition] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class ExportState(enum.Enum):
    """Where a file made on demand stands."""

    PLANNED = "planned"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return {
            "planned": "Menunggu giliran",
            "running": "Sedang dibuat",
            "ready": "Siap diunduh",
            "failed": "Tidak dapat dibuat",
            "cancelled": "Dibatalkan",
            "expired": "Kedaluwarsa",
        }[self.value]

    @property
    def mark(self) -> str:
        """The class of its status on screen."""
        return {
            "planned": "tunggu",
            "running": "draf",
            "ready": "verif",
            "failed": "gagal",
            "cancelled": "belum",
            "expired": "belum",
        }[self.value]

    @property
    def is_open(self) -> bool:
        return self in (ExportState.PLANNED, ExportState.RUNNING)


class Export(db.Model):
    """A file that somebody asked for and that is made in the background.

    `parameters` of its kind, with the cut-off. `reach`: the memberships by whose rights it was made. `done` of `total`
    are rows, sections or agencies, as the kind says. `attempts` numbers the builder: only the latest may finish.
    `started_at` and `beat_at` follow the machine's clock, the others the domain's.
    """

    __tablename__ = "export"
    __table_args__ = (Index("ix_export_state_asked_at", "state", "asked_at"),)
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    kind: Mapped[Code]
    parameters: Mapped[dict[str, Any]]
    title: Mapped[Short]
    state: Mapped[ExportState] = mapped_column(choice(ExportState, "state"), default=ExportState.PLANNED)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    reach: Mapped[list[str]] = mapped_column(default=list)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    name: Mapped[Short] = mapped_column(default="")
    failure: Mapped[Long] = mapped_column(default="")
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]

    person: Mapped[User] = relationship()
    file: Mapped[StoredFile | None] = relationship(lazy="joined")
