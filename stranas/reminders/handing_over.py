"""What becomes of a pause when a role goes to somebody else.

The predecessor's own pause ends: it stood for the role, and his successor is there. Where he stood in for others, the
successor does so from now on, where he can; otherwise those others are reminded again (queries.choices).
"""

from collections.abc import Iterable
from datetime import datetime

from stranas.accounts.handing_over import OpenWork, moves_work, tells_open_work
from stranas.accounts.models import Membership, User
from stranas.reminders.choosing import end_pause
from stranas.reminders.models import ReminderChoice
from stranas.reminders.queries.choices import place_of, places_of, substituted_by
from stranas.reminders.standing_in import REMINDED, fits
from stranas.system import audit, text
from stranas.system.db import db


@tells_open_work
def pauses(membership: Membership, now: datetime) -> Iterable[OpenWork]:
    """For whom the predecessor stands in."""
    if membership.role not in REMINDED:
        return
    today = text.local_day(now, "Asia/Jakarta")
    for other in substituted_by(membership.user):
        if other.choice.paused_until >= today:
            until = f"{text.day(other.choice.paused_from)} sampai {text.day(other.choice.paused_until)}"
            yield OpenWork(f"Pengganti pengingat untuk {other.name}", "Diteruskan penerus", until)


@moves_work
def substitutes(membership: Membership, successor: User) -> None:
    if membership.role not in REMINDED:
        return
    predecessor = membership.user
    end_pause(person=predecessor)
    kept = [place_of(other) for other in predecessor.memberships if other.id != membership.id]
    query = db.select(ReminderChoice).where(
        ReminderChoice.substitute_id == predecessor.id, ReminderChoice.user_id != successor.id
    )
    for row in db.session.scalars(query).all():
        places = places_of(row.user)
        if not fits(places, kept) and fits(places, places_of(successor)):
            row.substitute_id = successor.id
            audit.record("reminders.substitute_moved", row.user.email, substitute=successor.id)
