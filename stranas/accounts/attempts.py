"""Failed sign-ins: kept in the audit trail, and counted there so that guessing passwords is slow."""

from datetime import timedelta

from stranas.system import audit, clock
from stranas.system.db import db
from stranas.system.models import AuditEntry

ACTION = "sign_in"
MOST = 10
WINDOW = timedelta(minutes=15)
SENTENCE = "Terlalu banyak percobaan masuk yang gagal. Tunggu 15 menit, lalu coba lagi, atau pakai “Lupa sandi”."


def too_many(*, email: str, address: str) -> bool:
    """Whether this account failed MOST times from this address within the WINDOW."""
    recent = db.session.scalars(
        db.select(AuditEntry.details).where(
            AuditEntry.recorded_at > clock.now() - WINDOW,
            AuditEntry.action == ACTION,
            AuditEntry.subject == email[:200],
            AuditEntry.outcome == "refused",
        )
    )
    return sum(details.get("address") == address for details in recent) >= MOST


def record_failure(*, email: str, address: str) -> None:
    """In a unit of its own: the request that failed is rolled back."""
    audit.refuse(ACTION, email[:200], address=address)
