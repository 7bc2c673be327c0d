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
from stranas.reminders.queries.choices import possible_substitutes
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
    assert mail.subject == "Pengganti pengingat Aksi PK, 6 Juli 2020 sampai 12 Juli 2020"
    assert mail.body_text == (
        "Yth. Rini\n\n"
        "Budi memilih Anda sebagai penggantinya selama 6 Juli 2020 sampai 12 Juli 2020. Pengingat Aksi PK yang "
        "ditujukan kepadanya dikirim kepada Anda selama itu. Tidak ada peran atau wewenang yang berpindah.\n\n"
        "Bila Anda tidak dapat menggantikan, sampaikan kepadanya agar ia memilih orang lain.\n\n"
        "Buka: http://127.0.0.1:5000/pengingat-saya\n\n"
        "Perlu bantuan? Sekretariat Nasional, hari kerja pukul 08.00–16.00 WIB, bantuan@example.com"
    )


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
