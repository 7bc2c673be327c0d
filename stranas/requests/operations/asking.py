"""What the Inspektorat does: ask, take, send back, withdraw."""

from collections.abc import Sequence
from datetime import datetime

from stranas.accounts.models import User
from stranas.agencies.models import Unit
from stranas.catalogue.models import Requirement
from stranas.reporting.models import Obligation
from stranas.requests.models import RequestEvent, UnitRequest
from stranas.requests.operations.steps import Doer, locked, record, step
from stranas.requests.rules import Act, Party, State
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused


def ask(
    *,
    obligation: Obligation,
    unit: Unit,
    wanted: str,
    due_at: datetime,
    person: User | None,
    received_at: datetime,
    requirement: Requirement | None = None,
) -> UnitRequest:
    """Ask one unit for one thing. Raises Refused when the report cannot take evidence now, when the unit is of
    another agency or out of use, or when it was asked for the same already."""
    db.session.execute(lock_row(db.select(Obligation.id).where(Obligation.id == obligation.id)))
    _need_open(obligation)
    _need_unit(obligation, unit)
    _need_new(obligation, unit, requirement)
    request = UnitRequest(
        obligation_id=obligation.id,
        requirement_id=requirement.id if requirement else None,
        unit_id=unit.id,
        wanted=wanted,
        criterion=requirement.criterion if requirement else "",
        due_at=due_at,
        state=State.ASKED,
        asked_by_id=person.id if person else None,
        asked_at=received_at,
        since=received_at,
    )
    db.session.add(request)
    db.session.flush()
    doer = Doer(Party.INSPECTORATE, person)
    record(request, Act.ASKED, State.ASKED, doer=doer, received_at=received_at, details={"unit": unit.id})
    return request


def _need_open(obligation: Obligation) -> None:
    status = obligation.submission.status if obligation.submission else None
    if status and not status.is_editable:
        raise Refused(
            f"Laporan ini berstatus {status.label.lower()}, jadi data dukungnya tidak dapat diubah.",
            "Permintaan kepada unit dibuat selama laporan masih dapat diisi.",
        )


def _need_unit(obligation: Obligation, unit: Unit) -> None:
    if unit.agency_id != obligation.agency_id or not unit.active:
        raise Refused("Unit itu tidak dapat dimintai data.", "Muat ulang halaman, lalu pilih unit yang aktif.")


def _need_new(obligation: Obligation, unit: Unit, requirement: Requirement | None) -> None:
    same = db.select(UnitRequest.id).where(
        UnitRequest.obligation_id == obligation.id,
        UnitRequest.unit_id == unit.id,
        UnitRequest.requirement_id == (requirement.id if requirement else None),
        UnitRequest.state.in_([state for state in State if state.is_open]),
    )
    if db.session.scalar(same):
        what = f"persyaratan {requirement.position}" if requirement else "hal ini"
        raise Refused(
            f"{unit.name} sudah dimintai {what} dan permintaannya masih berjalan.",
            "Buka permintaan itu dari halaman Permintaan, atau tarik dahulu sebelum meminta lagi.",
        )


def take(
    *, request: UnitRequest, document_ids: Sequence[int], person: User | None, received_at: datetime
) -> RequestEvent:
    """The Inspektorat takes what the unit sent; attaching it is the caller's, in the same transaction."""
    request = locked(request.id)
    doer = Doer(Party.INSPECTORATE, person)
    return step(request, Act.TAKEN, doer=doer, received_at=received_at, documents=list(document_ids))


def send_back(*, request: UnitRequest, reason: str, person: User | None, received_at: datetime) -> RequestEvent:
    """Back to the unit with a reason; its link opens again."""
    request = locked(request.id)
    doer = Doer(Party.INSPECTORATE, person)
    return step(request, Act.SENT_BACK, doer=doer, received_at=received_at, note=reason)


def withdraw(*, request: UnitRequest, reason: str, person: User | None, received_at: datetime) -> RequestEvent:
    request = locked(request.id)
    doer = Doer(Party.INSPECTORATE, person)
    return step(request, Act.WITHDRAWN, doer=doer, received_at=received_at, note=reason)
