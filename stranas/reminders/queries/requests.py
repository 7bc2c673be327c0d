"""What units are still asked for, one question for all agencies."""

from dataclasses import dataclass
from datetime import datetime

from stranas.accounts.models import Membership, Role, User
from stranas.agencies.models import Agency, Unit
from stranas.catalogue.models import Item, Period
from stranas.reminders.rules import Anchor, Duty
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import Status
from stranas.requests.models import UnitRequest
from stranas.requests.rules import State
from stranas.system import text
from stranas.system.db import db


@dataclass(frozen=True)
class Asked:
    """One open request. `due_at` is the internal due instant (exclusive)."""

    id: int
    obligation_id: int
    agency_id: int
    agency: str
    timezone: str
    oversight_unit: str
    level: str
    programme_id: int
    period_key: str
    item_key: str
    unit_id: int
    unit: str
    unit_short: str
    unit_head: str
    unit_email: str
    wanted: str
    due_at: datetime

    @property
    def awaited_from(self) -> str:
        """The unit, and until when it was asked."""
        return f"{self.unit_short or self.unit} (diminta sampai {text.day(text.last_day(self.due_at))})"

    @property
    def duty(self) -> Duty:
        return Duty(text.last_day(self.due_at), Anchor.UNIT, self.period_key)


def requests_awaited(now: datetime) -> list[Asked]:
    """Requests that wait for their unit, of periods that have begun and reports that can still take evidence; by
    agency and due instant."""
    rows = db.session.execute(
        db.select(
            UnitRequest.id,
            UnitRequest.wanted,
            UnitRequest.due_at,
            Obligation.id.label("obligation_id"),
            Obligation.agency_id,
            Agency.name.label("agency"),
            Agency.timezone,
            Agency.oversight_unit,
            Agency.level,
            Period.programme_id,
            Period.key.label("period_key"),
            Item.key.label("item_key"),
            Unit.id.label("unit_id"),
            Unit.name.label("unit"),
            Unit.short_name.label("unit_short"),
            Unit.head.label("unit_head"),
            Unit.email.label("unit_email"),
        )
        .join(Obligation, Obligation.id == UnitRequest.obligation_id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Period, Period.id == Obligation.period_id)
        .join(Item, Item.id == Obligation.item_id)
        .join(Unit, Unit.id == UnitRequest.unit_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(
            Period.starts_on <= text.last_day(now),
            UnitRequest.state.in_([state for state in State if state.waits_for_unit]),
            Submission.status.is_(None) | Submission.status.in_([status for status in Status if status.is_editable]),
        )
        .order_by(Agency.code, UnitRequest.due_at, UnitRequest.id)
    )
    return [_asked(row._asdict()) for row in rows]


def _asked(row: dict) -> Asked:
    return Asked(
        **row | {"level": row["level"].value, "unit_head": row["unit_head"] or f"Pimpinan {row['unit']}"},
    )


def people_of_units() -> dict[int, list[tuple[int, str]]]:
    """Id and address of the active people who are placed in a unit, by unit."""
    rows = db.session.execute(
        db.select(Membership.unit_id, User.id, User.email)
        .join(User, User.id == Membership.user_id)
        .where(Membership.role == Role.UNIT, Membership.unit_id.is_not(None), User.active.is_(True))
        .order_by(User.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for unit_id, user_id, email in rows:
        found.setdefault(unit_id, []).append((user_id, email))
    return found
