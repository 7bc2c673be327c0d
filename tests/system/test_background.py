"""What is deferred runs after the commit, once, and never after a roll-back."""

import pytest

from stranas.system import background
from stranas.system.db import db, unit_of_work
from stranas.system.models import Counter

RAN: list[str] = []


@background.task
def remember(*, name: str) -> None:
    RAN.append(name)


@background.task
def read_counter(*, name: str) -> None:
    RAN.append(str(db.session.get_one(Counter, name).next))


@pytest.fixture(autouse=True)
def _forget():
    RAN.clear()


def test_a_task_runs_after_the_commit_and_sees_what_was_committed(app):
    with unit_of_work():
        db.session.add(Counter(name="k", next=7))
        background.defer(read_counter, name="k")
        assert RAN == []
    assert RAN == ["7"]


def test_a_rolled_back_task_never_runs(app):
    def fail() -> None:
        with unit_of_work():
            db.session.add(Counter(name="k", next=1))
            background.defer(remember, name="lost")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with unit_of_work():
        db.session.add(Counter(name="other", next=1))
    assert RAN == []


def test_a_refused_request_defers_nothing(app, client):
    def _plan():
        db.session.add(Counter(name="k", next=1))
        background.defer(remember, name="refused")

    app.before_request_funcs.setdefault(None, []).append(_plan)
    try:
        assert client.post("/no-such-page").status_code == 404
    finally:
        app.before_request_funcs[None].remove(_plan)
    with unit_of_work():
        db.session.add(Counter(name="other", next=1))
    assert RAN == []


def test_the_end_of_a_savepoint_runs_nothing_yet(app):
    with unit_of_work():
        with db.session.begin_nested():
            db.session.add(Counter(name="k", next=1))
            background.defer(remember, name="inside")
        assert RAN == []
        background.defer(remember, name="after")
    assert RAN == ["inside", "after"]


def test_a_rolled_back_savepoint_takes_only_its_own_tasks(app):
    with unit_of_work():
        background.defer(remember, name="before")
        savepoint = db.session.begin_nested()
        db.session.add(Counter(name="k", next=1))
        background.defer(remember, name="inside")
        with db.session.begin_nested():
            background.defer(remember, name="deep inside")
        savepoint.rollback()
        background.defer(remember, name="after")
    assert RAN == ["before", "after"]


def test_a_task_runs_once_for_each_time_it_was_deferred(app):
    for _ in range(2):
        with unit_of_work():
            db.session.execute(db.select(1))
            background.defer(remember, name="again")
    assert RAN == ["again", "again"]


def test_only_registered_functions_can_be_deferred(app):
    with pytest.raises(LookupError, match="is not a task"):
        background.defer(print)


def test_a_queue_that_fails_does_not_undo_the_commit(app, monkeypatch, caplog):
    def broken(name, ids):
        raise OSError("disk full")

    monkeypatch.setattr(app.extensions["queue"], "run", broken)
    with unit_of_work():
        db.session.add(Counter(name="kept", next=3))
        background.defer(remember, name="x")
    assert db.session.get(Counter, "kept").next == 3
    assert "could not be queued" in caplog.text
