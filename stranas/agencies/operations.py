"""Load agencies and their other spellings; look after the units of an agency."""

from datetime import datetime
from typing import Any

from stranas.agencies.models import Agency, AgencyAlias, AgencyLevel, Provenance, Unit
from stranas.agencies.queries import agency_ids, unit_of_agency, units_within
from stranas.system import audit
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.loading import Loaded, Row, load_rows
from stranas.system.text import ZONE_WORDS


def load_agencies(*, rows: list[Row]) -> Loaded:
    """Provinces and K/L first, so that kabupaten and kota find theirs."""
    above = [row for row in rows if not row["province"]]
    below = [row for row in rows if row["province"]]
    loaded = load_rows(Agency, [_agency(row, None) for row in above], key=("code",))
    provinces = agency_ids(level=AgencyLevel.PROVINCE)
    inside = [_agency(row, row.find("province", provinces, "province")) for row in below]
    return loaded + load_rows(Agency, inside, key=("code",))


def _agency(row: Row, province_id: int | None) -> dict[str, Any]:
    if row["timezone"] not in ZONE_WORDS:
        raise row.refuse(f"timezone is {row['timezone']!r}, but must be one of {', '.join(ZONE_WORDS)}")
    return {
        "code": row["code"],
        "name": row["name"],
        "short_name": row["short_name"],
        "level": row.choice("level", AgencyLevel),
        "province_id": province_id,
        "timezone": row["timezone"],
        "seat": row["seat"],
        "provenance": row.choice("provenance", Provenance),
    }


def load_aliases(*, rows: list[Row]) -> Loaded:
    ids = agency_ids()
    wanted = [
        {
            "agency_id": row.find("code", ids, "agency"),
            "alias": row["alias"],
            "kind": row["kind"],
            "source": row["source"],
        }
        for row in rows
    ]
    return load_rows(AgencyAlias, wanted, key=("agency_id", "alias"))


class UnitNameTaken(Refused):
    def __init__(self) -> None:
        super().__init__("Nama ini sudah dipakai unit lain.", "Pakai nama lain, atau ubah unit yang sudah ada.")


class UnitInsideItself(Refused):
    def __init__(self) -> None:
        super().__init__("Unit tidak dapat berada di bawah dirinya sendiri.", "Pilih unit induk yang lain.")


def add_unit(*, agency_id: int, name: str, parent_id: int | None = None, **contact: str) -> Unit:
    """`contact`: short_name, head, email, phone. Raises UnitNameTaken, UnitInsideItself."""
    _need_free_name(agency_id, name)
    _need_parent(agency_id, parent_id)
    unit = Unit(agency_id=agency_id, name=name.strip(), parent_id=parent_id, active=True, **_stripped(contact))
    db.session.add(unit)
    db.session.flush()
    audit.record("unit.added", f"unit:{unit.id}", name=unit.name, agency_id=agency_id)
    return unit


def change_unit(*, unit: Unit, name: str, parent_id: int | None = None, **contact: str) -> None:
    """Raises UnitNameTaken, UnitInsideItself."""
    _need_free_name(unit.agency_id, name, besides=unit.id)
    _need_parent(unit.agency_id, parent_id, inside=unit.id)
    wanted = {"name": name.strip(), "parent_id": parent_id, **_stripped(contact)}
    before = {key: getattr(unit, key) for key, value in wanted.items() if getattr(unit, key) != value}
    for key in before:
        setattr(unit, key, wanted[key])
    if before:
        audit.record("unit.changed", f"unit:{unit.id}", before=before)


def set_unit_active(*, unit: Unit, active: bool) -> None:
    """A unit that is no more stays, with its history; nothing new is asked of it."""
    if unit.active != active:
        unit.active = active
        audit.record("unit.activated" if active else "unit.deactivated", f"unit:{unit.id}", name=unit.name)


def _stripped(contact: dict[str, str]) -> dict[str, str]:
    return {key: (value or "").strip() for key, value in contact.items()}


def _need_free_name(agency_id: int, name: str, *, besides: int = 0) -> None:
    same = db.func.lower(Unit.name) == name.strip().lower()
    if db.session.scalar(db.select(Unit.id).where(Unit.agency_id == agency_id, same, Unit.id != besides)):
        raise UnitNameTaken


def _need_parent(agency_id: int, parent_id: int | None, *, inside: int = 0) -> None:
    """The parent is another unit of the agency, and does not lie inside this one."""
    if parent_id is None:
        return
    if unit_of_agency(parent_id, agency_id) is None or (inside and parent_id in units_within([inside])):
        raise UnitInsideItself


def switch_approval(*, agency: Agency, without: bool, reason: str, by: str, at: datetime) -> None:
    """From now on the agency files without its official, or with him. What waits for him stays with him."""
    agency.files_without_approval = without
    agency.approval_set_by, agency.approval_set_at, agency.approval_set_reason = by, at, reason.strip()
    audit.record("approval.switched", f"agency:{agency.code}", without=without, reason=agency.approval_set_reason)


def change_letters(*, agency: Agency, oversight_unit: str, head: str, letterhead: list[str]) -> None:
    """What stands on the letters of an agency."""
    wanted = {"oversight_unit": oversight_unit.strip(), "head": head.strip(), "letterhead": letterhead}
    before = {name: getattr(agency, name) for name, value in wanted.items() if getattr(agency, name) != value}
    for name in before:
        setattr(agency, name, wanted[name])
    if before:
        audit.record("letters.changed", f"agency:{agency.code}", before=before)
