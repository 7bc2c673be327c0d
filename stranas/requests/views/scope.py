"""Whose rows the signed-in person may see or change here; anything else is 404."""

from flask import abort
from flask_login import current_user

from stranas.accounts.policy import POLICY
from stranas.agencies.models import Agency
from stranas.system.access import Permission


def own_agency(permission: Permission) -> Agency:
    """The agency in which the person holds the permission."""
    for membership in current_user.memberships:
        if membership.agency and permission in POLICY[membership.role].permissions:
            return membership.agency
    abort(404)
