"""What is released, and who may see a result that is not.

Before the release a result belongs to its agency, to those who verify it and to the national bodies; a province
reads how its kabupaten and kota report, not how they were judged.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, or_

from stranas.accounts.models import User
from stranas.accounts.policy import visible_agencies
from stranas.agencies.models import Agency
from stranas.release.models import Release
from stranas.system.access import Permission
from stranas.system.db import db

BEFORE_RELEASE = (Permission.SEE_OWN_RESULT, Permission.SEE_NATIONAL, Permission.VERIFY)


def is_released(period_id: int, *, at: datetime) -> bool:
    """Whether the results of the period were released at an instant."""
    return period_id in released_periods(at=at)


def released_periods(*, at: datetime) -> frozenset[int]:
    """The ids of the periods whose results were released at an instant."""
    return frozenset(db.session.scalars(db.select(Release.period_id).where(Release.released_at <= at)))


def provisional_scope(user: User) -> ColumnElement[bool]:
    """A condition on Agency: those whose results the user may see before they are released."""
    return or_(*(visible_agencies(user, right) for right in BEFORE_RELEASE))


def sees_result(user: User, *, agency_id: int, period_id: int, at: datetime) -> bool:
    """Whether the user, who may read the agency's reports, may also see how they were judged."""
    may = db.session.scalar(db.select(db.exists().where(Agency.id == agency_id, provisional_scope(user))))
    return bool(may) or is_released(period_id, at=at)
