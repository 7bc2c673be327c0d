"""What people decide about single messages. Each returns whether the message was still in a state that allows it."""

from typing import Any

from stranas.system import background, channels, clock
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage
from stranas.system.outbox.delivering import deliver_batch

# Over, or on the way to it: nothing more can be called off.
_CAN_BE_CANCELLED = (MessageState.PLANNED, MessageState.FAILED)


def send_again(*, message_id: int) -> bool:
    """A person decided that a failed message, or one of which nobody knows whether it left, is sent once more."""
    changed = _change(
        message_id,
        OutboxMessage.state == MessageState.FAILED,
        state=MessageState.PLANNED,
        attempts=0,
        needs_decision=False,
        outcome=None,
    )
    if changed:
        background.defer(deliver_batch)
    return changed


def has_arrived(*, message_id: int, outcome: str) -> bool:
    """A person found out that a message arrived of which nobody knew whether it left; `outcome` says who."""
    message = db.session.get(OutboxMessage, message_id)
    return message is not None and _change(
        message_id,
        OutboxMessage.needs_decision,
        state=MessageState.SENT,
        needs_decision=False,
        # It left when it was claimed, if it left.
        sent_at=clock.domain(message.claimed_at) if message.claimed_at else clock.now(),
        outcome=outcome,
    )


def cancel(*, message_id: int, why: str) -> bool:
    """A message that has not left is not sent any more. One that waits for a decision must be decided first."""
    return _change(
        message_id,
        OutboxMessage.state.in_(_CAN_BE_CANCELLED),
        ~OutboxMessage.needs_decision,
        state=MessageState.CANCELLED,
        outcome=why,
    )


def sent_by_hand(*, message_id: int) -> bool:
    """A person says that he has sent a text through his own chat."""
    return _change(
        message_id,
        OutboxMessage.state == MessageState.PLANNED,
        OutboxMessage.channel.in_(channels.sent_by_people()),
        state=MessageState.SENT,
        sent_at=clock.now(),
    )


def _change(message_id: int, *conditions: Any, **columns: Any) -> bool:
    """A conditional update: of two who decide at once only the first does."""
    statement = db.update(OutboxMessage).where(OutboxMessage.id == message_id, *conditions).values(**columns)
    return db.session.execute(statement, execution_options={"synchronize_session": False}).rowcount == 1
