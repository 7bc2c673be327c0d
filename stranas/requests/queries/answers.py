"""Which requests a document came for."""

from collections.abc import Collection
from dataclasses import dataclass

from stranas.agencies.models import Unit
from stranas.catalogue.models import Item, Period
from stranas.reporting.models import Obligation
from stranas.requests.models import RequestFile, UnitRequest
from stranas.requests.rules import State
from stranas.system.db import db


@dataclass(frozen=True)
class Answered:
    """A request to a unit that was answered with a document."""

    request_id: int
    unit: str
    item_key: str
    period_key: str
    state: State


def answered_with(document_ids: Collection[int]) -> list[Answered]:
    """The latest first."""
    rows = db.session.execute(
        db.select(UnitRequest.id, Unit.name, Item.key, Period.key, UnitRequest.state)
        .join(RequestFile, RequestFile.request_id == UnitRequest.id)
        .join(Unit, Unit.id == UnitRequest.unit_id)
        .join(Obligation, Obligation.id == UnitRequest.obligation_id)
        .join(Item, Item.id == Obligation.item_id)
        .join(Period, Period.id == Obligation.period_id)
        .where(RequestFile.document_id.in_(document_ids))
        .distinct()
        .order_by(UnitRequest.id.desc())
    )
    return [Answered(*row) for row in rows]
