"""Which rows the signed-in person may see or change here; anything else is 404."""

from collections.abc import Iterable

from flask import abort
from flask_login import current_user

from stranas.accounts.models import User
from stranas.accounts.policy import POLICY, visible_agencies
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.evidence.models import Document
from stranas.evidence.views.scope import readable as readable_documents
from stranas.release.queries.released import sees_result
from stranas.reporting.models import Obligation
from stranas.reporting.queries import periods, work
from stranas.system import clock
from stranas.system.access import Permission
from stranas.system.db import db
from stranas.verification.queries.scope import in_sight


def own_agency() -> Agency:
    """The agency for which the person writes reports, or else the one whose reports he reads."""
    for permission in (Permission.WRITE_REPORTS, Permission.SEE_REPORTS):
        for membership in current_user.memberships:
            if membership.agency and permission in POLICY[membership.role].permissions:
                return membership.agency
    abort(404)


def readable(obligation_id: int) -> Obligation:
    """Drafts are the agency's own: whoever else reads its reports sees what was sent."""
    obligation = known(obligation_id)
    if shows_as_sent(obligation):
        abort(404)
    return obligation


def sees_judgement(obligation: Obligation) -> bool:
    """Whether the reader may see how the report was judged: after release, or where it is his to know before."""
    return sees_result(current_user, obligation, at=clock.now())


def known(obligation_id: int) -> Obligation:
    """One whose agency's reports the person reads; its working text may still be the agency's own."""
    return _in_scope(obligation_id, Permission.SEE_REPORTS)


def judged(obligation_id: int) -> Obligation:
    """One of which the reader may see how it was judged: how often it was sent tells that already."""
    obligation = known(obligation_id)
    return obligation if sees_judgement(obligation) else abort(404)


def shows_as_sent(obligation: Obligation) -> bool:
    """The reader is not of the agency, and the agency works on the text, or he may not see how it was judged: he
    sees the last sent version, one page for both, so that neither tells more than the other."""
    submission = obligation.submission
    if submission is None or works_in(obligation.agency_id):
        return False
    return submission.status.is_owed or not sees_judgement(obligation)


def works_in(agency_id: int) -> bool:
    return any(m.agency_id == agency_id and not m.role.is_national for m in current_user.memberships)


def closed_documents(obligation: Obligation, document_ids: Iterable[int]) -> set[int]:
    """Those that the reader of the report may not open: dikecualikan, and he verifies nothing here."""
    ids = set(document_ids)
    if not ids or works_in(obligation.agency_id):
        return set()
    query = db.select(Document.id).join(Agency, Agency.id == Document.agency_id)
    return ids - set(db.session.scalars(query.where(Document.id.in_(ids), readable_documents())))


def writable(obligation_id: int) -> Obligation:
    return _in_scope(obligation_id, Permission.WRITE_REPORTS)


def writable_by(person: User, obligation_id: int) -> Obligation | None:
    """The same for somebody whose request is over (an upload that is finished later)."""
    return work.obligation_in_scope(obligation_id, in_sight(person, Permission.WRITE_REPORTS))


def _in_scope(obligation_id: int, permission: Permission) -> Obligation:
    return work.obligation_in_scope(obligation_id, in_sight(current_user, permission)) or abort(404)


def may_write(agency_id: int) -> bool:
    condition = visible_agencies(current_user, Permission.WRITE_REPORTS)
    return db.session.scalar(db.select(Agency.id).where(Agency.id == agency_id, condition)) is not None


def chosen_period(key: str | None) -> Period:
    """The period of the address, or the one to work on now."""
    period = periods.period_by_key(key) if key else periods.current_period(clock.now())
    return period or abort(404)
