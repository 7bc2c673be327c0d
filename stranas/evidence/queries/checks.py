"""What the checks say about documents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, true, tuple_

from stranas.catalogue.models import DocumentKind, Item, Period, Requirement, Target
from stranas.evidence.checks.codes import CODES
from stranas.evidence.models import CheckRun, Document, Finding, FindingAnswer
from stranas.evidence.rules import CheckState, Severity, claim_key
from stranas.system.db import db


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


def worst_findings(
    document_ids: Sequence[int], told: ColumnElement[bool] | None = None
) -> dict[int, tuple[FindingView, ...]]:
    """The findings of documents over all they were checked for, the heaviest first, each once. `told`: a condition on
    CheckRun and Document, which checks the reader may know of."""
    rows = db.session.execute(
        db.select(CheckRun.document_id, Finding)
        .join(Finding, Finding.check_run_id == CheckRun.id)
        .join(Document, Document.id == CheckRun.document_id)
        .where(CheckRun.document_id.in_(document_ids), told if told is not None else true())
    )
    found: dict[int, dict[str, FindingView]] = defaultdict(dict)
    for document_id, row in rows:
        found[document_id][row.message] = _view(row)
    return {
        document_id: tuple(sorted(views.values(), key=lambda view: view.severity.rank))
        for document_id, views in found.items()
    }


@dataclass(frozen=True)
class ClaimView:
    """What a document was checked for, in words, and what came of it. `item` and `period` are empty where no target
    asked."""

    run: CheckResult
    kind: DocumentKind
    item: str
    period: str


def claims_of(document_id: int, told: ColumnElement[bool]) -> list[ClaimView]:
    """All checks of a document that the reader may know of, the latest target first."""
    rows = db.session.execute(
        db.select(CheckRun.claim, CheckRun.claimed_kind, Item.key, Period.key)
        .join(Document, Document.id == CheckRun.document_id)
        .outerjoin(Target, Target.id == CheckRun.target_id)
        .outerjoin(Item, Item.id == Target.item_id)
        .outerjoin(Period, Period.id == Target.period_id)
        .where(CheckRun.document_id == document_id, told)
        .order_by(Period.position.desc(), Item.position, CheckRun.id)
    ).all()
    results = check_results((document_id, claim) for claim, *_ in rows)
    return [
        ClaimView(results[document_id, claim], DocumentKind(kind), item or "", period or "")
        for claim, kind, item, period in rows
    ]
