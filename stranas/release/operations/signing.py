"""Signing the berita acara: the first signature freezes what it says, the second stands under the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.release.models import Clarification, Minutes, MinutesSignature
from stranas.release.operations.held import release_of
from stranas.release.rules import Side, Stance, minutes_number
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import canonical, fingerprint
from stranas.system import audit, clock, text
from stranas.system.db import db
from stranas.system.errors import Refused


def sign_minutes(
    *,
    period_id: int,
    agency: Agency,
    side: Side,
    stance: Stance,
    remark: str,
    person: User,
    signer: Sequence[str],
    content: Mapping[str, Any],
    received_at: datetime,
) -> MinutesSignature:
    """Put one side's name under the berita acara. `content` is what it says; where a side signed before, what that
    side signed stays. Raises Refused before the masa klarifikasi has ended, while a clarification is open, for the
    second time, and for somebody who may not sign (`signer` empty)."""
    release = release_of(period_id)  # held: two first signatures wait for each other
    if not signer:
        raise Refused("Berita acara ini ditandatangani pejabat penyetuju instansi yang sedang menjabat.")
    _need_ready(release.clarification_ends_at, period_id, agency.id, received_at)
    minutes = _minutes(release.period.key, period_id, agency, content)
    if any(signature.side is side for signature in minutes.signatures):
        raise Refused(
            "Pihak ini sudah menyatakan sikap pada berita acara.", "Buka kembali halaman berita acara untuk melihatnya."
        )
    signature = MinutesSignature(
        minutes_id=minutes.id,
        side=side,
        stance=stance,
        remark=remark.strip(),
        person_id=person.id,
        signer=list(signer),
        received_at=received_at,
        recorded_at=clock.now(),
    )
    db.session.add(signature)
    db.session.flush()
    db.session.expire(minutes, ["signatures"])
    audit.record("sign_minutes", f"minutes:{minutes.number}", side=side.value, stance=stance.value)
    return signature


def _need_ready(clarification_ends_at: datetime, period_id: int, agency_id: int, received_at: datetime) -> None:
    if received_at < clarification_ends_at:
        raise Refused(
            f"Masa klarifikasi nilai berjalan sampai {text.deadline(clarification_ends_at)}.",
            "Berita acara ditandatangani sesudahnya.",
        )
    still_open = (
        db.exists()
        .where(Clarification.submission_id == Submission.id, Submission.obligation_id == Obligation.id)
        .where(Obligation.agency_id == agency_id, Obligation.period_id == period_id)
        .where(Clarification.outcome.is_(None))
    )
    if db.session.scalar(db.select(still_open)):
        raise Refused(
            "Masih ada klarifikasi yang belum dijawab.",
            "Tanda tangan menyusul setelah semua klarifikasi dijawab.",
        )


def _minutes(period_key: str, period_id: int, agency: Agency, content: Mapping[str, Any]) -> Minutes:
    found = db.session.scalars(
        db.select(Minutes).where(Minutes.period_id == period_id, Minutes.agency_id == agency.id)
    ).one_or_none()
    if found:
        return found
    said = canonical(content)
    minutes = Minutes(
        period_id=period_id,
        agency_id=agency.id,
        number=minutes_number(period_key=period_key, agency_code=agency.code),
        content=said,
        sha256=fingerprint(said),
        frozen_at=clock.now(),
    )
    db.session.add(minutes)
    db.session.flush()
    return minutes
