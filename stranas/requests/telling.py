"""What the other rooms are told of requests: lines of a report's history, and what a role leaves open."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import selectinload

from stranas.accounts.handing_over import OpenWork, tells_open_work
from stranas.accounts.models import Membership, Role
from stranas.evidence.holds import holds_documents
from stranas.evidence.models import Document
from stranas.reporting.models import Obligation
from stranas.reporting.queries.timeline import Moment, tells_moments
from stranas.requests.models import DataLetter, RequestEvent, RequestFile, UnitRequest
from stranas.requests.rules import Act, State
from stranas.system import text
from stranas.system.db import db

OPEN = [state for state in State if state.is_open]


@holds_documents
def _held() -> ColumnElement[bool]:
    """By a request that it came for, or by a letter whose signed scan it is."""
    came = db.exists().where(RequestFile.document_id == Document.id)
    return came | db.exists().where(DataLetter.document_id == Document.id)


@tells_moments
def steps_of_requests(obligation: Obligation) -> Iterable[Moment]:
    """Every step of every request about the obligation: the agency's own matter."""
    rows = db.session.execute(
        db.select(RequestEvent, UnitRequest)
        .join(UnitRequest, UnitRequest.id == RequestEvent.request_id)
        .where(UnitRequest.obligation_id == obligation.id)
        .order_by(RequestEvent.request_id, RequestEvent.sequence)
        .options(selectinload(RequestEvent.actor))
    )
    for event, request in rows:
        by_unit = event.link_id is not None or event.act in (Act.SEEN, Act.AWAITS_SIGNATURE, Act.UPLOADED)
        yield Moment(
            at=event.received_at,
            sentence=f"Permintaan kepada {request.unit.name}: {event.act.label.lower()}.",
            by=request.unit.short_name or request.unit.name if by_unit else "Instansi",
            person=event.actor.name if event.actor else "",
            reason=event.note,
            internal=True,
        )


@tells_open_work
def requests_in_work(membership: Membership, now: datetime) -> Iterable[OpenWork]:
    """Of the Inspektorat every open request of the agency, of a unit its own."""
    condition = _mine(membership)
    if condition is None:
        return
    rows = db.session.scalars(
        db.select(UnitRequest)
        .join(Obligation, Obligation.id == UnitRequest.obligation_id)
        .where(UnitRequest.state.in_(OPEN), condition)
        .order_by(UnitRequest.due_at, UnitRequest.id)
    ).unique()
    for row in rows:
        what = f"Permintaan kepada {row.unit.name}, {row.obligation.item.key} {row.obligation.period.key}"
        yield OpenWork(what, row.state.label, text.deadline(row.due_at, row.obligation.agency.timezone))


def _mine(membership: Membership) -> ColumnElement[bool] | None:
    if membership.role is Role.COORDINATOR:
        return Obligation.agency_id == membership.agency_id
    if membership.role is Role.UNIT and membership.unit_id:
        return UnitRequest.unit_id == membership.unit_id
    return None
