"""Background work: `defer(task, **ids)` runs a task in the worker once the transaction has committed.

Tasks are idempotent and named by row ids; the row's own state is the truth, and a sweep defers again what is
stuck. In tests (`STRANAS_QUEUE=immediate:`) a task runs at once after the commit.
"""

import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, SqliteHuey
from huey.serializer import SignedSerializer
from sqlalchemy import event
from sqlalchemy.orm import SessionTransaction

from stranas.system.db import db

log = logging.getLogger(__name__)
_TASKS: dict[str, Callable[..., None]] = {}


def task(function: Callable[..., None]) -> Callable[..., None]:
    """Register a function `(**ids)` as a task. Its name, room and function, is stored in the queue."""
    _TASKS[_name(function)] = function
    return function


def defer(function: Callable[..., None], **ids: Any) -> None:
    """Run a registered task after the running transaction commits; never if it rolls back."""
    if _name(function) not in _TASKS:
        raise LookupError(f"{_name(function)} is not a task")
    inside = db.session().get_nested_transaction()
    db.session.info.setdefault("deferred", []).append((_name(function), ids, inside))


def _name(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__name__}"


@event.listens_for(db.session, "after_commit")
def _dispatch(session: Any) -> None:
    if session.in_nested_transaction():
        return  # only a savepoint ended: nothing is kept yet
    for name, ids, _ in session.info.pop("deferred", []):
        try:
            current_app.extensions["queue"].run(name, ids)
        except Exception:
            # The rows are committed and say what is to do: the sweep finds them.
            log.exception("%s %s could not be queued", name, ids)


@event.listens_for(db.session, "after_soft_rollback")
def _forget(session: Any, ended: SessionTransaction) -> None:
    """Drop what was deferred inside the transaction, or the savepoint, that was rolled back."""
    kept = [entry for entry in session.info.pop("deferred", []) if ended.nested and not _within(entry[2], ended)]
    if kept:
        session.info["deferred"] = kept


def _within(transaction: SessionTransaction | None, ended: SessionTransaction) -> bool:
    while transaction is not None and transaction is not ended:
        transaction = transaction.parent
    return transaction is ended


def init_background(app: Flask) -> None:
    huey = make_huey(app)
    app.extensions["huey"] = huey

    @huey.task(name="run")
    def run(name: str, ids: dict[str, Any]) -> None:
        with app.app_context():
            _function(name)(**ids)

    app.extensions["queue"] = _Queue(run)


def _function(name: str) -> Callable[..., None]:
    """The task of this name; its room need not have been imported by this process yet."""
    if name not in _TASKS and name.startswith("stranas."):
        import_module(name.rpartition(".")[0])
    return _TASKS[name]


class _Queue:
    def __init__(self, run: Callable[..., Any]) -> None:
        self.run = run


def make_huey(app: Flask) -> Huey:
    settings = app.config["SETTINGS"]
    if settings.queue == "immediate:":
        return MemoryHuey("stranas", immediate=True)
    settings.var.mkdir(parents=True, exist_ok=True)
    serializer = SignedSerializer(secret=settings.secret("queue_key"), salt="stranas-queue")
    return SqliteHuey("stranas", filename=str(settings.var / "queue.db"), serializer=serializer, results=False)
