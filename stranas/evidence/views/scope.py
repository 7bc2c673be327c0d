"""Which documents the signed-in person may open or change; anything else is 404."""

from collections.abc import Iterable

from flask import abort
from flask_login import current_user
from sqlalchemy import ColumnElement, and_, or_

from stranas.accounts.models import Role
from stranas.accounts.policy import POLICY, visible_agencies
from stranas.agencies.models import Agency, AgencyLevel
from stranas.evidence import malware
from stranas.evidence.models import Document
from stranas.evidence.queries import DocumentView, FindingView, find_document, visible_of
from stranas.evidence.rules import Publicity
from stranas.release.queries.clarifications import documents_to_clarify
from stranas.reporting.models import Obligation
from stranas.reporting.places import checked_for, stands, went_out
from stranas.reporting.uses import sent_as_letters, sent_with, was_sent
from stranas.system.access import Permission
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.verification.queries.scope import documents_to_verify, in_sight
from stranas.verification.queries.spot_checks import documents_of_notes


def document(document_id: int) -> DocumentView:
    return find_document(document_id, scope=readable()) or abort(404)


def to_open(document_id: int) -> DocumentView:
    """One whose bytes the reader may have now. Raises Refused while its scan for malware waits, or found some."""
    found = document(document_id)
    own = found.agency_id in own_agencies()
    why = malware.why_not_served(found.file_id, to_own_agency=own) if found.file_id else None
    if why:
        raise Refused(*why)
    return found


def readable() -> ColumnElement[bool]:
    """Documents of the own agency; of another in scope only what was sent, and what is dikecualikan only to the
    national bodies; of a verifier those of reports that he verifies, or whose result he clarifies."""
    return _readable(was_sent())


def listable() -> ColumnElement[bool]:
    """The same for many documents at once: what was sent is gathered once, not asked of each."""
    return _readable(Document.id.in_(sent_with()) | Document.id.in_(sent_as_letters()))


def _readable(sent: ColumnElement[bool]) -> ColumnElement[bool]:
    if not _reads_everywhere():
        sent = and_(sent, Document.publicity != Publicity.EXEMPT)
    agencies = visible_agencies(current_user, Permission.SEE_REPORTS, besides={Role.VERIFIER})
    verified = or_(documents_to_verify(current_user), documents_to_clarify(current_user))
    return or_(own(), and_(agencies, sent), verified)


def own() -> ColumnElement[bool]:
    """A condition on Agency."""
    return Agency.id.in_(own_agencies())


def own_agencies() -> list[int]:
    """Where somebody reads reports because he works there; a verifier's membership is not his library."""
    return [m.agency_id for m in current_user.memberships if m.agency_id and not m.role.is_national and _reads(m.role)]


def openable(findings: Iterable[Iterable[FindingView]]) -> frozenset[int]:
    """Of the earlier documents that findings hint at, those that the reader may open. At most one question."""
    hinted = {one.document for some in findings for one in some if one.document}
    return visible_of(hinted, scope=readable()) if hinted else frozenset()


def _reads(role: Role) -> bool:
    return Permission.SEE_REPORTS in POLICY[role].permissions


def _reads_everywhere() -> bool:
    return any(POLICY[m.role].everywhere and _reads(m.role) for m in current_user.memberships)


def writes_for() -> int:
    """The id of the agency whose library the person fills."""
    held = [m for m in current_user.memberships if Permission.WRITE_REPORTS in POLICY[m.role].permissions]
    return next((m.agency_id for m in held if m.agency_id), None) or abort(404)


def reads_several() -> bool:
    """Whether documents of more than one agency can be listed: then one may ask for an agency."""
    region = any(m.agency and m.agency.level is AgencyLevel.PROVINCE for m in current_user.memberships)
    return not own_agencies() or (region and any(m.role is Role.COORDINATOR for m in current_user.memberships))


def places() -> ColumnElement[bool]:
    """A condition on Evidence and Obligation: the own agency knows where its documents lie; others what was sent of
    the reports that they read."""
    of_own = and_(Obligation.agency_id.in_(own_agencies()), stands())
    return or_(of_own, and_(in_sight(current_user, Permission.SEE_REPORTS), went_out()))


def told() -> ColumnElement[bool]:
    """A condition on CheckRun beside its Document: others learn what was found for the reports that were sent."""
    return or_(Document.agency_id.in_(own_agencies()), checked_for(places()))


def is_own(document: DocumentView) -> bool:
    return document.agency_id in own_agencies()


def may(permission: Permission, document: DocumentView) -> bool:
    """Whether the person holds the permission over the document's agency."""
    condition = visible_agencies(current_user, permission)
    return db.session.scalar(db.select(Agency.id).where(Agency.id == document.agency_id, condition)) is not None


def may_edit(document: DocumentView) -> bool:
    return find_document(document.id, scope=_editable()) is not None


def editable(document_id: int) -> DocumentView:
    """A document that the person may describe, revise and classify."""
    return find_document(document_id, scope=_editable()) or abort(404)


def _editable() -> ColumnElement[bool]:
    """Of the own agency, by its Inspektorat; the notes of an uji petik are the verifier's."""
    return and_(visible_agencies(current_user, Permission.WRITE_REPORTS), ~documents_of_notes())


def fixable(document_id: int) -> DocumentView:
    """A document whose class the person, as the PPID of its agency, fixes."""
    return find_document(document_id, scope=visible_agencies(current_user, Permission.FIX_PUBLICITY)) or abort(404)
