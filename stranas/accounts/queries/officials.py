"""Who may approve for an agency, in what capacity, on which day; and whom a viewer looks after."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement

from stranas.accounts.models import Capacity, CapacityKind, Membership, Role, User
from stranas.accounts.policy import visible_agencies
from stranas.accounts.rules import Signatory, Span, signature_block
from stranas.agencies.models import Agency
from stranas.system.access import Permission
from stranas.system.db import db


@dataclass(frozen=True)
class HeldCapacity:
    """One capacity of an official; `id` is None for who holds his office without a term of ours."""

    id: int | None
    kind: CapacityKind
    span: Span
    signatory: Signatory

    def words(self, day: date) -> tuple[str, str]:
        """(mark, words) on a day."""
        if self.span.covers(day):
            return "verif", "Berlaku"
        if not self.span.is_in_order:
            return "belum", "Dibatalkan"
        return ("tunggu", "Akan berlaku") if self.span.starts_on > day else ("belum", "Berakhir")

    @property
    def block(self) -> tuple[str, ...]:
        return signature_block(self.signatory)


@dataclass(frozen=True)
class Official:
    """A certifying official of an agency with his capacities, the latest first."""

    membership_id: int
    person_id: int
    name: str
    position: str
    active: bool
    capacities: tuple[HeldCapacity, ...]


def officials(agency_id: int) -> list[Official]:
    """The certifying officials of an agency, by name."""
    memberships = _certifiers([agency_id])
    held = _capacities(memberships)
    return [
        Official(m.id, m.user_id, m.user.name, m.user.position, m.user.active, held[m.id])
        for m in sorted(memberships, key=lambda m: (m.user.name, m.id))
    ]


def signatories(*, agency_id: int, day: date) -> list[Signatory]:
    """Who may approve for an agency on a day (of its own calendar): active officials whose capacity covers it."""
    return signatories_of([agency_id], days={agency_id: day})[agency_id]


def signatories_of(agency_ids: Collection[int], *, days: dict[int, date]) -> dict[int, list[Signatory]]:
    """The same for several agencies, each on its own day. Two questions in all."""
    memberships = [m for m in _certifiers(agency_ids) if m.user.active]
    held = _capacities(memberships)
    found: dict[int, list[Signatory]] = defaultdict(list)
    for membership in memberships:
        day = days[membership.agency_id]
        found[membership.agency_id] += [c.signatory for c in held[membership.id] if c.span.covers(day)][:1]
    return found


def _certifiers(agency_ids: Collection[int]) -> list[Membership]:
    query = db.select(Membership).where(Membership.role == Role.CERTIFIER, Membership.agency_id.in_(agency_ids))
    return list(db.session.scalars(query.order_by(Membership.id)).unique())


def _capacities(memberships: Iterable[Membership]) -> dict[int, tuple[HeldCapacity, ...]]:
    """Membership id → capacities. An official without any holds the office of his position until further notice."""
    by_id = {membership.id: membership for membership in memberships}
    rows = db.session.scalars(
        db.select(Capacity)
        .where(Capacity.membership_id.in_(by_id))
        .order_by(Capacity.starts_on.desc(), Capacity.id.desc())
    )
    found: dict[int, list[HeldCapacity]] = defaultdict(list)
    for row in rows:
        found[row.membership_id].append(_held_capacity(row, by_id[row.membership_id].user))
    return {key: tuple(found[key]) or (_by_position(membership.user),) for key, membership in by_id.items()}


def _held_capacity(row: Capacity, person: User) -> HeldCapacity:
    signatory = Signatory(
        person_id=person.id,
        name=person.name,
        office=row.office,
        prefix=row.kind.prefix,
        chain=tuple(row.chain),
        rank=row.rank,
        employee_number=row.employee_number,
        legal_basis=row.legal_basis,
    )
    return HeldCapacity(row.id, row.kind, Span(row.starts_on, row.ends_on), signatory)


def _by_position(person: User) -> HeldCapacity:
    signatory = Signatory(person_id=person.id, name=person.name, office=person.position)
    return HeldCapacity(None, CapacityKind.DEFINITIVE, Span(date.min), signatory)


def agencies_with_officials(viewer: User) -> list[Agency]:
    """The agencies whose officials the viewer looks after."""
    return list(db.session.scalars(db.select(Agency).where(_looks_after(viewer)).order_by(Agency.name)))


def agency_with_officials(viewer: User, code: str) -> Agency | None:
    return db.session.scalar(db.select(Agency).where(Agency.code == code, _looks_after(viewer)))


def capacity_in_scope(viewer: User, capacity_id: int) -> Capacity | None:
    return db.session.scalar(
        db.select(Capacity)
        .join(Membership, Membership.id == Capacity.membership_id)
        .join(Agency, Agency.id == Membership.agency_id)
        .where(Capacity.id == capacity_id, _looks_after(viewer))
    )


def _looks_after(viewer: User) -> ColumnElement[bool]:
    return visible_agencies(viewer, Permission.MANAGE_CAPACITIES)
