"""Agencies: 53 ministries and agencies, 34 provinces, 415 kabupaten, 93 kota."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.agencies import rules
from stranas.system.db import Code, Key, Long, Short, choice, db


class AgencyLevel(enum.Enum):
    KL = "kl"
    PROVINCE = "provinsi"
    REGENCY = "kabupaten"
    CITY = "kota"

    @property
    def label(self) -> str:
        return {
            "kl": "Kementerian/Lembaga",
            "provinsi": "Provinsi",
            "kabupaten": "Kabupaten",
            "kota": "Kota",
        }[self.value]

    @property
    def is_local(self) -> bool:
        return self is not AgencyLevel.KL


class Provenance(enum.Enum):
    """How a seeded row is known; seed_data/README.md says what each means on screen."""

    VERIFIED = "verified"
    PARTLY = "partly"
    RECALLED = "recalled"
    ASSUMED = "assumed"
    SAMPLE = "sample"
    UNKNOWN = "unknown"
    OFFICIAL = "official"

    @property
    def mark(self) -> str:
        """The words shown beside the row; empty where the row is shown plainly."""
        return {
            "partly": "perlu dicocokkan dengan SKB",
            "recalled": "perlu dicocokkan dengan SKB",
            "assumed": "asumsi",
            "sample": "contoh",
        }.get(self.value, "")


class Agency(db.Model):
    """One reporting agency. `code` is the Kemendagri code ("33.23") or the slug of a K/L ("kemendagri").

    `oversight_unit`: the own name of its Inspektorat (Inspektorat Jenderal, Inspektorat Utama, SPI …; empty:
    rules.oversight_unit); `letterhead`: the lines under the name on its letters (address, telephone, mail); `head`:
    the office of its head (empty: rules.head). The `approval_set_…` columns say who set `files_without_approval`.
    """

    __tablename__ = "agency"
    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Short] = mapped_column(index=True)
    short_name: Mapped[Short]
    level: Mapped[AgencyLevel] = mapped_column(choice(AgencyLevel, "level"), index=True)
    province_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    timezone: Mapped[Code]
    seat: Mapped[Short] = mapped_column(default="")
    provenance: Mapped[Provenance] = mapped_column(choice(Provenance, "provenance"))
    files_without_approval: Mapped[bool] = mapped_column(default=False)
    oversight_unit: Mapped[Short] = mapped_column(default="")
    letterhead: Mapped[list[str]] = mapped_column(default=list)
    head: Mapped[Short] = mapped_column(default="")
    approval_set_by: Mapped[Short] = mapped_column(default="")
    approval_set_at: Mapped[datetime | None]
    approval_set_reason: Mapped[Long] = mapped_column(default="")

    province: Mapped["Agency | None"] = relationship(remote_side="Agency.id")

    @property
    def office(self) -> str:
        """Whom letters and mails address."""
        return rules.office(name=self.name, level=self.level.value, unit=self.oversight_unit)


class AgencyAlias(db.Model):
    """Another spelling or a former name, for matching imported files."""

    __tablename__ = "agency_alias"
    __table_args__ = (UniqueConstraint("agency_id", "alias"),)
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    alias: Mapped[Short] = mapped_column(index=True)
    kind: Mapped[Code]
    source: Mapped[Short] = mapped_column(default="")


class Unit(db.Model):
    """A unit inside an agency that holds documents: perangkat daerah, or unit kerja of a K/L, which nest.

    `head`: the office that leads it ("Kepala DPMPTSP"), never a person. `email` is where requests are sent when
    nobody of the unit has an account.
    """

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[Short]
    short_name: Mapped[Short] = mapped_column(default="")
    head: Mapped[Short] = mapped_column(default="")
    email: Mapped[Short] = mapped_column(default="")
    phone: Mapped[Code] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")
