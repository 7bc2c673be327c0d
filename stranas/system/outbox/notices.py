"""What one person was told, for the notice centre: his notices, and the mails that no notice repeats.

Nothing private: a link that opens an account is for who reads the mail, not for who sits at a signed-in screen.
"""

from sqlalchemy import ColumnElement

from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage

# Templates whose mail has a notice beside it that says the same.
REPEATED_BY_A_NOTICE = ("mail/reminder",)


def told(person_id: int) -> ColumnElement[bool]:
    """A condition on OutboxMessage. What waits because mail is down is told here all the same."""
    alone = (OutboxMessage.channel == "mail") & OutboxMessage.template.not_in(REPEATED_BY_A_NOTICE)
    return (
        (OutboxMessage.recipient_id == person_id)
        & ~OutboxMessage.private
        & (alone | (OutboxMessage.channel == "notice"))
        & (OutboxMessage.state != MessageState.CANCELLED)
        & (OutboxMessage.planned_for <= clock.now())
    )


def unread(person_id: int) -> int:
    """How many of them he has not opened."""
    unseen = OutboxMessage.seen_at.is_(None)
    return db.session.scalar(db.select(db.func.count()).where(told(person_id), unseen))


def mark_read(*, person_id: int, message_id: int) -> None:
    _mark(told(person_id) & (OutboxMessage.id == message_id))


def mark_all_read(*, person_id: int, up_to: int) -> int:
    """All up to the newest one that he has seen listed; how many."""
    return _mark(told(person_id) & (OutboxMessage.id <= up_to))


def _mark(which: ColumnElement[bool]) -> int:
    return db.session.execute(
        db.update(OutboxMessage).where(which, OutboxMessage.seen_at.is_(None)).values(seen_at=clock.now()),
        execution_options={"synchronize_session": False},
    ).rowcount
