"""Extensions: asked for, withdrawn, granted, declined. A grant is a row of its own, with its reason."""

from collections.abc import Collection
from datetime import datetime

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines import letters
from stranas.deadlines.models import Extension, ExtensionRequest
from stranas.deadlines.rules import RequestState, until_problem
from stranas.system import audit, clock
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused


def ask_extension(
    *,
    period: Period,
    agency: Agency,
    item: Item | None,
    until: datetime,
    reason: str,
    letter: str,
    person: User | None,
    received_at: datetime,
) -> ExtensionRequest:
    """An agency asks, also after the due instant. Raises Refused while the same is asked for already."""
    _need_until(until, period)
    _need_nothing_open(period, agency, item)
    request = ExtensionRequest(
        period_id=period.id,
        agency_id=agency.id,
        item_id=item.id if item else None,
        until=until,
        reason=reason.strip(),
        letter=letter.strip(),
        asked_by_id=person.id if person else None,
        received_at=received_at,
        recorded_at=clock.now(),
        state=RequestState.OPEN,
    )
    db.session.add(request)
    db.session.flush()
    audit.record("ask_extension", f"extension_request:{request.id}", until=until.isoformat(), reason=request.reason)
    return request


def _need_until(until: datetime, period: Period) -> None:
    """The form says so at its field; this holds when a period was moved in between."""
    problem = until_problem(until, due_at=period.due_at, verification_ends_at=period.verification_ends_at)
    if problem:
        raise Refused("Hari terakhir itu tidak dapat dipakai.", problem)


def _need_nothing_open(period: Period, agency: Agency, item: Item | None) -> None:
    db.session.execute(lock_row(db.select(Agency.id).where(Agency.id == agency.id)))
    same = ExtensionRequest.item_id == item.id if item else ExtensionRequest.item_id.is_(None)
    open_one = db.session.scalar(
        db.select(ExtensionRequest.id)
        .where(ExtensionRequest.period_id == period.id, ExtensionRequest.agency_id == agency.id, same)
        .where(ExtensionRequest.state == RequestState.OPEN)
        .limit(1)
    )
    if open_one:
        raise Refused(
            "Permintaan untuk hal yang sama masih menunggu keputusan.",
            "Buka halaman Batas waktu. Tarik permintaan itu lebih dahulu bila isinya perlu diubah.",
        )


def withdraw_request(*, request: ExtensionRequest, person: User | None) -> None:
    """The agency takes its request back, unless somebody decided it."""
    request = _open(request)
    _close(request, RequestState.WITHDRAWN, person)
    audit.record("withdraw_extension_request", f"extension_request:{request.id}")


def grant_request(
    *, request: ExtensionRequest, until: datetime, answer: str, person: User | None, reached: Collection[int]
) -> Extension:
    """The secretariat grants, until the day that was asked for or another one. One of two deciders wins."""
    request = _open(request)
    _need_until(until, request.period)
    _close(request, RequestState.GRANTED, person, answer=answer)
    return grant_extension(
        period_id=request.period_id,
        agency_id=request.agency_id,
        item_id=request.item_id,
        until=until,
        reason=request.reason,
        decided_by_id=person.id if person else None,
        request=request,
        reached=reached,
    )


def decline_request(*, request: ExtensionRequest, answer: str, person: User | None) -> None:
    """The secretariat does not grant, and writes why; the answer is required."""
    if not answer.strip():
        raise ValueError("declining needs a written answer")
    request = _open(request)
    _close(request, RequestState.DECLINED, person, answer=answer)
    audit.record("decline_extension_request", f"extension_request:{request.id}", answer=request.answer)
    letters.tell_declined(request)


def _open(request: ExtensionRequest) -> ExtensionRequest:
    """The request as it is now, held until the transaction ends."""
    held = lock_row(db.select(ExtensionRequest).where(ExtensionRequest.id == request.id), of=ExtensionRequest)
    request = db.session.scalars(held.execution_options(populate_existing=True)).one()
    if request.state is not RequestState.OPEN:
        raise Refused(
            f"Permintaan ini sudah berstatus {request.state.label.lower()}. Keputusan Anda tidak disimpan.",
            "Buka halaman Batas waktu untuk melihat keadaan terbaru.",
        )
    return request


def _close(request: ExtensionRequest, state: RequestState, person: User | None, *, answer: str = "") -> None:
    request.state = state
    request.answer = answer.strip()
    request.decided_by_id = person.id if person else None
    request.decided_at = clock.now()
    db.session.flush()


def grant_extension(
    *,
    period_id: int,
    until: datetime,
    reason: str,
    agency_id: int | None = None,
    province_id: int | None = None,
    item_id: int | None = None,
    decided_by_id: int | None = None,
    request: ExtensionRequest | None = None,
    reached: Collection[int] = (),
) -> Extension:
    """A later due instant (exclusive) for an agency, one item of it, or a province. The reason is required.

    `reached`: ids of the agencies that owe something under it; their people are told. Raises Refused when the very
    same was given already: of two clicks one counts.
    """
    if not reason.strip():
        raise ValueError("an extension needs a reason")
    whom = {"agency_id": agency_id, "province_id": province_id, "item_id": item_id}
    _need_not_given(period_id, until, whom)
    extension = Extension(
        period_id=period_id,
        **whom,
        request_id=request.id if request else None,
        until=until,
        reason=reason.strip(),
        decided_by_id=decided_by_id,
        decided_at=clock.now(),
    )
    db.session.add(extension)
    db.session.flush()
    audit.record("grant_extension", f"extension:{extension.id}", until=until.isoformat(), reason=reason)
    letters.tell_extension(extension, request=request, agency_ids=reached)
    return extension


def _need_not_given(period_id: int, until: datetime, whom: dict[str, int | None]) -> None:
    db.session.execute(lock_row(db.select(Period.id).where(Period.id == period_id)))
    same = db.select(Extension.id).filter_by(period_id=period_id, until=until, **whom)
    if db.session.scalar(same.limit(1)):
        raise Refused(
            "Perpanjangan yang sama sudah diberikan.",
            "Buka halaman Batas waktu untuk melihatnya.",
        )
