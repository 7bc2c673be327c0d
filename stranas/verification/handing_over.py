"""What a verifier leaves open, and what is bound to his name."""

from collections.abc import Iterable
from datetime import datetime

from stranas.accounts.handing_over import OpenWork, moves_work, tells_open_work
from stranas.accounts.models import Membership, Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import Status
from stranas.system import text
from stranas.system.db import db
from stranas.verification.models import ItemAssignment
from stranas.verification.operations import assign_item, unassign_item
from stranas.verification.queries.scope import verifies


@tells_open_work
def waiting_for_decision(membership: Membership, now: datetime) -> Iterable[OpenWork]:
    """One line for each agency and period of which something waits."""
    if membership.role is not Role.VERIFIER:
        return
    rows = db.session.execute(
        db.select(Agency.name, Period.key, Period.verification_ends_at, db.func.count(Submission.id))
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Period, Period.id == Obligation.period_id)
        .where(Submission.status == Status.SENT, verifies(membership.user))
        .group_by(Agency.name, Period.key, Period.position, Period.verification_ends_at)
        .order_by(Period.position, Agency.name)
    )
    for agency, period, ends_at, count in rows:
        yield OpenWork(f"{agency}, {period}", f"{count} laporan menunggu verifikasi", text.deadline(ends_at))


@moves_work
def items(membership: Membership, successor: User) -> None:
    """The items that limit or widen what somebody verifies go with the role."""
    if membership.role is not Role.VERIFIER:
        return
    rows = db.session.scalars(db.select(ItemAssignment).where(ItemAssignment.user_id == membership.user_id)).all()
    for row in rows:
        assign_item(verifier=successor, item=row.item, everywhere=row.everywhere)
        unassign_item(verifier=membership.user, item=row.item)
