"""The cover letter of a filing: its number and date, and its signed scan."""

from datetime import date, datetime

from stranas.accounts.models import User
from stranas.evidence.models import Document
from stranas.reporting.models import CoverLetter, Filing
from stranas.system import audit
from stranas.system.db import db, insert_unless_there
from stranas.system.errors import Refused


def cover_letter(*, filing: Filing) -> CoverLetter:
    """The row of a filing's letter, begun if there was none. Two at once make one."""
    insert_unless_there(CoverLetter, {"filing_id": filing.id, "number": "", "nature": "Biasa"}, unique=["filing_id"])
    return db.session.scalars(db.select(CoverLetter).where(CoverLetter.filing_id == filing.id)).one()


def describe_letter(*, filing: Filing, number: str, nature: str, dated_on: date | None) -> None:
    """What the agency's register gave the letter; the number may come later."""
    row = cover_letter(filing=filing)
    row.number, row.nature, row.dated_on = number.strip(), nature.strip() or "Biasa", dated_on
    audit.record("describe_letter", f"filing:{filing.number}", number=row.number)


def attach_scan(*, filing: Filing, document: Document, person: User | None, received_at: datetime) -> None:
    """The signed letter came in; a better scan takes the place of the one before, which stays in the library."""
    if document.agency_id != filing.agency_id:
        raise Refused("Dokumen itu milik instansi lain.", "Pilih berkas dari instansi ini.")
    row = cover_letter(filing=filing)
    row.document_id, row.scanned_at = document.id, received_at
    row.scanned_by_id = person.id if person else None
    audit.record("attach_scan", f"filing:{filing.number}", document=document.id)
