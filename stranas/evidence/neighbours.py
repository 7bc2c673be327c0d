"""What was handed in before and is like a document: facts for the checks of comparison, gathered in six questions.

Where a document was used is known by a room above this one; it gives its answer through `tells_uses`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement

from stranas.evidence import prints, words
from stranas.evidence.checks.finding import Claim, Earlier, Likeness, Neighbours, Reading, Use
from stranas.evidence.likeness import Text, around, same_share
from stranas.evidence.models import Document, DocumentLikeness, FileText
from stranas.system.db import db, insert_those_not_there
from stranas.system.models import StoredFile

# Document ids in, their uses out: the latest quarter first.
UsesOf = Callable[[Sequence[int]], dict[int, list[Use]]]
_uses_of: list[UsesOf] = []

# Of an agency's library the newest files are compared one by one; of what is likely, so many are read.
OWN_FILES, READ, KEPT = 2_000, 5, 5
MOST_COPIES = 500


def tells_uses(function: UsesOf) -> UsesOf:
    """Register who knows where documents were used."""
    _uses_of.append(function)
    return function


@dataclass(frozen=True)
class Asked:
    """Whose document is compared. `file_id` and `document`: None where it is not stored (bin/stranas check)."""

    agency_id: int
    claim: Claim
    file_id: int | None
    text: Text
    document: Document | None = None

    @property
    def is_earlier(self) -> ColumnElement[bool]:
        """A condition on Document. Who came first is not told of who came later; revisions repeat nothing."""
        if self.document is None:
            return db.true()
        return (Document.id < self.document.id) & (Document.series != self.document.series)


@dataclass(frozen=True)
class Known:
    """A document whose file is like the one asked for."""

    id: int
    agency_id: int
    name: str
    likeness: Likeness
    share: int


@dataclass(frozen=True)
class Compared:
    """The facts for the checks; for verifiers the documents of other agencies, earlier and later, with their shares."""

    neighbours: Neighbours
    elsewhere: tuple[tuple[int, int], ...] = ()


@dataclass
class _Files:
    """Stored files that are like the one asked for: how, and how much."""

    by_id: dict[int, tuple[Likeness, int]] = field(default_factory=dict)

    def add(self, file_ids: Iterable[int], likeness: Likeness, share: int = 100) -> None:
        for file_id in file_ids:
            self.by_id.setdefault(file_id, (likeness, share))


def compared(document: Document, *, claim: Claim, reading: Reading) -> Compared:
    """What is like a document of the library."""
    return _compared(Asked(document.agency_id, claim, document.file_id, Text(reading.text), document))


def compared_bytes(sha256: str, *, agency_id: int, claim: Claim, reading: Reading) -> Compared:
    """The same for a file that is not stored (bin/stranas check)."""
    file_id = db.session.scalar(db.select(StoredFile.id).where(StoredFile.sha256 == sha256))
    return _compared(Asked(agency_id, claim, file_id, Text(reading.text)))


def _compared(asked: Asked) -> Compared:
    files = _Files()
    files.add([asked.file_id] if asked.file_id else [], Likeness.BYTES)
    if asked.text.is_enough:
        files.add(_same_words(asked), Likeness.WORDS)
        _add_near(asked, files)
    known = _documents(asked, files)
    own = [one for one in known if one.agency_id == asked.agency_id]
    others = [one for one in known if one.agency_id != asked.agency_id]
    closest = next((one for one in others if asked.document is None or one.id < asked.document.id), None)
    return Compared(
        Neighbours(
            _own(asked, own),
            closest.likeness if closest else None,
            len({one.agency_id for one in others}),
        ),
        tuple((one.id, one.share) for one in others[:KEPT]),
    )


def _same_words(asked: Asked) -> Sequence[int]:
    digest = words.digest(asked.text.plain)
    return db.session.scalars(db.select(FileText.file_id).where(FileText.digest == digest).limit(MOST_COPIES)).all()


def _add_near(asked: Asked, files: _Files) -> None:
    """Of the likeliest files the words are read: only they say how much is the same."""
    own = prints.similar_among(asked.text, _own_files(asked), kind=prints.FILE)
    known = files.by_id.keys() | {one.owner_id for one in own}
    others = [one for one in prints.similar(asked.text, kind=prints.FILE) if one.owner_id not in known]
    wanted = {one.owner_id for one in own[:READ] + others[:READ]} - files.by_id.keys()
    rows = db.session.execute(db.select(FileText.file_id, FileText.text).where(FileText.file_id.in_(wanted)))
    for file_id, text in rows if wanted else ():
        if share := same_share(asked.text, Text(text)):
            files.add([file_id], Likeness.NEAR, around(min(share, 0.99)))


def _own_files(asked: Asked):
    return (
        db.select(Document.file_id)
        .where(Document.agency_id == asked.agency_id, Document.file_id.is_not(None), asked.is_earlier)
        .order_by(Document.id.desc())
        .limit(OWN_FILES)
    )


def _documents(asked: Asked, files: _Files) -> list[Known]:
    """The documents of the files, the closest first: the own earlier ones, and those of others."""
    own = (Document.agency_id == asked.agency_id) & asked.is_earlier
    rows = db.session.execute(
        db.select(Document.id, Document.agency_id, Document.name, Document.file_id)
        .where(Document.file_id.in_(files.by_id), own | (Document.agency_id != asked.agency_id))
        .order_by(Document.id.desc())
        .limit(MOST_COPIES)
    )
    known = [Known(id_, agency_id, name, *files.by_id[file_id]) for id_, agency_id, name, file_id in rows]
    return sorted(known, key=lambda one: (one.likeness.rank, -one.share))


def _own(asked: Asked, known: Sequence[Known]) -> tuple[Earlier, ...]:
    """With their uses; the document itself among them where it served an earlier quarter."""
    itself = asked.document
    ids = [one.id for one in known] + ([itself.id] if itself else [])
    uses = _uses(ids)
    found = [Earlier(one.id, one.name, one.likeness, one.share, tuple(uses.get(one.id, ()))) for one in known]
    if itself and (before := [u for u in uses.get(itself.id, ()) if u.period_from < asked.claim.period_from]):
        found.append(Earlier(itself.id, itself.name, Likeness.BYTES, uses=tuple(before)))
    return tuple(found)


def _uses(document_ids: Sequence[int]) -> dict[int, list[Use]]:
    told: dict[int, list[Use]] = {}
    for uses_of in _uses_of if document_ids else ():
        for document_id, uses in uses_of(document_ids).items():
            told.setdefault(document_id, []).extend(uses)
    return told


def keep_likenesses(document_id: int, compared: Compared) -> None:
    """For those who verify either document. What is in common use is not kept.

    Later ones too: of two that are checked at once, one may not have seen the other.
    """
    if compared.neighbours.is_common:
        return
    rows = [
        {"document_id": max(document_id, other), "earlier_id": min(document_id, other), "share": share}
        for other, share in compared.elsewhere
    ]
    insert_those_not_there(DocumentLikeness, rows, unique=["document_id", "earlier_id"])
