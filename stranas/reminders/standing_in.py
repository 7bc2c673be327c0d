"""Pauses and who may stand in meanwhile: pure, without database and clock."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from stranas.accounts.models import Role
from stranas.deadlines.rules import working_day_after
from stranas.reminders.rules import Audience

LONGEST_PAUSE = 30  # days, both ends included
# The roles that are reminded, and as whom.
REMINDED = {
    Role.COORDINATOR: Audience.COORDINATOR,
    Role.CERTIFIER: Audience.CERTIFIER,
    Role.UNIT: Audience.UNIT,
    Role.VERIFIER: Audience.VERIFIER,
    Role.SECRETARIAT: Audience.SECRETARIAT,
}


@dataclass(frozen=True)
class Choice:
    """What one person chose: one digest a week, and a pause (both days included) with somebody who stands in."""

    user_id: int
    weekly: bool
    paused_from: date | None
    paused_until: date | None
    substitute_id: int | None

    def pauses(self, day: date) -> bool:
        return bool(self.paused_from and self.paused_until and self.paused_from <= day <= self.paused_until)

    def meets(self, other: "Choice") -> bool:
        """Whether some day is in the pauses of both."""
        if not (self.paused_from and self.paused_until and other.paused_from and other.paused_until):
            return False
        return self.paused_from <= other.paused_until and other.paused_from <= self.paused_until


@dataclass(frozen=True)
class Place:
    """Where somebody is reminded: a role, in an agency or (national roles) for the country, or in a unit."""

    role: Role
    agency_id: int | None
    unit_id: int | None = None


def stands_in(place: Place, held: Place) -> bool:
    """Whether who holds `held` may stand in for who has `place`: the same role there; for a coordinator also the
    certifying official of the agency; in a unit, somebody of the same unit."""
    if place.role.is_national:
        return held.role is place.role
    if held.agency_id != place.agency_id:
        return False
    if place.role is Role.COORDINATOR:
        return held.role in (Role.COORDINATOR, Role.CERTIFIER)
    return (held.role, held.unit_id) == (place.role, place.unit_id)


def fits(places: Collection[Place], held: Iterable[Place]) -> bool:
    """Whether somebody can stand in at every place: a pause leaves none of them without anybody."""
    there = list(held)
    return bool(places) and all(any(stands_in(place, one) for one in there) for place in places)


def is_digest_day(day: date, holidays: Collection[date]) -> bool:
    """Whether it is the first working day of its week; a week without any has no such day."""
    eve = day - timedelta(days=day.isocalendar().weekday)  # the Sunday before
    return day == working_day_after(eve, 1, holidays)


def pause_problem(first: date, last: date, *, today: date) -> tuple[str, str] | None:
    """(field, why) when nobody can pause from the first to the last day, both included; None when he can."""
    if first < today:
        return "paused_from", "Pilih hari ini atau sesudahnya."
    if last < first:
        return "paused_until", "Hari terakhir tidak boleh sebelum hari pertama."
    if (last - first).days >= LONGEST_PAUSE:
        return "paused_until", f"Jeda paling lama {LONGEST_PAUSE} hari. Pilih hari terakhir yang lebih awal."
    return None
