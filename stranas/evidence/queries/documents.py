"""Documents as pages show them: one, its revisions, and copies of the same bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import DocumentKind
from stranas.evidence.models import Document
from stranas.evidence.rules import Publicity
from stranas.system.db import db
from stranas.system.models import StoredFile


@dataclass(frozen=True)
class DocumentView:
    """One revision of a document as pages show it. Exactly one of `size` and `url` is there."""

    id: int
    agency_id: int
    agency_name: str
    zone: str
    province_id: int | None
    series: str
    revision: int
    name: str
    media_type: str
    file_id: int | None
    size: int | None
    sha256: str | None
    storage_key: str | None
    url: str | None
    uploaded_at: datetime
    kind: DocumentKind | None
    number: str
    dated_on: date | None
    signatory: str
    description: str
    publicity: Publicity
    publicity_ground: str
    publicity_fixed_at: datetime | None
    classified_at: datetime | None
    removed_at: datetime | None

    @property
    def is_link(self) -> bool:
        return self.url is not None

    @property
    def is_fixed(self) -> bool:
        """The PPID has spoken."""
        return self.publicity_fixed_at is not None

    @property
    def lacks_facts(self) -> bool:
        return self.kind is None or not self.number or self.dated_on is None


DOCUMENTS = (
    db.select(
        Document.id,
        Document.agency_id,
        Agency.name.label("agency_name"),
        Agency.timezone.label("zone"),
        Agency.province_id,
        Document.series,
        Document.revision,
        Document.name,
        Document.media_type,
        Document.file_id,
        StoredFile.size,
        StoredFile.sha256,
        StoredFile.storage_key,
        Document.url,
        Document.uploaded_at,
        Document.kind,
        Document.number,
        Document.dated_on,
        Document.signatory,
        Document.description,
        Document.publicity,
        Document.publicity_ground,
        Document.publicity_fixed_at,
        Document.classified_at,
        Document.removed_at,
    )
    .join(Agency, Document.agency_id == Agency.id)
    .outerjoin(StoredFile, Document.file_id == StoredFile.id)
)


def find_document(document_id: int, *, scope: ColumnElement[bool]) -> DocumentView | None:
    """One document, if it is in the scope (a condition on Document and Agency)."""
    return next(iter(documents_in(Document.id == document_id, scope)), None)


def visible_of(document_ids: Iterable[int], *, scope: ColumnElement[bool]) -> frozenset[int]:
    """Those of the documents that are in the scope (a condition on Agency and Document)."""
    query = db.select(Document.id).join(Agency, Document.agency_id == Agency.id)
    return frozenset(db.session.scalars(query.where(Document.id.in_(document_ids), scope)))


def documents_in(*conditions: ColumnElement[bool]) -> list[DocumentView]:
    """All documents under the conditions, the oldest first."""
    rows = db.session.execute(DOCUMENTS.where(*conditions).order_by(Document.revision, Document.id))
    return [DocumentView(**row._mapping) for row in rows]


def revisions_of(series: str, *, scope: ColumnElement[bool]) -> list[DocumentView]:
    """The revisions of a document that the reader may open, the newest first."""
    return documents_in(Document.series == series, scope)[::-1]


def newest_revision(series: str) -> int:
    """The id of the newest revision, whoever may open it."""
    newest = db.select(Document.id).where(Document.series == series).order_by(Document.revision.desc()).limit(1)
    return db.session.execute(newest).scalar_one()


@dataclass(frozen=True)
class Hands:
    """Who had a document in hand, by name; None where nobody with an account had."""

    uploaded_by: str | None
    classified_by: str | None
    fixed_by: str | None


def hands_of(document_id: int) -> Hands:
    ids = db.session.execute(
        db.select(Document.uploaded_by_id, Document.classified_by_id, Document.publicity_fixed_by_id).where(
            Document.id == document_id
        )
    ).one()
    names = dict(db.session.execute(db.select(User.id, User.name).where(User.id.in_([i for i in ids if i]))).all())
    return Hands(*(names.get(person_id) for person_id in ids))


def copies_of_bytes(sha256s: Sequence[str], *, agency_id: int) -> dict[str, DocumentView]:
    """SHA-256 → the newest document of the agency that holds these bytes."""
    found = documents_in(Document.agency_id == agency_id, StoredFile.sha256.in_(sha256s))
    return {view.sha256: view for view in found if view.sha256}


@dataclass(frozen=True)
class Proposal:
    """A document that its Inspektorat proposes to make dikecualikan: who, since when."""

    document: DocumentView
    by: str
    at: datetime


def proposals_in(scope: ColumnElement[bool]) -> list[Proposal]:
    """The newest revisions that wait for the PPID, those that wait longest first. `scope`: a condition on Agency."""
    later = db.aliased(Document)
    followed = db.exists().where(later.series == Document.series, later.revision > Document.revision)
    waiting = (Document.publicity == Publicity.PROPOSED_EXEMPT, Document.removed_at.is_(None), ~followed, scope)
    documents = documents_in(*waiting)
    by = dict(
        db.session.execute(
            db.select(Document.id, User.name)
            .join(User, User.id == Document.classified_by_id)
            .where(Document.id.in_([document.id for document in documents]))
        ).all()
    )
    found = [Proposal(one, by.get(one.id, ""), one.classified_at or one.uploaded_at) for one in documents]
    return sorted(found, key=lambda proposal: (proposal.at, proposal.document.id))
