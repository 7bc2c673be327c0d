"""Pejabat: naming somebody who stands in, the days of his term, one holder and one stand-in for an office."""

from datetime import UTC, date, datetime

import pytest

from stranas.accounts import operations
from stranas.accounts.models import CapacityKind, Role
from stranas.accounts.queries.officials import officials, signatories
from stranas.accounts.rules import Span
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from tests import factories

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)
TYPED = {
    "kind": "plh",
    "office": "Inspektur",
    "starts_on": "2020-07-13",
    "ends_on": "2020-07-17",
    "legal_basis": "Surat perintah Nomor 800/12/2020",
    "top": "BUPATI TEMANGGUNG",
    "middle": "Sekretaris Daerah",
    "rank": "Pembina",
    "employee_number": "19700101 199503 1 001",
}


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def agency(app):
    return factories.make_agency()


@pytest.fixture
def sri(agency):
    person = factories.make_person(Role.CERTIFIER, agency, name="Sri")
    person.position = "Inspektur"
    db.session.commit()
    return person


@pytest.fixture
def budi(agency):
    return factories.make_person(Role.COORDINATOR, agency)


def name(person, agency, starts, ends=None, kind=CapacityKind.PLH, office="Inspektur"):
    return operations.name_official(
        person=person, agency_id=agency.id, kind=kind, office=office, span=Span(starts, ends), legal_basis="SK"
    )


def able(agency, day):
    return [s.title for s in signatories(agency_id=agency.id, day=day)]


def test_a_deputy_may_sign_on_his_days_only_and_the_holder_keeps_his_office(agency, sri, budi):
    name(budi, agency, date(2020, 7, 14), date(2020, 7, 16))
    assert able(agency, date(2020, 7, 13)) == ["Inspektur"]
    assert able(agency, date(2020, 7, 14)) == ["Inspektur", "Plh. Inspektur"]
    assert able(agency, date(2020, 7, 17)) == ["Inspektur"]


def test_who_stands_in_elsewhere_keeps_his_own_office_afterwards(agency, sri):
    name(sri, agency, date(2020, 7, 14), date(2020, 7, 16), office="Sekretaris Daerah")
    assert able(agency, date(2020, 7, 15)) == ["Plh. Sekretaris Daerah"]
    assert able(agency, date(2020, 7, 17)) == ["Inspektur"]
    assert able(agency, date(2020, 7, 13)) == ["Inspektur"]


def test_two_do_not_stand_in_for_one_office_on_one_day(agency, sri, budi):
    name(budi, agency, date(2020, 7, 14), date(2020, 7, 16))
    other = factories.make_person(Role.UNIT, agency, name="Tono")
    with pytest.raises(Refused, match=r"Budi sudah tercatat sebagai Plh\. Inspektur sejak 14 Juli 2020"):
        name(other, agency, date(2020, 7, 16), date(2020, 7, 20))
    assert name(other, agency, date(2020, 7, 16), kind=CapacityKind.PLT)
    assert name(other, agency, date(2020, 7, 17), date(2020, 7, 20))


def test_days_in_disorder_are_refused(agency, budi):
    with pytest.raises(Refused, match="sebelum tanggal mulai"):
        name(budi, agency, date(2020, 7, 16), date(2020, 7, 14))


def test_a_term_ends_with_its_last_day_and_one_that_has_not_begun_never_begins(agency, budi):
    running, coming = name(budi, agency, date(2020, 7, 10), date(2020, 7, 20)), None
    operations.end_capacity(capacity=running, last_day=date(2020, 7, 13))
    coming = name(budi, agency, date(2020, 8, 1), date(2020, 8, 9))
    operations.end_capacity(capacity=coming, last_day=date(2020, 7, 13))
    db.session.flush()
    assert able(agency, date(2020, 7, 13)) == ["Plh. Inspektur"]
    assert able(agency, date(2020, 7, 14)) == able(agency, date(2020, 8, 1)) == []
    with pytest.raises(Refused, match="sudah berakhir 13 Juli 2020"):
        operations.end_capacity(capacity=running, last_day=date(2020, 7, 15))


def test_somebody_whose_account_is_closed_signs_nothing(agency, sri):
    sri.active = False
    db.session.flush()
    assert able(agency, date(2020, 7, 13)) == []


# Pages


@pytest.mark.parametrize("role", [Role.CERTIFIER, Role.AGENCY_ADMIN])
def test_an_official_names_a_deputy_who_then_signs_for_him(agency, sri, budi, client, sign_in, role):
    sign_in(sri if role is Role.CERTIFIER else factories.make_person(role, agency, name="Indah"))
    answer = client.post(f"/pejabat/{agency.code}/tunjuk", data=TYPED | {"person": budi.id}, follow_redirects=True)
    assert answer.request.path == "/pejabat"
    assert "a.n. BUPATI TEMANGGUNG\nSekretaris Daerah\nu.b.\nPlh. Inspektur,\n\n\n\nBudi\nPembina\nNIP" in answer.text
    assert [official.name for official in officials(agency.id)] == ["Budi", "Sri"]
    assert Role.CERTIFIER in {m.role for m in budi.memberships}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends_on": "2020-07-01"}, "Tanggal akhir tidak boleh sebelum tanggal mulai."),
        ({"ends_on": ""}, "Isi juga tanggal akhirnya."),
        ({"legal_basis": " "}, "Sebutkan surat perintah"),
        ({"top": ""}, "u.b. hanya dipakai bersama a.n."),
        ({"starts_on": ""}, "Isi tanggal mulainya."),
        ({"employee_number": "abc"}, "Isi dengan angka saja."),
    ],
)
def test_what_does_not_fit_is_named_and_the_words_are_kept(agency, sri, budi, client, sign_in, change, words):
    sign_in(sri)
    answer = client.post(f"/pejabat/{agency.code}/tunjuk", data=TYPED | {"person": budi.id} | change)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Sekretaris Daerah" in answer.text


def test_nobody_from_outside_the_agency_can_be_named(agency, sri, client, sign_in):
    other = factories.make_person(Role.COORDINATOR, factories.make_agency("33.02", "Kabupaten Banyumas"), name="Dewi")
    sign_in(sri)
    answer = client.post(f"/pejabat/{agency.code}/tunjuk", data=TYPED | {"person": other.id})
    assert answer.status_code == 422


def test_a_term_is_ended_on_the_page(agency, sri, budi, client, sign_in):
    capacity = name(budi, agency, date(2020, 7, 10), date(2020, 7, 20))
    db.session.commit()
    sign_in(sri)
    client.post(f"/pejabat/{capacity.id}/akhiri", data={"last_day": "2020-07-12"})
    assert "Berakhir" in client.get("/pejabat").text
    assert client.post(f"/pejabat/{capacity.id}/akhiri", data={"last_day": "kemarin"}).status_code == 409
