"""A weekly digest, a pause with somebody who stands in, and what becomes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stranas.accounts.handing_over import hand_over
from stranas.accounts.models import Membership, Role
from stranas.accounts.operations import deactivate_person
from stranas.agencies.holidays import indonesian_holidays
from stranas.reminders import choosing
from stranas.reminders.choosing import CannotPause, Choice, choices_of, is_digest_day
from stranas.reminders.handing_over import pauses as lines_of_sheet
from stranas.reminders.models import LadderStep
from stranas.reminders.queries.choices import last_steps, possible_substitutes
from stranas.reminders.rules import Anchor
from stranas.reminders.standing_in import Place, fits, pause_problem
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry, OutboxMessage
from tests import factories

NOW = datetime(2020, 7, 1, 3, tzinfo=UTC)
TODAY = date(2020, 7, 1)
WEEK = (date(2020, 7, 6), date(2020, 7, 12))


@pytest.fixture(autouse=True)
def _first_of_july():
    with clock.at(NOW):
        yield


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung)


@pytest.fixture
def sri(temanggung):
    return factories.make_person(Role.CERTIFIER, temanggung, name="Sri")


@pytest.fixture
def rini(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung, name="Rini")


def pause(person, substitute, days=WEEK, today=TODAY) -> None:
    choosing.pause(person=person, first=days[0], last=days[1], substitute_id=substitute.id, today=today)
    db.session.commit()


def kept(person) -> Choice | None:
    return choices_of([person.id]).get(person.id)


def named(people) -> list[str]:
    return [words for _, words in people]


# The rules


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2020, 7, 6), True),  # a Monday
        (date(2020, 7, 7), False),
        (date(2020, 6, 1), False),  # Pancasila Day, a Monday
        (date(2020, 6, 2), True),
        (date(2020, 7, 5), False),  # a Sunday
        (date(2020, 7, 4), False),
    ],
)
def test_the_digest_comes_on_the_first_working_day_of_the_week(day, is_one):
    assert is_digest_day(day, indonesian_holidays()) is is_one


def test_each_week_has_one_digest_day_unless_nobody_works_in_it():
    monday = date(2019, 1, 7)
    for week in range(100):
        days = [monday + timedelta(weeks=week, days=n) for n in range(7)]
        works = any(day.weekday() < 5 and day not in indonesian_holidays() for day in days)
        assert sum(is_digest_day(day, indonesian_holidays()) for day in days) == works


def test_a_pause_takes_both_its_days():
    choice = Choice(1, False, *WEEK, 2)
    days = [WEEK[0] - timedelta(days=1), WEEK[0], WEEK[1], WEEK[1] + timedelta(days=1)]
    assert [choice.pauses(day) for day in days] == [False, True, True, False]
    assert not Choice(1, True, None, None, None).pauses(TODAY)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2020, 6, 30), date(2020, 7, 2), "paused_from"),
        (date(2020, 7, 2), date(2020, 7, 1), "paused_until"),
        (date(2020, 7, 1), date(2020, 7, 31), "paused_until"),
        (date(2020, 7, 1), date(2020, 7, 30), None),
        (date(2020, 7, 1), date(2020, 7, 1), None),
        (date(2020, 12, 1), date(2020, 12, 30), None),
    ],
)
def test_a_pause_is_ahead_and_no_longer_than_thirty_days(first, last, field):
    problem = pause_problem(first, last, today=TODAY)
    assert (problem and problem[0]) == field


COORDINATOR, CERTIFIER = Place(Role.COORDINATOR, 1), Place(Role.CERTIFIER, 1)


@pytest.mark.parametrize(
    ("places", "held", "can"),
    [
        ([COORDINATOR], [COORDINATOR], True),
        ([COORDINATOR], [CERTIFIER], True),
        ([CERTIFIER], [COORDINATOR], False),
        ([COORDINATOR], [Place(Role.COORDINATOR, 2)], False),
        ([COORDINATOR, CERTIFIER], [COORDINATOR], False),
        ([COORDINATOR, CERTIFIER], [CERTIFIER], True),
        ([Place(Role.UNIT, 1, 5)], [Place(Role.UNIT, 1, 5)], True),
        ([Place(Role.UNIT, 1, 5)], [Place(Role.UNIT, 1, 6)], False),
        ([Place(Role.VERIFIER, 1)], [Place(Role.VERIFIER, None)], True),
        ([Place(Role.VERIFIER, None)], [Place(Role.SECRETARIAT, None)], False),
        ([], [COORDINATOR], False),
    ],
)
def test_who_stands_in_for_whom(places, held, can):
    assert fits(places, held) is can


# Operations and the query


def test_those_who_could_stand_in_are_active_and_in_the_same_place(budi, sri, rini, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung, name="Lama").active = False
    factories.make_person(Role.COORDINATOR, factories.make_agency("33.02", "Kabupaten Banyumas"), name="Dewi")
    factories.make_person(Role.HUMAS, temanggung, name="Hana")
    db.session.commit()
    assert named(possible_substitutes(budi)) == ["Rini", "Sri"]
    assert named(possible_substitutes(sri)) == []


def test_a_pause_is_kept_audited_and_told_to_the_substitute(budi, rini):
    pause(budi, rini)
    assert kept(budi) == Choice(budi.id, False, *WEEK, rini.id)
    assert "reminders.paused" in db.session.scalars(db.select(AuditEntry.action)).all()
    (mail,) = db.session.scalars(db.select(OutboxMessage))
    assert mail.address == rini.email
    assert "6 Juli 2020 sampai 12 Juli 2020" in mail.body_text


def test_only_those_who_were_asked_for_are_answered(budi, rini):
    pause(budi, rini)
    choosing.choose_digest(person=rini, weekly=True)
    assert set(choices_of([budi.id, 999])) == {budi.id}


def test_a_digest_stays_beside_a_pause(budi, rini):
    choosing.choose_digest(person=budi, weekly=True)
    pause(budi, rini)
    assert kept(budi).weekly
    choosing.end_pause(person=budi)
    assert kept(budi) == Choice(budi.id, True, None, None, None)


def test_ending_tells_the_substitute_and_happens_once(budi, rini):
    pause(budi, rini)
    assert [choosing.end_pause(person=budi), choosing.end_pause(person=budi)] == [True, False]
    told = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert [mail.subject for mail in told][1:] == ["Pengganti pengingat Aksi PK berakhir"]


def test_a_new_pause_takes_the_place_of_the_old_one(budi, rini, sri):
    pause(budi, rini)
    pause(budi, sri, days=(TODAY, TODAY))
    assert kept(budi) == Choice(budi.id, False, TODAY, TODAY, sri.id)
    assert [m.address for m in db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id))] == [
        rini.email,
        rini.email,
        sri.email,
    ]


def test_nobody_stands_in_where_he_has_no_place(sri, budi):
    with pytest.raises(CannotPause) as refused:
        pause(sri, budi)
    assert refused.value.field == "substitute"


def test_two_never_stand_in_for_each_other_on_one_day(budi, rini, sri):
    pause(budi, rini)
    with pytest.raises(CannotPause) as refused:
        pause(rini, sri, days=(WEEK[1], WEEK[1]))
    assert refused.value.field == "paused_from"
    assert "Anda menjadi pengganti Budi sampai 12 Juli 2020" in refused.value.sentence
    pause(rini, budi, days=(WEEK[1] + timedelta(days=1),) * 2)


def test_who_pauses_himself_is_not_chosen(budi, rini, sri):
    pause(rini, sri)
    with pytest.raises(CannotPause) as refused:
        pause(budi, rini)
    assert refused.value.field == "substitute"


@pytest.mark.parametrize("what", ["inactive", "moved"])
def test_a_pause_is_void_once_nobody_would_stand_in(budi, rini, what):
    choosing.choose_digest(person=budi, weekly=True)
    pause(budi, rini)
    if what == "inactive":
        deactivate_person(person=rini, actor_id=None)
    else:
        db.session.execute(db.delete(Membership).where(Membership.user_id == rini.id))
    db.session.commit()
    assert kept(budi) == Choice(budi.id, True, None, None, None)


def test_a_pause_is_void_when_the_person_gets_a_role_where_nobody_would_stand_in(budi, rini):
    pause(budi, rini)
    db.session.add(Membership(user_id=budi.id, role=Role.SECRETARIAT))
    db.session.commit()
    assert not kept(budi).pauses(WEEK[0])


# Handing over


def test_handing_a_role_over_ends_the_pause_of_the_predecessor(budi, rini, sri):
    pause(budi, rini)
    hand_over(membership=budi.memberships[0], successor=sri, person=rini, received_at=NOW)
    assert kept(budi) is None or kept(budi).paused_from is None


def test_the_successor_stands_in_where_the_predecessor_did_and_the_sheet_says_so(budi, rini, sri, temanggung):
    wati = factories.make_person(Role.HUMAS, temanggung, name="Wati")
    pause(budi, rini)
    (line,) = lines_of_sheet(rini.memberships[0], NOW)
    assert line.what == "Pengganti pengingat untuk Budi"
    hand_over(membership=rini.memberships[0], successor=wati, person=sri, received_at=NOW)
    assert kept(budi) == Choice(budi.id, False, *WEEK, wati.id)


def test_nobody_becomes_his_own_substitute(budi, rini, sri):
    pause(budi, rini)
    hand_over(membership=rini.memberships[0], successor=budi, person=sri, received_at=NOW)
    assert not kept(budi).pauses(WEEK[0])


def test_who_still_holds_a_fitting_role_goes_on_standing_in(budi, sri, rini, temanggung):
    db.session.add(Membership(user_id=sri.id, role=Role.COORDINATOR, agency_id=temanggung.id))
    db.session.commit()
    db.session.refresh(sri)
    pause(budi, sri)
    official = next(m for m in sri.memberships if m.role is Role.CERTIFIER)
    hand_over(membership=official, successor=rini, person=budi, received_at=NOW)
    assert kept(budi).substitute_id == sri.id


# The page


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
