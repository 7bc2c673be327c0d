"""Messages of the outbox, for the tests of its pages."""

from stranas.system import outbox
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState, OutboxMessage


def plan(key: str = "k", **columns) -> int:
    values = {
        "recipient_id": None,
        "address": "budi@example.com",
        "template": "mail/reminder",
        "subject": f"Pengingat {key}",
        "body_text": "Yth. Inspektur\nYang masih ditunggu",
    }
    with unit_of_work():
        outbox.plan(key=key, **(values | columns))
    return db.session.scalar(db.select(OutboxMessage.id).where(OutboxMessage.key == key))


def set_state(message_id: int, state: MessageState, outcome: str | None = None, **columns) -> None:
    values = {"state": state, "outcome": outcome} | columns
    with unit_of_work():
        db.session.execute(db.update(OutboxMessage).where(OutboxMessage.id == message_id).values(**values))


def state_of(message_id: int) -> MessageState:
    return db.session.scalar(db.select(OutboxMessage.state).where(OutboxMessage.id == message_id))
