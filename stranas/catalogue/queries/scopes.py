"""What loading and obligations ask of the catalogue: row ids by key, and what scopes know of agencies."""

from stranas.agencies.models import Agency, AgencyAlias
from stranas.catalogue.models import Item, Period, Programme
from stranas.catalogue.rules import HOLDS_SEAT, AgencyFacts
from stranas.system.db import db


def item_ids(*, programme: Programme) -> dict[str, int]:
    query = db.select(Item.key, Item.id).where(Item.programme_id == programme.id)
    return {key: item_id for key, item_id in db.session.execute(query)}


def period_ids(*, programme: Programme) -> dict[str, int]:
    query = db.select(Period.key, Period.id).where(Period.programme_id == programme.id)
    return {key: period_id for key, period_id in db.session.execute(query)}


def agency_facts() -> list[AgencyFacts]:
    """What scopes need to know of every agency."""
    also = _seats_held()
    province = db.aliased(Agency)
    query = (
        db.select(Agency, province.code).outerjoin(province, Agency.province_id == province.id).order_by(Agency.code)
    )
    return [
        AgencyFacts(
            id=agency.id,
            code=agency.code,
            level=agency.level.value,
            name=agency.name,
            short_name=agency.short_name,
            province_code=province_code or "",
            seats=tuple(seat for seat in (agency.seat, *also.get(agency.id, ())) if seat),
        )
        for agency, province_code in db.session.execute(query)
    ]


def _seats_held() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for alias in db.session.scalars(db.select(AgencyAlias).where(AgencyAlias.kind == HOLDS_SEAT)):
        found.setdefault(alias.agency_id, []).append(alias.alias)
    return found
