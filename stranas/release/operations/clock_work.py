"""What the clock brings: verification closes, the agencies are told, a release that took effect is announced."""

from stranas.catalogue.models import Period
from stranas.release import letters
from stranas.release.models import Release
from stranas.release.operations.closing import close_verification
from stranas.release.operations.held import held
from stranas.system import clock
from stranas.system.db import db, read_only, unit_of_work


def follow_clock() -> dict[str, int]:
    """Safe at any time and any number of times; one transaction for each step of each period."""
    with read_only():
        closing = _ids(db.select(Period.id).where(Period.verification_ends_at <= clock.now(), _not_closed()))
    closed = sum(_close(period_id) for period_id in closing)
    with read_only():
        opened = _ids(db.select(Release.id).where(Release.clarification_told_at.is_(None)))
        released = _ids(
            db.select(Release.id).where(Release.released_at <= clock.now(), Release.release_told_at.is_(None))
        )
    told = sum(_tell_clarification(release_id) for release_id in opened)
    told += sum(_tell_release(release_id) for release_id in released)
    return {"closed": closed, "letters": told}


def _not_closed():
    return ~db.exists().where(Release.period_id == Period.id)


def _ids(query) -> list[int]:
    return list(db.session.scalars(query.order_by("id")))


def _close(period_id: int) -> bool:
    with unit_of_work():
        return close_verification(period=db.session.get_one(Period, period_id))


def _tell_clarification(release_id: int) -> int:
    with unit_of_work():
        release = held(Release, release_id)
        if release.clarification_told_at:
            return 0
        release.clarification_told_at = now = clock.now()
        return letters.tell_clarification(release) if now < release.clarification_ends_at else 0


def _tell_release(release_id: int) -> int:
    with unit_of_work():
        release = held(Release, release_id)
        if release.release_told_at:
            return 0
        release.release_told_at = clock.now()
        return letters.tell_release(release)
