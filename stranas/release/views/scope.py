"""Which agency and which period the signed-in person may open here; anything else is 404."""

from flask import abort
from flask_login import current_user

from stranas.accounts.policy import POLICY, visible_agencies
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.release.queries.minutes import verifies_agency
from stranas.release.queries.periods import PeriodStage, period_stage, period_stages
from stranas.release.queries.released import provisional_scope
from stranas.release.rules import Stage
from stranas.reporting.queries.periods import period_by_key
from stranas.system import clock
from stranas.system.access import Permission
from stranas.system.db import db


def own_agency() -> Agency:
    for membership in current_user.memberships:
        if membership.agency and Permission.SEE_OWN_RESULT in POLICY[membership.role].permissions:
            return membership.agency
    abort(404)


def period_of(key: str) -> Period:
    return period_by_key(key) or abort(404)


def stage_of(key: str) -> PeriodStage:
    return period_stage(key, now=clock.now()) or abort(404)


def latest_result() -> PeriodStage:
    """The period meant by a reader who names none: the latest whose results lie before the agencies, or the latest
    that has begun."""
    stages = period_stages(now=clock.now())
    closed = [one for one in stages if one.stage not in (Stage.FILLING, Stage.VERIFICATION)]
    return next(iter(closed or stages), None) or abort(404)


def agency_with_minutes(code: str, period: Period) -> Agency:
    """An agency whose berita acara the person may read: its own, one that he verifies, or any, for national bodies."""
    agency = db.session.scalars(db.select(Agency).where(Agency.code == code)).one_or_none() or abort(404)
    readable = db.select(db.exists().where(Agency.id == agency.id, provisional_scope(current_user)))
    if db.session.scalar(readable) or verifies_agency(current_user, agency_id=agency.id, period_id=period.id):
        return agency
    abort(404)


def is_own(agency: Agency) -> bool:
    condition = visible_agencies(current_user, Permission.SEE_OWN_RESULT)
    return bool(db.session.scalar(db.select(db.exists().where(Agency.id == agency.id, condition))))
