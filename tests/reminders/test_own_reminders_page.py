"""The page of one's own reminders: what is chosen there, what is said at which field, and the calendar's address."""

from datetime import UTC, date, datetime

import pytest

from stranas.accounts.models import Role
from stranas.accounts.operations import deactivate_person
from stranas.reminders import choosing
from stranas.reminders.choosing import Choice, choices_of
from stranas.reminders.models import LadderStep
from stranas.reminders.queries.choices import last_steps
from stranas.reminders.rules import Anchor
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry
from tests import factories

NOW = datetime(2020, 7, 1, 3, tzinfo=UTC)
TODAY = date(2020, 7, 1)
WEEK = (date(2020, 7, 6), date(2020, 7, 12))


@pytest.fixture(autouse=True)
def _first_of_july():
    with clock.at(NOW):
        yield


def pause(person, substitute) -> None:
    choosing.pause(person=person, first=WEEK[0], last=WEEK[1], substitute_id=substitute.id, today=TODAY)
    db.session.commit()


def kept(person) -> Choice | None:
    return choices_of([person.id]).get(person.id)


def form(**fields) -> dict:
    return {"paused_from": "2020-07-06", "paused_until": "2020-07-12"} | fields


def test_the_page_keeps_a_pause_and_ends_it(client, sign_in, budi, rini):
    sign_in(budi)
    answer = client.post("/pengingat-saya/jeda", data=form(substitute=str(rini.id)), follow_redirects=True)
    assert "6 Juli 2020 sampai 12 Juli 2020" in answer.text
    assert "Akan datang" in answer.text
    assert "Tidak ada jeda" not in client.post("/pengingat-saya/jeda/akhiri", follow_redirects=True).text
    assert not kept(budi).pauses(WEEK[0])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"paused_from": "2020-06-30"}, "Pilih hari ini atau sesudahnya."),
        ({"paused_until": "2020-09-01"}, "Jeda paling lama 30 hari."),
        ({"paused_from": ""}, "Tulis tanggalnya"),
        ({"substitute": ""}, "Pilih orang yang menggantikan Anda."),
        ({"substitute": "9999"}, "Pilih orang yang menggantikan Anda."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays(client, sign_in, budi, rini, fields, sentence):
    sign_in(budi)
    answer = client.post("/pengingat-saya/jeda", data=form(substitute=str(rini.id)) | fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    kept_words = {"paused_from": "2020-07-06", "paused_until": "2020-07-12"} | fields
    assert all(kept_words[name] in answer.text for name in ("paused_from", "paused_until"))
    assert kept(budi) is None


def test_all_that_is_wrong_is_said_at_once(client, sign_in, budi, rini):
    sign_in(budi)
    answer = client.post("/pengingat-saya/jeda", data=form(paused_until="2020-09-01", substitute=""))
    assert "Jeda paling lama 30 hari." in answer.text
    assert "Pilih orang yang menggantikan Anda." in answer.text


def test_the_page_says_that_a_pause_is_void(client, sign_in, budi, rini, sri):
    pause(budi, rini)
    deactivate_person(person=rini, actor_id=None)
    db.session.commit()
    sign_in(budi)
    assert "Rini tidak lagi dapat menggantikan Anda" in client.get("/pengingat-saya").text


def test_the_page_says_which_steps_cannot_be_silenced_and_who_gets_them_too(client, sign_in, budi):
    sign_in(budi)
    page = client.get("/pengingat-saya").text
    assert "Pengingat terakhir tidak dapat dijeda" in page
    assert "Batas waktu, hari H" in page
    assert "(dikirim juga kepada Pejabat penyetuju)" in page


def test_the_last_steps_are_those_of_the_programmes_own_ladder(budi, session):
    programme = factories.make_programme()
    for days, audience in ((-5, ["koordinator"]), (-2, ["koordinator", "setnas"]), (2, ["setnas"])):
        session.add(LadderStep(programme_id=programme.id, anchor=Anchor.DUE, days=days, audience=audience))
    session.commit()
    ((step, others),) = last_steps(budi)
    assert (step.words, [audience.label for audience in others]) == ("H-2", ["Sekretariat Nasional"])


def test_the_page_keeps_the_digest(client, sign_in, budi):
    sign_in(budi)
    client.post("/pengingat-saya/ringkasan", data={"often": "mingguan"})
    assert kept(budi).weekly
    client.post("/pengingat-saya/ringkasan", data={"often": "setiap"})
    assert not kept(budi).weekly
    assert client.post("/pengingat-saya/ringkasan", data={"often": "kapan-kapan"}).status_code == 422


def test_the_substitute_sees_for_whom_he_stands_in(client, sign_in, budi, rini):
    pause(budi, rini)
    sign_in(rini)
    assert "Budi, 6 Juli 2020 sampai 12 Juli 2020" in client.get("/pengingat-saya").text


def test_who_is_never_reminded_chooses_nothing_and_may_have_a_calendar(client, sign_in, temanggung):
    sign_in(factories.make_person(Role.HUMAS, temanggung, name="Hana"))
    page = client.get("/pengingat-saya").text
    assert "Peran Anda tidak menerima pengingat berkala." in page
    assert "Buat alamat kalender" in page


def test_the_calendar_address_is_made_replaced_and_deleted(client, sign_in, budi):
    sign_in(budi)
    first, second = (_address(client.post("/pengingat-saya/kalender", follow_redirects=True).text) for _ in range(2))
    assert first != second
    assert [client.get(path).status_code for path in (first, second)] == [404, 200]
    client.post("/pengingat-saya/kalender/hapus")
    assert client.get(second).status_code == 404
    actions = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["calendar.made", "calendar.replaced", "calendar.deleted"]


def _address(page: str) -> str:
    start = page.index("/kalender/")
    return page[start : page.index('"', start)]
