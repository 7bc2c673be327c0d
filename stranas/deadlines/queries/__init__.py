"""Questions about instants and what moved them."""

from stranas.deadlines.queries.later import Moved, covers, instants_as_known, moves

__all__ = ["Moved", "covers", "instants_as_known", "moves"]
