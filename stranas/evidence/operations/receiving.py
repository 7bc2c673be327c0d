"""Receive and register files and links, and have them checked.

How a page attaches a file (the three steps keep the bytes away from the write transaction):

    with read_only():
        ... authorise, remember the ids ...
    received = receive_file(part.stream, part.filename)     # no transaction open; may raise NotAccepted
    with unit_of_work():
        document = register_file(agency_id=…, received=received, uploaded_by_id=…, at=clock.now())
        ... attach document.id to the submission ...
        request_check(document_id=document.id, claimed_kind=requirement.kind, target_id=requirement.target_id)

A link: `add_link(agency_id=…, address=…, name=…, uploaded_by_id=…, at=…)` raises `rules.BadLink` (`.sentence`);
then `request_check` as above. What the checks say: `queries.check_results`, shown by `evidence/_check.html`.
"""

import mimetypes
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from flask import current_app

from stranas.accounts.models import User
from stranas.catalogue.models import DocumentKind
from stranas.evidence import rules
from stranas.evidence.checking import run_check
from stranas.evidence.models import CheckRun, Document, Finding, FindingAnswer
from stranas.evidence.rules import CheckState
from stranas.system import audit, background, clock, storage, text
from stranas.system.db import db, insert_unless_there
from stranas.system.models import StoredFile

# The same bytes under the same name within a day are a repeated upload on a bad line, not a second document.
REPEATED_WITHIN = timedelta(days=1)


class NotAccepted(Exception):
    """The file cannot be received; nothing of it is kept. Carries the sentence and the repair for the page."""

    def __init__(self, sentence: str, repair: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.repair = repair


class EmptyFile(NotAccepted):
    pass


class FileTooLarge(NotAccepted):
    pass


@dataclass(frozen=True)
class ReceivedFile:
    """Bytes that are safe in the storage, with the name to show; no row tells of them yet."""

    name: str
    stored: storage.Stored


def receive_file(stream: BinaryIO, filename: str | None, *, limit: int | None = None) -> ReceivedFile:
    """Put the bytes of a form's part into the storage, chunk by chunk. No transaction may be open.

    `limit` in bytes, by default the setting. Raises EmptyFile or FileTooLarge (each NotAccepted). What comes by
    resumable upload goes another way (finishing.py).
    """
    limit = limit or current_app.config["SETTINGS"].upload_limit_mb * 1_000_000
    keeper = storage.storage()
    try:
        stored = keeper.put(stream, limit=limit)
    except storage.TooLarge as error:
        raise too_large(error.limit) from None
    if stored.size == 0:
        keeper.delete(stored.key)
        raise empty_file()
    return ReceivedFile(rules.clean_name(filename or ""), stored)


def empty_file() -> EmptyFile:
    """The sentence for a file without bytes."""
    return EmptyFile(
        "Berkas kosong: tidak ada isi di dalamnya.",
        "Buka berkas di komputer Anda, pastikan isinya ada, lalu unggah kembali.",
    )


def too_large(limit: int) -> FileTooLarge:
    """The sentence for a file of more than `limit` bytes."""
    return FileTooLarge(
        f"Berkas lebih besar dari batas {text.size(limit)}.",
        "Perkecil berkas, misalnya dengan memindai pada 150 dpi, atau bagi menjadi beberapa berkas.",
    )


def register_file(*, agency_id: int, received: ReceivedFile, uploaded_by_id: int | None, at: datetime) -> Document:
    """A document of the agency's library for received bytes; the same one for an upload repeated within a day."""
    file_id = stored_file_id(received.stored, at)
    repeated = db.session.scalar(
        db.select(Document)
        .where(
            Document.agency_id == agency_id,
            Document.file_id == file_id,
            Document.name == received.name,
            Document.uploaded_at > at - REPEATED_WITHIN,
            Document.uploaded_at <= at,
            Document.removed_at.is_(None),
        )
        .order_by(Document.id)
    )
    if repeated:
        return repeated
    document = Document(
        agency_id=agency_id,
        name=received.name,
        file_id=file_id,
        media_type=media_type_of(received.name),
        uploaded_by_id=uploaded_by_id,
        uploaded_at=at,
    )
    db.session.add(document)
    db.session.flush()
    return document


def media_type_of(name: str) -> str:
    """By the name alone, until the checks say what is inside."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def stored_file_id(stored: storage.Stored, at: datetime) -> int:
    """The row of stored bytes, which another document may have already."""
    values = {
        "sha256": stored.sha256,
        "size": stored.size,
        "backend": stored.backend,
        "storage_key": stored.key,
        "stored_at": at,
    }
    added = insert_unless_there(StoredFile, values, unique=["sha256"])
    if added is not None:
        return added
    return db.session.execute(db.select(StoredFile.id).where(StoredFile.sha256 == stored.sha256)).scalar_one()


def add_link(
    *, agency_id: int, address: str, uploaded_by_id: int | None, at: datetime, name: str | None = None
) -> Document:
    """A link in the agency's library. Raises rules.BadLink with the sentence for the field."""
    url = rules.clean_link(address)
    document = Document(
        agency_id=agency_id,
        name=rules.link_name(name or "", url),
        url=url,
        media_type="text/uri-list",
        uploaded_by_id=uploaded_by_id,
        uploaded_at=at,
    )
    db.session.add(document)
    db.session.flush()
    return document


def request_check(*, document_id: int, claimed_kind: DocumentKind, target_id: int | None = None) -> int:
    """Have a document checked against a kind, and against the target that asks for it; the id of the run. A failed
    run starts anew, a finished one stays. Nobody said what it is yet: then it is what it was claimed as."""
    db.session.execute(
        db.update(Document).where(Document.id == document_id, Document.kind.is_(None)).values(kind=claimed_kind)
    )
    claim = rules.claim_key(claimed_kind.value, target_id)
    values = {
        "document_id": document_id,
        "claim": claim,
        "claimed_kind": claimed_kind.value,
        "target_id": target_id,
        "state": CheckState.WAITING,
        "attempts": 0,
        "queued_at": clock.wall(),
    }
    run_id = insert_unless_there(CheckRun, values, unique=["document_id", "claim"])
    if run_id is None:
        run_id = _asked_again(document_id, claim)
    background.defer(run_check, check_run_id=run_id)
    return run_id


def answer_finding(*, document_id: int, claim: str, code: str, reason: str, person: User | None, at: datetime) -> None:
    """What the officer says to a finding; saying it again replaces it, saying nothing takes it back. Raises
    LookupError where nothing was found."""
    run = db.session.scalars(
        db.select(CheckRun).where(
            CheckRun.document_id == document_id,
            CheckRun.claim == claim,
            db.exists().where(Finding.check_run_id == CheckRun.id, Finding.code == code),
        )
    ).one_or_none()
    if run is None:
        raise LookupError(code)
    answer = _answer_of(run, code)
    if reason == (answer.reason if answer else ""):
        return
    if answer and not reason:
        db.session.delete(answer)
    else:
        _say(run, code, reason=reason, person=person, at=at)
    audit.record("answer_finding", f"document:{document_id}", claim=claim, code=code, reason=reason)


def _answer_of(run: CheckRun, code: str) -> FindingAnswer | None:
    return db.session.scalars(
        db.select(FindingAnswer).where(FindingAnswer.check_run_id == run.id, FindingAnswer.code == code)
    ).one_or_none()


def _say(run: CheckRun, code: str, *, reason: str, person: User | None, at: datetime) -> None:
    """Two at once make one answer, the later one."""
    values = {"check_run_id": run.id, "code": code, "reason": reason, "answered_at": at}
    insert_unless_there(FindingAnswer, values, unique=["check_run_id", "code"])
    answer = _answer_of(run, code)
    answer.reason, answer.answered_at = reason, at
    answer.answered_by_id = person.id if person else None


def _asked_again(document_id: int, claim: str) -> int:
    run = db.session.execute(
        db.select(CheckRun).where(CheckRun.document_id == document_id, CheckRun.claim == claim)
    ).scalar_one()
    if run.state is CheckState.FAILED:
        run.state, run.attempts, run.queued_at = CheckState.WAITING, 0, clock.wall()
        run.findings.clear()
        db.session.flush()
    return run.id
