"""Whether this database already holds the tables and the seed of this release, told without loading them."""

import hashlib

from sqlalchemy import inspect

from config import ROOT
from stranas.system import audit
from stranas.system.db import db
from stranas.system.models import AuditEntry

ACTION = "seed.loaded"
FOLDERS = ("migrations/versions", "seed_data", "stranas/seed")


def is_current() -> bool:
    """Whether the last seed that was loaded is the one in the files."""
    if not inspect(db.engine).has_table(AuditEntry.__tablename__):
        return False
    last = db.select(AuditEntry.subject).where(AuditEntry.action == ACTION).order_by(AuditEntry.id.desc()).limit(1)
    return db.session.scalar(last) == _checksum()


def record() -> None:
    """Note in the audit trail what was loaded, in the transaction that loaded it."""
    audit.record(ACTION, _checksum())


def _checksum() -> str:
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
