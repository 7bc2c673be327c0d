"""Ways on which a message leaves: each a file of this folder with its `CHANNEL`, and nothing else to register.

A channel is asked by one task for many messages: `line()` is opened once, then gives one message after the other.
"""

import pkgutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module
from typing import Protocol

from stranas.system.models import OutboxMessage

# What a message says that was recorded as sent without leaving the house.
KEPT = "kept in the mailbox, not sent out"

# Hands one message over and returns what is to be noted beside "sent" (None: nothing). Raises the exceptions below;
# any other is a failure of this one message, and is tried again after a rest.
Send = Callable[[OutboxMessage], str | None]


class Unreachable(Exception):
    """Nothing can be handed over now, whatever the message: the others need not be tried. Says why, in Indonesian."""


class Doubtful(Exception):
    """The message was handed over and nobody said whether it was taken: a person has to look."""


class Rejected(Exception):
    """This one message was not taken. `for_good`: trying again by itself would change nothing."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


class Channel(Protocol):
    """`name` stands in the rows, `words` on the pages. `by_hand`: a person sends, and no worker claims its messages.
    `outside`: it leaves the house, so never from a practice database."""

    name: str
    words: str
    by_hand: bool
    outside: bool

    def line(self) -> AbstractContextManager[Send]:
        """Opened before anything is claimed. Raises Unreachable."""


@cache
def channels() -> dict[str, Channel]:
    """All channels by name, found by their files."""
    found = [import_module(f"{__name__}.{module.name}").CHANNEL for module in pkgutil.iter_modules(__path__)]
    return {channel.name: channel for channel in found}


def delivered_by_us() -> list[str]:
    """The names of the channels whose messages a worker delivers."""
    return [channel.name for channel in channels().values() if not channel.by_hand]


def sent_by_people() -> list[str]:
    return [channel.name for channel in channels().values() if channel.by_hand]


def words_of(name: str) -> str:
    """How a channel is called on a page; one that is not there any more by its name."""
    channel = channels().get(name)
    return channel.words if channel else name


def keep(message: OutboxMessage) -> str:
    """Sends nothing: the row itself is where it can be read."""
    return KEPT
