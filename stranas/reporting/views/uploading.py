"""Where a resumable upload goes here: `laporan/OBLIGATION/REQUIREMENT`, by a person who writes the report."""

from datetime import datetime

from stranas.accounts.models import User
from stranas.accounts.policy import holds
from stranas.evidence import places
from stranas.evidence.models import Document
from stranas.evidence.places import PERSON, NotAllowed, NotThere, Place
from stranas.reporting import operations
from stranas.reporting.models import Obligation
from stranas.reporting.queries import evidence
from stranas.reporting.rules import IllegalTransition
from stranas.reporting.views import scope
from stranas.reporting.views.evidence import attach
from stranas.system.access import Permission
from stranas.system.errors import Refused
from stranas.system.inputs import whole_number


def _authorise(address: str, owner_id: int) -> int:
    _, obligation, _ = _standing(address, owner_id)
    operations.need_editable(obligation.submission)
    return obligation.agency_id


def _attach(address: str, owner_id: int, *, document: Document, at: datetime) -> None:
    person, obligation, requirement_id = _standing(address, owner_id)
    if evidence.was_attached(obligation, requirement_id, document_id=document.id, at=at):
        return  # the process died after this was written; the officer may have sent it, or taken it off again
    try:
        attach(obligation, requirement_id, document, person=person, at=at)
    except IllegalTransition as problem:
        raise Refused(f"Laporan ini sekarang berstatus {problem.status.label.lower()}.") from None


def _standing(address: str, owner_id: int) -> tuple[User, Obligation, int]:
    person = places.somebody(owner_id)
    if not holds(person, Permission.WRITE_REPORTS):
        raise NotAllowed
    try:
        obligation_id, requirement_id = map(whole_number, address.split("/"))
    except ValueError:
        raise NotThere from None
    obligation = scope.writable_by(person, obligation_id)
    if obligation is None or requirement_id not in {view.id for view in evidence.requirement_views(obligation)}:
        raise NotThere
    return person, obligation, requirement_id


places.open_place("laporan", Place(PERSON, _authorise, _attach))
