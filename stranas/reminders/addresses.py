"""The secret address of a person's calendar: made, replaced, deleted. Nothing here commits."""

import secrets

from stranas.accounts.models import User
from stranas.reminders.models import CalendarAddress
from stranas.system import audit, clock
from stranas.system.db import db, lock_row


def make_address(*, person: User) -> bool:
    """A new address in the place of the one before; True when there was one."""
    db.session.execute(lock_row(db.select(User.id).where(User.id == person.id)))
    address = db.session.get(CalendarAddress, person.id)
    replaced = address is not None
    if address is None:
        address = CalendarAddress(user_id=person.id)
        db.session.add(address)
    address.token, address.made_at = secrets.token_urlsafe(32), clock.now()
    db.session.flush()
    audit.record("calendar.replaced" if replaced else "calendar.made", person.email)
    return replaced


def delete_address(*, person: User) -> None:
    address = db.session.get(CalendarAddress, person.id)
    if address is not None:
        db.session.delete(address)
        db.session.flush()
        audit.record("calendar.deleted", person.email)
