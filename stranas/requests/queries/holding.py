"""Which unit of an agency answers for which item."""

from dataclasses import dataclass

from stranas.catalogue.models import Item
from stranas.reporting.models import Obligation
from stranas.reporting.queries.work import in_force
from stranas.requests.models import Responsibility
from stranas.system import clock
from stranas.system.db import db


@dataclass(frozen=True)
class HeldItem:
    """An item that the agency owes reports on; without a unit while nobody was named."""

    item_id: int
    key: str
    name: str
    unit_id: int | None
    office: str


def items_owed(agency_id: int) -> list[HeldItem]:
    """Every item of the agency's obligations in force, in catalogue order."""
    rows = db.session.execute(
        db.select(Item.id, Item.key, Item.name, Responsibility.unit_id, Responsibility.office)
        .outerjoin(Responsibility, (Responsibility.item_id == Item.id) & (Responsibility.agency_id == agency_id))
        .where(
            db.exists().where(Obligation.item_id == Item.id, Obligation.agency_id == agency_id, in_force(clock.now()))
        )
        .order_by(Item.position, Item.id)
    )
    return [HeldItem(row.id, row.key, row.name, row.unit_id, row.office or "") for row in rows]


def unit_holding(*, agency_id: int, item_id: int) -> int | None:
    return db.session.scalar(
        db.select(Responsibility.unit_id).where(
            Responsibility.agency_id == agency_id, Responsibility.item_id == item_id
        )
    )
