"""Who verifies what: agencies one by one or a whole region, and items. Nobody verifies the own institution."""

from collections.abc import Sequence

from stranas.accounts import operations as accounts
from stranas.accounts.models import Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item
from stranas.system import audit
from stranas.system.db import db, insert_unless_there
from stranas.system.errors import Refused
from stranas.verification.models import ItemAssignment


def assign_agencies(*, verifier: User, agency_ids: Sequence[int]) -> int:
    """Make somebody responsible for agencies, all or none; returns how many. Raises Refused for his own institution,
    for somebody who is no verifier, or without any agency."""
    _need_verifier(verifier)
    if not agency_ids:
        raise Refused("Belum ada instansi yang dipilih.", "Pilih sekurang-kurangnya satu instansi.")
    for agency_id in sorted(set(agency_ids)):
        accounts.assign_verifier(user_id=verifier.id, agency_id=agency_id)
    return len(set(agency_ids))


def assign_region(*, verifier: User, province: Agency) -> int:
    """A province with its kabupaten and kota, in one act."""
    inside = db.session.scalars(
        db.select(Agency.id).where((Agency.id == province.id) | (Agency.province_id == province.id))
    )
    return assign_agencies(verifier=verifier, agency_ids=list(inside))


def unassign_agency(*, verifier: User, agency: Agency) -> None:
    accounts.unassign_verifier(user_id=verifier.id, agency_id=agency.id)


def assign_item(*, verifier: User, item: Item, everywhere: bool) -> None:
    """Limit somebody to an item among his agencies, or (`everywhere`) give it to him in all agencies but his own."""
    _need_verifier(verifier)
    values = {"user_id": verifier.id, "item_id": item.id, "everywhere": everywhere}
    if insert_unless_there(ItemAssignment, values, unique=["user_id", "item_id"]) is None:
        _assignment(verifier, item).everywhere = everywhere
    audit.record("item.assigned", f"user {verifier.id}", item=item.key, everywhere=everywhere)


def unassign_item(*, verifier: User, item: Item) -> None:
    if found := _assignment(verifier, item):
        db.session.delete(found)
        audit.record("item.unassigned", f"user {verifier.id}", item=item.key)


def _assignment(verifier: User, item: Item) -> ItemAssignment | None:
    return db.session.scalars(db.select(ItemAssignment).filter_by(user_id=verifier.id, item_id=item.id)).one_or_none()


def _need_verifier(person: User) -> None:
    if not person.active or all(m.role is not Role.VERIFIER for m in person.memberships):
        raise Refused(f"{person.name} bukan verifikator yang aktif.", "Pilih verifikator dari daftar.")
