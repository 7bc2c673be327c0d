"""The register of outages: what ended meanwhile ends later, for everybody; nothing else."""

from datetime import date, timedelta

import pytest

from stranas.accounts.models import Role
from stranas.compliance.queries import snapshot
from stranas.deadlines import operations
from stranas.deadlines.models import Outage
from stranas.deadlines.rules import end_of
from stranas.reporting.queries.work import work_of
from stranas.reporting.rules import Status
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from tests import factories
from tests.deadlines.asked import AFTER, DUE, FRIDAY, make_place
from tests.verification.people import file_for

REPORT = {"programme_key": "stranas-2019-2020", "period_key": "B18"}


@pytest.fixture
def place(app):
    with clock.at(AFTER):
        yield make_place()


@pytest.fixture
def ani(place, sign_in, client):
    sign_in(place.ani)
    return client


# WIB: the due instant is 15 July 00.00.
DOWN = {"began": "2020-07-14T22:00", "ended": "2020-07-15T01:00", "until": "2020-07-15"}


def record(client, **typed):
    return client.post("/batas-waktu/gangguan/baru", data=DOWN | {"reason": "Pusat data padam."} | typed)


def outages():
    return db.session.scalars(db.select(Outage)).all()


def test_the_page_says_what_an_outage_moves_before_it_is_recorded(ani, place):
    file_for(place.one, at=DUE + timedelta(hours=1))
    page = ani.get("/batas-waktu/gangguan/baru", query_string=DOWN).text
    assert "Triwulan VI (B18)" in page
    assert '<b class="num">2</b> kewajiban' in page
    assert '<b class="num">1</b> laporan yang tercatat terlambat' in page


def test_an_outage_makes_on_time_tells_everybody_and_is_listed_in_the_report(ani, place):
    file_for(place.one, at=DUE + timedelta(hours=1))
    assert record(ani).status_code == 302
    (outage,) = outages()
    assert (outage.period_id, outage.extends_to, outage.decided_by_id) == (
        place.period.id,
        DUE + timedelta(days=1),
        place.ani.id,
    )
    with clock.at(AFTER + timedelta(minutes=5)):
        seen = snapshot(**REPORT)
    assert seen.total.pooled.on_time == 1
    assert [(e.kind, e.whom, e.obligations) for e in seen.later_ends] == [("Gangguan layanan", "Semua instansi", 2)]
    (letter,) = db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.template == "mail/outage"))
    assert (letter.recipient_id, letter.key) == (place.budi.id, f"outage:{outage.id}:{place.budi.id}")
    assert "Pusat data padam." in letter.body_text


@pytest.mark.parametrize(
    ("began", "ended", "moved"),
    [
        ("2020-07-14T22:00", "2020-07-14T23:59", False),
        ("2020-07-14T22:00", "2020-07-15T00:00", True),
        ("2020-07-14T23:59", "2020-07-15T00:01", True),
        ("2020-07-15T00:00", "2020-07-15T05:00", False),
    ],
)
def test_an_outage_in_which_nothing_ended_is_refused(ani, place, began, ended, moved):
    answer = record(ani, began=began, ended=ended)
    assert answer.status_code == (302 if moved else 409)
    assert moved or "Tidak ada batas waktu yang jatuh di antara kedua waktu itu" in answer.text
    assert len(outages()) == moved


@pytest.mark.parametrize(
    "typed",
    [
        {"until": "2020-09-15"},  # longer than verification
        {"ended": "2020-07-14T21:00"},
        {"until": "2020-07-14"},
        {"began": "0001-01-01T00:00"},
        {"ended": "2020-07-30T00:00"},  # it is not over
        {"reason": " "},
        {"began": ""},
    ],
)
def test_times_that_cannot_be_are_said_at_their_fields(ani, place, typed):
    assert record(ani, **typed).status_code == 422
    assert outages() == []


def test_the_same_outage_is_recorded_once(ani, place):
    assert record(ani).status_code == 302
    assert record(ani, until="2020-07-17").status_code == 409
    assert len(outages()) == 1


def test_an_extension_that_ended_meanwhile_is_moved_for_its_agency_alone(ani, place):
    until = end_of(FRIDAY)
    other = factories.make_agency("33.08", "Kabupaten Magelang")
    factories.make_obligation(other, place.one.target)
    factories.make_person(Role.COORDINATOR, other, name="Maya")
    operations.grant_extension(period_id=place.period.id, agency_id=place.agency.id, until=until, reason="Gempa")
    db.session.commit()
    with clock.at(until + timedelta(days=1)):
        assert record(ani, began="2020-07-24T20:00", ended="2020-07-25T06:00", until="2020-07-27").status_code == 302
        people = set(db.session.scalars(db.select(OutboxMessage.recipient_id)))
    with clock.at(until + timedelta(days=2)):
        ends = {detail.agency.code: detail.due_at for detail in snapshot(**REPORT).details}
    assert ends == {"33.23": until + timedelta(days=3), "33.08": DUE}
    assert people == {place.budi.id}


def test_a_correction_window_that_ended_meanwhile_stays_open(ani, place):
    window = end_of(date(2020, 7, 31))  # later than filing closes
    filed = file_for(place.one, at=DUE - timedelta(days=3))
    filed.submission.status = Status.RETURNED
    filed.submission.correction_ends_at = window
    db.session.commit()
    with clock.at(window + timedelta(days=1)):
        assert record(ani, began="2020-07-31T20:00", ended="2020-08-01T06:00", until="2020-08-03").status_code == 302
        with clock.at(window + timedelta(days=2)):
            row = next(
                r for r in work_of(agency_id=place.agency.id, period=place.period, now=clock.now()) if r.submission_id
            )
    assert row.closes_at == row.correction_ends_at == window + timedelta(days=3)
