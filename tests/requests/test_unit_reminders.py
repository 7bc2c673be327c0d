"""A unit is reminded on the days of its ladder, once each, until it has sent what was asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from stranas.reminders.units import plan_unit_reminders

from stranas.requests import operations
from stranas.requests.operations import Doer
from stranas.requests.rules import Party
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from tests.requests.people import NOW, make_link, make_office, make_request
from tests.verification.people import file_for, make_document


@pytest.fixture
def office(app):
    with clock.at(NOW):
        yield make_office()


def plan(day: date, **since) -> int:
    db.session.commit()
    with clock.at(datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=1)):
        return plan_unit_reminders(today=day, **since)["to_units"]


def letters() -> list[OutboxMessage]:
    return list(db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)))


def test_the_ladder_stands_around_the_internal_day(office):
    make_request(office, office.staffed)
    days = [date(2020, 6, 28) + timedelta(days=n) for n in range(12)]
    assert [day.isoformat() for day in days if plan(day)] == ["2020-07-01", "2020-07-03", "2020-07-04", "2020-07-05"]


def test_a_second_run_plans_nothing(office):
    make_request(office, office.staffed)
    assert [plan(date(2020, 7, 3)), plan(date(2020, 7, 3))] == [1, 0]


def test_missed_days_give_one_letter(office):
    make_request(office, office.staffed)
    assert plan(date(2020, 7, 4), since=date(2020, 6, 1)) == 1


def test_people_are_led_to_their_page_and_a_unit_without_them_gets_its_link_in_private(office):
    make_request(office, office.staffed)
    make_link(make_request(office, office.unit))
    assert plan(date(2020, 7, 3)) == 2
    to_lestari, to_unit = letters()
    assert (to_lestari.address, to_lestari.private) == (office.lestari.email, False)
    assert (to_unit.address, to_unit.private) == ("dpmptsp@example.com", True)
    assert "/permintaan/tautan/" in to_unit.body_text
    assert "Ditunggu sampai: Sabtu, 4 Juli 2020 pukul 23.59\u00a0WIB." in to_unit.body_text
    assert "Abaikan apabila berkas telah dikirim." in to_unit.body_text


def test_nobody_is_written_to_without_a_way(office):
    make_request(office, office.unit)
    assert plan(date(2020, 7, 3)) == 0


def test_what_was_sent_is_not_awaited(office):
    request = make_request(office, office.staffed)
    operations.add_file(request=request, document=make_document(office.agency), received_at=NOW)
    operations.send(request=request, doer=Doer(Party.UNIT, person=office.lestari), received_at=NOW)
    assert plan(date(2020, 7, 3)) == 0


def test_a_report_that_was_sent_awaits_nothing(office):
    make_request(office, office.staffed)
    file_for(office.obligation, at=NOW)
    assert plan(date(2020, 7, 3)) == 0
