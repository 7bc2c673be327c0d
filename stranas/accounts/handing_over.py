"""Serah terima: a role goes to a successor with all its work. Roles own the work, so most of it moves by itself.

What is open is told by the rooms that know it (`tells_open_work`); what is bound to a person is moved by the rooms
that keep it (`moves_work`).
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask import render_template

from stranas.accounts import operations
from stranas.accounts.models import Handover, Membership, Role, User, VerifierAssignment
from stranas.system import audit, clock, outbox, text
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused


@dataclass(frozen=True)
class OpenWork:
    """One line of the sheet, in finished words: what it is, where it stands, until when."""

    what: str
    state: str
    until: str = ""


Tells = Callable[[Membership, datetime], Iterable[OpenWork]]
Moves = Callable[[Membership, User], None]
_tellers: list[Tells] = []
_movers: list[Moves] = []
LOOKS_AFTER_PEOPLE = (Role.ADMIN, Role.AGENCY_ADMIN)


def tells_open_work(function: Tells) -> Tells:
    """Register who knows what a role still has to do: membership and instant in, lines out."""
    _tellers.append(function)
    return function


def moves_work(function: Moves) -> Moves:
    """Register who keeps rows that name a person: membership of the predecessor, and the successor."""
    _movers.append(function)
    return function


def open_work(membership: Membership, *, now: datetime) -> list[OpenWork]:
    return [line for tell in _tellers for line in tell(membership, now)]


def hand_over(
    *, membership: Membership, successor: User, person: User, received_at: datetime, deactivate: bool = False
) -> Handover:
    """The successor gets the role, the predecessor loses it; `deactivate` closes the predecessor's account.

    `person` is who does it. Raises Refused for the own role, for an unfit successor, for a role that is gone, and
    where nobody could look after the accounts afterwards.
    """
    held = db.session.scalar(lock_row(db.select(Membership.id).where(Membership.id == membership.id)))
    if held is None:
        raise Refused("Peran ini sudah diserahkan.", "Muat ulang halaman orang itu.")
    predecessor = membership.user
    _need_fit(membership, successor, person)
    if deactivate and len(predecessor.memberships) > 1:
        raise Refused(
            "Akun lama masih mempunyai peran lain, jadi tidak dinonaktifkan.",
            "Serahkan peran lainnya lebih dahulu, atau biarkan akunnya aktif.",
        )
    content = sheet_of(membership, successor, received_at, deactivated=deactivate)
    _move(membership, successor)
    role, agency_id = membership.role, membership.agency_id
    operations.remove_membership(membership=membership, actor_id=person.id)
    if deactivate:
        operations.deactivate_person(person=predecessor, actor_id=person.id)
    handover = Handover(
        agency_id=agency_id,
        role=role,
        from_id=predecessor.id,
        to_id=successor.id,
        recorded_by_id=person.id,
        recorded_at=clock.now(),
        deactivated=deactivate,
        content=content,
    )
    db.session.add(handover)
    db.session.flush()
    audit.record("role.handed_over", predecessor.email, to=successor.email, role=role.value, agency_id=agency_id)
    _tell(handover, successor)
    return handover


def sheet_of(membership: Membership, successor: User, at: datetime, *, deactivated: bool) -> dict[str, Any]:
    """What the sheet says, as JSON in finished words."""
    agency = membership.agency
    zone = agency.timezone if agency else "Asia/Jakarta"
    return {
        "role": membership.role.label,
        "agency": agency.name if agency else "",
        "from": {"name": membership.user.name, "position": membership.user.position},
        "to": {"name": successor.name, "position": successor.position},
        "day": text.day(text.local_day(at, zone), weekday=True),
        "at": text.instant_both(at, zone),
        "place": agency.seat if agency else "Jakarta",
        "open": [asdict(line) for line in open_work(membership, now=at)],
        "deactivated": deactivated,
    }


def _need_fit(membership: Membership, successor: User, person: User) -> None:
    if membership.user_id == person.id:
        raise Refused("Peran sendiri tidak dapat Anda serahkan.", "Mintalah admin lain melakukannya.")
    if successor.id == membership.user_id:
        raise Refused("Penerus harus orang lain.", "Pilih orang lain, atau isi data orang baru.")
    if not successor.active:
        raise Refused("Akun penerus tidak aktif.", "Aktifkan dahulu akunnya, atau pilih orang lain.")
    if membership.role in LOOKS_AFTER_PEOPLE and successor.password is None and not _others(membership):
        raise Refused(
            "Ini admin terakhir, dan penerusnya belum membuat sandi: tidak akan ada yang dapat mengelola akun.",
            "Beri penerus peran itu, tunggu sampai ia masuk, lalu serahkan.",
        )


def _others(membership: Membership) -> bool:
    """Whether somebody else with the same role in the same agency can sign in."""
    query = (
        db.select(Membership.id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.role == membership.role,
            Membership.agency_id.is_not_distinct_from(membership.agency_id),
            Membership.user_id != membership.user_id,
            User.active.is_(True),
            User.password.is_not(None),
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def _move(membership: Membership, successor: User) -> None:
    operations.add_membership(person=successor, role=membership.role, agency_id=membership.agency_id)
    if membership.unit_id:
        theirs = (m for m in successor.memberships if (m.role, m.agency_id) == (membership.role, membership.agency_id))
        operations.place_in_unit(membership=next(theirs), unit_id=membership.unit_id)
    if membership.role is Role.VERIFIER:
        _move_assignments(membership.user, successor)
    for move in _movers:
        move(membership, successor)


def _move_assignments(predecessor: User, successor: User) -> None:
    """Raises Refused where the successor works in an agency that the predecessor verified."""
    query = db.select(VerifierAssignment.agency_id).where(VerifierAssignment.user_id == predecessor.id)
    for agency_id in db.session.scalars(query).all():
        operations.assign_verifier(user_id=successor.id, agency_id=agency_id)
        operations.unassign_verifier(user_id=predecessor.id, agency_id=agency_id)


def _tell(handover: Handover, successor: User) -> None:
    outbox.plan(
        key=f"handover:{handover.id}:{successor.id}",
        recipient_id=successor.id,
        address=successor.email,
        template="mail/handover",
        subject=f"Serah terima peran {handover.content['role']}",
        body_text=render_template("mail/handover.txt", h=handover.content),
        payload={"handover": handover.id},
    )
