"""Who may do what, where: one table, deny by default.

A role gives permissions; its scope says over which agencies. A view names its permission (system/access.py);
a row outside the scope is answered 404 by `visible_agencies`, which every query of such a view goes through.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, true

from stranas.accounts.models import Membership, Role, User, VerifierAssignment
from stranas.agencies.models import Agency, AgencyLevel
from stranas.system.access import Permission as P

EVERYONE = frozenset({P.SEE_HOME, P.SEE_OWN_ACCOUNT, P.SEE_CATALOGUE})


@dataclass(frozen=True)
class Grant:
    """What a role may do. `everywhere`: over all agencies; otherwise over those of its scope."""

    permissions: frozenset[P]
    everywhere: bool = False


POLICY: dict[Role, Grant] = {
    Role.COORDINATOR: Grant(
        EVERYONE
        | {
            P.SEE_REPORTS,
            P.WRITE_REPORTS,
            P.SEE_COMPLIANCE,
            P.EXPORT_REPORTS,
            P.SEE_DEADLINES,
            P.ASK_EXTENSIONS,
            P.ASK_REOPENING,
            P.MANAGE_UNITS,
            P.MANAGE_REQUESTS,
            P.SEE_BOARD,
            P.SEE_OWN_RESULT,
            P.SEE_STORIES,
        }
    ),
    Role.CERTIFIER: Grant(
        EVERYONE
        | {
            P.SEE_REPORTS,
            P.SEE_COMPLIANCE,
            P.EXPORT_REPORTS,
            P.SEE_DEADLINES,
            P.APPROVE_FILINGS,
            P.MANAGE_CAPACITIES,
            P.SEE_BOARD,
            P.SEE_OWN_RESULT,
        }
    ),
    Role.UNIT: Grant(EVERYONE | {P.ANSWER_REQUESTS}),
    Role.HUMAS: Grant(EVERYONE | {P.SEE_STORIES, P.WRITE_STORIES}),
    Role.STORY_APPROVER: Grant(EVERYONE | {P.SEE_STORIES, P.APPROVE_STORIES, P.WITHDRAW_STORIES, P.SET_UP_PUBLICATION}),
    Role.PPID: Grant(EVERYONE | {P.SEE_REPORTS, P.FIX_PUBLICITY}),
    Role.AGENCY_ADMIN: Grant(
        EVERYONE
        | {
            P.MANAGE_PEOPLE,
            P.MANAGE_CAPACITIES,
            P.SET_UP_AGENCIES,
            P.MANAGE_UNITS,
            P.SEE_BOARD,
            P.SET_UP_PUBLICATION,
        }
    ),
    Role.VERIFIER: Grant(EVERYONE | {P.VERIFY, P.SEE_REPORTS, P.SEE_DEADLINES}),
    Role.SECRETARIAT: Grant(
        EVERYONE
        | {
            P.SEE_REPORTS,
            P.SEE_COMPLIANCE,
            P.SEE_NATIONAL,
            P.SEE_RANKS,
            P.EXPORT_REPORTS,
            P.SEE_DEADLINES,
            P.DECIDE_EXTENSIONS,
            P.MOVE_INSTANTS,
            P.REOPEN,
            P.ASSIGN_VERIFIERS,
            P.EDIT_REASONS,
            P.EDIT_CHECKS,
            P.RELEASE_RESULTS,
            P.SET_UP_AGENCIES,
            P.SEE_MAILBOX,
            P.RESEND_MAIL,
            P.EDIT_LADDER,
            P.WRITE_TO_HEADS,
            P.SEE_STORIES,
            P.WITHDRAW_STORIES,
        },
        everywhere=True,
    ),
    Role.NATIONAL_TEAM: Grant(
        EVERYONE
        | {
            P.SEE_REPORTS,
            P.SEE_COMPLIANCE,
            P.SEE_NATIONAL,
            P.EXPORT_REPORTS,
            P.SEE_DEADLINES,
            P.SEE_MAILBOX,
            P.SEE_STORIES,
        },
        everywhere=True,
    ),
    Role.OBSERVER: Grant(
        EVERYONE
        | {
            P.SEE_REPORTS,
            P.SEE_COMPLIANCE,
            P.SEE_NATIONAL,
            P.EXPORT_REPORTS,
            P.SEE_DEADLINES,
            P.SEE_MAILBOX,
            P.SEE_OPERATIONS,
            P.SEE_STORIES,
        },
        everywhere=True,
    ),
    Role.ADMIN: Grant(EVERYONE | {P.MANAGE_PEOPLE, P.SEE_MAILBOX, P.RESEND_MAIL, P.SEE_OPERATIONS}, everywhere=True),
}


def holds(user: Any, permission: P) -> bool:
    """Whether any membership of an active user gives the permission."""
    return bool(user.active) and any(permission in POLICY[m.role].permissions for m in user.memberships)


def manages_everyone(user: Any) -> bool:
    """Whether the user looks after all accounts, national roles included."""
    return any(P.MANAGE_PEOPLE in POLICY[m.role].permissions and POLICY[m.role].everywhere for m in user.memberships)


def roles_to_give(user: Any) -> list[Role]:
    """An agency's administrator gives the roles of an agency, never a national one."""
    if manages_everyone(user):
        return list(Role)
    return [role for role in Role if not role.is_national] if holds(user, P.MANAGE_PEOPLE) else []


def visible_agencies(user: User, permission: P, *, besides: Collection[Role] = ()) -> ColumnElement[bool]:
    """A condition on Agency: those over which the user holds the permission (by a role that is not in `besides`).

    Own agency; a province's coordinator also reads (never writes) its kabupaten/kota; a verifier those that are
    assigned, never where he works (of their reports only what verification.queries.scope says); national roles all.
    """
    held = (m for m in user.memberships if permission in POLICY[m.role].permissions and m.role not in besides)
    return or_(false(), *(_scope(m, permission, user) for m in held))


def _scope(membership: Membership, permission: P, user: User) -> ColumnElement[bool]:
    if POLICY[membership.role].everywhere:
        return true()
    if membership.role is Role.VERIFIER:
        assigned = select(VerifierAssignment.agency_id).where(VerifierAssignment.user_id == user.id)
        works_in = [m.agency_id for m in user.memberships if m.agency_id]
        return Agency.id.in_(assigned) & Agency.id.not_in(works_in)
    own = Agency.id == membership.agency_id
    if _reads_region(membership, permission):
        return or_(own, Agency.province_id == membership.agency_id)
    return own


def _reads_region(membership: Membership, permission: P) -> bool:
    return (
        membership.role is Role.COORDINATOR
        and permission in {P.SEE_REPORTS, P.SEE_COMPLIANCE, P.EXPORT_REPORTS}
        and membership.agency is not None
        and membership.agency.level is AgencyLevel.PROVINCE
    )
