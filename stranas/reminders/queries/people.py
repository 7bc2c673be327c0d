"""Whom a step reaches: the people of each agency by role, and those of the country."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from stranas.accounts.models import Membership, Role, User
from stranas.agencies.models import Agency
from stranas.reminders.rules import Audience, sent_at
from stranas.system.db import db
from stranas.system.text import JAKARTA

# The earliest morning first: whoever works in several zones is told when the first of them begins its day.
ZONES = ("Asia/Jayapura", "Asia/Makassar", "Asia/Jakarta")
ROLES = {
    Role.COORDINATOR: Audience.COORDINATOR,
    Role.CERTIFIER: Audience.CERTIFIER,
    Role.VERIFIER: Audience.VERIFIER,
    Role.SECRETARIAT: Audience.SECRETARIAT,
}


@dataclass(frozen=True)
class Recipient:
    """A person, or a unit's own address (`id` empty). `zone`: where the morning of his reminders begins."""

    id: int | None
    address: str
    zone: str
    unit_id: int | None = None

    @property
    def key(self) -> str:
        return str(self.id) if self.id else f"unit-{self.unit_id}"


@dataclass(frozen=True)
class People:
    """Active people by agency and audience, those without agency by audience alone, and all by id."""

    of_agency: dict[tuple[int, Audience], list[Recipient]]
    national: dict[Audience, list[Recipient]]
    by_id: dict[int, Recipient]


def people_to_remind() -> People:
    """One question for all."""
    rows = db.session.execute(
        db.select(Membership.agency_id, Membership.role, User.id, User.email, Agency.timezone)
        .join(User, User.id == Membership.user_id)
        .outerjoin(Agency, Agency.id == Membership.agency_id)
        .where(User.active.is_(True))
        .order_by(User.id, Membership.id)
    ).all()
    zones: dict[int, str] = {}
    for row in rows:
        zones[row.id] = _earlier(zones.get(row.id), _zone_of(row))
    by_id = {row.id: Recipient(row.id, row.email, zones[row.id]) for row in rows}
    of_agency, national = defaultdict(list), defaultdict(list)
    for row in rows:
        audience = ROLES.get(row.role)
        if audience and row.role.is_national:
            national[audience].append(by_id[row.id])
        elif audience:
            of_agency[row.agency_id, audience].append(by_id[row.id])
    return People(of_agency, national, by_id)


def _zone_of(row) -> str:
    """Who works for the country keeps the time of Jakarta."""
    return str(JAKARTA) if row.role.is_national or not row.timezone else row.timezone


def _earlier(known: str | None, other: str) -> str:
    return min(known or other, other, key=ZONES.index)


def zones_awake(now: datetime) -> list[str]:
    """The zones in which the hour of reminders has come today."""
    today = now.astimezone(JAKARTA).date()
    return [zone for zone in ZONES if now >= sent_at(today, zone)]
