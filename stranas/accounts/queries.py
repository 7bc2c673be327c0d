"""Questions about people. A viewer sees those of the agencies that he looks after; an administrator all."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, or_, true

from stranas.accounts.models import Capacity, CapacityKind, Handover, Membership, Role, User
from stranas.accounts.policy import manages_everyone, visible_agencies
from stranas.accounts.rules import Signatory, Span, signature_block
from stranas.agencies.models import Agency
from stranas.system.access import Permission
from stranas.system.db import db

PAGE = 50


@dataclass(frozen=True)
class HeldRole:
    """One role that a person holds; `agency` is empty for national roles. `in_unit`: somebody of a unit, whose
    unit may be named."""

    membership_id: int
    label: str
    agency: str
    agency_id: int | None
    in_unit: bool
    unit_id: int | None
    unit: str


@dataclass(frozen=True)
class Person:
    """A row of the list. `wholly`: the viewer looks after all of this account, so he may change it."""

    id: int
    name: str
    position: str
    email: str
    phone: str
    active: bool
    last_sign_in: datetime | None
    invited: bool
    roles: tuple[HeldRole, ...]
    wholly: bool


@dataclass(frozen=True)
class PeoplePage:
    people: tuple[Person, ...]
    total: int
    number: int
    pages: int


def people_page(*, viewer: User, search: str = "", number: int = 1) -> PeoplePage:
    """One page of the people in the viewer's scope, by name."""
    query = db.select(User).where(_in_scope(viewer), _matching(search))
    total = db.session.scalar(db.select(db.func.count()).select_from(query.subquery()))
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    rows = db.session.scalars(query.order_by(User.name, User.id).limit(PAGE).offset((number - 1) * PAGE)).all()
    own = own_agencies(viewer)
    return PeoplePage(tuple(_person(row, own) for row in rows), total, number, pages)


def find_person(*, viewer: User, person_id: int) -> Person | None:
    """The person, unless outside the viewer's scope."""
    row = db.session.scalar(db.select(User).where(User.id == person_id, _in_scope(viewer)))
    return _person(row, own_agencies(viewer)) if row else None


def agencies_to_staff(viewer: User) -> list[tuple[int, str]]:
    """Id and name of the agencies whose people the viewer looks after."""
    query = db.select(Agency.id, Agency.name).where(visible_agencies(viewer, Permission.MANAGE_PEOPLE))
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Agency.name))]


def person_by_email(email: str) -> User | None:
    return db.session.scalar(db.select(User).where(User.email == email.strip().lower()))


def possible_successors(membership: Membership) -> list[tuple[int, str]]:
    """Id and words of the active people who could take a role: colleagues of the agency, or of the national team."""
    if not membership.role.is_national:
        people = colleagues(membership.agency_id)
    else:
        national = Membership.role.in_([role for role in Role if role.is_national])
        people = _people_words(db.select(Membership.user_id).where(national))
    return [(person_id, words) for person_id, words in people if person_id != membership.user_id]


@dataclass(frozen=True)
class HandoverRow:
    id: int
    role: str
    agency: str
    giver: str
    taker: str
    at: str


def handovers(*, viewer: User, limit: int = 200) -> list[HandoverRow]:
    """Those of the agencies whose people the viewer looks after, the newest first."""
    query = db.select(Handover).where(_handed_in_scope(viewer)).order_by(Handover.id.desc()).limit(limit)
    return [
        HandoverRow(
            id=row.id,
            role=row.content["role"],
            agency=row.content["agency"],
            giver=row.content["from"]["name"],
            taker=row.content["to"]["name"],
            at=row.content["at"],
        )
        for row in db.session.scalars(query)
    ]


def handover_in_scope(*, viewer: User, handover_id: int) -> Handover | None:
    return db.session.scalar(db.select(Handover).where(Handover.id == handover_id, _handed_in_scope(viewer)))


def _handed_in_scope(viewer: User) -> ColumnElement[bool]:
    """An agency's administrator sees roles of the agency only, not that of a verifier who works there."""
    own = own_agencies(viewer)
    if own is None:
        return true()
    return Handover.agency_id.in_(own) & Handover.role.not_in([role for role in Role if role.is_national])


def own_agencies(viewer: User) -> frozenset[int] | None:
    """Ids of the agencies whose people the viewer looks after; None for everybody."""
    if manages_everyone(viewer):
        return None
    query = db.select(Agency.id).where(visible_agencies(viewer, Permission.MANAGE_PEOPLE))
    return frozenset(db.session.scalars(query))


def _in_scope(viewer: User) -> ColumnElement[bool]:
    own = own_agencies(viewer)
    if own is None:
        return true()
    return User.id.in_(db.select(Membership.user_id).where(Membership.agency_id.in_(own)))


def _matching(search: str) -> ColumnElement[bool]:
    words = search.strip().lower()
    if not words:
        return true()
    of_agency = db.select(Membership.user_id).join(Agency).where(_holds(Agency.name, words))
    return or_(_holds(User.name, words), _holds(User.email, words), User.id.in_(of_agency))


def _holds(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    return db.func.lower(column).contains(words, autoescape=True)


def _person(row: User, own: frozenset[int] | None) -> Person:
    shown = [m for m in row.memberships if own is None or m.agency_id in own]
    return Person(
        id=row.id,
        name=row.name,
        position=row.position,
        email=row.email,
        phone=row.phone,
        active=row.active,
        last_sign_in=row.current_login_at,
        invited=row.password is None,
        roles=tuple(_held(m) for m in shown),
        wholly=own is None or all(m.agency_id in own and not m.role.is_national for m in row.memberships),
    )


def _held(membership: Membership) -> HeldRole:
    unit = membership.unit
    return HeldRole(
        membership_id=membership.id,
        label=membership.role.label,
        agency=membership.agency.name if membership.agency else "",
        agency_id=membership.agency_id,
        in_unit=membership.role is Role.UNIT,
        unit_id=membership.unit_id,
        unit=unit.name if unit else "",
    )


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


def colleagues(agency_id: int) -> list[tuple[int, str]]:
    """Id and name of the active people of an agency: who may be named."""
    return _people_words(db.select(Membership.user_id).where(Membership.agency_id == agency_id, _LOCAL))


def _people_words(ids: Select) -> list[tuple[int, str]]:
    """Id, and name with position, of the active ones of these people."""
    rows = db.session.scalars(
        db.select(User).where(User.active.is_(True), User.id.in_(ids)).order_by(User.name, User.id)
    )
    return [(row.id, ", ".join(part for part in (row.name, row.position) if part)) for row in rows]


def national_people(role: Role) -> list[User]:
    """The active people who hold a national role."""
    holders = db.select(Membership.user_id).where(Membership.role == role)
    return list(
        db.session.scalars(db.select(User).where(User.active.is_(True), User.id.in_(holders)).order_by(User.id))
    )


def agency_people(*, agency_id: int, role: Role) -> list[User]:
    """The active people who hold a role in an agency."""
    return list(
        db.session.scalars(
            db.select(User)
            .join(Membership, Membership.user_id == User.id)
            .where(Membership.agency_id == agency_id, Membership.role == role, User.active.is_(True))
            .order_by(User.id)
        )
    )


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


# A verifier's agency is where he works elsewhere; he signs nothing there.
_LOCAL = Membership.role.not_in([role for role in Role if role.is_national])
