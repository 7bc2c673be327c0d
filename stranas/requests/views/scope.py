"""Whose rows the signed-in person may see or change here; anything else is 404."""

from flask import abort
from flask_login import current_user

from stranas.accounts.policy import POLICY, visible_agencies
from stranas.agencies.models import Agency
from stranas.reporting.models import Obligation
from stranas.reporting.queries import work
from stranas.requests.models import UnitRequest
from stranas.requests.queries import asked
from stranas.system.access import Permission


def own_agency(permission: Permission) -> Agency:
    """The agency in which the person holds the permission."""
    for membership in current_user.memberships:
        if membership.agency and permission in POLICY[membership.role].permissions:
            return membership.agency
    abort(404)


def obligation(obligation_id: int) -> Obligation:
    """One for which the person may ask units."""
    scope = visible_agencies(current_user, Permission.MANAGE_REQUESTS)
    return work.obligation_in_scope(obligation_id, scope) or abort(404)


def request_row(request_id: int, permission: Permission) -> UnitRequest:
    return asked.request_in_scope(request_id, visible_agencies(current_user, permission)) or abort(404)
