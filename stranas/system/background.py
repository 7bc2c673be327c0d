"""Background work: `defer(task, **ids)` runs a task in the worker once the transaction has committed.

Tasks are idempotent and named by row ids; the row's own state is the truth, and a sweep defers again what is
stuck. In tests (`STRANAS_QUEUE=immediate:`) a task runs at once after the commit.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, SqliteHuey
from huey.serializer import SignedSerializer
from sqlalchemy import event

from stranas.system.db import db

_TASKS: dict[str, Callable[..., None]] = {}


def task(function: Callable[..., None]) -> Callable[..., None]:
    """Register a function `(**ids)` as a task. Its name, room and function, is stored in the queue."""
    _TASKS[_name(function)] = function
    return function


def defer(function: Callable[..., None], **ids: Any) -> None:
    """Run a registered task after the running transaction commits; never if it rolls back."""
    if _name(function) not in _TASKS:
        raise LookupError(f"{_name(function)} is not a task")
    db.session.info.setdefault("deferred", []).append((_name(function), ids))


def _name(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__name__}"


@event.listens_for(db.session, "after_commit")
def _dispatch(session: Any) -> None:
    deferred = session.info.pop("deferred", [])
    if deferred:
        queue = current_app.extensions["queue"]
        for name, ids in deferred:
            queue.run(name, ids)


@event.listens_for(db.session, "after_soft_rollback")
def _forget(session: Any, previous: Any) -> None:
    if not previous.nested:
        session.info.pop("deferred", None)


def init_background(app: Flask) -> None:
    huey = make_huey(app)
    app.extensions["huey"] = huey

    @huey.task(name="run")
    def run(name: str, ids: dict[str, Any]) -> None:
        with app.app_context():
            _TASKS[name](**ids)

    app.extensions["queue"] = _Queue(run)


class _Queue:
    def __init__(self, run: Callable[..., Any]) -> None:
        self.run = run


def make_huey(app: Flask) -> Huey:
    settings = app.config["SETTINGS"]
    if settings.queue == "immediate:":
        return MemoryHuey("stranas", immediate=True)
    settings.var.mkdir(parents=True, exist_ok=True)
    serializer = SignedSerializer(secret=settings.secret("queue_key"), salt="stranas-queue")
    return SqliteHuey("stranas", filename=str(settings.var / "queue.db"), serializer=serializer)
