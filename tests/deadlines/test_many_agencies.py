"""An act for a whole region: one transaction, few statements, however many agencies it tells."""

import pytest
from sqlalchemy import event

from stranas.accounts.models import Role
from stranas.deadlines.models import Extension
from stranas.system import clock, outbox
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage
from tests import factories
from tests.deadlines.asked import AFTER, FRIDAY, make_place


@pytest.fixture
def place(app):
    with clock.at(AFTER):
        yield make_place()


def join_in(place, numbers) -> None:
    for number in numbers:
        agency = factories.make_agency(f"33.{number:03}", f"Kabupaten {number}", province=place.agency.province)
        factories.make_obligation(agency, place.one.target)
        factories.make_person(Role.COORDINATOR, agency, name=f"Koordinator {number}")


def grant(client, place) -> int:
    """Gives the whole province more time; how many statements that took."""
    asked = []

    def count(*_) -> None:
        asked.append(1)

    typed = {"period_key": "B18", "whom": f"province:{place.agency.province_id}", "item": "0"}
    typed |= {"until": FRIDAY.isoformat(), "reason": "Gempa bumi."}
    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.post("/batas-waktu/perpanjangan/baru", data=typed).status_code == 302
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(asked)


@pytest.fixture
def deferred(app, monkeypatch) -> list[str]:
    """Tasks wait here, as in a queue, instead of running at the commit."""
    names = []
    monkeypatch.setattr(app.extensions["queue"], "run", lambda name, ids: names.append(name))
    return names


def test_the_number_of_statements_does_not_grow_with_the_agencies(place, client, sign_in, deferred):
    join_in(place, range(25))
    sign_in(place.ani)
    few = grant(client, place)
    db.session.execute(db.delete(Extension))
    db.session.execute(db.delete(OutboxMessage))
    join_in(place, range(25, 50))
    assert grant(client, place) == few < 60


def test_one_task_delivers_the_letters_of_an_act_however_many(place, client, sign_in, deferred):
    join_in(place, range(25))
    sign_in(place.ani)
    grant(client, place)
    assert deferred == ["stranas.system.outbox.delivering.deliver_batch"]
    assert set(db.session.scalars(db.select(OutboxMessage.state))) == {MessageState.PLANNED}
    outbox.deliver_batch()
    assert set(db.session.scalars(db.select(OutboxMessage.state))) == {MessageState.SENT}
    assert db.session.scalar(db.select(db.func.count(OutboxMessage.id))) == 26
