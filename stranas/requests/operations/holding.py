"""Naming who answers for an item."""

from collections.abc import Mapping

from stranas.agencies.queries import unit_of_agency
from stranas.requests.models import Responsibility
from stranas.system import audit
from stranas.system.db import db
from stranas.system.errors import Refused


def set_responsibilities(*, agency_id: int, wanted: Mapping[int, tuple[int | None, str]]) -> int:
    """Item id → (unit or nobody, the office that answers); returns how many items changed.

    Raises Refused for a unit of another agency.
    """
    rows = db.session.scalars(db.select(Responsibility).where(Responsibility.agency_id == agency_id))
    there = {row.item_id: row for row in rows}
    changed = {}
    for item_id, (unit_id, office) in wanted.items():
        row = there.get(item_id)
        if (unit_id, office if unit_id else "") != ((row.unit_id, row.office) if row else (None, "")):
            changed[item_id] = unit_id
            _set(row, agency_id=agency_id, item_id=item_id, unit_id=unit_id, office=office)
    if changed:
        audit.record("responsibilities.set", f"agency:{agency_id}", units={str(k): v for k, v in changed.items()})
    return len(changed)


def _set(row: Responsibility | None, *, agency_id: int, item_id: int, unit_id: int | None, office: str) -> None:
    if unit_id is None:
        if row:
            db.session.delete(row)
        return
    if unit_of_agency(unit_id, agency_id) is None:
        raise Refused("Unit itu tidak ada pada instansi ini.", "Muat ulang halaman, lalu pilih unitnya.")
    if row is None:
        row = Responsibility(agency_id=agency_id, item_id=item_id)
        db.session.add(row)
    row.unit_id, row.office = unit_id, office
