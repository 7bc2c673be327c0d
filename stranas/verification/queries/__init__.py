"""Questions about the queue, one case, and what was returned; answered as frozen values."""

from stranas.verification.queries.returns import PreviousResult, ReturnedPart, ReturnView, previous_results, returns_of

__all__ = ["PreviousResult", "ReturnView", "ReturnedPart", "previous_results", "returns_of"]
