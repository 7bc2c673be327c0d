"""The place `dokumen` of a resumable upload: the library of the agency for which somebody writes reports."""

from datetime import datetime

from stranas.accounts.policy import POLICY
from stranas.evidence import places
from stranas.evidence.models import Document
from stranas.evidence.places import PERSON, NotAllowed, NotThere, Place
from stranas.system.access import Permission


def _authorise(address: str, owner_id: int) -> int:
    person = places.somebody(owner_id)
    if address:
        raise NotThere
    for membership in person.memberships:
        if membership.agency_id and Permission.WRITE_REPORTS in POLICY[membership.role].permissions:
            return membership.agency_id
    raise NotAllowed


def _attach(address: str, owner_id: int, *, document: Document, at: datetime) -> None:
    """It lies in the library already."""
    _authorise(address, owner_id)


places.open_place("dokumen", Place(PERSON, _authorise, _attach))
