"""Penetapan hasil: one instant for all agencies, which takes effect by the clock."""

from datetime import datetime

from stranas.accounts.models import User
from stranas.release.models import Release
from stranas.release.operations.held import held
from stranas.release.rules import Unfinished, is_released
from stranas.system import audit, clock, text
from stranas.system.db import db
from stranas.system.errors import Refused


def set_release(
    *,
    release: Release,
    at: datetime | None,
    decree: str,
    note: str,
    reason: str,
    unfinished: Unfinished,
    person: User,
    received_at: datetime,
) -> Release:
    """Release now (`at` None) or at a coming instant. What is `unfinished` asks for a reason. Raises Refused while the
    masa klarifikasi runs, and when a release is set already."""
    release = held(Release, release.id)
    _need_unset(release, received_at)
    now = clock.now()
    if received_at < release.clarification_ends_at:
        raise Refused(
            f"Masa klarifikasi nilai berjalan sampai {text.deadline(release.clarification_ends_at)}.",
            "Hasil ditetapkan sesudahnya.",
        )
    if at is not None and at < now:
        raise Refused("Waktu penetapan sudah lewat.", "Pilih waktu yang akan datang, atau kosongkan untuk sekarang.")
    if not unfinished.is_empty and not reason.strip():
        raise Refused("Masih ada yang belum selesai.", "Tulis alasan mengapa hasil tetap ditetapkan.")
    release.released_at = at or now
    release.decree, release.note, release.reason = decree.strip(), note.strip(), reason.strip()
    release.set_by_id, release.set_at = person.id, now
    db.session.flush()
    audit.record(
        "set_release",
        f"period:{release.period.key}",
        released_at=release.released_at.isoformat(),
        decree=release.decree,
        reason=release.reason,
        **vars(unfinished),
    )
    return release


def _need_unset(release: Release, received_at: datetime) -> None:
    if is_released(release.released_at, received_at):
        raise Refused(
            f"Hasil triwulan ini sudah ditetapkan {text.instant(release.released_at)}.",
            "Hasil yang ditetapkan tidak ditetapkan dua kali.",
        )
    if release.released_at is not None:
        raise Refused(
            f"Penetapan sudah dijadwalkan {text.instant(release.released_at)}.",
            "Batalkan jadwal itu lebih dahulu bila waktunya perlu diganti.",
        )


def cancel_release(*, release: Release, reason: str, received_at: datetime) -> None:
    """Take back an instant that is still to come. Raises Refused once it has passed, or when there is none."""
    release = held(Release, release.id)
    if release.released_at is None:
        raise Refused("Penetapan triwulan ini belum dijadwalkan.")
    # The clock may pass the instant while this transaction runs: both must lie before it.
    if is_released(release.released_at, max(received_at, clock.now())):
        raise Refused(
            f"Hasil triwulan ini sudah ditetapkan {text.instant(release.released_at)}.",
            "Penetapan yang sudah berlaku tidak dapat dibatalkan.",
        )
    audit.record(
        "cancel_release",
        f"period:{release.period.key}",
        released_at=release.released_at.isoformat(),
        decree=release.decree,
        reason=reason.strip(),
    )
    release.released_at = release.set_at = release.set_by_id = None
    release.decree = release.note = release.reason = ""
    db.session.flush()
