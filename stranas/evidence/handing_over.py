"""What a PPID leaves open in an agency, for the hand-over sheet."""

from collections.abc import Iterable
from datetime import datetime

from stranas.accounts.handing_over import OpenWork, tells_open_work
from stranas.accounts.models import Membership, Role
from stranas.agencies.models import Agency
from stranas.evidence.queries.documents import proposals_in


@tells_open_work
def proposals_waiting(membership: Membership, now: datetime) -> Iterable[OpenWork]:
    if membership.role is not Role.PPID:
        return
    for proposal in proposals_in(Agency.id == membership.agency_id):
        yield OpenWork(f"Dokumen {proposal.document.name}", "Usul dikecualikan menunggu penetapan")
