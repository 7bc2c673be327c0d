"""From the last byte to the document: the instant first, then the bytes, then one row, then what is told.

Every step may be repeated. The request of the last byte tries, so does the sender's next question, and so does a job:
what came in time counts in time, also when the process died in between.
"""

import logging

from flask import current_app

from stranas.evidence import operations, places
from stranas.evidence.models import Document
from stranas.evidence.operations import ReceivedFile
from stranas.evidence.places import NotAllowed, NotThere
from stranas.evidence.uploads import Outcome, Upload, Uploads
from stranas.system import audit, clock
from stranas.system.db import unit_of_work
from stranas.system.errors import Refused
from stranas.system.storage import storage

KEPT = "Berkas tersimpan di halaman Dokumen instansi. {repair}"
NO_RIGHT = "Berkas tidak dapat dilampirkan karena wewenang di tempat itu sudah berakhir."

log = logging.getLogger(__name__)


def uploads() -> Uploads:
    """Beside the stored files, so that a finished one need not be copied."""
    known = current_app.extensions
    if "uploads" not in known:
        root = storage().root or current_app.config["SETTINGS"].var
        known["uploads"] = Uploads(root / "unggah")
    return known["uploads"]


def finish(upload: Upload) -> Upload:
    """Make a document of a complete upload, once; the upload as it stands then. No transaction may be open."""
    with uploads().held(upload) as mine:
        now = uploads().find(upload.owner, upload.id)
        if not mine or now is None or now.outcome or uploads().offset(now) < now.length:
            return now or upload
        if now.completed_at is None:
            now = uploads().note_completion(now, clock.domain(uploads().last_byte_at(now)))
        received = ReceivedFile(now.name, storage().adopt(uploads().data(now)))
        return uploads().conclude(now, _outcome(now, received))


def try_to_finish(upload: Upload) -> Upload:
    """The same for a request: whatever goes wrong, the bytes and their instant are safe and the job goes on."""
    try:
        return finish(upload)
    except Exception:
        log.exception("an upload of %s bytes could not be finished now", upload.length)
        return upload


def finish_waiting() -> dict[str, int]:
    """For the job: finish what is complete and was left; how many it did, and how many must wait on."""
    done = [try_to_finish(upload).outcome is not None for upload in uploads().complete()]
    return {"finished": sum(done), "waiting": len(done) - sum(done)}


def forget_expired() -> int:
    return uploads().forget_expired(now=clock.wall())


def _outcome(upload: Upload, received: ReceivedFile) -> Outcome:
    try:
        return _attached(upload, received)
    except Refused as problem:
        return _kept(upload, received, problem.sentence, problem.repair)
    except (NotThere, NotAllowed):
        return _kept(upload, received, NO_RIGHT, "")


def _attached(upload: Upload, received: ReceivedFile) -> Outcome:
    place, address = places.place_named(upload.place)
    with unit_of_work():
        document = _document(upload, received)
        place.attach(address, places.owner_id(upload.owner), document=document, at=upload.completed_at)
    return Outcome(document.id, attached=True)


def _kept(upload: Upload, received: ReceivedFile, sentence: str, repair: str) -> Outcome:
    """The report was sent meanwhile, or the rights are gone: what was received is in the library all the same."""
    with unit_of_work():
        document = _document(upload, received)
        audit.record("keep_upload", f"document:{document.id}", place=upload.place, owner=upload.owner, why=sentence)
    return Outcome(document.id, attached=False, sentence=sentence, repair=KEPT.format(repair=repair).strip())


def _document(upload: Upload, received: ReceivedFile) -> Document:
    return operations.register_file(
        agency_id=upload.agency_id,
        received=received,
        uploaded_by_id=places.person_of(upload.owner),
        at=upload.completed_at,
    )
