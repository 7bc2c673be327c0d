"""What else holds the same bytes: facts for the checks, gathered before the child process starts.

Where a document was used is known by a room above this one; it gives its answer through `tells_uses`.
"""

from collections.abc import Callable, Sequence

from stranas.evidence.checks.finding import Neighbours
from stranas.evidence.models import Document
from stranas.system.db import db
from stranas.system.models import StoredFile

# Document ids in, words for their uses out: "Triwulan V (B15), kewajiban 1-a".
UsesOf = Callable[[Sequence[int]], list[str]]
_uses_of: list[UsesOf] = []


def tells_uses(function: UsesOf) -> UsesOf:
    """Register who knows where documents were used."""
    _uses_of.append(function)
    return function


def neighbours_of(document: Document) -> Neighbours:
    """Earlier copies of a document's bytes. The one who came first is not told of those who came later."""
    earlier = db.select(Document).where(Document.file_id == document.file_id, Document.id < document.id)
    return _neighbours(earlier, agency_id=document.agency_id)


def neighbours_of_bytes(sha256: str, *, agency_id: int) -> Neighbours:
    """The same for bytes that are not stored yet (bin/stranas check)."""
    copies = db.select(Document).join(StoredFile, Document.file_id == StoredFile.id).where(StoredFile.sha256 == sha256)
    return _neighbours(copies, agency_id=agency_id)


def _neighbours(copies, *, agency_id: int) -> Neighbours:
    own = db.session.scalars(copies.where(Document.agency_id == agency_id).order_by(Document.id)).all()
    elsewhere = db.session.scalar(
        db.select(copies.where(Document.agency_id != agency_id).with_only_columns(Document.id).exists())
    )
    ids = [document.id for document in own]
    uses = [words for uses_of in _uses_of for words in uses_of(ids)] if ids else []
    return Neighbours(tuple(document.name for document in own), tuple(dict.fromkeys(uses)), bool(elsewhere))
