"""What is attached to a submission, and whether a requirement is complete."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stranas.catalogue.models import DocumentKind, Requirement
from stranas.evidence.models import Document
from stranas.evidence.queries import CheckResult, check_results, claim_for
from stranas.reporting.models import Evidence, Obligation
from stranas.system.db import db

# A letter under one of these is not judged by the kind that it was filed as.
NO_LETTER = (DocumentKind.DATA, DocumentKind.LINK)


@dataclass(frozen=True)
class Place:
    """A requirement of another obligation; `words` for the button: "7-a, persyaratan 2"."""

    obligation_id: int
    requirement_id: int
    words: str


@dataclass(frozen=True)
class FileView:
    """One document attached to a requirement, with what the checks said of it for this requirement. `moves`: by the
    code of a finding, where the document seems to belong instead (filled by queries.places)."""

    evidence_id: int
    document_id: int
    name: str
    size: int | None
    url: str | None
    attached_at: datetime
    run: CheckResult | None
    moves: Mapping[str, Place] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        return self.run is not None and self.run.blocks


@dataclass(frozen=True)
class RequirementView:
    """`is_basis`: here lies the letter that proves a state beside the main line."""

    id: int
    position: int
    kind: DocumentKind
    title: str
    subject: str
    criterion: str
    files: tuple[FileView, ...]
    is_basis: bool = False

    @property
    def is_complete(self) -> bool:
        """At least one file, and none that has to be repaired."""
        return bool(self.files) and not any(file.blocks for file in self.files)


def completeness(obligations: Sequence[Obligation]) -> dict[int, tuple[int, int]]:
    """Obligation id → (requirements, complete ones)."""
    by_target = requirements_by_target({o.target_id for o in obligations})
    files = files_of([o.submission.id for o in obligations if o.submission])
    found = {}
    for obligation in obligations:
        own = by_target[obligation.target_id]
        submission_id = obligation.submission.id if obligation.submission else 0
        views = [_requirement(r, files.get((submission_id, r.id), ())) for r in own]
        found[obligation.id] = (len(views), sum(view.is_complete for view in views))
    return found


def requirements_by_target(target_ids: Iterable[int]) -> dict[int, list[Requirement]]:
    rows = db.session.scalars(
        db.select(Requirement).where(Requirement.target_id.in_(target_ids)).order_by(Requirement.position)
    )
    found: dict[int, list[Requirement]] = defaultdict(list)
    for requirement in rows:
        found[requirement.target_id].append(requirement)
    return found


def requirement_views(obligation: Obligation) -> list[RequirementView]:
    """The checklist of an obligation with what is attached to its submission; the basis of a state beside first."""
    files = files_of([obligation.submission.id]) if obligation.submission else {}
    submission_id = obligation.submission.id if obligation.submission else 0
    requirements = requirements_by_target([obligation.target_id])[obligation.target_id]
    basis = _basis_of(obligation, requirements)
    ordered = sorted(requirements, key=lambda r: (r.id != basis, r.position))
    return [_requirement(r, files.get((submission_id, r.id), ()), is_basis=r.id == basis) for r in ordered]


def _basis_of(obligation: Obligation, requirements: Sequence[Requirement]) -> int | None:
    """Under which requirement the letter is filed: the first whose kind a letter can be."""
    if not requirements or not (obligation.submission and obligation.submission.kind.needs_basis):
        return None
    return next((r.id for r in requirements if r.kind not in NO_LETTER), requirements[0].id)


def has_basis(obligation: Obligation) -> bool:
    """Whether some document that can be opened is attached, under whichever requirement."""
    views = requirement_views(obligation)
    return any(not file.blocks or view.kind in NO_LETTER for view in views for file in view.files)


def _requirement(requirement: Requirement, files: Iterable[FileView], *, is_basis: bool = False) -> RequirementView:
    return RequirementView(
        id=requirement.id,
        position=requirement.position,
        kind=requirement.kind,
        title=requirement.title,
        subject=requirement.subject,
        criterion=requirement.criterion,
        files=tuple(files),
        is_basis=is_basis,
    )


def files_of(submission_ids: Sequence[int]) -> dict[tuple[int, int], list[FileView]]:
    """(submission id, requirement id) → attached files, each with its findings. Two questions in all."""
    rows = db.session.scalars(
        db.select(Evidence)
        .where(Evidence.submission_id.in_(submission_ids), Evidence.detached_at.is_(None))
        .order_by(Evidence.id)
    ).all()
    runs = check_results({(e.document_id, claim_for(e.requirement)) for e in rows})
    found: dict[tuple[int, int], list[FileView]] = defaultdict(list)
    for evidence in rows:
        key = (evidence.document_id, claim_for(evidence.requirement))
        found[evidence.submission_id, evidence.requirement_id].append(_file(evidence, runs.get(key)))
    return found


def _file(evidence: Evidence, run: CheckResult | None) -> FileView:
    document = evidence.document
    return FileView(
        evidence_id=evidence.id,
        document_id=document.id,
        name=document.name,
        size=document.file.size if document.file else None,
        url=document.url,
        attached_at=evidence.attached_at,
        run=run,
    )


def evidence_by_id(evidence_id: int) -> Evidence | None:
    """An attached document; the caller checks the scope of its obligation."""
    found = db.session.get(Evidence, evidence_id)
    return found if found and found.detached_at is None else None


def was_attached(obligation: Obligation, requirement_id: int, *, document_id: int, at: datetime) -> bool:
    """Whether a document was attached at this very instant, even if it was taken off again."""
    if obligation.submission is None:
        return False
    found = db.select(Evidence.id).where(
        Evidence.submission_id == obligation.submission.id,
        Evidence.requirement_id == requirement_id,
        Evidence.document_id == document_id,
        Evidence.attached_at == at,
    )
    return db.session.scalar(found.limit(1)) is not None


def document_of(*, agency_id: int, document_id: int) -> Document | None:
    return db.session.scalars(
        db.select(Document).where(Document.id == document_id, Document.agency_id == agency_id)
    ).one_or_none()
