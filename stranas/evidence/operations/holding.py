"""A document held with all its revisions until the transaction ends."""

from stranas.evidence.models import Document
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused


def held_series(document_id: int) -> list[Document]:
    """The revisions of a document as the database has them now, the oldest first."""
    series = db.select(Document.series).where(Document.id == document_id).scalar_subquery()
    # of=Document: PostgreSQL cannot lock the outer side of the join to the file that comes along.
    query = lock_row(db.select(Document).where(Document.series == series).order_by(Document.revision), of=Document)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def held_newest(document_id: int) -> Document:
    """The document, if no revision followed it: earlier ones stay as they are. Raises Refused."""
    newest = held_series(document_id)[-1]
    if newest.id != document_id:
        raise Refused(
            f"Dokumen ini sudah mempunyai revisi {newest.revision}.",
            "Buka revisi terbaru, lalu ubah di sana.",
        )
    return newest
