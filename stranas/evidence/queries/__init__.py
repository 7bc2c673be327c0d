"""Questions to the library: documents, how they are found, and what the checks say."""

from stranas.evidence.queries.checks import (
    CheckResult,
    FindingView,
    check_result,
    check_results,
    claim_for,
    findings_of,
    worst_findings,
)
from stranas.evidence.queries.documents import DocumentView, find_document, visible_of

__all__ = [
    "CheckResult",
    "DocumentView",
    "FindingView",
    "check_result",
    "check_results",
    "claim_for",
    "find_document",
    "findings_of",
    "visible_of",
    "worst_findings",
]
