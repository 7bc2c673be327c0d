"""The audit trail: who did what, in the transaction that did it; refused acts in a unit of their own."""

from typing import Any

from flask import has_request_context
from flask_login import current_user

from stranas.system import clock
from stranas.system.db import db, unit_of_work
from stranas.system.models import AuditEntry


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
