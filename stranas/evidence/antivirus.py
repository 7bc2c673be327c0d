"""The scans by ClamAV (STRANAS_CLAMAV): each stored file once, when it is checked or else by the sweep.

A daemon that is down loses nothing: its files wait. A verdict and what it changes in the findings of all documents
with these bytes are one transaction.
"""

import threading
from collections.abc import Sequence
from datetime import timedelta

from flask import current_app

from stranas.evidence import clamd, malware
from stranas.evidence.checks.finding import Finding
from stranas.evidence.judging import write_findings
from stranas.evidence.models import CheckRun, Document, FileScan
from stranas.evidence.rules import CheckState, ScanState
from stranas.system import background, clock
from stranas.system.db import db, insert_unless_there, lock_row, read_only, unit_of_work
from stranas.system.models import StoredFile
from stranas.system.storage import MissingObject, storage

# Whoever operates the daemon may have raised its bounds.
TOO_LARGE_AGAIN = timedelta(days=1)
WITH_FINDINGS = (CheckState.READING, CheckState.DONE, CheckState.FAILED)
_turn = threading.Lock()


def scan_file(file_id: int) -> ScanState | None:
    """Scan a file unless that was done; its state, None where nobody scans. No transaction may be open."""
    state = _state(file_id)
    if not malware.is_on() or (state and not state.is_open):
        return state
    with read_only():
        key = db.session.get_one(StoredFile, file_id).storage_key
    _record(file_id, *_asked(file_id, key))
    return _state(file_id)


def _state(file_id: int) -> ScanState | None:
    with read_only():
        scan = malware.state_of(file_id)
        return scan.state if scan else None


def _asked(file_id: int, key: str) -> tuple[ScanState, str]:
    try:
        with storage().open(key) as stream:
            name = clamd.scan(stream, place=_place())
    except clamd.TooLargeToScan:
        return ScanState.TOO_LARGE, ""
    except (clamd.NotScanned, MissingObject) as error:
        current_app.logger.warning("file %s is not scanned: %s", file_id, error)
        return ScanState.WAITING, ""
    return (ScanState.INFECTED if name else ScanState.CLEAN), name[:200]


def _place() -> str:
    return current_app.config["SETTINGS"].clamav


def _record(file_id: int, state: ScanState, name: str) -> None:
    with unit_of_work():
        values = {"file_id": file_id, "state": ScanState.WAITING, "signature": "", "attempts": 0}
        insert_unless_there(FileScan, values, unique=["file_id"])
        held = lock_row(db.select(FileScan).where(FileScan.file_id == file_id))
        scan = db.session.scalars(held.execution_options(populate_existing=True)).one()
        scan.attempts += 1
        if scan.state.is_open:
            scan.state, scan.signature, scan.scanned_at = state, name, clock.wall()
            db.session.flush()
            _tell(file_id)


def _tell(file_id: int) -> None:
    """Put right what the checks said before: the wait is over, or malware was found. Runs that still go on will ask
    by themselves."""
    runs = db.session.scalars(
        db.select(CheckRun)
        .join(Document, Document.id == CheckRun.document_id)
        .where(Document.file_id == file_id, CheckRun.state.in_(WITH_FINDINGS))
        .order_by(CheckRun.id)
    ).unique()
    for run in runs:
        said = tuple(Finding(row.code, row.severity, row.message, row.repair, row.hint) for row in run.findings)
        now = malware.with_scan(file_id, said)
        if now != said:
            write_findings(run, now)


def ask_for_scan(file_id: int) -> None:
    """Have a file scanned that is no document of any library; the sweep goes on with it where the daemon is away."""
    if malware.is_on():
        values = {"file_id": file_id, "state": ScanState.WAITING, "signature": "", "attempts": 0}
        insert_unless_there(FileScan, values, unique=["file_id"])
        background.defer(scan_waiting)


def defer_waiting() -> int:
    """The sweep: has those scanned that wait. Returns how many wait."""
    if not malware.is_on():
        return 0
    count = len(_waiting())
    if count:
        with unit_of_work():
            background.defer(scan_waiting)
    return count


@background.task
def scan_waiting() -> None:
    """Scan what waits, the newest first, one worker at a time, until the daemon is away. Safe to run any number of
    times."""
    if not malware.is_on() or not _turn.acquire(blocking=False):
        return
    try:
        for file_id in _waiting():
            if scan_file(file_id) is ScanState.WAITING and not clamd.is_alive(_place()):
                return
    finally:
        _turn.release()


def _waiting() -> Sequence[int]:
    """Files of documents, and those that were asked for, without a verdict; what was too large is asked again a day
    later."""
    long_ago = clock.wall() - TOO_LARGE_AGAIN
    with read_only():
        return db.session.scalars(
            db.select(StoredFile.id)
            .outerjoin(FileScan, FileScan.file_id == StoredFile.id)
            .where(
                db.exists().where(Document.file_id == StoredFile.id) | FileScan.id.is_not(None),
                db.or_(
                    FileScan.id.is_(None),
                    FileScan.state == ScanState.WAITING,
                    (FileScan.state == ScanState.TOO_LARGE) & (FileScan.scanned_at < long_ago),
                ),
            )
            .order_by(db.func.coalesce(FileScan.attempts, 0), StoredFile.id.desc())
        ).all()
