"""What verification changes: decisions, who verifies what, the coded reasons, spot checks, and questions."""

from stranas.verification.operations.assigning import (
    assign_agencies,
    assign_item,
    assign_region,
    unassign_agency,
    unassign_item,
)
from stranas.verification.operations.deciding import decide, load_return_reasons

__all__ = [
    "assign_agencies",
    "assign_item",
    "assign_region",
    "decide",
    "load_return_reasons",
    "unassign_agency",
    "unassign_item",
]
