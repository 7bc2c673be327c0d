"""The audit trail: who did what, in the transaction that did it; refused acts in a unit of their own.

Seals chain the rows in the order of their ids: each is the SHA-256 of the seal before it and of its own row, so
that a row that was changed or taken out of the middle is found.
"""

import hashlib
import json
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import has_request_context
from flask_login import current_user

from stranas.system import clock
from stranas.system.db import db, unit_of_work
from stranas.system.models import AuditEntry

# No write transaction lives longer than a minute: older rows have no gaps that could still be filled.
SETTLED = timedelta(minutes=2)


@dataclass(frozen=True)
class Trail:
    """What `verify` found; `broken_at` is the id of the first row that does not fit its seal."""

    sealed: int
    unsealed: int
    broken_at: int | None


def record(action: str, subject: str, *, outcome: str = "done", **details: Any) -> None:
    """Add one entry to the running transaction. `details` are plain JSON values."""
    actor_id, actor_name = _actor()
    db.session.add(
        AuditEntry(
            recorded_at=clock.now(),
            actor_id=actor_id,
            actor_name=actor_name,
            action=action,
            subject=subject,
            outcome=outcome,
            details=details,
        )
    )


def refuse(action: str, subject: str, **details: Any) -> None:
    """Record a refused act; whatever the request had begun is rolled back first."""
    with unit_of_work():
        record(action, subject, outcome="refused", **details)


def _actor() -> tuple[int | None, str]:
    if has_request_context() and current_user and current_user.is_authenticated:
        return current_user.id, current_user.name
    return None, "umum" if has_request_context() else "sistem"


def seal() -> int:
    """Seal the settled rows that follow the last sealed one; how many. One transaction."""
    count = 0
    with unit_of_work():
        last = db.select(AuditEntry).where(AuditEntry.seal.is_not(None)).order_by(AuditEntry.id.desc()).limit(1)
        former = db.session.scalar(last)
        before, after_id = (former.seal, former.id) if former else ("", 0)
        waiting = db.select(AuditEntry).where(AuditEntry.id > after_id).order_by(AuditEntry.id).limit(10_000)
        settled = clock.now() - SETTLED
        for entry in db.session.scalars(waiting).all():
            if entry.recorded_at > settled:
                break
            entry.seal = before = _seal(before, entry)
            count += 1
    return count


def verify() -> Trail:
    """Recompute every seal. A row without one may only stand at the end."""
    sealed = unsealed = 0
    before = ""
    entries = db.select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    with closing(db.session.scalars(entries)) as rows:
        for entry in rows:
            if entry.seal is None:
                unsealed += 1
            elif unsealed or entry.seal != _seal(before, entry):
                return Trail(sealed, unsealed, broken_at=entry.id)
            else:
                before = entry.seal
                sealed += 1
    return Trail(sealed, unsealed, broken_at=None)


def _seal(before: str, entry: AuditEntry) -> str:
    row = {
        "id": entry.id,
        "recorded_at": entry.recorded_at.isoformat(),
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "action": entry.action,
        "subject": entry.subject,
        "outcome": entry.outcome,
        "details": entry.details,
    }
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((before + canonical).encode()).hexdigest()
