"""A unit is reminded on the days of its ladder, once for all that it is asked, until it has sent it; then its
Inspektorat hears, then the certifying official."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stranas.accounts.models import Role
from stranas.reminders.operations import plan_reminders
from stranas.reminders.overtaken import why_not_any_more
from stranas.requests import operations
from stranas.requests.operations import Doer
from stranas.requests.rules import Party
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage
from tests import factories
from tests.requests.people import NOW, make_link, make_office, make_request
from tests.verification.people import file_for, make_document

TEN_DAYS = [date(2020, 7, 1) + timedelta(days=n) for n in range(10)]


@pytest.fixture
def office(app):
    with clock.at(NOW):
        yield make_office()


def plan(day: date, **since) -> list[OutboxMessage]:
    """The mails about requests that this day brings. Those about targets of the agency are another matter."""
    db.session.commit()
    before = db.session.scalar(db.select(db.func.coalesce(db.func.max(OutboxMessage.id), 0)))
    with clock.at(datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=1)):
        plan_reminders(today=day, **since)
    mails = db.select(OutboxMessage).where(
        OutboxMessage.id > before, OutboxMessage.channel == "mail", OutboxMessage.state != MessageState.CANCELLED
    )
    return [mail for mail in db.session.scalars(mails.order_by(OutboxMessage.id)) if mail.payload["requests"]]


def days_on_which(address: str) -> list[str]:
    return [day.isoformat() for day in TEN_DAYS if any(mail.address == address for mail in plan(day))]


def test_the_ladder_stands_around_the_internal_day(office):
    """Saturday 4 July: the day itself and the day before move to Friday, the day after to Monday."""
    make_request(office, office.staffed)
    assert days_on_which(office.lestari.email) == ["2020-07-01", "2020-07-03", "2020-07-06"]


def test_the_inspectorate_hears_the_day_after_and_the_official_two_days_later(office):
    make_request(office, office.staffed)
    eko = factories.make_person(Role.CERTIFIER, office.agency, name="Eko")
    heard = [(day.isoformat(), mail.address) for day in TEN_DAYS for mail in plan(day) if mail.payload["requests"]]
    asking = [(day, address) for day, address in heard if address != office.lestari.email]
    assert asking == [
        ("2020-07-06", office.budi.email),
        ("2020-07-07", office.budi.email),
        ("2020-07-07", eko.email),
    ]


def test_a_second_run_plans_nothing(office):
    make_request(office, office.staffed)
    assert [len(plan(date(2020, 7, 3))), len(plan(date(2020, 7, 3)))] == [1, 0]


def test_nothing_is_told_before_the_quarter_begins(office):
    period = office.obligation.period
    period.starts_on = date(2020, 7, 4)
    make_request(office, office.staffed)
    assert days_on_which(office.lestari.email) == ["2020-07-06"]


def test_missed_days_give_one_letter(office):
    make_request(office, office.staffed)
    assert len(plan(date(2020, 7, 3), since=date(2020, 6, 1))) == 1


def test_two_requests_are_one_letter(office):
    make_request(office, office.staffed)
    make_request(office, office.staffed, requirement=None, wanted="Peta lokasi.")
    (letter,) = plan(date(2020, 7, 3))
    assert "masih menunggu 2 berkas dari unit Anda" in letter.body_text
    assert "Peta lokasi." in letter.body_text


def test_people_are_led_to_their_page_and_a_unit_without_them_gets_its_link_in_private(office):
    make_request(office, office.staffed)
    make_link(make_request(office, office.unit))
    to_lestari, to_unit = sorted(plan(date(2020, 7, 3)), key=lambda mail: mail.private)
    assert (to_lestari.address, to_lestari.private) == (office.lestari.email, False)
    assert (to_unit.address, to_unit.private) == ("dpmptsp@example.com", True)
    assert "/permintaan/tautan/" in to_unit.body_text
    assert "Ditunggu sampai Sabtu, 4 Juli 2020 pukul 23.59\u00a0WIB." in to_unit.body_text
    assert "Abaikan apabila berkas telah dikirim." in to_unit.body_text


def test_a_unit_whose_link_is_over_is_told_to_ask_for_one(office):
    make_request(office, office.unit)
    (letter,) = plan(date(2020, 7, 3))
    assert "Minta tautan pengiriman kepada Inspektorat Kabupaten Temanggung." in letter.body_text
    assert "di halaman itu" not in letter.body_text + letter.body_html


def test_what_was_sent_is_not_awaited_and_a_waiting_letter_is_useless(office):
    request = make_request(office, office.staffed)
    (letter,) = plan(date(2020, 7, 1))
    operations.add_file(request=request, document=make_document(office.agency), received_at=NOW)
    operations.send(request=request, doer=Doer(Party.UNIT, person=office.lestari), received_at=NOW)
    assert plan(date(2020, 7, 3)) == []
    assert why_not_any_more(letter) is not None


def test_a_report_that_was_sent_awaits_nothing(office):
    make_request(office, office.staffed)
    file_for(office.obligation, at=NOW)
    assert plan(date(2020, 7, 3)) == []
