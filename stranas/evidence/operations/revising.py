"""A new revision: other bytes of the same document. Whatever uses an earlier one keeps it."""

from datetime import datetime
from typing import Any

from stranas.evidence import rules
from stranas.evidence.models import Document
from stranas.evidence.operations.holding import held_series
from stranas.evidence.operations.receiving import NotAccepted, ReceivedFile, media_type_of, stored_file_id
from stranas.system import audit
from stranas.system.db import db

INHERITED = (
    *("agency_id", "series", "kind", "number", "dated_on", "signatory", "description"),
    *("publicity", "publicity_ground", "publicity_fixed_by_id", "publicity_fixed_at"),
    *("classified_by_id", "classified_at"),
)


class SameBytes(NotAccepted):
    """What was chosen is the newest revision itself."""


def revise_file(*, document_id: int, received: ReceivedFile, uploaded_by_id: int | None, at: datetime) -> Document:
    """The next revision, with the facts and the class of the newest. Raises SameBytes."""
    newest = held_series(document_id)[-1]
    file_id = stored_file_id(received.stored, at)
    if file_id == newest.file_id:
        raise SameBytes(
            f"Berkas ini sama persis dengan revisi {newest.revision} yang sudah ada.",
            "Pilih berkas yang sudah diperbaiki.",
        )
    media_type = media_type_of(received.name)
    return _next(newest, uploaded_by_id, at, name=received.name, file_id=file_id, media_type=media_type)


def revise_link(*, document_id: int, address: str, uploaded_by_id: int | None, at: datetime) -> Document:
    """The same with another address. Raises rules.BadLink and SameBytes."""
    newest, url = held_series(document_id)[-1], rules.clean_link(address)
    if url == newest.url:
        raise SameBytes(
            f"Alamat ini sama dengan revisi {newest.revision} yang sudah ada.", "Tulis alamat yang sudah diperbaiki."
        )
    name = newest.name if newest.url else rules.link_name("", url)
    return _next(newest, uploaded_by_id, at, name=name, url=url, media_type="text/uri-list")


def _next(newest: Document, uploaded_by_id: int | None, at: datetime, **columns: Any) -> Document:
    inherited = {name: getattr(newest, name) for name in INHERITED}
    revision = Document(
        **inherited, **columns, revision=newest.revision + 1, uploaded_by_id=uploaded_by_id, uploaded_at=at
    )
    db.session.add(revision)
    db.session.flush()
    audit.record("revise_document", f"document:{revision.id}", of=newest.id, revision=revision.revision)
    return revision
