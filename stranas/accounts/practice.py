"""Practice databases: what kind this one is, and the accounts that anybody may sign in with there."""

import enum
from dataclasses import dataclass

from stranas.accounts.models import Membership, Role, User
from stranas.system import clock
from stranas.system.db import db

# Every practice account has it; it is shown on the sign-in page, and a real database never has these people.
PASSWORD = "latihan-2020"  # noqa: S105


class Kind(enum.Enum):
    NEW = "new"
    PRACTICE = "practice"
    REAL = "real"


@dataclass(frozen=True)
class Account:
    """One account to try: the first person of each role."""

    email: str
    name: str
    role: str
    agency: str


def kind() -> Kind:
    """New until somebody has an account."""
    if clock.is_practice():
        return Kind.PRACTICE
    return Kind.REAL if db.session.scalar(db.select(User.id).limit(1)) else Kind.NEW


def accounts() -> list[Account]:
    """One account per role, in the order of the roles; none outside practice."""
    if not clock.is_practice():
        return []
    first = (
        db.select(db.func.min(Membership.id))
        .join(User)
        .where(User.active, User.password.is_not(None), User.email.like("%@example.com"))
        .group_by(Membership.role)
    )
    rows = db.session.scalars(db.select(Membership).where(Membership.id.in_(first))).all()
    order = list(Role)
    return [
        Account(
            email=row.user.email,
            name=row.user.name,
            role=row.role.label,
            agency=row.agency.name if row.agency else "",
        )
        for row in sorted(rows, key=lambda row: order.index(row.role))
    ]
