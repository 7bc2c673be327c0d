"""Questions about agencies and their units."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency, AgencyLevel, Unit
from stranas.system.db import db

MOST_FOUND = 50


def agency_ids(*, level: AgencyLevel | None = None) -> dict[str, int]:
    """The row id of every agency by its code, or of those of one level."""
    query = db.select(Agency.code, Agency.id)
    if level:
        query = query.where(Agency.level == level)
    return {code: agency_id for code, agency_id in db.session.execute(query)}


@dataclass(frozen=True)
class UnitView:
    """A unit as pages show it. `depth`: 0 for one that lies in no other."""

    id: int
    agency_id: int
    parent_id: int | None
    name: str
    short_name: str
    head: str
    email: str
    phone: str
    active: bool
    depth: int

    @property
    def label(self) -> str:
        return self.short_name or self.name


def units_of(agency_id: int, *, active: bool = False) -> list[UnitView]:
    """The units of an agency, each followed by those inside it, by name; `active`: only those that still are."""
    query = db.select(Unit).where(Unit.agency_id == agency_id).order_by(Unit.name, Unit.id)
    if active:
        query = query.where(Unit.active.is_(True))
    rows = db.session.scalars(query).all()
    return list(_nested(rows))


def _nested(rows: Sequence[Unit]) -> Iterator[UnitView]:
    there, inside = {row.id for row in rows}, defaultdict(list)
    for row in rows:
        inside[row.parent_id if row.parent_id in there else None].append(row)
    waiting = [(row, 0) for row in reversed(inside[None])]
    while waiting:
        row, depth = waiting.pop()
        yield _unit(row, depth)
        waiting += [(child, depth + 1) for child in reversed(inside[row.id])]


def _unit(row: Unit, depth: int) -> UnitView:
    return UnitView(
        id=row.id,
        agency_id=row.agency_id,
        parent_id=row.parent_id,
        name=row.name,
        short_name=row.short_name,
        head=row.head,
        email=row.email,
        phone=row.phone,
        active=row.active,
        depth=depth,
    )


def unit_of_agency(unit_id: int, agency_id: int) -> Unit | None:
    return db.session.scalar(db.select(Unit).where(Unit.id == unit_id, Unit.agency_id == agency_id))


def units_within(unit_ids: Collection[int]) -> set[int]:
    """The units themselves and everything nested in them."""
    found, fresh = set(unit_ids), set(unit_ids)
    while fresh:
        fresh = set(db.session.scalars(db.select(Unit.id).where(Unit.parent_id.in_(fresh)))) - found
        found |= fresh
    return found


def agencies_found(scope: ColumnElement[bool], *, search: str = "") -> list[Agency]:
    """Agencies of the scope by name; without words those that were set to file without approval, and an only one."""
    query = db.select(Agency).where(scope).order_by(Agency.name).limit(MOST_FOUND)
    if search:
        query = query.where(db.func.lower(Agency.name).contains(search.lower(), autoescape=True))
    elif count(scope) > 1:
        query = query.where(Agency.files_without_approval.is_(True))
    return list(db.session.scalars(query))


def count(scope: ColumnElement[bool]) -> int:
    return db.session.scalar(db.select(db.func.count(Agency.id)).where(scope))


def agency_by_code(code: str, scope: ColumnElement[bool]) -> Agency | None:
    return db.session.scalar(db.select(Agency).where(Agency.code == code, scope))
