"""What each unit still owes its Inspektorat, with the way to each request: for texts that people send by chat."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stranas.accounts.models import Membership, Role, User
from stranas.agencies.models import Unit
from stranas.catalogue.models import Item, Period
from stranas.reporting.models import Obligation, Submission
from stranas.requests import links
from stranas.requests.models import RequestLink, UnitRequest
from stranas.requests.queries.asked import is_standing
from stranas.requests.rules import State
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage

CHANNEL = "paste"


@dataclass(frozen=True)
class Awaited:
    """One request that waits for its unit. `due_at` is exclusive; `address`: where it is answered, empty when the
    unit has neither an account nor a link that stands."""

    request_id: int
    period: str
    item_key: str
    wanted: str
    due_at: datetime
    address: str


@dataclass(frozen=True)
class Handed:
    """When somebody noted last that he sent the unit a text, and who."""

    at: datetime
    by: str


@dataclass(frozen=True)
class UnitOwing:
    """A unit with what it still owes, the nearest end first; `sent` of `total` requests have come."""

    unit_id: int
    name: str
    office: str
    phone: str
    has_account: bool
    sent: int
    total: int
    awaited: tuple[Awaited, ...]
    handed: Handed | None

    @property
    def nearest_link(self) -> str:
        """Where the first request that can be answered is; empty when none can."""
        return next((one.address for one in self.awaited if one.address), "")

    @property
    def without_way(self) -> list[Awaited]:
        return [one for one in self.awaited if not one.address]


def units_owing(agency_id: int, *, base_url: str, now: datetime) -> list[UnitOwing]:
    """The units that owe something, whose nearest end comes first. The number of questions does not grow with them."""
    rows = defaultdict(list)
    for row in _requests(agency_id, now):
        rows[row.unit_id].append(row)
    owing = {unit_id: its for unit_id, its in rows.items() if any(_is_awaited(row) for row in its)}
    staffed = _staffed(owing)
    standing = _standing_links([row.id for its in owing.values() for row in its if row.unit_id not in staffed])
    handed = _handed(agency_id)
    units = db.session.scalars(db.select(Unit).where(Unit.id.in_(owing)))
    found = []
    for unit in units:
        awaited = tuple(
            _awaited(row, f"{base_url}/permintaan-saya/{row.id}" if unit.id in staffed else standing.get(row.id, ""))
            for row in owing[unit.id]
            if _is_awaited(row)
        )
        found.append(
            UnitOwing(
                unit_id=unit.id,
                name=unit.name,
                office=unit.head or f"Pimpinan {unit.name}",
                phone=unit.phone,
                has_account=unit.id in staffed,
                sent=len(owing[unit.id]) - len(awaited),
                total=len(owing[unit.id]),
                awaited=awaited,
                handed=handed.get(unit.id),
            )
        )
    return sorted(found, key=lambda one: (one.awaited[0].due_at, one.name))


def _requests(agency_id: int, now: datetime) -> Iterable[Any]:
    """What was not withdrawn, in periods that go on."""
    return db.session.execute(
        db.select(
            UnitRequest.id,
            UnitRequest.unit_id,
            UnitRequest.wanted,
            UnitRequest.due_at,
            UnitRequest.state,
            Period.name.label("period_name"),
            Period.key.label("period_key"),
            Item.key.label("item_key"),
            Submission.status,
        )
        .join(Obligation, Obligation.id == UnitRequest.obligation_id)
        .join(Period, Period.id == Obligation.period_id)
        .join(Item, Item.id == Obligation.item_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(
            Obligation.agency_id == agency_id,
            UnitRequest.state != State.WITHDRAWN,
            Period.verification_ends_at > now,
        )
        .order_by(UnitRequest.due_at, UnitRequest.id)
    )


def _is_awaited(row: Any) -> bool:
    """Of the unit, for a report that can still take evidence."""
    return row.state.waits_for_unit and (row.status is None or row.status.is_editable)


def _awaited(row: Any, address: str) -> Awaited:
    return Awaited(
        request_id=row.id,
        period=f"{row.period_name} ({row.period_key})",
        item_key=row.item_key,
        wanted=row.wanted,
        due_at=row.due_at,
        address=address,
    )


def _staffed(unit_ids: Collection[int]) -> set[int]:
    """The units of which somebody has an account."""
    return set(
        db.session.scalars(
            db.select(Membership.unit_id)
            .join(User, User.id == Membership.user_id)
            .where(Membership.role == Role.UNIT, Membership.unit_id.in_(unit_ids), User.active.is_(True))
        )
    )


def _standing_links(request_ids: Collection[int]) -> dict[int, str]:
    """The addresses of the links that can be opened now, by request."""
    rows = db.session.scalars(
        db.select(RequestLink).where(RequestLink.request_id.in_(request_ids), RequestLink.revoked_at.is_(None))
    )
    return {link.request_id: links.address_of(link) for link in rows if is_standing(link)}


def _handed(agency_id: int) -> dict[int, Handed]:
    """The last note by unit."""
    rows = db.session.scalars(
        db.select(OutboxMessage)
        .where(
            OutboxMessage.agency_id == agency_id,
            OutboxMessage.channel == CHANNEL,
            OutboxMessage.state == MessageState.SENT,
        )
        .order_by(OutboxMessage.id)
    )
    return {row.payload["unit"]: Handed(row.sent_at, row.payload["by"]) for row in rows}
