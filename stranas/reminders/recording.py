"""What the secretariat's register says of a letter: number, date, scan; and letters that are not sent after all."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from stranas.accounts.models import User
from stranas.evidence import antivirus, runner
from stranas.evidence.checks.finding import Claim
from stranas.evidence.judging import bounds
from stranas.evidence.operations import NotAccepted, ReceivedFile, receive_file, stored_file_id
from stranas.evidence.rules import Severity, clean_name
from stranas.reminders.drafting import locked
from stranas.reminders.models import EscalationLetter
from stranas.system import audit
from stranas.system.errors import Refused

TYPES = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff")
NOT_A_SCAN = (
    "Berkas ini bukan PDF atau gambar.",
    "Pindai surat yang sudah ditandatangani menjadi PDF atau JPG, lalu unggah hasilnya.",
)
NOT_READ = (
    "Berkas ini tidak dapat dibuka.",
    "Buka berkas di komputer Anda, simpan kembali sebagai PDF, lalu unggah hasilnya.",
)


def receive_scan(stream: BinaryIO, filename: str) -> ReceivedFile:
    """The bytes of a signed letter, looked at by a child process, then safe in the storage. No transaction may be
    open. Raises NotAccepted for what is empty, too large, no PDF or picture, or refused by the checks of files."""
    with tempfile.NamedTemporaryFile() as draft:
        shutil.copyfileobj(stream, draft)
        draft.flush()
        _look_at(Path(draft.name), filename)
        draft.seek(0)
        return receive_file(draft, filename)


def _look_at(path: Path, filename: str) -> None:
    claim = Claim(name=clean_name(filename), kind="surat", kind_words="Surat")
    try:
        outcome = runner.check(path, claim, bounds=bounds())
    except runner.ChildFailed:
        raise NotAccepted(*NOT_READ) from None
    refused = next((one for one in outcome.findings if one.severity is Severity.REFUSED), None)
    if refused:
        raise NotAccepted(refused.message, refused.repair)
    if outcome.media_type not in TYPES:
        raise NotAccepted(*NOT_A_SCAN)


@dataclass(frozen=True)
class Entry:
    """What the register gave a letter, with its scan where there is one."""

    number: str
    dated_on: date
    scan: ReceivedFile | None = None


class RecordedMeanwhile(Refused):
    """Somebody else recorded the letter since its page was opened."""


def record_letter(*, letter: EscalationLetter, entry: Entry, seen: str, person: User, at: datetime) -> None:
    """The letter went out under this number on this day; recorded again, it is put right. What stood there before is
    in the audit trail, and a scan stays unless another one comes. `seen`: the number that the person saw there.
    Raises RecordedMeanwhile where it is another by now: a scan may take minutes to arrive."""
    letter = locked(letter.id)
    if letter.number != seen:
        raise RecordedMeanwhile(f"Baru saja dicatat nomor {letter.number}.", "Periksa, lalu simpan sekali lagi.")
    before = _said(letter) if letter.recorded_at else None
    was_withdrawn = letter.withdrawn_why
    letter.number, letter.dated_on = entry.number, entry.dated_on
    letter.withdrawn_at, letter.withdrawn_why = None, ""
    letter.recorded_by_id, letter.recorded_at = person.id, letter.recorded_at or at
    if entry.scan:
        letter.file_id, letter.file_name = stored_file_id(entry.scan.stored, at), entry.scan.name
        antivirus.ask_for_scan(letter.file_id)
    action = "escalation_letter.corrected" if before else "escalation_letter.recorded"
    audit.record(
        action, f"escalation_letter:{letter.id}", **_said(letter), before=before, was_withdrawn=was_withdrawn or None
    )


def _said(letter: EscalationLetter) -> dict[str, str | int | None]:
    dated_on = letter.dated_on.isoformat() if letter.dated_on else None
    return {"number": letter.number, "dated_on": dated_on, "file": letter.file_id}


def withdraw_letter(*, letter: EscalationLetter, why: str, at: datetime) -> None:
    """The draft will not be sent. Raises Refused once it was sent or withdrawn."""
    letter = locked(letter.id)
    if letter.recorded_at:
        raise Refused("Surat ini sudah tercatat dikirim, jadi tidak ditarik.", "Nomor dan tanggalnya dapat diperbaiki.")
    if letter.withdrawn_at:
        raise Refused("Konsep ini sudah ditarik.", "Muat ulang halaman untuk melihat alasannya.")
    letter.withdrawn_at, letter.withdrawn_why = at, why
    audit.record("escalation_letter.withdrawn", f"escalation_letter:{letter.id}", why=why)
