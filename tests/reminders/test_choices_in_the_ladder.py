"""What a person chose holds in the mornings: one digest a week, a pause with somebody who stands in; never the last."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from stranas.accounts.models import Role
from stranas.reminders.models import ReminderChoice
from stranas.reminders.operations import plan_reminders
from stranas.reminders.planning import PAUSED
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage
from tests import factories
from tests.pages import parse

MONTH = [date(2020, 6, 29) + timedelta(days=n) for n in range(21)]


@pytest.fixture
def temanggung(app):
    """It owes one target of B18, due on Tuesday 14 July, and never sends it."""
    agency, programme = factories.make_agency(), factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    factories.make_obligation(agency, target)
    return agency


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung)


@pytest.fixture
def sri(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung, name="Sri")


def choose(person, **chosen) -> None:
    db.session.add(ReminderChoice(user_id=person.id, changed_at=datetime(2020, 6, 1, tzinfo=UTC), **chosen))
    db.session.commit()


def walk() -> None:
    """Each morning of three weeks around the due day."""
    for day in MONTH:
        with clock.at(datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=1)):
            plan_reminders(today=day)


def told(person) -> list[str]:
    """The days on which the person got a mail."""
    mails = db.select(OutboxMessage.planned_for).where(
        OutboxMessage.recipient_id == person.id,
        OutboxMessage.channel == "mail",
        OutboxMessage.state != MessageState.CANCELLED,
    )
    return [instant.date().isoformat() for instant in db.session.scalars(mails.order_by(OutboxMessage.id))]


def test_who_chose_nothing_hears_each_step(budi):
    walk()
    assert told(budi) == ["2020-06-30", "2020-07-07", "2020-07-10", "2020-07-13", "2020-07-14", "2020-07-15"]


def test_one_digest_a_week_gathers_its_steps_and_leaves_the_last_ones(budi):
    choose(budi, weekly=True)
    walk()
    assert told(budi) == ["2020-07-06", "2020-07-13", "2020-07-14", "2020-07-15"]
    late = db.session.scalars(db.select(OutboxMessage.body_text).where(OutboxMessage.channel == "mail")).all()
    assert not any("semestinya dikirim" in words for words in late)


def test_while_somebody_pauses_his_substitute_hears_and_of_the_last_step_both(budi, sri):
    choose(budi, weekly=False, paused_from=date(2020, 7, 6), paused_until=date(2020, 7, 14), substitute_id=sri.id)
    choose(sri, weekly=True)
    walk()
    assert told(budi) == ["2020-06-30", "2020-07-14", "2020-07-15"]
    assert {"2020-07-07", "2020-07-10", "2020-07-13", "2020-07-14"} <= set(told(sri))
    assert len(told(sri)) == len(set(told(sri)))
    why = db.session.scalars(db.select(OutboxMessage.outcome).where(OutboxMessage.state == MessageState.CANCELLED))
    assert list(why).count(PAUSED) == 3


def test_an_official_who_stands_in_is_led_to_a_page_that_he_may_open(client, sign_in, temanggung, budi):
    eko = factories.make_person(Role.CERTIFIER, temanggung, name="Eko")
    choose(budi, weekly=False, paused_from=date(2020, 7, 6), paused_until=date(2020, 7, 8), substitute_id=eko.id)
    walk()
    told_to_eko = db.select(OutboxMessage).where(OutboxMessage.recipient_id == eko.id, OutboxMessage.channel == "mail")
    first = db.session.scalars(told_to_eko.order_by(OutboxMessage.id)).first()
    assert first.key.endswith("due:2020-07-14:-7")
    link = re.search(r"Buka laporan: http://127\.0\.0\.1:5000(\S+)", first.body_text).group(1)
    sign_in(eko)
    assert client.get(link, follow_redirects=True).status_code == 200


def test_the_link_of_a_reminder_survives_the_sign_in(client, budi):
    answer = client.get("/laporan-triwulan/B18")
    assert answer.status_code == 302
    assert answer.location == "/masuk?next=/laporan-triwulan/B18"
    form = next(parse(client.get(answer.location).get_data(as_text=True)).iter("form"))
    assert form.get("action") == answer.location


def test_a_pause_without_anybody_who_stands_in_silences_nothing(budi, sri):
    choose(budi, weekly=False, paused_from=date(2020, 7, 6), paused_until=date(2020, 7, 14), substitute_id=sri.id)
    sri.active = False
    db.session.commit()
    walk()
    assert told(budi)[1:3] == ["2020-07-07", "2020-07-10"]
