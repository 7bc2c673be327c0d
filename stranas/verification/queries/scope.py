"""Which obligations somebody verifies: by agencies and by items, never those of the own institution.

Conditions on Obligation alone, so that any query that has obligations can carry them.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, false, or_, select

from stranas.accounts.models import Role, User, VerifierAssignment
from stranas.accounts.policy import POLICY, visible_agencies
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item
from stranas.evidence.models import Document
from stranas.reporting.models import Filing, Obligation, Submission, SubmissionVersion
from stranas.reporting.uses import sent_with
from stranas.system.access import Permission
from stranas.system.db import db
from stranas.verification.models import ItemAssignment, SpotCheck


def verifies(user: User) -> ColumnElement[bool]:
    """A condition on Obligation: the user, as a verifier, is responsible for it."""
    if not any(m.role is Role.VERIFIER for m in user.memberships):
        return false()
    reach = _item_reach(user)
    limits = [item_id for item_id, everywhere in reach if not everywhere]
    nationwide = [item_id for item_id, everywhere in reach if everywhere]
    assigned = Obligation.agency_id.in_(
        select(VerifierAssignment.agency_id).where(VerifierAssignment.user_id == user.id)
    )
    own_field = and_(assigned, of_items([*limits, *nationwide])) if limits else assigned
    anywhere = of_items(nationwide) if nationwide else false()
    return and_(or_(own_field, anywhere), Obligation.agency_id.not_in(works_in(user)))


def _item_reach(user: User) -> list[tuple[int, bool]]:
    rows = db.session.execute(
        select(ItemAssignment.item_id, ItemAssignment.everywhere)
        .where(ItemAssignment.user_id == user.id)
        .order_by(ItemAssignment.item_id)
    )
    return [(item_id, everywhere) for item_id, everywhere in rows]


def of_items(item_ids: Iterable[int]) -> ColumnElement[bool]:
    """A condition on Obligation: its sub-aksi is one of these items, or lies below one of them (aksi)."""
    wanted = list(item_ids)
    below = select(Item.id).where(or_(Item.id.in_(wanted), Item.parent_id.in_(wanted)))
    return Obligation.item_id.in_(below)


def works_in(user: User) -> list[int]:
    """Ids of the agencies where somebody works, in whatever role: none of them is verified by him."""
    return sorted({m.agency_id for m in user.memberships if m.agency_id})


def in_sight(user: User, permission: Permission) -> ColumnElement[bool]:
    """A condition on Obligation: what its roles let somebody read; a verifier's agencies only so far as he verifies."""
    agencies = select(Agency.id).where(visible_agencies(user, permission, besides={Role.VERIFIER}))
    of_others = Obligation.agency_id.in_(agencies)
    return or_(of_others, verifies(user)) if permission in POLICY[Role.VERIFIER].permissions else of_others


def filings_in_sight(user: User) -> ColumnElement[bool]:
    """A condition on Filing: somebody may read one of its reports."""
    agencies = select(Agency.id).where(visible_agencies(user, Permission.SEE_REPORTS, besides={Role.VERIFIER}))
    sent = (
        select(SubmissionVersion.filing_id)
        .join(Submission, Submission.id == SubmissionVersion.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(verifies(user))
    )
    return or_(Filing.agency_id.in_(agencies), Filing.id.in_(sent))


def documents_to_verify(user: User) -> ColumnElement[bool]:
    """A condition on Document: it was sent with a report that the user verifies, or holds notes of it."""
    notes = (
        select(SpotCheck.document_id)
        .join(Submission, Submission.id == SpotCheck.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(SpotCheck.document_id.is_not(None), verifies(user))
    )
    return or_(Document.id.in_(sent_with(verifies(user))), Document.id.in_(notes))
