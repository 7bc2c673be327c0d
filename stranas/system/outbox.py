"""The outbox: every message to the outside is a row first; the unique key decides that it exists once.

`plan` joins the running transaction; sending (claim, send, record) is `deliver`, run by a task with no
transaction open while the message is on its way.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from stranas.system import background, clock, mail
from stranas.system.db import db, insert_those_not_there, insert_unless_there, read_only, unit_of_work
from stranas.system.models import MessageState, OutboxMessage

CLAIM_EXPIRES = timedelta(minutes=10)
MOST_ATTEMPTS = 5
# How long a failed message rests before its next attempt, by the attempts made.
RESTS = {1: timedelta(minutes=1), 2: timedelta(minutes=5), 3: timedelta(minutes=15), 4: timedelta(hours=1)}
LOST_CLAIM = "the sending process ended before it could say whether the message left; a person has to look"
LOST_LINE = "the line broke before the mail server said whether it took the message; a person has to look"
# More messages than these are left to the next sweep: queueing each would take longer than planning all.
DEFERRED_AT_ONCE = 20
# What a message says that was recorded as sent without leaving the house.
KEPT = "kept in the mailbox, not sent out"

log = logging.getLogger(__name__)


def plan(
    *,
    key: str,
    recipient_id: int | None,
    address: str,
    template: str,
    subject: str,
    body_text: str,
    body_html: str | None = None,
    payload: dict[str, Any] | None = None,
    planned_for: datetime | None = None,
    private: bool = False,
    channel: str = "mail",
    agency_id: int | None = None,
    calendar: str | None = None,
) -> bool:
    """Add a message unless its key is there already; True when it was added.

    `private` messages (sign-in links) are shown to nobody but their recipient. `calendar`: an iCalendar text.
    """
    said = {
        "key": key,
        "channel": channel,
        "agency_id": agency_id,
        "calendar": calendar,
        "template": template,
        "recipient_id": recipient_id,
        "address": address,
        "subject": subject,
        "body_text": body_text,
        "body_html": body_html,
        "payload": payload or {},
        "private": private,
    }
    values = said | _not_begun(planned_for or clock.now())
    added = insert_unless_there(OutboxMessage, values, unique=["key"])
    if added is not None and values["planned_for"] <= clock.now():
        background.defer(deliver, message_id=added)
    return added is not None


def note_cancelled(*, key: str, why: str, **message: Any) -> bool:
    """Record that a message is not sent, and why, under its key; False when the key is there already.

    Fields as in `plan`, without bodies."""
    said = {"body_text": "", "payload": {}, "private": False, "channel": "mail"} | message
    values = said | {
        "key": key,
        "planned_for": clock.now(),
        "state": MessageState.CANCELLED,
        "attempts": 0,
        "needs_decision": False,
        "outcome": why,
    }
    return insert_unless_there(OutboxMessage, values, unique=["key"]) is not None


def _not_begun(planned_for: datetime) -> dict[str, Any]:
    return {"planned_for": planned_for, "state": MessageState.PLANNED, "attempts": 0, "needs_decision": False}


@dataclass(frozen=True)
class Letter:
    """One message of an act that tells many people. `key` as for `plan`."""

    key: str
    recipient_id: int
    address: str
    subject: str
    body_text: str


def plan_many(letters: Iterable[Letter], *, template: str, payload: dict[str, Any]) -> int:
    """Add the messages of one act in a few statements, for now; how many are new."""
    common = _not_begun(clock.now()) | {"template": template, "payload": payload, "body_html": None, "private": False}
    common |= {"channel": "mail"}
    added = insert_those_not_there(OutboxMessage, [vars(letter) | common for letter in letters], unique=["key"])
    for message_id in added if len(added) <= DEFERRED_AT_ONCE else ():
        background.defer(deliver, message_id=message_id)
    return len(added)


def plan_each(people: Iterable[Any], *, key: str, **message: Any) -> int:
    """The same message for each person (id, email), under a key of his own; how many are new. Fields as in `plan`."""
    return sum(
        plan(key=f"{key}:{person.id}", recipient_id=person.id, address=person.email, **message) for person in people
    )


@background.task
def deliver(*, message_id: int) -> None:
    """Send one planned message if this process wins its claim. Safe to run any number of times."""
    if not _claim(message_id):
        return
    with read_only():
        message = db.session.get_one(OutboxMessage, message_id)
        keeps = mail.keeps_mail()
        db.session.expunge(message)  # so that reading it opens no transaction while it is on its way
    try:
        if not keeps:
            mail.send(message)
    except mail.Doubtful as error:
        log.error("message %s: %s (%s)", message_id, LOST_LINE, error)
        _record(message_id, MessageState.FAILED, outcome=LOST_LINE, attempts=MOST_ATTEMPTS)
    except Exception as error:
        log.warning("message %s could not be sent: %s", message_id, error)
        _record(message_id, MessageState.FAILED, outcome=f"{type(error).__name__}: {error}"[:500])
    else:
        _record(message_id, MessageState.SENT, outcome=KEPT if keeps else None)


def _claim(message_id: int) -> bool:
    """A conditional update: exactly one process changes the row."""
    ready = OutboxMessage.state.in_([MessageState.PLANNED, MessageState.FAILED])
    with unit_of_work():
        changed = db.session.execute(
            db.update(OutboxMessage)
            .where(OutboxMessage.id == message_id, ready, OutboxMessage.attempts < MOST_ATTEMPTS)
            .values(state=MessageState.CLAIMED, claimed_at=clock.wall(), attempts=OutboxMessage.attempts + 1),
            execution_options={"synchronize_session": False},
        ).rowcount
    return changed == 1


def _record(message_id: int, state: MessageState, *, outcome: str | None, **columns: Any) -> None:
    sent_at = clock.now() if state is MessageState.SENT else None
    with unit_of_work():
        db.session.execute(
            db.update(OutboxMessage)
            .where(OutboxMessage.id == message_id, OutboxMessage.state == MessageState.CLAIMED)
            .values(state=state, sent_at=sent_at, outcome=outcome, **columns),
            execution_options={"synchronize_session": False},
        )


def sweep() -> int:
    """Defer again what still waits: planned messages, and failed ones that may be tried once more.

    A message whose claim never ended may have left the house: it is not sent again by itself but marked
    failed for a person to look at. Returns how many were deferred.
    """
    with unit_of_work():
        _give_up_lost_claims()
        waiting = _waiting()
        for message_id in waiting:
            background.defer(deliver, message_id=message_id)
    return len(waiting)


def deliver_waiting() -> dict[str, int]:
    """Deliver here and now what waits, without the queue; returns how many were sent and how many failed."""
    with read_only():
        waiting = _waiting()
    for message_id in waiting:
        deliver(message_id=message_id)
    with read_only():
        states = db.session.scalars(db.select(OutboxMessage.state).where(OutboxMessage.id.in_(waiting))).all()
    return {"sent": states.count(MessageState.SENT), "failed": states.count(MessageState.FAILED)}


def _give_up_lost_claims() -> None:
    lost = db.session.execute(
        db.update(OutboxMessage)
        .where(
            OutboxMessage.state == MessageState.CLAIMED,
            OutboxMessage.claimed_at < clock.wall() - CLAIM_EXPIRES,
        )
        .values(state=MessageState.FAILED, attempts=MOST_ATTEMPTS, outcome=LOST_CLAIM),
        execution_options={"synchronize_session": False},
    ).rowcount
    if lost:
        log.error("%s messages: %s", lost, LOST_CLAIM)


def _waiting() -> list[int]:
    """Planned messages whose time has come, and failed ones that have rested."""
    planned = (OutboxMessage.state == MessageState.PLANNED) & (OutboxMessage.planned_for <= clock.now())
    rested = db.or_(
        *(
            (OutboxMessage.attempts == attempts) & (OutboxMessage.claimed_at < clock.wall() - rest)
            for attempts, rest in RESTS.items()
        )
    )
    failed = (OutboxMessage.state == MessageState.FAILED) & rested
    return list(db.session.scalars(db.select(OutboxMessage.id).where(planned | failed).order_by(OutboxMessage.id)))


def send_again(*, message_id: int) -> bool:
    """A person decided that a failed message is to be sent once more; False when it has not failed."""
    changed = db.session.execute(
        db.update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.state == MessageState.FAILED)
        .values(state=MessageState.PLANNED, attempts=0, outcome=None),
        execution_options={"synchronize_session": False},
    ).rowcount
    if changed:
        background.defer(deliver, message_id=message_id)
    return changed == 1
