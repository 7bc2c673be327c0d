"""What gives more time: extensions asked for and decided, outages, moved instants. No date of the past is edited."""

from stranas.deadlines.operations.extensions import (
    ask_extension,
    decline_request,
    grant_extension,
    grant_request,
    withdraw_request,
)
from stranas.deadlines.operations.moves import move_instants
from stranas.deadlines.operations.outages import record_outage

__all__ = [
    "ask_extension",
    "decline_request",
    "grant_extension",
    "grant_request",
    "move_instants",
    "record_outage",
    "withdraw_request",
]
