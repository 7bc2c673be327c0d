"""What a verifier may want to know of a case: words that stand in another report or document.

Whoever may read both gets the way to the other; everybody else learns only that there is one.
"""

from collections.abc import Collection
from dataclasses import dataclass

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.evidence.models import Document, DocumentLikeness
from stranas.reporting.queries.repeated import Repeat, repeated_share, repeats_of
from stranas.reporting.uses import was_sent
from stranas.system.db import db
from stranas.verification.queries.case import Case
from stranas.verification.queries.scope import documents_to_verify, verifies


@dataclass(frozen=True)
class AlikeDocument:
    """A document that another agency sent, too. `id` and `agency_name` only for a reader of both."""

    share: int
    id: int | None
    agency_name: str


@dataclass(frozen=True)
class Alike:
    """`previous`: percent of the narrative that stands in that of the quarter before; `reports`: of other agencies;
    `documents` by the id of the case's own document."""

    previous: int | None
    reports: tuple[Repeat, ...]
    documents: dict[int, tuple[AlikeDocument, ...]]

    @property
    def reports_in_scope(self) -> tuple[Repeat, ...]:
        return tuple(one for one in self.reports if one.in_scope)


def alike_to(case: Case, *, reader: User) -> Alike:
    """The number of questions does not depend on how much is found."""
    narrative = case.entry.narrative
    return Alike(
        previous=repeated_share(narrative, case.previous.narrative) if case.previous else None,
        reports=tuple(repeats_of(narrative, agency_id=case.agency_id, scope=verifies(reader))),
        documents=_documents({document.id for document in case.documents}, reader),
    )


def _documents(document_ids: Collection[int], reader: User) -> dict[int, tuple[AlikeDocument, ...]]:
    found: dict[int, list[AlikeDocument]] = {}
    pairs = (
        (DocumentLikeness.document_id, DocumentLikeness.earlier_id),
        (DocumentLikeness.earlier_id, DocumentLikeness.document_id),
    )
    sides = db.union_all(
        *(
            db.select(own.label("own"), other.label("other"), DocumentLikeness.share).where(own.in_(document_ids))
            for own, other in pairs
        )
    ).subquery()
    rows = db.session.execute(
        db.select(sides.c.own, sides.c.share, Document.id, Agency.name, documents_to_verify(reader).label("may_open"))
        .join(Document, Document.id == sides.c.other)
        .join(Agency, Agency.id == Document.agency_id)
        .where(was_sent())
        .order_by(sides.c.share.desc(), Document.id)
    )
    for own, share, document_id, agency_name, may_open in rows:
        known = AlikeDocument(share, document_id, agency_name) if may_open else AlikeDocument(share, None, "")
        found.setdefault(own, []).append(known)
    return {own: tuple(alike) for own, alike in found.items()}
