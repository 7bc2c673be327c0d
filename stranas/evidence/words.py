"""The words of stored files: read once in the child process, kept for the search and for checks that compare."""

import hashlib

from stranas.evidence import prints
from stranas.evidence.checks.finding import Reading
from stranas.evidence.layout import letters
from stranas.evidence.likeness import Text
from stranas.evidence.models import Document, FileText
from stranas.evidence.rules import folded
from stranas.system import clock
from stranas.system.db import db, insert_unless_there


def reading_of(file_id: int) -> Reading | None:
    """The words of a file that was read before."""
    row = db.session.scalar(db.select(FileText).where(FileText.file_id == file_id))
    return Reading(row.text, row.source) if row else None


def keep(*, document_id: int, reading: Reading) -> None:
    """Keep the words of a document's file, and their print; the first reading stays."""
    document = db.session.get_one(Document, document_id)
    values = {
        "file_id": document.file_id,
        "source": reading.source,
        "text": reading.text,
        "folded": folded(reading.text),
        "digest": digest(reading.text),
        "read_at": clock.wall(),
    }
    if insert_unless_there(FileText, values, unique=["file_id"]) is not None:
        prints.remember(kind=prints.FILE, owner_id=document.file_id, text=Text(reading.text))


def renew(file_id: int) -> None:
    """Make the digest and the print of kept words as they are made today. A file without words gets an empty print."""
    reading = reading_of(file_id) or Reading()
    if reading.text:
        db.session.execute(
            db.update(FileText).where(FileText.file_id == file_id).values(digest=digest(reading.text)),
            execution_options={"synchronize_session": False},
        )
    prints.remember(kind=prints.FILE, owner_id=file_id, text=Text(reading.text))


def digest(text: str) -> str:
    """The SHA-256 of the letters and figures; empty where there are none. Two papers with the same one say the same,
    however they are laid out."""
    plain = letters(text)
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""
