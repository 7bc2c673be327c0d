"""What the database says that the demo's agencies owe, as plain values."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period, Programme, Requirement, Target
from stranas.deadlines.rules import due, reaching
from stranas.demo import later
from stranas.demo.story import Duty, Need, Place, Quarter
from stranas.reporting.models import Obligation
from stranas.system.db import db

PROGRAMME, LAST = "stranas-2019-2020", "B18"


def places(codes: Sequence[str]) -> list[Place]:
    """In the order of the codes."""
    columns = (Agency.id, Agency.code, Agency.name, Agency.level, Agency.timezone, Agency.province_id, Agency.seat)
    rows = db.session.execute(db.select(*columns).where(Agency.code.in_(codes)))
    found = {row.code: Place(**dict(row._mapping) | {"level": row.level.value}) for row in rows}
    return [found[code] for code in codes]


def programme() -> Programme | None:
    return db.session.scalar(db.select(Programme).where(Programme.key == PROGRAMME))


def quarters(programme_id: int) -> list[Quarter]:
    """Those up to the open one."""
    rows = db.session.scalars(db.select(Period).filter_by(programme_id=programme_id).order_by(Period.position))
    found = [Quarter(**{name: getattr(row, name) for name in Quarter.__dataclass_fields__}) for row in rows]
    last = next(quarter.position for quarter in found if quarter.key == LAST)
    return [quarter for quarter in found if quarter.position <= last]


def duties(
    wanted: Sequence[Place], of: Iterable[Quarter], agency_ids: dict[str, int]
) -> dict[tuple[int, int], list[Duty]]:
    """By agency and quarter, in the order of the catalogue."""
    places_by_id, quarters_by_id = {place.id: place for place in wanted}, {quarter.id: quarter for quarter in of}
    needs = _needs()
    rows = db.session.execute(
        db.select(
            Obligation.id,
            Obligation.agency_id,
            Obligation.period_id,
            Obligation.target_id,
            Obligation.item_id,
            Item.key,
            Target.track,
            Obligation.text,
            Obligation.unit,
            Obligation.value,
            Obligation.weight,
            Obligation.due_at,
        )
        .join(Item, Obligation.item_id == Item.id)
        .join(Target, Obligation.target_id == Target.id)
        .where(Obligation.period_id.in_(quarters_by_id))
        .order_by(Item.position, Obligation.id)
    )
    found: dict[tuple[int, int], list[Duty]] = defaultdict(list)
    for row in rows:
        if row.agency_id in places_by_id:
            place, quarter = places_by_id[row.agency_id], quarters_by_id[row.period_id]
            duty = Duty(
                id=row.id,
                place=place,
                quarter=quarter,
                item_id=row.item_id,
                item_key=row.key,
                track=row.track,
                text=row.text,
                unit=row.unit,
                value=row.value,
                weight=row.weight,
                due_at=_due(place, quarter, row.item_id, row.due_at, agency_ids),
                needs=needs[row.target_id],
            )
            found[place.id, quarter.id].append(duty)
    return found


def _needs() -> dict[int, tuple[Need, ...]]:
    found: dict[int, tuple[Need, ...]] = defaultdict(tuple)
    for r in db.session.scalars(db.select(Requirement).order_by(Requirement.position)):
        found[r.target_id] += (Need(r.id, r.position, r.kind, r.subject, r.criterion, r.target_id),)
    return found


def _due(place: Place, quarter: Quarter, item_id: int, own, agency_ids: dict[str, int]):
    ends = reaching(
        later.covers(quarter, agency_ids),
        due_at=own or quarter.due_at,
        agency_id=place.id,
        province_id=place.province_id,
        item_id=item_id,
        cutoff=quarter.locks_at,
    )
    return due(own_due_at=own, period_due_at=quarter.due_at, later=ends, cutoff=quarter.locks_at)
