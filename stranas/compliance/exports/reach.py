"""By whose rights a file was made: it is handed out only while they hold."""

from stranas.accounts.models import User
from stranas.accounts.policy import POLICY
from stranas.system.access import Permission


def reach_of(person: User) -> list[str]:
    """The memberships that let a person take reports, as words: a role, and the agency that it is held in."""
    held = {
        f"{m.role.value}:{m.agency_id or ''}"
        for m in person.memberships
        if Permission.EXPORT_REPORTS in POLICY[m.role].permissions
    }
    return sorted(held)


def still_holds(person: User, reach: list[str]) -> bool:
    """Whether a person has all the rights by which a file was made for him."""
    return set(reach) <= set(reach_of(person))
