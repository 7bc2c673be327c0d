"""What verification changes: decisions, who verifies what, the coded reasons, spot checks, and questions."""

from stranas.verification.operations.assigning import (
    assign_agencies,
    assign_item,
    assign_region,
    unassign_agency,
    unassign_item,
)
from stranas.verification.operations.deciding import accept_together, decide
from stranas.verification.operations.reasons import add_reason, edit_reason, load_return_reasons, offer_reason
from stranas.verification.operations.spot_checks import note_spot_check, plan_spot_check
from stranas.verification.operations.thread import settle_thread, write_message

__all__ = [
    "accept_together",
    "add_reason",
    "assign_agencies",
    "assign_item",
    "assign_region",
    "decide",
    "edit_reason",
    "load_return_reasons",
    "note_spot_check",
    "offer_reason",
    "plan_spot_check",
    "settle_thread",
    "unassign_agency",
    "unassign_item",
    "write_message",
]
