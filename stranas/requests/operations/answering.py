"""What a unit does, with an account or by its link: open, upload, wait for a signature, send."""

from datetime import date, datetime

from stranas.evidence.models import Document
from stranas.requests.models import RequestEvent, RequestFile, UnitRequest
from stranas.requests.operations.steps import Doer, locked, step
from stranas.requests.rules import Act, IllegalStep, State
from stranas.system import audit
from stranas.system.db import db, insert_unless_there
from stranas.system.errors import Refused


def see(*, request: UnitRequest, doer: Doer, received_at: datetime) -> RequestEvent | None:
    """Remember that the unit opened the request; only the first time."""
    request = locked(request.id)
    return step(request, Act.SEEN, doer=doer, received_at=received_at) if request.state is State.ASKED else None


def add_file(*, request: UnitRequest, document: Document, received_at: datetime) -> RequestFile:
    """A document that came for a request, not sent yet; the same one twice is one."""
    request = _for_unit(request)
    values = {"request_id": request.id, "document_id": document.id, "received_at": received_at, "sent_at": None}
    insert_unless_there(RequestFile, values, unique=["request_id", "document_id"])
    file = db.session.scalars(
        db.select(RequestFile).where(RequestFile.request_id == request.id, RequestFile.document_id == document.id)
    ).one()
    file.sent_at = None  # a file of an earlier round may be sent once more
    audit.record("request.file_added", f"request:{request.id}", document=document.id)
    return file


def drop_file(*, request: UnitRequest, file_id: int) -> bool:
    """Take a file off before it is sent; False when there is none. The document stays in the library."""
    request = _for_unit(request)
    file = db.session.get(RequestFile, file_id)
    if file is None or file.request_id != request.id or file.sent_at is not None:
        return False
    audit.record("request.file_dropped", f"request:{request.id}", document=file.document_id)
    db.session.delete(file)
    db.session.flush()
    return True


def _for_unit(request: UnitRequest) -> UnitRequest:
    """Held, and still waiting for the unit. Raises IllegalStep."""
    request = locked(request.id)
    if not request.state.waits_for_unit:
        raise IllegalStep(request.state, Act.UPLOADED)
    return request


def describe(*, request: UnitRequest, description: str) -> None:
    """Keep what the unit wrote, so that nothing typed is lost on the way."""
    _for_unit(request).description = description


def await_signature(
    *, request: UnitRequest, signer: str, since: date, doer: Doer, received_at: datetime
) -> RequestEvent:
    """The document is ready and waits for an official to sign: who, since when."""
    request = locked(request.id)
    event = step(
        request,
        Act.AWAITS_SIGNATURE,
        doer=doer,
        received_at=received_at,
        note=signer,
        signing_since=since.isoformat(),
    )
    request.signer, request.signing_since = signer, since
    return event


def send(*, request: UnitRequest, doer: Doer, received_at: datetime) -> RequestEvent:
    """Everything that was uploaded goes to the Inspektorat. Raises Refused when there is nothing."""
    request = locked(request.id)
    fresh = db.session.scalars(
        db.select(RequestFile).where(RequestFile.request_id == request.id, RequestFile.sent_at.is_(None))
    ).all()
    if request.state.waits_for_unit and not fresh:
        raise Refused("Belum ada berkas yang diunggah.", "Pilih berkasnya, lalu tekan Kirim ke Inspektorat.")
    event = step(
        request,
        Act.UPLOADED,
        doer=doer,
        received_at=received_at,
        note=request.description,
        documents=[file.document_id for file in fresh],
    )
    for file in fresh:
        file.sent_at = received_at
    return event
