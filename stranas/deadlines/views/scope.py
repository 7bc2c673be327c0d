"""Whose rows the signed-in person may see or change here; anything else is 404."""

from flask import abort, request
from flask_login import current_user
from sqlalchemy import ColumnElement

from stranas.accounts.policy import POLICY, visible_agencies
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines.models import ExtensionRequest
from stranas.deadlines.queries import register
from stranas.system.access import Permission
from stranas.system.db import db

# A report is made as of a moment that lies two minutes back.
IN_REPORTS = "Laporan kepatuhan memuatnya dua menit kemudian."


def seen() -> ColumnElement[bool]:
    return visible_agencies(current_user, Permission.SEE_DEADLINES)


def own_agency() -> Agency | None:
    """The agency for which the person reads deadlines; None for those who look after many."""
    for membership in current_user.memberships:
        if (
            membership.agency
            and not membership.role.is_national
            and Permission.SEE_DEADLINES in POLICY[membership.role].permissions
        ):
            return membership.agency
    return None


def asking_agency() -> Agency:
    """The agency for which the person may ask."""
    found = db.session.scalars(db.select(Agency).where(visible_agencies(current_user, Permission.ASK_EXTENSIONS)))
    return found.first() or abort(404)


def zone() -> str:
    agency = own_agency()
    return agency.timezone if agency else "Asia/Jakarta"


def period(key: str) -> Period:
    return db.session.scalars(db.select(Period).where(Period.key == key)).first() or abort(404)


def item(item_id: int) -> Item | None:
    return db.session.get(Item, item_id) if item_id else None


def request_of(request_id: int, permission: Permission) -> ExtensionRequest:
    return register.request_in_scope(request_id, visible_agencies(current_user, permission)) or abort(404)


def chosen() -> bool:
    """Whether the page is asked what a choice would change, or only opened."""
    return request.method == "POST" or "until" in request.args
