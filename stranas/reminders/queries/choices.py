"""What people chose about their reminders, and who could stand in for whom."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement

from stranas.accounts.models import Membership, User
from stranas.reminders.models import ReminderChoice
from stranas.reminders.queries.ladders import ladders
from stranas.reminders.rules import DEFAULT_LADDER, Audience, Step, last_calls
from stranas.reminders.standing_in import REMINDED, Choice, Place, fits
from stranas.system.db import db


@dataclass(frozen=True)
class Substituted:
    """Somebody for whom the reader stands in."""

    name: str
    choice: Choice


def choices_of(user_ids: Collection[int]) -> dict[int, Choice]:
    """What these people chose, by id; without the pause where nobody would stand in: the substitute is no longer
    active or in the place, or pauses on one of the days himself. Two questions, however many people."""
    known = {row.user_id: _choice(row) for row in db.session.scalars(db.select(ReminderChoice))}
    wanted = [choice for user_id, choice in known.items() if user_id in user_ids]
    paused = [choice for choice in wanted if choice.substitute_id]
    held = _places(User.id.in_({one for choice in paused for one in (choice.user_id, choice.substitute_id)}))
    void = {choice.user_id for choice in paused if not _stands(choice, known, held)}
    return {c.user_id: _without_pause(c) if c.user_id in void else c for c in wanted}


def own_choice(user_id: int) -> Choice:
    """As it is stored, whether the pause is still good or not."""
    row = db.session.get(ReminderChoice, user_id)
    return _choice(row) if row else Choice(user_id, False, None, None, None)


def _choice(row: ReminderChoice) -> Choice:
    return Choice(row.user_id, row.weekly, row.paused_from, row.paused_until, row.substitute_id)


def _without_pause(choice: Choice) -> Choice:
    return replace(choice, paused_from=None, paused_until=None, substitute_id=None)


def _stands(choice: Choice, known: dict[int, Choice], held: dict[int, list[Place]]) -> bool:
    own = known.get(choice.substitute_id or 0)
    pauses_too = own is not None and choice.meets(own)
    return not pauses_too and fits(held.get(choice.user_id, ()), held.get(choice.substitute_id or 0, ()))


def _places(condition: ColumnElement[bool]) -> dict[int, list[Place]]:
    """Where active people are reminded, by id."""
    rows = db.session.execute(
        db.select(Membership.user_id, Membership.role, Membership.agency_id, Membership.unit_id)
        .join(User, User.id == Membership.user_id)
        .where(condition, User.active.is_(True), Membership.role.in_(REMINDED))
        .order_by(Membership.id)
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for user_id, role, agency_id, unit_id in rows:
        found[user_id].append(Place(role, agency_id, unit_id))
    return found


def places_of(user: User) -> list[Place]:
    return [place_of(membership) for membership in user.memberships if membership.role in REMINDED]


def place_of(membership: Membership) -> Place:
    return Place(membership.role, membership.agency_id, membership.unit_id)


def possible_substitutes(user: User) -> list[tuple[int, str]]:
    """Id and words of the active people who could stand in for somebody everywhere he is reminded, by name."""
    places = places_of(user)
    near = Membership.agency_id.in_({place.agency_id for place in places if not place.role.is_national})
    national = Membership.role.in_({place.role for place in places if place.role.is_national})
    held = _places((near | national) & (User.id != user.id))
    able = [user_id for user_id, theirs in held.items() if fits(places, theirs)]
    rows = db.session.scalars(db.select(User).where(User.id.in_(able)).order_by(User.name, User.id))
    return [(row.id, ", ".join(part for part in (row.name, row.position) if part)) for row in rows]


def name_of(user_id: int | None) -> str:
    return db.session.scalar(db.select(User.name).where(User.id == user_id)) or ""


def substituted_by(user: User) -> list[Substituted]:
    """For whom somebody stands in, now, later or until lately; the earliest pause first."""
    query = db.select(User.id, User.name).join(ReminderChoice, ReminderChoice.user_id == User.id)
    names = dict(db.session.execute(query.where(ReminderChoice.substitute_id == user.id)).all())
    standing = [choice for choice in choices_of(names).values() if choice.paused_from]
    return [
        Substituted(names[one.user_id], one) for one in sorted(standing, key=lambda one: (one.paused_from, one.user_id))
    ]


def last_steps(user: User) -> list[tuple[Step, tuple[Audience, ...]]]:
    """The steps that no choice of this person silences, each with whom else it reaches; over all programmes."""
    own = {REMINDED[place.role] for place in places_of(user)}
    found = {
        step: tuple(audience for audience in step.audience if audience not in own)
        for ladder in ladders().values() or [DEFAULT_LADDER]
        for audience in own
        for step in last_calls(ladder, audience)
    }
    return sorted(found.items(), key=lambda one: (list(type(one[0].anchor)).index(one[0].anchor), one[0].days))
