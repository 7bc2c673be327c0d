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
from stranas.reporting.models import Obligation
from stranas.system.access import Permission
from stranas.system.db import db
from stranas.verification.queries.scope import verifies


def is_released(period_id: int, *, at: datetime) -> bool:
    """Whether the results of the period were released at an instant."""
    return period_id in released_periods(at=at)


def released_periods(*, at: datetime) -> frozenset[int]:
    """The ids of the periods whose results were released at an instant."""
    return frozenset(db.session.scalars(db.select(Release.period_id).where(Release.released_at <= at)))


def provisional_scope(user: User) -> ColumnElement[bool]:
    """A condition on Agency: those whose results the user may see before they are released."""
    own = visible_agencies(user, Permission.SEE_OWN_RESULT)
    return or_(own, visible_agencies(user, Permission.SEE_NATIONAL))


def sees_result(user: User, obligation: Obligation, *, at: datetime) -> bool:
    """Whether the user, who may read the report, may also see how it was judged."""
    agencies = db.select(Agency.id).where(provisional_scope(user))
    early = or_(Obligation.agency_id.in_(agencies), verifies(user))
    may = db.session.scalar(db.select(db.exists().where(Obligation.id == obligation.id, early)))
    return bool(may) or is_released(obligation.period_id, at=at)
