"""Take a document off the list, and bring it back. Rows and bytes stay: what was acknowledged is never lost."""

from datetime import datetime, timedelta

from stranas.accounts.models import User
from stranas.evidence.holds import is_held
from stranas.evidence.models import Document
from stranas.evidence.operations.holding import held_series
from stranas.system import audit
from stranas.system.db import db
from stranas.system.errors import Refused

RESTORABLE_FOR = timedelta(days=30)


def remove_document(*, document_id: int, person: User, at: datetime) -> None:
    """Off the list with all its revisions. Raises Refused when one of them is used or was sent."""
    series = held_series(document_id)
    held = db.exists().where(Document.id.in_([one.id for one in series]), is_held())
    if db.session.scalar(db.select(held)):
        raise Refused(
            "Dokumen ini dipakai atau sudah pernah dikirim, jadi tetap ada dalam daftar.",
            "Lepas dahulu dari laporan yang masih dapat diubah. Yang sudah dikirim tidak dapat dihapus.",
        )
    _mark(series, person.id, at)
    audit.record("remove_document", f"document:{series[-1].id}", revisions=len(series))


def restore_document(*, document_id: int, at: datetime) -> None:
    """Back on the list. Raises Refused after RESTORABLE_FOR."""
    series = held_series(document_id)
    removed_at = series[-1].removed_at
    if removed_at is None:
        return
    if at - removed_at > RESTORABLE_FOR:
        raise Refused(
            f"Dokumen ini dihapus dari daftar lebih dari {RESTORABLE_FOR.days} hari yang lalu.",
            "Unggah kembali berkasnya bila masih diperlukan.",
        )
    _back(series)


def bring_back(*, document_id: int) -> None:
    """Back on the list whenever it was taken off: somebody uploaded the same bytes again."""
    _back(held_series(document_id))


def _back(series: list[Document]) -> None:
    _mark(series, None, None)
    audit.record("restore_document", f"document:{series[-1].id}", revisions=len(series))


def _mark(series: list[Document], person_id: int | None, at: datetime | None) -> None:
    for document in series:
        document.removed_by_id, document.removed_at = person_id, at
