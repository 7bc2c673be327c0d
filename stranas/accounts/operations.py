"""What is done with people and their roles. Nothing here commits; every act leaves an audit entry."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from flask import render_template
from flask_security.recoverable import generate_reset_password_token

from stranas.accounts.models import Capacity, CapacityKind, Membership, Role, User, VerifierAssignment
from stranas.accounts.queries.officials import HeldCapacity, officials
from stranas.accounts.rules import LONGEST_CHAIN, Span
from stranas.agencies.models import Agency
from stranas.agencies.queries import unit_of_agency
from stranas.system import audit, clock, outbox, text
from stranas.system.db import db, insert_unless_there
from stranas.system.errors import Refused


class EmailTaken(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Alamat surel ini sudah dipakai akun lain.", "Pakai alamat lain, atau cari akun itu di daftar."
        )


class OwnInstitution(Refused):
    """Nobody verifies where he works."""

    def __init__(self, name: str, agency: str) -> None:
        super().__init__(
            f"{name} bekerja di {agency}, jadi tidak memverifikasi instansi itu. Penugasan tidak disimpan.",
            "Pilih verifikator lain untuk instansi itu.",
        )


class RoleNeedsAgency(Refused):
    def __init__(self) -> None:
        super().__init__("Peran ini berlaku di satu instansi.", "Pilih instansinya.")


def create_person(
    *,
    name: str,
    email: str,
    role: Role,
    agency_id: int | None = None,
    position: str = "",
    phone: str = "",
    password_hash: str | None = None,
) -> User:
    """A personal account with one role. Raises EmailTaken, RoleNeedsAgency."""
    values = {
        "name": name.strip(),
        "email": email.strip().lower(),
        "position": position.strip(),
        "phone": phone.strip(),
        "password": password_hash,
        "active": True,
        "fs_uniquifier": secrets.token_hex(32),
        "create_datetime": clock.wall(),
        "update_datetime": clock.wall(),
    }
    person_id = insert_unless_there(User, values, unique=["email"])
    if person_id is None:
        raise EmailTaken
    person = db.session.get_one(User, person_id)
    audit.record("person.created", person.email, name=person.name)
    add_membership(person=person, role=role, agency_id=agency_id)
    return person


def change_person(*, person: User, name: str, email: str, position: str, phone: str = "") -> None:
    """Raises EmailTaken."""
    email = email.strip().lower()
    taken = db.session.scalar(db.select(User.id).where(User.email == email, User.id != person.id))
    if taken:
        raise EmailTaken
    changed = {"name": name.strip(), "email": email, "position": position.strip(), "phone": phone.strip()}
    before = {key: getattr(person, key) for key, value in changed.items() if getattr(person, key) != value}
    for key, value in changed.items():
        setattr(person, key, value)
    if before:
        person.update_datetime = clock.wall()
        audit.record("person.changed", person.email, before=before)


def add_membership(*, person: User, role: Role, agency_id: int | None = None) -> None:
    """Give a role; one that is there already stays as it is. Raises RoleNeedsAgency."""
    if agency_id is None and not role.is_national:
        raise RoleNeedsAgency
    if role.is_national and role is not Role.VERIFIER:
        agency_id = None
    if any((m.role, m.agency_id) == (role, agency_id) for m in person.memberships):
        return
    db.session.add(Membership(user_id=person.id, role=role, agency_id=agency_id))
    db.session.flush()
    db.session.refresh(person)
    audit.record("role.given", person.email, role=role.value, agency_id=agency_id)


def place_in_unit(*, membership: Membership, unit_id: int | None) -> None:
    """Somebody of a unit sees what that unit, and those inside it, are asked for. Raises Refused for another role,
    and for a unit of another agency."""
    if membership.role is not Role.UNIT:
        raise Refused("Peran ini tidak bertempat di satu unit.", "Beri peran Unit terlebih dahulu.")
    if unit_id is not None and unit_of_agency(unit_id, membership.agency_id) is None:
        raise Refused("Unit itu tidak ada pada instansi ini.", "Muat ulang halaman, lalu pilih unitnya.")
    membership.unit_id = unit_id
    audit.record("role.placed", membership.user.email, unit_id=unit_id, agency_id=membership.agency_id)


def remove_membership(*, membership: Membership, actor_id: int | None) -> None:
    """Take a role away; nobody takes one from himself, so that somebody always looks after the accounts."""
    if membership.user_id == actor_id:
        raise Refused("Peran sendiri tidak dapat dihapus.", "Mintalah admin lain melakukannya.")
    person = membership.user
    audit.record("role.removed", person.email, role=membership.role.value, agency_id=membership.agency_id)
    db.session.delete(membership)
    db.session.flush()
    db.session.refresh(person)


def deactivate_person(*, person: User, actor_id: int | None) -> None:
    """The account stays, with its history; whoever is signed in with it is out at once."""
    if person.id == actor_id:
        raise Refused("Akun sendiri tidak dapat dinonaktifkan.", "Mintalah admin lain melakukannya.")
    person.active = False
    person.fs_uniquifier = secrets.token_hex(32)
    audit.record("person.deactivated", person.email)


def activate_person(*, person: User) -> None:
    person.active = True
    audit.record("person.activated", person.email)


def assign_verifier(*, user_id: int, agency_id: int) -> None:
    """Raises Refused for the own institution: its members steer the plan and report to it."""
    if db.session.scalar(db.select(Membership.id).filter_by(user_id=user_id, agency_id=agency_id).limit(1)):
        raise OwnInstitution(db.session.get_one(User, user_id).name, db.session.get_one(Agency, agency_id).name)
    values = {"user_id": user_id, "agency_id": agency_id}
    if insert_unless_there(VerifierAssignment, values, unique=["user_id", "agency_id"]) is not None:
        audit.record("verifier.assigned", f"user {user_id}", agency_id=agency_id)


def unassign_verifier(*, user_id: int, agency_id: int) -> None:
    rows = db.session.scalars(db.select(VerifierAssignment).filter_by(user_id=user_id, agency_id=agency_id))
    for row in rows:
        db.session.delete(row)
        audit.record("verifier.unassigned", f"user {user_id}", agency_id=agency_id)


def invite(*, person: User) -> None:
    """A private mail with a link to set a password, as often as somebody asks for it."""
    token = generate_reset_password_token(person)
    outbox.plan(
        key=f"account:invitation:{person.fs_uniquifier}:{clock.wall().isoformat()}",
        recipient_id=person.id,
        address=person.email,
        template="invitation",
        subject="Akun Anda di Pelaporan Aksi PK",
        body_text=render_template("mail/invitation.txt", person=person, token=token),
        private=True,
    )
    audit.record("person.invited", person.email)


def name_official(
    *,
    person: User,
    agency_id: int,
    kind: CapacityKind,
    office: str,
    span: Span,
    chain: Sequence[str] = (),
    rank: str = "",
    employee_number: str = "",
    legal_basis: str = "",
    named_by: User | None = None,
) -> Capacity:
    """Somebody of the agency may approve from the first to the last day of the span, in this capacity.

    Who held an office by his position alone keeps it beside the new one. Raises Refused when the days are in
    disorder, or when somebody holds the same office in the same way on one of them.
    """
    before = officials(agency_id)
    _need_order(span)
    _need_free_office(before, kind, office, span)
    add_membership(person=person, role=Role.CERTIFIER, agency_id=agency_id)
    membership = next(m for m in person.memberships if (m.role, m.agency_id) == (Role.CERTIFIER, agency_id))
    _keep_position(before, membership, span)
    capacity = Capacity(
        membership_id=membership.id,
        kind=kind,
        office=office.strip(),
        chain=list(chain)[:LONGEST_CHAIN],
        rank=rank.strip(),
        employee_number=employee_number.strip(),
        legal_basis=legal_basis.strip(),
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        named_by_id=named_by.id if named_by else None,
        recorded_at=clock.now(),
    )
    db.session.add(capacity)
    db.session.flush()
    audit.record("official.named", person.email, capacity=capacity.id, kind=kind.value, office=capacity.office)
    return capacity


def _need_order(span: Span) -> None:
    if not span.is_in_order:
        raise Refused("Tanggal akhir tidak boleh sebelum tanggal mulai.", "Perbaiki tanggalnya.")


def _need_free_office(officials_now: Sequence, kind: CapacityKind, office: str, span: Span) -> None:
    """On each day an office has one holder, one Plt., one Plh. …: who stands in may be stood in for."""
    for official in officials_now:
        for held in official.capacities:
            same = held.signatory.office.casefold() == office.strip().casefold()
            if official.active and same and held.kind is kind and held.span.is_in_order and held.span.overlaps(span):
                raise Refused(
                    f"{official.name} sudah tercatat sebagai {held.signatory.title} {_span_words(held)}.",
                    "Akhiri dahulu yang lama, atau pilih tanggal yang tidak bersamaan.",
                )


def _span_words(held: HeldCapacity) -> str:
    if held.id is None:
        return "menurut jabatannya"
    ends = f"sampai {text.day(held.span.ends_on)}" if held.span.ends_on else "sampai ada pemberitahuan"
    return f"sejak {text.day(held.span.starts_on)} {ends}"


def _keep_position(before: Sequence, membership: Membership, span: Span) -> None:
    """An official without any capacity holds the office of his position: that now needs a row of its own."""
    own = next((official for official in before if official.membership_id == membership.id), None)
    if own and own.capacities[0].id is None:
        db.session.add(
            Capacity(
                membership_id=membership.id,
                kind=CapacityKind.DEFINITIVE,
                office=own.position,
                chain=[],
                starts_on=min(span.starts_on, clock.now().date()) - timedelta(days=1),
                recorded_at=clock.now(),
            )
        )
        db.session.flush()


def end_capacity(*, capacity: Capacity, last_day: date) -> None:
    """It ends with that day; one that has not begun by then never begins. Raises Refused when it has ended before."""
    if capacity.ends_on and capacity.ends_on <= last_day:
        raise Refused(
            f"Jangka waktu ini sudah berakhir {text.day(capacity.ends_on)}.", "Untuk memperpanjang, tunjuk kembali."
        )
    capacity.ends_on = max(last_day, capacity.starts_on - timedelta(days=1))
    audit.record("official.ended", f"capacity:{capacity.id}", ends_on=capacity.ends_on.isoformat())
