"""Letting go of stored bytes that nobody names any more."""

from datetime import timedelta

from stranas.system.db import db
from stranas.system.models import StoredFile

# Whoever stored the same bytes has written his row by then: no write lives longer than a minute.
IDLE = timedelta(hours=1)


def forget_unused(file_id: int) -> str | None:
    """Delete the row of a file to which no other row points; its storage key, to be retired after the commit.

    None when something still points to it: the same bytes are one file, whoever brought them.
    """
    row = db.session.get(StoredFile, file_id)
    if row is None or any(_is_named(column, file_id) for column in _columns()):
        return None
    db.session.delete(row)
    db.session.flush()
    return row.storage_key


def _columns():
    """Every column of the house that points to a stored file."""
    for table in db.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is StoredFile.__table__:
                yield key.parent


def _is_named(column, file_id: int) -> bool:
    return db.session.scalar(db.select(db.exists().where(column == file_id)))
