"""Deciding extensions. Never edits a past date: a decision is a row of its own, with its reason."""

from datetime import datetime

from stranas.deadlines.models import Extension
from stranas.system import audit, clock
from stranas.system.db import db


def grant_extension(
    *,
    period_id: int,
    until: datetime,
    reason: str,
    agency_id: int | None = None,
    province_id: int | None = None,
    item_id: int | None = None,
    decided_by_id: int | None = None,
) -> Extension:
    """A later due instant (exclusive) for an agency, one item of it, or a province. The reason is required."""
    if not reason.strip():
        raise ValueError("an extension needs a reason")
    extension = Extension(
        period_id=period_id,
        agency_id=agency_id,
        province_id=province_id,
        item_id=item_id,
        until=until,
        reason=reason.strip(),
        decided_by_id=decided_by_id,
        decided_at=clock.now(),
    )
    db.session.add(extension)
    db.session.flush()
    audit.record("grant_extension", f"extension:{extension.id}", until=until.isoformat(), reason=reason)
    return extension
