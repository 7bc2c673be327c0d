"""Reminders that waited until they were of no use: asked before one leaves late (outbox.recheck)."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.deadlines import queries as deadlines
from stranas.reminders.letters import TEMPLATE
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.queries.reach import ends_of
from stranas.reporting.queries.work import in_force
from stranas.reporting.rules import Status
from stranas.requests.models import UnitRequest
from stranas.requests.rules import State
from stranas.system import clock, outbox
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage

SENT = "Yang diingatkan sudah dikirim sebelum pengingat ini sempat keluar."
CLOSED = "Yang diingatkan tidak dapat dikirim lagi ketika pengingat ini dapat keluar."
LATER = "Tertahan sampai pengingat berikutnya kepada orang yang sama, yang disampaikan sebagai gantinya."


@outbox.recheck(TEMPLATE)
def why_not_any_more(message: OutboxMessage) -> str | None:
    """Why a reminder that waited is of no use any more: nothing of it can be sent, or a later one tells it. After days
    without a mail server nobody gets the reminders of all of them at once."""
    payload = message.payload
    if "obligations" not in payload:
        return None
    owed, asked = _owed(payload["obligations"]), _asked(payload["requests"])
    still = {obligation_id for obligation_id, is_open in owed.items() if is_open}
    if not still and not asked and not payload.get("others"):
        return CLOSED if owed else SENT
    return LATER if any(_tells(later, still, asked, payload) for later in _later(message)) else None


def _tells(later: dict[str, Any], owed: set[int], asked: set[int], payload: dict[str, Any]) -> bool:
    """Whether the payload of a later reminder holds all that is still of use in an earlier one."""
    ends = _ends(payload["steps"]) <= _ends(later["steps"]) if payload.get("others") else True
    return ends and owed <= set(later["obligations"]) and asked <= set(later["requests"])


def _ends(steps: Iterable[str]) -> set[str]:
    """A step without its day: "B18:due:2020-07-14:-1" is of the end "B18:due:2020-07-14"."""
    return {step.rpartition(":")[0] for step in steps}


def _later(message: OutboxMessage) -> Iterable[dict[str, Any]]:
    """The payloads of what the same person was or will be told after it, on the same channel."""
    goes = [MessageState.PLANNED, MessageState.CLAIMED, MessageState.SENT]
    return db.session.scalars(
        db.select(OutboxMessage.payload).where(
            OutboxMessage.template == TEMPLATE,
            OutboxMessage.channel == message.channel,
            _same_person(message),
            OutboxMessage.planned_for > message.planned_for,
            OutboxMessage.planned_for <= clock.now(),
            OutboxMessage.state.in_(goes),
        )
    ).all()


def _same_person(message: OutboxMessage) -> ColumnElement[bool]:
    """A unit without an account is its address."""
    if message.recipient_id:
        return OutboxMessage.recipient_id == message.recipient_id
    return OutboxMessage.recipient_id.is_(None) & (OutboxMessage.address == message.address)


def _owed(obligation_ids: Collection[int]) -> dict[int, bool]:
    """Those that were not sent yet, each with whether it can be sent still."""
    now = clock.now()
    rows = db.session.execute(
        db.select(
            Obligation.id,
            Obligation.agency_id,
            Obligation.item_id,
            Obligation.due_at,
            Agency.province_id,
            Submission.status,
            Submission.correction_ends_at,
            Period,
        )
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Period, Period.id == Obligation.period_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Obligation.id.in_(obligation_ids), in_force(now))
    ).all()
    owed = [row for row in rows if row.status is None or row.status.is_owed]
    covers = deadlines.covers({row.Period.id for row in owed})
    return {row.id: ends_of(row, row.Period, covers[row.Period.id], now)[1] > now for row in owed}


def _asked(request_ids: Collection[int]) -> set[int]:
    """The requests that still wait for their unit, for a report that can take what it sends."""
    waits = UnitRequest.state.in_([state for state in State if state.waits_for_unit])
    takes = Submission.status.is_(None) | Submission.status.in_([one for one in Status if one.is_editable])
    return set(
        db.session.scalars(
            db.select(UnitRequest.id)
            .outerjoin(Submission, Submission.obligation_id == UnitRequest.obligation_id)
            .where(UnitRequest.id.in_(request_ids), waits, takes)
        )
    )
