"""Planning: a message is a row of the running transaction; its unique key decides that it exists once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stranas.system import background, clock
from stranas.system.db import insert_those_not_there, insert_unless_there
from stranas.system.models import MessageState, OutboxMessage
from stranas.system.outbox.delivering import deliver_batch


def plan(*, key: str, **message: Any) -> bool:
    """Add a message unless its key is there already; True when it was added. Fields as in `row`."""
    values = row(key=key, **message)
    added = insert_unless_there(OutboxMessage, values, unique=["key"])
    if added is not None and values["planned_for"] <= clock.now():
        background.defer(deliver_batch)
    return added is not None


def row(
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
) -> dict[str, Any]:
    """One planned message as `plan_rows` takes it.

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
        "outcome": None,
    }
    return said | _not_begun(planned_for or clock.now())


def cancelled_row(*, why: str, **message: Any) -> dict[str, Any]:
    """One message that is not sent, and why: recorded under its key, without bodies. Other fields as in `row`."""
    return row(body_text="", **message) | {"state": MessageState.CANCELLED, "outcome": why}


def plan_rows(rows: list[dict[str, Any]]) -> set[str]:
    """Add many messages in few statements; the keys of those that are new. Who plans for hundreds of people in many
    transactions begins delivery once, after the last: `background.defer(deliver_batch)`."""
    return set(insert_those_not_there(OutboxMessage, rows, unique=["key"], told=OutboxMessage.key))


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
    added = plan_rows([row(template=template, payload=payload, **vars(letter)) for letter in letters])
    if added:
        background.defer(deliver_batch)
    return len(added)


def plan_each(people: Iterable[Any], *, key: str, **message: Any) -> int:
    """The same message for each person (id, email), under a key of his own; how many are new. Fields as in `plan`."""
    return sum(
        plan(key=f"{key}:{person.id}", recipient_id=person.id, address=person.email, **message) for person in people
    )
