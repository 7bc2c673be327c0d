"""One step of a request: the row held, the event written, the state that it says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stranas.accounts.models import User
from stranas.requests.models import RequestEvent, RequestLink, UnitRequest
from stranas.requests.rules import Act, Party, State, next_state
from stranas.system import audit, clock
from stranas.system.db import db, lock_row


@dataclass(frozen=True)
class Doer:
    """Who acts: a person of the Inspektorat, a person of the unit, or whoever holds the link."""

    by: Party
    person: User | None = None
    link: RequestLink | None = None


def locked(request_id: int) -> UnitRequest:
    """The request, held until the transaction ends, as the database has it now."""
    query = db.select(UnitRequest).where(UnitRequest.id == request_id).execution_options(populate_existing=True)
    return db.session.scalars(lock_row(query, of=UnitRequest)).unique().one()


def step(
    request: UnitRequest, act: Act, *, doer: Doer, received_at: datetime, note: str = "", **details: Any
) -> RequestEvent:
    """Take one step of the table. The caller holds the row."""
    return record(
        request,
        act,
        next_state(state=request.state, act=act, by=doer.by),
        doer=doer,
        received_at=received_at,
        note=note,
        details=details,
    )


def record(
    request: UnitRequest,
    act: Act,
    state: State,
    *,
    doer: Doer,
    received_at: datetime,
    note: str = "",
    details: dict[str, Any] | None = None,
) -> RequestEvent:
    last = db.session.scalar(db.select(db.func.max(RequestEvent.sequence)).where(RequestEvent.request_id == request.id))
    event = RequestEvent(
        request_id=request.id,
        sequence=1 + (last or 0),
        act=act,
        state=state,
        actor_id=doer.person.id if doer.person else None,
        link_id=doer.link.id if doer.link else None,
        received_at=received_at,
        recorded_at=clock.now(),
        note=note,
        details=details or {},
    )
    if request.state is not state or act is Act.ASKED:
        request.since = received_at
    request.state = state
    db.session.add(event)
    db.session.flush()
    audit.record(f"request.{act.value}", f"request:{request.id}", link=event.link_id, **(details or {}))
    return event
