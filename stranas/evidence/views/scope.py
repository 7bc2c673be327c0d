"""Which documents the signed-in person may open; anything else is 404."""

from collections.abc import Iterable

from flask import abort
from flask_login import current_user
from sqlalchemy import ColumnElement, or_

from stranas.accounts.models import Role
from stranas.accounts.policy import visible_agencies
from stranas.agencies.models import Agency
from stranas.evidence import malware, queries
from stranas.evidence.queries import DocumentView, FindingView
from stranas.release.queries.clarifications import documents_to_clarify
from stranas.reporting.uses import was_sent
from stranas.system.access import Permission
from stranas.system.errors import Refused
from stranas.verification.queries.scope import documents_to_verify


def document(document_id: int) -> DocumentView:
    return queries.find_document(document_id, scope=readable()) or abort(404)


def to_open(document_id: int) -> DocumentView:
    """One whose bytes the reader may have now. Raises Refused while its scan for malware waits, or found some."""
    found = document(document_id)
    own = found.agency_id in own_agencies()
    why = malware.why_not_served(found.file_id, to_own_agency=own) if found.file_id else None
    if why:
        raise Refused(*why)
    return found


def readable() -> ColumnElement[bool]:
    """Documents of the own agency; of another in scope only those of reports that were sent; of a verifier only
    those of reports that he verifies, or whose result he clarifies."""
    own_or_sent = or_(Agency.id.in_(own_agencies()), was_sent())
    agencies = visible_agencies(current_user, Permission.SEE_REPORTS, besides={Role.VERIFIER})
    verified = or_(documents_to_verify(current_user), documents_to_clarify(current_user))
    return or_(agencies & own_or_sent, verified)


def listed() -> ColumnElement[bool]:
    own = own_agencies()
    return readable() & Agency.id.in_(own) if own else readable()


def own_agencies() -> list[int]:
    """A verifier's membership names where he works: that is not his library."""
    return [m.agency_id for m in current_user.memberships if m.agency_id and not m.role.is_national]


def openable(findings: Iterable[Iterable[FindingView]]) -> frozenset[int]:
    """Of the earlier documents that findings hint at, those that the reader may open. At most one question."""
    hinted = {one.document for some in findings for one in some if one.document}
    return queries.visible_of(hinted, scope=readable()) if hinted else frozenset()
