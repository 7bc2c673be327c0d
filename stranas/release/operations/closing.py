"""Closing verification by the clock, and giving the agencies more time for clarification."""

from datetime import datetime

from stranas.agencies.holidays import indonesian_holidays
from stranas.catalogue.models import Period
from stranas.catalogue.rules import programme_rules
from stranas.release.models import Release
from stranas.release.operations.held import held
from stranas.release.rules import clarification_ends
from stranas.system import audit, clock, text
from stranas.system.db import db, insert_unless_there
from stranas.system.errors import Refused


def close_verification(*, period: Period) -> bool:
    """Write that verification ended and open the masa klarifikasi; False when somebody else did, or it is too early.

    To postpone the closing is to move the period's end of verification while it is still to come.
    """
    now = clock.now()
    if now < period.verification_ends_at:
        return False
    ends_at = clarification_ends(
        verification_ends_at=period.verification_ends_at,
        closed_at=now,
        working_days=programme_rules(period.programme.settings).clarification_days,
        holidays=indonesian_holidays(),
    )
    values = {
        "period_id": period.id,
        "closed_at": now,
        "clarification_ends_at": ends_at,
        "clarification_reason": "",
        "decree": "",
        "note": "",
        "reason": "",
    }
    added = insert_unless_there(Release, values, unique=["period_id"])
    if added is not None:
        audit.record("close_verification", f"period:{period.key}", clarification_ends_at=ends_at.isoformat())
    return added is not None


def extend_clarification(*, release: Release, until: datetime, reason: str, received_at: datetime) -> None:
    """A later end of a masa klarifikasi that still runs; the agencies are told again. Raises Refused."""
    release = held(Release, release.id)
    if received_at >= release.clarification_ends_at:
        raise Refused(
            "Masa klarifikasi nilai sudah berakhir, jadi tidak dapat diperpanjang.",
            "Klarifikasi yang sudah diajukan tetap dijawab sampai penetapan hasil.",
        )
    if until <= release.clarification_ends_at:
        raise Refused(
            f"Masa klarifikasi sudah berjalan sampai {text.deadline(release.clarification_ends_at)}.",
            "Pilih hari yang lebih kemudian.",
        )
    before = release.clarification_ends_at
    release.clarification_ends_at = until
    release.clarification_reason = reason.strip()
    release.clarification_told_at = None
    db.session.flush()
    audit.record(
        "extend_clarification",
        f"period:{release.period.key}",
        before=before.isoformat(),
        after=until.isoformat(),
        reason=reason.strip(),
    )
