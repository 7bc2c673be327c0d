"""People and what they are in which agency. Roles own the work, not persons."""

import enum
from datetime import date, datetime
from typing import Any

from flask_security import UserMixin, verify_password
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.agencies.models import Agency, Unit
from stranas.system.db import Code, Key, Long, Short, choice, db, partial_unique


class Role(enum.Enum):
    """The roles: the words are also the values in the database."""

    COORDINATOR = "koordinator"
    CERTIFIER = "pejabat"
    UNIT = "unit"
    HUMAS = "humas"
    STORY_APPROVER = "penyetuju_publikasi"
    PPID = "ppid"
    AGENCY_ADMIN = "admin_instansi"
    VERIFIER = "verifikator"
    SECRETARIAT = "setnas"
    NATIONAL_TEAM = "timnas"
    OBSERVER = "pemantau"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]

    @property
    def is_national(self) -> bool:
        """Held for the whole country, without an agency of scope (a verifier's agency is where he works)."""
        return self in _NATIONAL


_ROLE_LABELS = {
    Role.COORDINATOR: "Inspektorat",
    Role.CERTIFIER: "Pejabat penyetuju",
    Role.UNIT: "Unit",
    Role.HUMAS: "Humas",
    Role.STORY_APPROVER: "Penyetuju publikasi",
    Role.PPID: "PPID",
    Role.AGENCY_ADMIN: "Admin instansi",
    Role.VERIFIER: "Verifikator",
    Role.SECRETARIAT: "Sekretariat Nasional",
    Role.NATIONAL_TEAM: "Tim Nasional",
    Role.OBSERVER: "Pemantau",
    Role.ADMIN: "Administrator sistem",
}
_NATIONAL = {Role.VERIFIER, Role.SECRETARIAT, Role.NATIONAL_TEAM, Role.OBSERVER, Role.ADMIN}


class User(db.Model, UserMixin):
    """One person with one personal account. Security columns are those that Flask-Security asks for."""

    __tablename__ = "user_account"
    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[Short]
    position: Mapped[Short] = mapped_column(default="")
    phone: Mapped[Code] = mapped_column(default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    create_datetime: Mapped[datetime]
    update_datetime: Mapped[datetime]
    last_login_at: Mapped[datetime | None]
    current_login_at: Mapped[datetime | None]
    last_login_ip: Mapped[str | None] = mapped_column(String(64))
    current_login_ip: Mapped[str | None] = mapped_column(String(64))
    login_count: Mapped[int | None]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", lazy="selectin", order_by="Membership.id"
    )

    @property
    def roles(self) -> list[Any]:
        """Flask-Security asks for it; our rights come from memberships and accounts/policy.py."""
        return []

    def verify_and_update_password(self, password: str) -> bool:
        """Argon2 takes a tenth of a second on purpose: no transaction stays open meanwhile."""
        stored = self.password
        db.session.rollback()
        return verify_password(password, stored)


class Membership(db.Model):
    """A person holds a role: in one agency, or (national roles) for the country.

    A verifier's membership may name the agency where he works: he never verifies that one. Somebody of a unit
    may name it: he sees what that unit is asked for.
    """

    __tablename__ = "membership"
    __table_args__ = (
        partial_unique("uq_membership_user_role_agency", "user_id", "role", "agency_id", where="agency_id IS NOT NULL"),
        partial_unique("uq_membership_user_role", "user_id", "role", where="agency_id IS NULL"),
    )
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)

    user: Mapped[User] = relationship(back_populates="memberships")
    agency: Mapped[Agency | None] = relationship(lazy="joined")
    unit: Mapped[Unit | None] = relationship()


class CapacityKind(enum.Enum):
    """In what capacity somebody holds an office."""

    DEFINITIVE = "definitif"
    PLT = "plt"
    PLH = "plh"
    PJ = "pj"
    PJS = "pjs"

    @property
    def prefix(self) -> str:
        """What stands before the office in a signature block; nothing for the holder himself."""
        return "" if self is CapacityKind.DEFINITIVE else f"{self.value.capitalize()}."

    @property
    def label(self) -> str:
        return {
            "definitif": "Definitif",
            "plt": "Plt. (pelaksana tugas)",
            "plh": "Plh. (pelaksana harian)",
            "pj": "Pj. (penjabat)",
            "pjs": "Pjs. (penjabat sementara)",
        }[self.value]


class Capacity(db.Model):
    """In what capacity a certifying official signs, from when until when (both days included), on what legal basis.

    `office`: the own office ("Inspektur"). `chain`: on whose behalf, from the top ("BUPATI TEMANGGUNG",
    "Sekretaris Daerah"): the first prints "a.n.", the own office after a second one prints "u.b.".
    """

    __tablename__ = "capacity"
    id: Mapped[Key]
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CapacityKind] = mapped_column(choice(CapacityKind, "kind"))
    office: Mapped[Short]
    chain: Mapped[list[str]] = mapped_column(default=list)
    rank: Mapped[Short] = mapped_column(default="")
    employee_number: Mapped[Code] = mapped_column(default="")
    legal_basis: Mapped[Long] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]

    membership: Mapped[Membership] = relationship()


class VerifierAssignment(db.Model):
    """A verifier is responsible for an agency's submissions."""

    __tablename__ = "verifier_assignment"
    __table_args__ = (UniqueConstraint("user_id", "agency_id"),)
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)


class Handover(db.Model):
    """Serah terima: a role went from one person to another. `content`: the sheet as it was signed, in finished words
    (accounts.handing_over.sheet_of), rendered on demand. Neither name nor work is read from anywhere else later.
    """

    __tablename__ = "handover"
    id: Mapped[Key]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    from_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    deactivated: Mapped[bool] = mapped_column(default=False)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
