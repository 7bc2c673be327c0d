"""Where an uploaded file may go, and whose an upload is. The rooms above tell both; this one only asks.

A place is named by the sender ("laporan/12/3"): its first word says who knows it. An owner is a kind and a number
("orang-7", "tautan-3"), so that an upload can be finished without the request that brought it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stranas.accounts.models import User
from stranas.evidence.models import Document
from stranas.system.db import db

PERSON = "orang"


class NotThere(Exception):
    """No such place, or it is none of the owner's business."""


class NotAllowed(Exception):
    """The owner's roles do not let him upload there."""


class KeyOver(Exception):
    """The request brings a key that opens nothing any more. Carries the sentence and what to do."""

    def __init__(self, sentence: str, repair: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.repair = repair


class Authorise(Protocol):
    def __call__(self, address: str, owner_id: int) -> int:
        """The agency whose library takes the file. Raises NotThere, NotAllowed, or Refused with a sentence."""


class Attach(Protocol):
    def __call__(self, address: str, owner_id: int, *, document: Document, at: datetime) -> None:
        """Attach inside the running transaction, after asking again whether it may be; twice does no harm.

        `at` is the instant at which the last byte came. Raises as Authorise does.
        """


@dataclass(frozen=True)
class Place:
    """`owned_by`: which kind of owner uploads there."""

    owned_by: str
    authorise: Authorise
    attach: Attach


_places: dict[str, Place] = {}
_keys: list[Callable[[], tuple[str, int] | None]] = []


def open_place(word: str, place: Place) -> None:
    _places[word] = place


def knows_owner(function: Callable[[], tuple[str, int] | None]) -> Callable[[], tuple[str, int] | None]:
    """Register who can tell, from the running request, on whose behalf it comes. It may raise KeyOver."""
    _keys.append(function)
    return function


def owners() -> dict[str, int]:
    """Kind → number, of everybody on whose behalf the running request comes."""
    return dict(owner for function in _keys if (owner := function()))


def place_named(words: str) -> tuple[Place, str]:
    """The place, and its address within it. Raises NotThere."""
    word, _, address = words.partition("/")
    if word not in _places:
        raise NotThere
    return _places[word], address


def owner_of(kind: str, number: int) -> str:
    return f"{kind}-{number}"


def owner_id(owner: str) -> int:
    return int(owner.rpartition("-")[2])


def person_of(owner: str) -> int | None:
    """The id of the person who uploads; None for somebody without an account."""
    return owner_id(owner) if owner.startswith(f"{PERSON}-") else None


def somebody(person_id: int) -> User:
    """The person, if he may still sign in. Raises NotAllowed."""
    person = db.session.get(User, person_id)
    if person is None or not person.active:
        raise NotAllowed
    return person
