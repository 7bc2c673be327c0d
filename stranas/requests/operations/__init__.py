"""What changes requests: asking, answering, taking, sending back, links, letters to other offices.

Every step of a request goes through the table of requests.rules and leaves one event.
"""

from stranas.requests.operations.answering import add_file, await_signature, describe, drop_file, see, send
from stranas.requests.operations.asking import ask, send_back, take, withdraw
from stranas.requests.operations.data_letters import register_letter, write_letter
from stranas.requests.operations.holding import set_responsibilities
from stranas.requests.operations.links import make_link, revoke_link
from stranas.requests.operations.steps import Doer

__all__ = [
    "Doer",
    "add_file",
    "ask",
    "await_signature",
    "describe",
    "drop_file",
    "make_link",
    "register_letter",
    "revoke_link",
    "see",
    "send",
    "send_back",
    "set_responsibilities",
    "take",
    "withdraw",
    "write_letter",
]
