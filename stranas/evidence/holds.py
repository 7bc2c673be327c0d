"""What keeps a document on the list: the rooms above say so, because they know who uses it."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, false, or_

Holds = Callable[[], ColumnElement[bool]]
_holds: list[Holds] = []


def holds_documents(function: Holds) -> Holds:
    """Register a condition on Document: something uses it, or it was sent."""
    _holds.append(function)
    return function


def is_held() -> ColumnElement[bool]:
    """A condition on Document: some room holds it."""
    return or_(false(), *(function() for function in _holds))
