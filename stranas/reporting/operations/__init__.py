"""What changes submissions: save, attach, mark ready, approve, file, and recording what a verifier decided.

Every step goes through the table of reporting.rules and leaves one event. Callers give `received_at`, the
instant at which the request reached us; `recorded_at` is taken here.
"""

from stranas.reporting.operations.approving import approve, decline, hindrance, request_approval, scan_due, withdraw
from stranas.reporting.operations.covering import attach_scan, describe_letter
from stranas.reporting.operations.deciding import record_decision
from stranas.reporting.operations.filing import file_submissions, filed_details
from stranas.reporting.operations.reopening import DECIDED, ask_reopening, decline_reopening, grant_reopening
from stranas.reporting.operations.replacing import replace_evidence
from stranas.reporting.operations.steps import locked
from stranas.reporting.operations.writing import (
    EditConflict,
    Entry,
    attach,
    detach,
    entry_of,
    mark_ready,
    need_editable,
    save_draft,
    start_submission,
    unmark_ready,
)

__all__ = [
    "DECIDED",
    "EditConflict",
    "Entry",
    "approve",
    "ask_reopening",
    "attach",
    "attach_scan",
    "decline",
    "decline_reopening",
    "describe_letter",
    "detach",
    "entry_of",
    "file_submissions",
    "filed_details",
    "grant_reopening",
    "hindrance",
    "locked",
    "mark_ready",
    "need_editable",
    "record_decision",
    "replace_evidence",
    "request_approval",
    "save_draft",
    "scan_due",
    "start_submission",
    "unmark_ready",
    "withdraw",
]
