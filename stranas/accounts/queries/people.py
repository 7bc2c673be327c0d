"""Questions about people. A viewer sees those of the agencies that he looks after; an administrator all."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, true

from stranas.accounts.models import Handover, Membership, Role, User
from stranas.accounts.policy import manages_everyone, visible_agencies
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


def officers(agency_ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """(id, address) of the active coordinators and certifying officials, by agency; each person once, with the first
    of his agencies. One question, however many agencies."""
    rows = db.session.execute(
        db.select(Membership.agency_id, User.id, User.email)
        .join(User, User.id == Membership.user_id)
        .where(Membership.role.in_((Role.COORDINATOR, Role.CERTIFIER)), User.active.is_(True))
        .order_by(User.id, Membership.id)
    )
    wanted, found, seen = set(agency_ids), defaultdict(list), set()
    for agency_id, user_id, address in rows:
        if agency_id in wanted and user_id not in seen:
            seen.add(user_id)
            found[agency_id].append((user_id, address))
    return found


def colleagues(agency_id: int) -> list[tuple[int, str]]:
    """Id and name of the active people of an agency: who may be named."""
    return _people_words(db.select(Membership.user_id).where(Membership.agency_id == agency_id, _LOCAL))


def _people_words(ids: Select) -> list[tuple[int, str]]:
    """Id, and name with position, of the active ones of these people."""
    rows = db.session.scalars(
        db.select(User).where(User.active.is_(True), User.id.in_(ids)).order_by(User.name, User.id)
    )
    return [(row.id, ", ".join(part for part in (row.name, row.position) if part)) for row in rows]


# A verifier's agency is where he works elsewhere; he signs nothing there.
_LOCAL = Membership.role.not_in([role for role in Role if role.is_national])
