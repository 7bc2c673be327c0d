"""Questions to the library: what the checks say, which documents there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, tuple_

from stranas.agencies.models import Agency
from stranas.catalogue.models import Requirement
from stranas.evidence.checks.codes import CODES
from stranas.evidence.models import CheckRun, Document, Finding, FindingAnswer
from stranas.evidence.rules import CheckState, Severity, claim_key
from stranas.system.db import db
from stranas.system.models import StoredFile

PAGE_SIZE = 25


@dataclass(frozen=True)
class FindingView:
    """What a check says, and what the officer answered (empty: nothing yet). `hint`: see checks.finding.Finding."""

    code: str
    severity: Severity
    message: str
    repair: str
    hint: Mapping[str, Any] = field(default_factory=dict)
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def document(self) -> int | None:
        """The earlier document of the same agency that it hints at."""
        return self.hint.get("document")

    @property
    def is_answerable(self) -> bool:
        """Information asks for nothing, and an explanation does not make bytes readable."""
        return self.severity in (Severity.MUST_FIX, Severity.EXPLAIN)

    @property
    def blocks(self) -> bool:
        """The requirement does not count as complete: until it is repaired or, where a check may err, explained."""
        code = CODES.get(self.code)
        explained = bool(self.answer) and self.is_answerable and not (code and code.is_fixed)
        return self.severity.blocks and not explained


@dataclass(frozen=True)
class CheckResult:
    """What `evidence/_check.html` shows as `run`: how far the checks are, and what they found.

    `claim` says what the document was checked for (evidence.rules.claim_key).
    """

    document_id: int
    claim: str
    state: CheckState
    findings: tuple[FindingView, ...]

    @property
    def is_pending(self) -> bool:
        return self.state.is_pending

    @property
    def blocks(self) -> bool:
        """The requirement does not count as complete with this document."""
        return any(finding.blocks for finding in self.findings)


def claim_for(requirement: Requirement) -> str:
    """What a document under a requirement is checked for."""
    return claim_key(requirement.kind.value, requirement.target_id)


def check_results(pairs: Iterable[tuple[int, str]]) -> dict[tuple[int, str], CheckResult]:
    """The results of pairs (document id, claim) in two questions; a pair never checked is left out."""
    wanted = sorted(set(pairs))
    if not wanted:
        return {}
    findings = findings_of(wanted)
    runs = db.session.execute(
        db.select(CheckRun.document_id, CheckRun.claim, CheckRun.state).where(
            tuple_(CheckRun.document_id, CheckRun.claim).in_(wanted)
        )
    )
    return {
        (document_id, claim): CheckResult(document_id, claim, state, tuple(findings.get((document_id, claim), ())))
        for document_id, claim, state in runs
    }


def check_result(document_id: int, claim: str) -> CheckResult | None:
    return check_results([(document_id, claim)]).get((document_id, claim))


def findings_of(pairs: Iterable[tuple[int, str]]) -> dict[tuple[int, str], list[FindingView]]:
    """Findings by (document id, claim), in order; pairs without any are left out."""
    wanted = list(pairs)
    if not wanted:
        return {}
    rows = db.session.execute(
        db.select(CheckRun.document_id, CheckRun.claim, Finding, FindingAnswer)
        .join(Finding, Finding.check_run_id == CheckRun.id)
        .outerjoin(FindingAnswer, _answers_it())
        .where(tuple_(CheckRun.document_id, CheckRun.claim).in_(wanted))
        .order_by(Finding.position)
    )
    found: dict[tuple[int, str], list[FindingView]] = defaultdict(list)
    for document_id, claim, finding, answer in rows:
        found[document_id, claim].append(_view(finding, answer))
    return dict(found)


def _answers_it() -> ColumnElement[bool]:
    return (FindingAnswer.check_run_id == Finding.check_run_id) & (FindingAnswer.code == Finding.code)


def _view(row: Finding, answer: FindingAnswer | None = None) -> FindingView:
    said = (answer.reason, answer.answered_at) if answer else ("", None)
    return FindingView(row.code, row.severity, row.message, row.repair, row.hint, *said)

    @property
    def document(self) -> int | None:
        """The earlier document of the same agency that it hints at."""
        return self.hint.get("document")


@dataclass(frozen=True)
class DocumentView:
    """A document as pages show it. Exactly one of `size` and `url` is there."""

    id: int
    agency_id: int
    agency_name: str
    name: str
    media_type: str
    size: int | None
    sha256: str | None
    storage_key: str | None
    file_id: int | None
    url: str | None
    uploaded_at: datetime

    @property
    def is_link(self) -> bool:
        return self.url is not None


@dataclass(frozen=True)
class DocumentPage:
    """One page of a list: its rows, the number of all, which page this is, and how many there are."""

    rows: tuple[DocumentView, ...]
    total: int
    number: int
    pages: int


_DOCUMENTS = (
    db.select(
        Document.id,
        Document.agency_id,
        Agency.name.label("agency_name"),
        Document.name,
        Document.media_type,
        StoredFile.size,
        StoredFile.sha256,
        StoredFile.storage_key,
        Document.file_id,
        Document.url,
        Document.uploaded_at,
    )
    .join(Agency, Document.agency_id == Agency.id)
    .outerjoin(StoredFile, Document.file_id == StoredFile.id)
)


def find_document(document_id: int, *, scope: ColumnElement[bool]) -> DocumentView | None:
    """One document, if its agency is in the scope (a condition on Agency)."""
    row = db.session.execute(_DOCUMENTS.where(Document.id == document_id, scope)).one_or_none()
    return DocumentView(**row._mapping) if row else None


def visible_of(document_ids: Iterable[int], *, scope: ColumnElement[bool]) -> frozenset[int]:
    """Those of the documents that are in the scope (a condition on Agency and Document)."""
    query = db.select(Document.id).join(Agency, Document.agency_id == Agency.id)
    return frozenset(db.session.scalars(query.where(Document.id.in_(document_ids), scope)))


def list_documents(*, scope: ColumnElement[bool], words: str = "", page: int = 1) -> DocumentPage:
    """Documents of the agencies in scope whose name holds the words, the newest first."""
    chosen = _DOCUMENTS.where(scope)
    if words:
        chosen = chosen.where(Document.name.icontains(words, autoescape=True))
    total = db.session.scalar(db.select(db.func.count()).select_from(chosen.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    rows = db.session.execute(
        chosen.order_by(Document.uploaded_at.desc(), Document.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    return DocumentPage(tuple(DocumentView(**row._mapping) for row in rows), total, page, pages)


def worst_findings(document_ids: Sequence[int]) -> dict[int, tuple[FindingView, ...]]:
    """The findings of documents over all kinds they were checked for, the heaviest first, each once."""
    rows = db.session.execute(
        db.select(CheckRun.document_id, Finding)
        .join(Finding, Finding.check_run_id == CheckRun.id)
        .where(CheckRun.document_id.in_(document_ids))
    )
    found: dict[int, dict[str, FindingView]] = defaultdict(dict)
    for document_id, row in rows:
        found[document_id][row.message] = _view(row)
    return {
        document_id: tuple(sorted(views.values(), key=lambda view: view.severity.rank))
        for document_id, views in found.items()
    }
