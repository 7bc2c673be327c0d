"""Whether the rows and the bytes belong together."""

import hashlib
from collections.abc import Iterator

from stranas.system.db import db, read_only
from stranas.system.models import StoredFile
from stranas.system.storage import MissingObject, storage


def problems() -> Iterator[str]:
    """One English sentence for each file without bytes, with other bytes than it had, or without a row.

    A file on its way in has bytes before its row: such a sentence may be gone a moment later.
    """
    with read_only():
        rows = db.session.execute(
            db.select(StoredFile.storage_key, StoredFile.sha256, StoredFile.size).order_by(StoredFile.id)
        ).all()
    for key, sha256, size in rows:
        problem = _problem(key, sha256, size)
        if problem:
            yield f"{key}: {problem}"
    known = {row.storage_key for row in rows}
    for key in sorted(storage().keys()):
        if key not in known:
            yield f"{key}: bytes without a row"


def _problem(key: str, sha256: str, size: int) -> str | None:
    try:
        with storage().open(key) as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
            length = stream.tell()
    except MissingObject:
        return "a row without bytes"
    if found != sha256 or length != size:
        return f"wrong bytes: {length} with SHA-256 {found}, expected {size} with {sha256}"
    return None
