"""The catalogue tree of a programme, its periods, and the quarterly targets of its leaves."""

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.agencies.models import Provenance
from stranas.system.db import Code, Key, Long, Short, choice, db


class DocumentKind(enum.Enum):
    """What kind of document a requirement asks for."""

    DECREE = "keputusan"
    REGULATION = "peraturan"
    LETTER = "surat"
    MINUTES_OF_EVENT = "berita_acara"
    REPORT = "laporan"
    PLAN = "rencana"
    SOP = "sop"
    MINUTES = "notulen"
    ATTENDANCE = "daftar_hadir"
    PHOTO = "foto"
    SCREENSHOT = "tangkapan_layar"
    MAP = "peta"
    CERTIFICATE = "sertifikat"
    AGREEMENT = "perjanjian"
    STATEMENT = "surat_pernyataan"
    DATA = "data"
    LINK = "tautan"

    @property
    def label(self) -> str:
        return "SOP" if self is DocumentKind.SOP else self.value.replace("_", " ").capitalize()


class Programme(db.Model):
    """A plan with levels and periods. `settings` is read through catalogue.rules.ProgrammeRules."""

    __tablename__ = "programme"
    id: Mapped[Key]
    key: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Short]
    level_names: Mapped[list[str]]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Period(db.Model):
    """One quarter of a programme. The three instants are exclusive ends, UTC, stored once."""

    __tablename__ = "period"
    __table_args__ = (UniqueConstraint("programme_id", "key"),)
    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    key: Mapped[Code]
    name: Mapped[Short]
    position: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_at: Mapped[datetime]
    locks_at: Mapped[datetime]
    verification_ends_at: Mapped[datetime]

    programme: Mapped[Programme] = relationship(lazy="joined")


class Item(db.Model):
    """A node of the catalogue tree: fokus (depth 0), aksi (1), sub-aksi (2, a leaf with targets)."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("programme_id", "key"),)
    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    key: Mapped[Code]
    depth: Mapped[int]
    position: Mapped[int]
    name: Mapped[Long]
    name_en: Mapped[Long] = mapped_column(default="")
    lead_agencies: Mapped[Long] = mapped_column(default="")
    scope_text: Mapped[Long] = mapped_column(default="")
    indicator: Mapped[Long] = mapped_column(default="")
    provenance: Mapped[Provenance] = mapped_column(choice(Provenance, "provenance"))
    source: Mapped[Long] = mapped_column(default="")
    note: Mapped[Long] = mapped_column(default="")

    parent: Mapped["Item | None"] = relationship(remote_side="Item.id")


class Target(db.Model):
    """What a leaf demands in one period of the agencies of one track."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("item_id", "period_id", "track"),)
    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    track: Mapped[Code]
    text: Mapped[Long]
    unit: Mapped[Code]
    value: Mapped[Decimal]
    weight: Mapped[Decimal]
    provenance: Mapped[Provenance] = mapped_column(choice(Provenance, "provenance"))
    note: Mapped[Long] = mapped_column(default="")

    item: Mapped[Item] = relationship(lazy="joined")
    period: Mapped[Period] = relationship(lazy="joined")
    requirements: Mapped[list["Requirement"]] = relationship(order_by="Requirement.position")
    scopes: Mapped[list["TargetScope"]] = relationship(order_by="TargetScope.position")


class Requirement(db.Model):
    """One piece of evidence that a target asks for: its kind, what it is, and how it is judged."""

    __tablename__ = "requirement"
    __table_args__ = (UniqueConstraint("target_id", "position"),)
    id: Mapped[Key]
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"))
    position: Mapped[int]
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind, "kind"))
    subject: Mapped[Long]
    criterion: Mapped[Long]

    @property
    def title(self) -> str:
        return f"{self.position}. {self.kind.label}: {self.subject}"


class TargetScope(db.Model):
    """Who owes a target, as an expression of seed_data/README.md ("provinsi:all", "kl:LKPP;Kemendagri")."""

    __tablename__ = "target_scope"
    __table_args__ = (UniqueConstraint("target_id", "position"),)
    id: Mapped[Key]
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"))
    position: Mapped[int]
    expression: Mapped[Long]
