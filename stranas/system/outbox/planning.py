"""Planning: a message is a row of the running transaction; its unique key decides that it exists once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stranas.system import background, clock
from stranas.system.db import insert_those_not_there, insert_unless_there
from stranas.system.models import MessageState, OutboxMessage
from stranas.system.outbox.delivering import deliver_batch


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
    deliver: bool = True,
) -> bool:
    """Add a message unless its key is there already; True when it was added.

    `private` messages (sign-in links) are shown to nobody but their recipient. `calendar`: an iCalendar text. `deliver`:
    begin at the commit; who plans hundreds begins once, after the last.
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
    if deliver and added is not None and values["planned_for"] <= clock.now():
        background.defer(deliver_batch)
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
    if added:
        background.defer(deliver_batch)
    return len(added)


def plan_each(people: Iterable[Any], *, key: str, **message: Any) -> int:
    """The same message for each person (id, email), under a key of his own; how many are new. Fields as in `plan`."""
    return sum(
        plan(key=f"{key}:{person.id}", recipient_id=person.id, address=person.email, **message) for person in people
    )
