"""Where a resumable upload goes here: `permintaan/REQUEST` for a unit with an account, `tautan` for whoever holds a
one-time link. The link's token comes in a header of every request and is kept nowhere."""

from datetime import datetime

from flask import request

from stranas.accounts.policy import holds
from stranas.evidence import operations as library
from stranas.evidence import places
from stranas.evidence.models import Document
from stranas.evidence.places import PERSON, KeyOver, NotAllowed, NotThere, Place
from stranas.requests import operations
from stranas.requests.models import RequestLink, UnitRequest
from stranas.requests.queries import asked
from stranas.requests.queries.arrivals import came_with
from stranas.requests.rules import IllegalStep
from stranas.system.access import Permission
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.inputs import whole_number

LINK, TOKEN = "tautan", "Unggah-Tautan"


@places.knows_owner
def _holder_of_link() -> tuple[str, int] | None:
    token = request.headers.get(TOKEN)
    if not token:
        return None
    link = asked.link_by_token(token)
    if link is None or not asked.is_standing(link):
        raise KeyOver("Tautan ini tidak berlaku lagi.", "Minta tautan baru kepada Inspektorat.")
    return LINK, link.id


def _own(address: str, owner_id: int) -> UnitRequest:
    person = places.somebody(owner_id)
    if not holds(person, Permission.ANSWER_REQUESTS):
        raise NotAllowed
    try:
        row = asked.request_of_units(whole_number(address), asked.own_units(person))
    except ValueError:
        row = None
    if row is None:
        raise NotThere
    return row


def _linked(address: str, owner_id: int) -> UnitRequest:
    """The link stood when the bytes came; that it ended since takes nothing away, that it was revoked does."""
    link = db.session.get(RequestLink, owner_id)
    if address or link is None or link.revoked_at:
        raise NotThere
    return link.request


def _agency(row: UnitRequest) -> int:
    if not row.state.waits_for_unit:
        raise _moved_on(row)
    return row.obligation.agency_id


def _add(row: UnitRequest, document: Document, at: datetime) -> None:
    if came_with(row, document_id=document.id, at=at):
        return
    try:
        operations.add_file(request=row, document=document, received_at=at)
    except IllegalStep:
        raise _moved_on(row) from None
    library.request_check(
        document_id=document.id,
        claimed_kind=asked.claimed_kind(row, document.name),
        target_id=row.obligation.target_id,
    )


def _moved_on(row: UnitRequest) -> Refused:
    sentence = f"Permintaan ini sekarang berstatus {row.state.label.lower()}, jadi berkas tidak dapat ditambahkan."
    return Refused(sentence, "Hubungi Inspektorat bila berkas ini masih diperlukan.")


def _place(owned_by: str, find) -> Place:
    def authorise(address: str, owner_id: int) -> int:
        return _agency(find(address, owner_id))

    def attach(address: str, owner_id: int, *, document: Document, at: datetime) -> None:
        _add(find(address, owner_id), document, at)

    return Place(owned_by, authorise, attach)


places.open_place("permintaan", _place(PERSON, _own))
places.open_place("tautan", _place(LINK, _linked))
