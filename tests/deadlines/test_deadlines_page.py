"""The page of deadlines: own zone and WIB, the next instant, and only what the reader may see."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from stranas.accounts.models import Role, VerifierAssignment
from stranas.deadlines import operations
from stranas.deadlines.rules import end_of
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.deadlines.asked import FRIDAY, MORNING, make_place, make_request


@pytest.fixture
def place(app):
    with clock.at(MORNING):
        yield make_place()


@pytest.fixture
def jayapura(place):
    agency = factories.make_agency("91.03", "Kabupaten Jayapura", timezone="Asia/Jayapura")
    factories.make_obligation(agency, place.one.target)
    return agency


def page_of(client, sign_in, person):
    sign_in(person)
    return client.get("/batas-waktu").text.replace("\u00a0", " ")


def test_every_instant_is_shown_in_the_own_zone_and_wib(client, sign_in, place, jayapura):
    page = page_of(client, sign_in, factories.make_person(Role.COORDINATOR, jayapura, name="Dewi"))
    assert "15 Juli 2020 pukul 01.59 WIT (14 Juli 2020 pukul 23.59 WIB)" in page
    assert "29 Juli 2020 pukul 01.59 WIT (28 Juli 2020 pukul 23.59 WIB)" in page
    assert "asumsi" in page


def test_the_countdown_brings_the_instant_of_the_server(client, sign_in, place):
    page = page_of(client, sign_in, place.budi)
    assert f'data-until="{place.period.due_at.isoformat()}" data-now="{MORNING.isoformat()}"' in page
    assert client.get("/batas-waktu/jam").json == {"now": MORNING.isoformat()}


def test_an_extended_agency_counts_down_to_its_own_end(client, sign_in, place):
    operations.grant_extension(
        period_id=place.period.id, agency_id=place.agency.id, until=end_of(FRIDAY), reason="Gempa"
    )
    db.session.commit()
    with clock.at(MORNING + timedelta(minutes=1)):
        page = page_of(client, sign_in, place.budi)
    assert f'data-until="{end_of(FRIDAY).isoformat()}"' in page
    assert "Diperpanjang dari 14 Juli 2020" in page


def test_requests_and_extensions_of_others_are_not_seen(client, sign_in, place, jayapura):
    make_request(place.agency, place.period)
    operations.grant_extension(
        period_id=place.period.id, agency_id=place.agency.id, until=end_of(FRIDAY), reason="Alasan Temanggung"
    )
    operations.grant_extension(
        period_id=place.period.id, province_id=place.agency.province_id, until=end_of(FRIDAY), reason="Alasan wilayah"
    )
    db.session.commit()
    dewi = page_of(client, sign_in, factories.make_person(Role.COORDINATOR, jayapura, name="Dewi"))
    assert "Alasan" not in dewi.replace('<th scope="col">Alasan</th>', "")
    assert "Menunggu keputusan" not in dewi
    for person in (place.budi, place.ani):
        page = page_of(client, sign_in, person)
        assert "Alasan Temanggung" in page
        assert "Alasan wilayah" in page
        assert "Menunggu keputusan" in page


def test_a_verifier_sees_those_of_the_assigned_agencies(client, sign_in, place, jayapura):
    make_request(place.agency, place.period)
    citra = factories.make_person(Role.VERIFIER, name="Citra")
    assert "Menunggu keputusan" not in page_of(client, sign_in, citra)
    db.session.add(VerifierAssignment(user_id=citra.id, agency_id=place.agency.id))
    db.session.commit()
    page = page_of(client, sign_in, citra)
    assert "Menunggu keputusan" in page
    assert "Putuskan" not in page


def test_open_requests_come_first_the_nearest_on_top(client, sign_in, place, jayapura):
    make_request(place.agency, place.period, until=FRIDAY)
    make_request(jayapura, place.period, until=FRIDAY - timedelta(days=3))
    page = page_of(client, sign_in, place.ani)
    assert page.index("Permintaan yang menunggu keputusan") < page.index("Waktu setiap triwulan")
    assert page.index("Kabupaten Jayapura") < page.index("Kabupaten Temanggung")


def test_a_long_list_of_requests_has_pages(client, sign_in, place):
    for number in range(51):
        agency = factories.make_agency(f"33.{100 + number}", f"Kabupaten Nomor {number}")
        make_request(agency, place.period, at=MORNING + timedelta(seconds=number))
    sign_in(place.ani)
    first, second = (client.get(f"/batas-waktu?menunggu={number}").text for number in (1, 2))
    assert "51 permintaan" in first
    assert "Kabupaten Nomor 49<" in first
    assert "Kabupaten Nomor 50<" not in first
    assert "Kabupaten Nomor 50<" in second


def queries_of(act) -> int:
    asked = []

    def count(*_):
        asked.append(1)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(asked)


def test_the_number_of_queries_does_not_grow_with_rows(client, sign_in, place):
    make_request(place.agency, place.period)
    sign_in(place.ani)
    few = queries_of(lambda: client.get("/batas-waktu"))
    for number in range(12):
        agency = factories.make_agency(f"33.{50 + number}", f"Kabupaten {number}", province=place.agency.province)
        factories.make_obligation(agency, place.one.target)
        make_request(agency, place.period, item=place.one.item)
        operations.grant_extension(period_id=place.period.id, agency_id=agency.id, until=end_of(FRIDAY), reason="Gempa")
    db.session.commit()
    assert queries_of(lambda: client.get("/batas-waktu")) <= few + 1
