"""Whose names an agency's stories leave out in masa pilkada: the leaders whom the system knows by name."""

from collections.abc import Iterator

from stranas.accounts.models import Capacity, Membership, User
from stranas.agencies.models import Agency
from stranas.agencies.rules import head
from stranas.publication.leaders import Leader, is_leading
from stranas.publication.models import Story
from stranas.publication.queries.profiles import profile_of
from stranas.system.db import db


def leaders_to_leave_out(agency: Agency) -> tuple[Leader, ...]:
    """Nobody outside of masa pilkada; else those that accounts, capacities or quotes of the agency name."""
    if not profile_of(agency.id).leaves_leaders_out:
        return ()
    own_head = agency.head or head(name=agency.name, level=agency.level.value)
    known = {name: office for name, office in _named_offices(agency.id) if name and is_leading(office, head=own_head)}
    return tuple(Leader(name, known[name]) for name in sorted(known))


def _named_offices(agency_id: int) -> Iterator[tuple[str, str]]:
    """(name, office) of its people, and of those whom its stories quote."""
    people = (
        db.select(User.name, User.position, Capacity.office)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(Capacity, Capacity.membership_id == Membership.id)
        .where(Membership.agency_id == agency_id)
        .order_by(User.id)
    )
    for name, position, office in db.session.execute(people):
        yield name, position
        if office:
            yield name, office
    quoted = db.select(Story.quote_name, Story.quote_office).where(Story.agency_id == agency_id, Story.quote_name != "")
    for name, office in db.session.execute(quoted.order_by(Story.id)):
        yield name, office
