"""Messages of the outbox, for its tests."""

from datetime import timedelta

from stranas.system import clock, outbox
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState, OutboxMessage


def plan(key: str = "reminder:1", **columns) -> bool:
    values = {
        "recipient_id": None,
        "address": "budi@example.com",
        "template": "reminder",
        "subject": "Pengingat – B18",
        "body_text": "Yth. Inspektur Kabupaten Temanggung",
    }
    with unit_of_work():
        return outbox.plan(key=key, **(values | columns))


def plan_numbered(count: int, **columns) -> list[int]:
    """So many messages to person0@…, planned at once; their ids."""
    message = {"recipient_id": None, "template": "reminder", "subject": "Pengingat", "body_text": "Yth."} | columns
    with unit_of_work():
        for number in range(count):
            outbox.plan(key=f"k{number}", address=f"person{number}@example.com", **message)
    return list(db.session.scalars(db.select(OutboxMessage.id).order_by(OutboxMessage.id)))


def message(key: str | None = None) -> OutboxMessage:
    db.session.expire_all()
    query = db.select(OutboxMessage)
    return db.session.scalars(query.where(OutboxMessage.key == key) if key else query).one()


def states() -> list[MessageState]:
    db.session.rollback()
    return list(db.session.scalars(db.select(OutboxMessage.state).order_by(OutboxMessage.id)))


def set_all(**columns) -> None:
    with unit_of_work():
        db.session.execute(db.update(OutboxMessage).values(**columns))


def rest(minutes: int) -> None:
    """Let the last attempt lie so many minutes back."""
    set_all(claimed_at=clock.wall() - timedelta(minutes=minutes))
