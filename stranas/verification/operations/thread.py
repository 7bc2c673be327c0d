"""Questions and answers about an obligation: lines that are added, never changed."""

from datetime import datetime

from stranas.accounts.models import User
from stranas.reporting.models import Obligation
from stranas.system import audit
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused
from stranas.verification import letters
from stranas.verification.models import ThreadEntry
from stranas.verification.queries.thread import last_entry, verifier_office
from stranas.verification.rules import EntryKind, Side


def write_message(
    *, obligation: Obligation, side: Side, author: User, words: str, received_at: datetime
) -> ThreadEntry:
    """Add a message and write to the other side (at most one mail a day). Opens a settled thread again.

    The same words sent twice in a row by the same person are one message.
    """
    words = words.strip()
    if not words:
        raise Refused("Belum ada pertanyaan atau jawaban.", "Tulis isinya terlebih dahulu.")
    if side is Side.VERIFIER:
        _need_foreign(obligation, author)
    last = _last(obligation)
    if last and (last.kind, last.author_id, last.words) == (EntryKind.MESSAGE, author.id, words):
        return last
    entry = _add(obligation, side, EntryKind.MESSAGE, author, words, received_at)
    letters.tell_of_message(entry, obligation)
    return entry


def settle_thread(*, obligation: Obligation, verifier: User, received_at: datetime) -> None:
    """Mark the questions as settled. Raises Refused when nothing is open."""
    _need_foreign(obligation, verifier)
    last = _last(obligation)
    if last is None or last.kind is EntryKind.SETTLED:
        raise Refused("Tidak ada pertanyaan yang terbuka.", "Muat ulang halaman untuk melihat keadaan terbaru.")
    _add(obligation, Side.VERIFIER, EntryKind.SETTLED, verifier, "", received_at)


def _last(obligation: Obligation) -> ThreadEntry | None:
    """The last entry; nobody adds another one until the transaction ends."""
    db.session.execute(lock_row(db.select(Obligation.id).where(Obligation.id == obligation.id)))
    return last_entry(obligation.id)


def _add(obligation: Obligation, side: Side, kind: EntryKind, author: User, words: str, at: datetime) -> ThreadEntry:
    office = verifier_office(author) if side is Side.VERIFIER else f"Inspektorat {obligation.agency.name}"
    if side is Side.AGENCY and obligation.agency.oversight_unit:
        office = f"{obligation.agency.oversight_unit} {obligation.agency.name}"
    entry = ThreadEntry(
        obligation_id=obligation.id,
        side=side,
        kind=kind,
        author_id=author.id,
        office=office[:200],
        words=words,
        written_at=at,
    )
    db.session.add(entry)
    db.session.flush()
    audit.record(f"thread.{kind.value}", f"obligation:{obligation.id}", side=side.value)
    return entry


def _need_foreign(obligation: Obligation, verifier: User) -> None:
    if any(m.agency_id == obligation.agency_id for m in verifier.memberships):
        raise Refused("Instansi sendiri tidak dapat Anda verifikasi.", "Tulislah sebagai instansi, bukan verifikator.")
