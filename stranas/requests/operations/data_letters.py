"""Letters to offices outside the agency: written, and registered with number and date."""

from collections.abc import Sequence
from datetime import date, datetime

from stranas.accounts.models import User
from stranas.evidence.models import Document
from stranas.reporting.models import Obligation
from stranas.requests.models import DataLetter
from stranas.system import audit
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused


def write_letter(
    *,
    obligation: Obligation,
    addressee: str,
    place: str,
    wanted: str,
    answer_by: date,
    signature: Sequence[str],
    person: User | None,
    at: datetime,
) -> DataLetter:
    letter = DataLetter(
        agency_id=obligation.agency_id,
        obligation_id=obligation.id,
        addressee=addressee,
        place=place,
        wanted=wanted,
        answer_by=answer_by,
        signature=list(signature),
        written_by_id=person.id if person else None,
        written_at=at,
    )
    db.session.add(letter)
    db.session.flush()
    audit.record("data_letter.written", f"data_letter:{letter.id}", addressee=addressee, obligation=obligation.id)
    return letter


def register_letter(
    *, letter: DataLetter, number: str, dated: date, at: datetime, scan: Document | None = None
) -> DataLetter:
    """The letter left the house under this number. Raises Refused when it was registered already."""
    query = db.select(DataLetter).where(DataLetter.id == letter.id).execution_options(populate_existing=True)
    letter = db.session.scalars(lock_row(query, of=DataLetter)).one()
    if letter.registered_at:
        raise Refused(f"Surat ini sudah dicatat dengan nomor {letter.number}.", "Buat surat baru bila perlu.")
    letter.number, letter.dated, letter.registered_at = number, dated, at
    letter.document_id = scan.id if scan else None
    audit.record(
        "data_letter.registered", f"data_letter:{letter.id}", number=number, dated=dated.isoformat(), scan=bool(scan)
    )
    return letter
