"""Files from before words were kept, and prints made by an earlier method: read little by little.

Each file is tried once: what cannot be read gets an empty print. Whoever uploads now goes first.
"""

from flask import current_app

from stranas.evidence import prints, runner, words
from stranas.evidence.checks.finding import Reading
from stranas.evidence.judging import bounds
from stranas.evidence.models import CheckRun, Document, TextPrint
from stranas.evidence.rules import CheckState
from stranas.evidence.sketch import METHOD
from stranas.system import background
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.storage import MissingObject, storage

FILES_AT_ONCE = 30
BEING_CHECKED = (CheckState.WAITING, CheckState.RUNNING)


def defer_some_files() -> int:
    """Have some files read, the newest first; none while a check waits. Returns how many."""
    with read_only():
        document_ids = [] if _somebody_waits() else _not_remembered()
    with unit_of_work():
        for document_id in document_ids:
            background.defer(read_old_file, document_id=document_id)
    return len(document_ids)


def _somebody_waits() -> bool:
    return db.session.scalar(db.select(db.exists().where(CheckRun.state.in_(BEING_CHECKED))))


def _not_remembered() -> list[int]:
    """One document of each file that has no print of today's method."""
    document_id = db.func.min(Document.id)
    return list(
        db.session.scalars(
            db.select(document_id)
            .outerjoin(TextPrint, _is_print_of(Document.file_id))
            .where(Document.file_id.is_not(None), TextPrint.id.is_(None))
            .group_by(Document.file_id)
            .order_by(document_id.desc())
            .limit(FILES_AT_ONCE)
        )
    )


def _is_print_of(file_id):
    return (TextPrint.kind == prints.FILE) & (TextPrint.owner_id == file_id) & (TextPrint.method == METHOD)


@background.task
def read_old_file(*, document_id: int) -> None:
    """Read one file in the child, and keep its words. Safe to run any number of times."""
    with read_only():
        file = db.session.get_one(Document, document_id).file
        if db.session.scalar(db.select(db.exists().where(_is_print_of(file.id)))):
            return
        file_id, key, known = file.id, file.storage_key, words.reading_of(file.id)
    reading = known or _read(key)
    with unit_of_work():
        if reading and not reading.is_scan:  # a scan is read when it is asked for once more
            words.keep(document_id=document_id, reading=reading)
        words.renew(file_id)  # those of somebody else meanwhile, perhaps


def _read(key: str) -> Reading | None:
    try:
        with storage().path(key) as path:
            return runner.read(path, bounds=bounds())
    except (runner.ChildFailed, MissingObject, OSError) as error:
        current_app.logger.warning("the words of %s cannot be read: %s", key, error)
        return None
